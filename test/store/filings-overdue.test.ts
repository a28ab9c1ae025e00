import { expect, onTestFinished, test } from 'vitest';
import { virtualOverview } from '../../src/main/engine/api/virtual-areas.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { dailyReport } from '../../src/main/engine/reports/daily.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { DAY_MS, hkDay } from '../../src/shared/lib/hk-time.ts';
import { inputsOf } from '../kit/cargo-bench.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { enterpriseRow } from '../kit/goods-files.ts';
import { kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';
import { smallSite } from '../kit/small-site.ts';
import { BOARD, stepBench } from '../kit/step-bench.ts';

const name = { 'zh-HK': '深圳', 'zh-CN': '深圳', en: 'Shenzhen' };
const area = { id: 'shenzhen', name, filedWith: 'mainland', answerWithinDays: 5 };
const withArea = (site: Site) => ({ ...site, virtualAreas: [area] }) as unknown as Site;

/** A zone with an area without gates, of which one filing has been sent. */
function zoneWithFiling() {
  const enterprises = [enterpriseRow('E-1')];
  const zone = inputsOf(stepBench(1, withArea), [{ n: 1 }], { enterprises });
  onTestFinished(() => zone.close());
  const of = { area: 'shenzhen', enterprise: 'E-1', about: 'presence', reference: 'HK-7' };
  const filing = (zone.ask('filing.send', of) as { value: { filing: string } }).value.filing;
  const due = () => zone.run({ kind: 'due' });
  return { zone, filing, due, dueMs: zone.clock.wallMs() + 5 * DAY_MS };
}

test('a filing that is not answered in time raises one incident, and its answer ends that', () => {
  const { due, dueMs, filing, zone } = zoneWithFiling();
  const { filings } = zone.facts;
  expect(filings.fromMs()).toBe(dueMs);
  zone.clock.advance(dueMs - 1 - zone.clock.wallMs());
  due();
  expect(zone.all('incident.raised')).toEqual([]);
  zone.clock.advance(1);
  due();
  due();
  expect(zone.all('filing.overdue')).toHaveLength(1);
  expect(zone.all('incident.raised')).toMatchObject([
    { type: 'filing-overdue', priority: 3, params: { filing, reference: 'HK-7' } },
  ]);
  expect(filings.fromMs()).toBeNull();
  const { incident } = zone.all('incident.raised')[0] ?? {};
  expect(zone.all('filing.overdue')).toEqual([{ filing, incident }]);
  expect(
    zone.ask('filing.answer', { filing, outcome: 'accepted', reference: 'SZ-1' }),
  ).toMatchObject({ ok: true });
  expect(zone.all('incident.resolved')).toMatchObject([{ incident }]);
  expectRebuilt(zone);
});

test('what a person has resolved is not resolved again; what was in time is never raised', () => {
  const { due, dueMs, filing, zone } = zoneWithFiling();
  zone.clock.advance(dueMs - zone.clock.wallMs());
  due();
  const { incident } = zone.all('incident.raised')[0] ?? {};
  expect(zone.ask('incident.resolve', { incident })).toMatchObject({ ok: true });
  const answer = { outcome: 'accepted', reference: 'SZ-1' };
  zone.ask('filing.answer', { filing, ...answer });
  expect(zone.all('incident.resolved')).toHaveLength(1);

  const inTime = zoneWithFiling();
  inTime.zone.ask('filing.answer', { filing: inTime.filing, ...answer });
  inTime.zone.clock.advance(6 * DAY_MS);
  inTime.due();
  expect(inTime.zone.all('filing.overdue')).toEqual([]);
  expect(inTime.zone.all('incident.resolved')).toEqual([]);
});

test('overdue filings are among the incidents that a day’s report counts', () => {
  const { due, dueMs, filing, zone } = zoneWithFiling();
  zone.clock.advance(dueMs - zone.clock.wallMs());
  due();
  const site = withArea(smallSite([{ serial: BOARD, port: 60_000 }]));
  const context = { site: reportSite(site), nowMs: dueMs, running: true };
  const counted = () =>
    value(dailyReport(new Segments([zone.reader]), hkDay(dueMs), context)).incidents;
  expect(counted()).toEqual([
    { type: 'filing-overdue', priority: 3, raised: 1, resolved: 0, late: 0 },
  ]);
  zone.ask('filing.answer', { filing, outcome: 'accepted', reference: 'SZ-1' });
  expect(counted()).toMatchObject([{ raised: 1, resolved: 1 }]);
});

test('of however many filings no look reads more than it shows', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.db.exec(`WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000)
    INSERT INTO filing (key, filing, area, enterprise, about, authority, reference, sent_ms, due_ms,
      answered_ms, outcome, answer_reference)
    SELECT n, 'F0-' || n, 'shenzhen', 'E-1', 'presence', 'mainland', 'R', 1, 9000 - n,
      iif(n > 100, 5, NULL), iif(n > 100, 'accepted', NULL), 'A' FROM c`);
  const plans: string[] = [];
  const query = (sql: string) => {
    const plan = kit.db.query<[number], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(1);
    plans.push(...plan.map(({ detail }) => detail));
    return kit.db.query(sql);
  };
  const { filings } = virtualOverview({
    ...{ db: { query } as never, site: { site: kitSite() } as never },
    clock: { wallMs: () => 8_950 } as never,
  });
  expect(filings).toHaveLength(500);
  expect(filings.slice(0, 2).map((one) => one.filing)).toEqual(['F0-100', 'F0-99']);
  expect(filings[99]).toMatchObject({ filing: 'F0-1', isOverdue: false });
  expect(filings.filter(({ isOverdue }) => isOverdue)).toHaveLength(51);
  expect(filings[100]).toMatchObject({ filing: 'F0-3000', answer: { outcome: 'accepted' } });
  // A sort would read all of them.
  expect(plans.join('\n')).not.toContain('TEMP B-TREE');
});
