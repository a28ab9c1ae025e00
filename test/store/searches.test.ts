import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import {
  type CrossingColumns,
  crossingRow,
} from '../../src/main/engine/projections/crossing-row.ts';
import { OPEN_STRANGER } from '../../src/main/engine/projections/gather/under-way-statements.ts';
import { createReadingService } from '../../src/main/engine/reading/reading-service.ts';
import {
  KEYS_OF_TIME,
  NEWEST_BELOW,
  searchCrossings,
  sliceQuery,
} from '../../src/main/engine/reading/search-crossings.ts';
import { searchIncidents } from '../../src/main/engine/reading/search-incidents.ts';
import type { ReadableDb, Sql } from '../../src/main/engine/store/database.ts';
import type {
  CrossingFilter,
  CrossingRow,
  IncidentRow,
  QueryInput,
} from '../../src/shared/contract/queries.ts';
import { hkDay, hkDayEnd, hkDayStart } from '../../src/shared/lib/hk-time.ts';
import type { Reason } from '../../src/shared/regime/requirement.ts';
import { reasonsFor } from '../../src/shared/regime/withhold.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const SLICE_KEYS = 90;

let kit: KitJournal;
beforeAll(() => {
  kit = kitJournal();
  kit.writeAll(randomHistory('searches', 900));
});
afterAll(() => kit.remove());

/** Every crossing there is, newest first, by no condition at all. */
function allCrossings(db: ReadableDb): CrossingRow[] {
  const rows = db.query<[], CrossingColumns>('SELECT * FROM crossing').all();
  return rows.sort((one, other) => other.key - one.key).map(crossingRow);
}

/** What a filter means, in plain words of the row. */
function fits(row: CrossingRow, filter: CrossingFilter): boolean {
  const { fromMs = -Infinity, toMs = Infinity, reason, ...same } = filter;
  return (
    row.atMs >= fromMs &&
    row.atMs < toMs &&
    (reason === undefined || row.reasons.some((one) => one.is === reason)) &&
    Object.entries(same).every(([name, wanted]) => row[name as keyof CrossingRow] === wanted)
  );
}

/** All pages of a search, one after the other. */
function found(db: ReadableDb, filter: CrossingFilter, limit = 17): CrossingRow[] {
  const rows: CrossingRow[] = [];
  for (let more = true; more; ) {
    const after = rows.at(-1)?.crossing;
    const input = { filter, limit, ...(after && { after }) };
    const page = searchCrossings(new Segments([db]), input, 'supervisor', {
      sliceKeys: SLICE_KEYS,
    });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    more = page.more;
    if (more) expect(page.rows).toHaveLength(limit);
  }
  return rows;
}

const EQUAL = [
  ...['checkpoint', 'lane', 'line', 'direction', 'class', 'verdict'],
  ...['state', 'timing', 'person', 'permit'],
] as const;

test.each(EQUAL)('crossings by %s are those that a plain look over all rows finds', (name) => {
  const { db } = kit;
  const all = allCrossings(db);
  const values = new Set(all.map((row) => row[name as keyof CrossingRow]).filter((one) => one));
  expect(values.size).toBeGreaterThan(1);
  for (const one of values) {
    const filter = { [name]: one } as CrossingFilter;
    const wanted = all.filter((row) => fits(row, filter));
    expect(wanted.length).toBeLessThan(all.length);
    expect(found(db, filter)).toEqual(wanted);
  }
  expect(found(db, { [name]: 'nothing-like-it' })).toEqual([]);
});

test('crossings by reason are found under each of their reasons', () => {
  const { db } = kit;
  const all = allCrossings(db);
  const reasons = new Set(all.flatMap((row) => row.reasons.map((one) => one.is)));
  expect(reasons.size).toBeGreaterThan(2);
  expect(all.some((row) => row.reasons.length > 1)).toBe(true);
  for (const reason of reasons) {
    expect(found(db, { reason })).toEqual(all.filter((row) => fits(row, { reason })));
  }
});

test('crossings of a day and of hours of it, late ones among them', () => {
  const { db } = kit;
  const all = allCrossings(db);
  const days = [...new Set(all.map((row) => hkDay(row.atMs)))];
  expect(days.length).toBeGreaterThan(3);
  for (const day of days) {
    const start = hkDayStart(day);
    for (const filter of [
      { fromMs: start, toMs: hkDayEnd(day) },
      { fromMs: start + 8 * 3_600_000, toMs: start + 12 * 3_600_000 },
      { fromMs: start },
      { toMs: start },
    ]) {
      expect(found(db, filter)).toEqual(all.filter((row) => fits(row, filter)));
    }
  }
  expect(all.some((row, n) => row.atMs < (all[n + 1]?.atMs ?? 0))).toBe(true);
  expect(found(db, { fromMs: 0, toMs: 1 })).toEqual([]);
});

test('a look that ends early tells how far it came, and going on from there misses nothing', () => {
  const { db } = kit;
  const all = allCrossings(db);
  const filters: CrossingFilter[] = [{}, { verdict: 'refuse' }, { timing: 'late', line: 'first' }];
  for (const filter of filters) {
    const rows: CrossingRow[] = [];
    let [after, early] = [undefined as CrossingRow['crossing'] | undefined, 0];
    for (let more = true; more; ) {
      const input = { filter, limit: 17, ...(after && { after }) };
      const options = { sliceKeys: SLICE_KEYS, isEnough: () => true };
      const page = searchCrossings(new Segments([db]), input, 'supervisor', options);
      rows.push(...page.rows);
      ({ more } = page);
      if (page.reached !== null) early += 1;
      after = page.reached ?? rows.at(-1)?.crossing;
    }
    expect(early).toBeGreaterThan(3);
    expect(rows).toEqual(all.filter((row) => fits(row, filter)));
  }
});

test('filters together narrow together', () => {
  const { db } = kit;
  const all = allCrossings(db);
  const day = hkDay(all[Math.floor(all.length / 2)]?.atMs ?? 0);
  const filter: CrossingFilter = {
    ...{ fromMs: hkDayStart(day), toMs: hkDayEnd(day) },
    ...{ line: 'second', direction: 'in', timing: 'live' },
  };
  const wanted = all.filter((row) => fits(row, filter));
  expect(wanted.length).toBeGreaterThan(0);
  expect(found(db, filter, 3)).toEqual(wanted);
});

test('whoever may not read a reason finds nobody by it, and does not see it', () => {
  const { db } = kit;
  const [first] = allCrossings(db).filter((row) => row.verdict === 'refer');
  if (first === undefined) throw new Error('nobody was referred');
  const reasons = '[{"detail":"listed","is":"not-watchlisted","params":{}}]';
  db.write<[string, string]>('UPDATE crossing SET reasons = ? WHERE crossing = ?').run(
    ...([reasons, first.crossing] as const),
  );
  const input = { filter: { reason: 'not-watchlisted' }, limit: 50 };
  const all = { filter: {}, limit: 10_000 };
  for (const role of ['operator', 'supervisor', 'inspector', 'administrator'] as const) {
    const sees = reasonsFor(role, JSON.parse(reasons) as Reason[])[0]?.is === 'not-watchlisted';
    expect(sees).toBe(role === 'supervisor');
    const ids = searchCrossings(new Segments([db]), input, role).rows.map((row) => row.crossing);
    expect({ role, ids }).toEqual({ role, ids: sees ? [first.crossing] : [] });
    const shown = JSON.stringify(searchCrossings(new Segments([db]), all, role).rows);
    expect({ role, shown: shown.includes('watchlisted') }).toEqual({ role, shown: sees });
  }
});

function allIncidents(db: ReadableDb): IncidentRow[] {
  const page = searchIncidents(new Segments([db]), { limit: 1_000_000 });
  expect(page.more).toBe(false);
  const count = db.query<[], { n: number }>('SELECT count(*) AS n FROM incident').get();
  expect(page.rows).toHaveLength(count?.n ?? 0);
  return page.rows;
}

test('incidents by state, type and time, page by page', () => {
  const { db } = kit;
  const all = allIncidents(db);
  const middle = all[Math.floor(all.length / 2)]?.openedMs ?? 0;
  const filters: Partial<QueryInput<'incidents.search'>>[] = [
    {},
    ...[...new Set(all.map((row) => row.state))].map((state) => ({ state })),
    ...[...new Set(all.map((row) => row.type))].map((type) => ({ type })),
    ...[{ fromMs: middle }, { toMs: middle }, { fromMs: middle, toMs: middle + 86_400_000 }],
    { state: 'resolved', fromMs: middle },
  ];
  expect(filters.length).toBeGreaterThan(8);
  for (const filter of filters) {
    const { fromMs = -Infinity, toMs = Infinity, ...same } = filter;
    const wanted = all.filter(
      (row) =>
        row.openedMs >= fromMs &&
        row.openedMs < toMs &&
        Object.entries(same).every(([name, one]) => row[name as keyof IncidentRow] === one),
    );
    const rows: IncidentRow[] = [];
    for (let more = true; more; ) {
      const after = rows.at(-1)?.incident;
      const page = searchIncidents(new Segments([db]), {
        ...filter,
        limit: 4,
        ...(after && { after }),
      });
      rows.push(...page.rows);
      more = page.more;
    }
    expect(rows).toEqual(wanted);
  }
});

test('the reading thread finds the same as a look from here', async () => {
  const reading = createReadingService({
    ...{ dataDir: kit.dir, site: kitSite() },
    clock: { wallMs: () => Date.parse('2026-04-01T00:00:00+08:00') },
  });
  onTestFinished(() => reading.stop());
  const input = { filter: { line: 'first' }, limit: 30 } as const;
  for (const role of ['operator', 'supervisor'] as const) {
    const here = searchCrossings(kit.segments, input, role);
    expect(value(await reading.crossings(input, role))).toEqual(here);
  }
  const incidents = { state: 'resolved', limit: 5 } as const;
  expect(value(await reading.incidents(incidents))).toEqual(
    searchIncidents(kit.segments, incidents),
  );
});

const plan = (db: ReadableDb, sql: string, values: readonly Sql[]): string =>
  db
    .query<Sql[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map((row) => row.detail)
    .join('; ');

test.each<[CrossingFilter, string]>([
  [{ permit: 'SP-1' as never }, 'INDEX crossing_permit (permit=? AND key>? AND key<?)'],
  [{ person: 'P-1' as never }, 'INDEX crossing_person (person=? AND key>? AND key<?)'],
  [{ lane: 'lane-1' as never }, 'INDEX crossing_lane (lane=? AND key>? AND key<?)'],
  [{ class: 'staff' as never, verdict: 'refuse' }, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  [{ reason: 'permit-valid' }, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  [{ fromMs: 1, toMs: 2 }, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
])('a search by %o looks no further than its slice, and sorts nothing', (filter, wanted) => {
  const { db } = kit;
  const { sql, values } = sliceQuery(filter);
  const how = plan(db, sql, [...values, 1, 2, 3]);
  expect(how).toContain(`SEARCH crossing USING ${wanted}`);
  expect(how).not.toContain('TEMP B-TREE');
});

test('of the strangers who wait only those at the one lane are looked at', () => {
  expect(plan(kit.db, OPEN_STRANGER, ['lane-1', 'h10301/1/1'])).toContain(
    'SEARCH e USING INDEX exception_open (person=? AND lane=?)',
  );
});

test('slices and days are found from indexes alone', () => {
  const { db } = kit;
  expect(plan(db, NEWEST_BELOW, [1])).toBe('SEARCH crossing USING INTEGER PRIMARY KEY (rowid<?)');
  expect(plan(db, KEYS_OF_TIME, [1, 2])).toBe(
    'SEARCH crossing USING COVERING INDEX crossing_time (at_ms>? AND at_ms<?)',
  );
});
