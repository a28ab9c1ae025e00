import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { dailyReport, reportableDays } from '../../src/main/engine/reports/daily.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import { DailyReport } from '../../src/shared/contract/queries.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { hkDay, hkDayEnd } from '../../src/shared/lib/hk-time.ts';
import { foldCustody } from '../kit/custody-fold.ts';
import { randomHistory } from '../kit/history.ts';
import { kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';
import { foldReport } from '../kit/report-fold.ts';

const site = reportSite(kitSite());
const areas = site.areas.map(({ id }) => id);

/** Rows without their order, which is the report's own business. */
function sorted(rows: readonly object[]): string[] {
  return rows
    .map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort();
}

function expectFigures(report: DailyReport, events: readonly JournalEvent[]): void {
  const plain = foldReport(events, report.day, areas);
  expect(report.version).toBe(plain.version);
  expect(report.totals).toEqual(plain.totals);
  expect(report.custody).toEqual(foldCustody(events, report.day));
  expect(report.occupancy).toEqual(plain.occupancy);
  expect(sorted(report.throughput)).toEqual(sorted(plain.throughput));
  expect(sorted(report.refusals)).toEqual(sorted(plain.refusals));
  expect(sorted(report.incidents)).toEqual(sorted(plain.incidents));
  expect([report.firstSeq, report.lastSeq]).toEqual([plain.firstSeq, plain.lastSeq]);
}

test('every figure of every day equals a plain recomputation over the journal', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 1, max: 300 }),
      (seed, acts) => {
        const kit = kitJournal();
        try {
          kit.writeAll(randomHistory(`figures ${seed}`, acts));
          const bodies = kit.db.query<[], { body: string }>(
            'SELECT body FROM journal ORDER BY seq',
          );
          const events = bodies.all().map(({ body }) => JSON.parse(body) as JournalEvent);
          const nowMs = events.at(-1)?.at ?? 0;
          const days = value(reportableDays(kit.segments));
          for (const event of events) expect(days).toContain(hkDay(event.at));
          for (const day of days) {
            const report = value(dailyReport(kit.segments, day, { site, nowMs, running: true }));
            expect(DailyReport.parse(report)).toEqual(report);
            expectFigures(report, events);
          }
        } finally {
          kit.remove();
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('a made-up history has something to count under every heading', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.writeAll(randomHistory('rich', 1500));
  const reports = value(reportableDays(kit.segments)).map((day) =>
    value(dailyReport(kit.segments, day, { site, nowMs: hkDayEnd(day), running: true })),
  );
  const sum = (of: (report: DailyReport) => number) =>
    reports.reduce((all, one) => all + of(one), 0);
  for (const name of ['asked', 'late', 'refused', 'referred', 'notTaken', 'unknown'] as const) {
    expect(
      sum(({ totals }) => totals[name]),
      name,
    ).toBeGreaterThan(5);
  }
  for (const name of ['admittedAfter', 'refusedAfter', 'lapsed'] as const) {
    const count = sum(({ refusals }) => refusals.reduce((all, row) => all + row[name], 0));
    expect(count, name).toBeGreaterThan(3);
  }
  expect(reports.length).toBeGreaterThan(3);
  expect(
    sum(({ occupancy }) => occupancy.reduce((all, row) => all + Math.abs(row.corrected), 0)),
  ).toBeGreaterThan(3);
});

test('the head hash is that of the last event of the day', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const late = Date.parse('2026-03-08T23:59:59.999+08:00');
  const data = { why: 'asked to stop' };
  kit.add({ kind: 'engine.stopped', data }, late - 1000);
  kit.add({ kind: 'engine.stopped', data }, late);
  kit.add({ kind: 'engine.stopped', data }, late + 1);
  const [, second, third] = kit.db
    .query<[], { hash: Buffer }>('SELECT hash FROM journal ORDER BY seq')
    .all()
    .map(({ hash }) => hash.toString('hex'));
  const context = { site, nowMs: late + 2, running: true };
  const first = value(dailyReport(kit.segments, '2026-03-08', context));
  expect(first).toMatchObject({ firstSeq: 1, lastSeq: 2, headHash: second });
  const next = value(dailyReport(kit.segments, '2026-03-09', context));
  expect(next).toMatchObject({ firstSeq: 3, lastSeq: 3, headHash: third });
  const none = value(dailyReport(kit.segments, '2026-03-07', context));
  expect(none).toMatchObject({ firstSeq: null, lastSeq: null, headHash: null });
});

test('what is not a day, and read models of another version, are said to be so', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const context = { site, nowMs: 0, running: true };
  for (const day of ['2026-02-30', '2026-13-01', 'today', '2026-3-8', '']) {
    expect(dailyReport(kit.segments, day, context)).toMatchObject({
      fault: { code: 'day-invalid' },
    });
  }
  kit.db.exec('UPDATE projection_state SET version = version + 1');
  const fault = { code: 'projections-absent' };
  expect(dailyReport(kit.segments, '2026-03-08', context)).toMatchObject({ fault });
  expect(reportableDays(kit.segments)).toMatchObject({ fault });
});
