import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { randomHistory } from '../kit/history.ts';
import { kitJournal } from '../kit/journal-kit.ts';
import { type LedgerStep, ledgerSteps } from '../kit/report-fold.ts';

interface Minute {
  readonly area: string;
  readonly minute_ms: number;
  readonly entries: number;
  readonly exits: number;
  readonly corrected: number;
  readonly peak: number;
  readonly inside: number;
}

function occupancy(db: ReadableDb): Map<string, { named: number; anonymous: number }> {
  const rows = db
    .query<[], { area: string; inside: number; anonymous: number }>('SELECT * FROM occupancy')
    .all();
  return new Map(rows.map(({ area, inside, anonymous }) => [area, { named: inside, anonymous }]));
}

/** Nobody is in two places, and an area's count is the number of people whose place it is. */
function expectOnePlaceEach(db: ReadableDb): void {
  const rows = db.query<[], { person: string; place: string }>('SELECT * FROM presence').all();
  expect(new Set(rows.map(({ person }) => person)).size).toBe(rows.length);
  const people = new Map<string, number>();
  for (const { place } of rows) people.set(place, (people.get(place) ?? 0) + 1);
  for (const [area, { named }] of occupancy(db)) expect(named, area).toBe(people.get(area) ?? 0);
}

/** At every minute: what was there before, and entries minus exits and corrections. */
function expectMinutes(db: ReadableDb, steps: readonly LedgerStep[]): void {
  const minutes = db.query<[], Minute>('SELECT * FROM area_minute ORDER BY area, minute_ms').all();
  const inside = new Map<string, number>();
  for (const row of minutes) {
    const { area, minute_ms: minute } = row;
    const before = inside.get(area) ?? 0;
    const after = before + row.entries - row.exits + row.corrected;
    expect(row.inside).toBe(after);
    inside.set(area, after);
    const own = steps.filter((step) => step.area === area);
    const upTo = own.filter(({ atMs }) => atMs < minute + 60_000);
    expect(upTo.reduce((sum, { by }) => sum + by, 0)).toBe(after);
    const within = upTo.filter(({ atMs }) => atMs >= minute);
    let count = before;
    const counts = [before, ...within.map(({ by }) => (count += by))];
    expect(row.peak).toBeLessThanOrEqual(Math.max(...counts));
    expect(row.peak).toBeGreaterThanOrEqual(Math.max(...counts.slice(1)));
  }
  for (const [area, { named, anonymous }] of occupancy(db)) {
    expect(named + anonymous, area).toBe(inside.get(area) ?? 0);
  }
}

test('after every step nobody is in two places, and occupancy is the sum of the ledger', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
      const kit = kitJournal();
      try {
        const written: JournalEvent[] = [];
        const events = randomHistory(`ledger ${seed}`, 150);
        for (let at = 0; at < events.length; at += 25) {
          written.push(...kit.write(events.slice(at, at + 25)));
          expectOnePlaceEach(kit.db);
          expectMinutes(kit.db, ledgerSteps(written));
        }
      } finally {
        kit.remove();
      }
    }),
    { numRuns: 15 },
  );
});
