import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createReadingService } from '../../src/main/engine/reading/reading-service.ts';
import { reportCsv } from '../../src/main/engine/reports/csv.ts';
import { dailyReport, reportableDays } from '../../src/main/engine/reports/daily.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import { LANGUAGES } from '../../src/shared/domain/text.ts';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import { randomHistory } from '../kit/history.ts';
import { kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const site = kitSite();
const NOW = Date.parse('2026-04-01T00:00:00+08:00');
const clock = { wallMs: () => NOW + 0.4 };

function zone() {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.writeAll(randomHistory('service', 300));
  const reports = createReadingService({ dataDir: kit.dir, site, clock });
  onTestFinished(() => reports.stop());
  return { kit, reports };
}

test('its thread makes the reports that are made here, while the journal is written', async () => {
  const { kit, reports } = zone();
  const days = await reports.days();
  expect(days).toEqual(value(reportableDays(kit.segments)));
  const context = { site: reportSite(site), nowMs: NOW, running: true };
  for (const day of days) {
    const here = value(dailyReport(kit.segments, day, context));
    expect(await reports.daily(day)).toEqual({ ok: true, value: here });
    for (const language of LANGUAGES) {
      const file = reportCsv(here, context.site, language);
      expect(await reports.csv(day, language)).toEqual({ ok: true, value: file });
    }
  }
  const atMs = Date.parse('2026-03-31T12:00:00+08:00');
  kit.add({ kind: 'engine.stopped', data: { why: 'asked to stop' } }, atMs);
  expect((await reports.days())[0]).toBe(hkDay(atMs));
});

test('what cannot be reported is said, and the next report is made all the same', async () => {
  const { reports } = zone();
  expect(await reports.daily('2026-13-01')).toMatchObject({ fault: { code: 'day-invalid' } });
  expect(await reports.csv('x'.repeat(9999), 'en')).toMatchObject({
    fault: { code: 'day-invalid' },
  });
  expect((await reports.daily('2026-03-08')).ok).toBe(true);
});

test('a journal that is not there or not a database is a fault, not an end', async () => {
  const { kit } = zone();
  const broken = join(kit.dir, 'broken');
  mkdirSync(broken);
  writeFileSync(
    join(broken, 'journal.db'),
    'not a database at all, but long enough to look at'.repeat(99),
  );
  for (const [dataDir, code] of [
    [join(kit.dir, 'none'), 'store-absent'],
    [broken, 'store-damaged'],
  ] as const) {
    const reports = createReadingService({ dataDir, site, clock });
    expect(await reports.daily('2026-03-08')).toMatchObject({ fault: { code } });
    expect(await reports.days()).toEqual([]);
    await reports.stop();
  }
});

test('more at once than it keeps waiting are turned away, the others answered', async () => {
  const { reports } = zone();
  const asked = Array.from({ length: 40 }, () => reports.daily('2026-03-08'));
  const codes = (await Promise.all(asked)).map((one) => (one.ok ? 'ok' : one.fault.code));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(16);
  expect(codes.filter((code) => code === 'reading-busy')).toHaveLength(24);
  expect((await reports.daily('2026-03-08')).ok).toBe(true);
});

test('stopped, it answers those who wait and whoever comes after', async () => {
  const { reports } = zone();
  const waiting = reports.daily('2026-03-08');
  await reports.stop();
  const code = 'reading-failed';
  expect([await waiting, await reports.daily('2026-03-08')]).toMatchObject([
    { fault: { code } },
    { fault: { code } },
  ]);
});
