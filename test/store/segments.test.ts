import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readHead } from '../../src/main/engine/journal/read.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { verifyChain, verifyJournal } from '../../src/main/engine/journal/verify.ts';
import { newestCrossings } from '../../src/main/engine/projections/crossing-history.ts';
import { projections } from '../../src/main/engine/projections/projector.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { presenceLedger } from '../../src/main/engine/reading/presence-moves.ts';
import { searchCrossings } from '../../src/main/engine/reading/search-crossings.ts';
import { searchIncidents } from '../../src/main/engine/reading/search-incidents.ts';
import { dailyReport, reportableDays } from '../../src/main/engine/reports/daily.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import { openJournal } from '../../src/main/engine/segments/open-journal.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { journalSource } from '../../src/main/engine/sync/journal-source.ts';
import type { CrossingFilter } from '../../src/shared/contract/queries.ts';
import type { PersonId } from '../../src/shared/domain/ids.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';
import { always, inOneAndInMany } from '../kit/one-and-many.ts';
import { rawDatabase } from '../kit/raw-database.ts';

const site = reportSite(kitSite());

test('every event is read in its order, whichever file it is in', () => {
  always('read', (one, many) => {
    const all = one.segments.readAfter(1, 0, 1e6, 1e9);
    expect(many.segments.readAfter(1, 0, 1e6, 1e9)).toEqual(all);
    for (const from of [1, 17, all.length - 2]) {
      expect(many.segments.readAfter(1, from, 9, 1e9)).toEqual(all.slice(from, from + 9));
    }
    const source = journalSource(many.segments);
    expect(source.head()).toMatchObject({ seq: all.length, hash: all.at(-1)?.hash });
    for (let seq = 0; seq < all.length; ) {
      const rows = source.readAfter(seq, 7, 60_000);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row.body).toBe(all[seq]?.body);
        expect(source.hashAt(row.seq)).toEqual(all[seq]?.hash);
        seq += 1;
      }
    }
  });
});

test('the chain goes through all files, and one that is missing or changed is found', () => {
  const { one, many, remove } = inOneAndInMany('chain', 300, 0.05);
  onTestFinished(remove);
  const whole = verifyChain(one.db);
  expect(many.segments.all.length).toBeGreaterThan(5);
  const segments = many.segments.all.length;
  expect(verifyJournal(many.segments)).toEqual({ ...whole, segments });
  const without = (ordinal: number) =>
    new Segments(many.segments.all.filter((part) => part.ordinal !== ordinal).map(({ db }) => db));
  const second = many.segments.all[1];
  expect(verifyJournal(without(3)).fault).toMatchObject({
    text: expect.stringContaining('segment 4 does not go on'),
  });
  expect(verifyJournal(without(1)).fault).toMatchObject({
    seq: (second?.baseSeq ?? 0) + 1,
    text: expect.stringContaining('segment 2 is not the first'),
  });
  const [a, b, c, ...rest] = many.segments.all.map(({ db }) => db);
  const swapped = new Segments([a, c, b, ...rest].filter((db) => db !== undefined));
  expect(verifyJournal(swapped).fault).toMatchObject({
    text: expect.stringContaining('segment 3 does not go on'),
  });
});

test('a sealed file takes nothing more, and no file says it is another', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.writeAll(randomHistory('sealed', 30));
  kit.roll();
  expect(kit.db.pragma('synchronous')).toBe(2);
  const { seq } = readHead(kit.db);
  const sealed = rawDatabase(kit.path);
  const insert = sealed.prepare('INSERT INTO journal (seq, body, hash) VALUES (?, ?, ?)');
  expect(() => insert.run(seq + 1, '{}', Buffer.alloc(32))).toThrow('the segment is sealed');
  sealed.close();
  for (const change of ["state = 'open'", 'base_seq = 7', 'ordinal = 9']) {
    expect(() => kit.db.exec(`UPDATE segment SET ${change}, epoch = 2`)).toThrow('stays as it is');
  }
  expect(() => kit.db.exec('DELETE FROM segment')).toThrow('stays as it is');
});

test('rebuilt equals incremental in every file, on from what the one before it leaves', () => {
  always('rebuild', (_, { segments }) => {
    for (const [i, { db }] of segments.all.entries()) {
      const scratch = openScratch(':memory:');
      const before = segments.all[i - 1]?.db ?? null;
      rebuildProjections(db, scratch, readHead(db).seq, before);
      expect(compareProjections(db, scratch)).toEqual([]);
      scratch.close();
    }
  });
});

/** What the rules and the screens ask of the file that is written, whatever it was begun with. */
const ASKED = [
  "SELECT * FROM gate_command WHERE stage IN ('requested', 'sent', 'accepted', 'unknown')",
  'SELECT c.* FROM reservation r JOIN crossing c ON c.key = r.key',
  'SELECT g.* FROM reservation r JOIN gate_command g ON g.key = r.command_key',
  'SELECT c.* FROM unknown_passage u JOIN crossing c ON c.key = u.key',
  `SELECT e.*, c.state FROM exception e JOIN crossing c ON c.key = e.crossing_key
   WHERE e.outcome IS NULL`,
  "SELECT * FROM incident WHERE state <> 'resolved'",
  'SELECT l.lane, g.* FROM lane_now l JOIN gate_command g ON g.command = l.command',
  `SELECT h.* FROM board_hole h JOIN board_gap g ON g.board = h.board
   AND g.from_index <= h.to_index AND g.to_index >= h.from_index`,
];

test('how things are, and what may still change, stands whole in the newest file', () => {
  const states = projections.flatMap(({ tables }) =>
    Object.entries(tables).flatMap(([table, carried]) => (carried === 'all' ? [table] : [])),
  );
  const asked = [...ASKED, ...states.map((table) => `SELECT * FROM ${table}`)];
  const seen = new Set<string>();
  for (const acts of [90, 320, 530, 750, 970]) {
    const { one, many, remove } = inOneAndInMany(`state ${acts}`, acts, 0.02);
    for (const sql of asked) {
      const rows = ({ db }: KitJournal) => {
        const found = db.query<[], object>(sql).all();
        return found.map((row) => JSON.stringify(row)).sort();
      };
      expect([sql, rows(many)]).toEqual([sql, rows(one)]);
      if (rows(one).length > 0) seen.add(sql);
    }
    remove();
  }
  expect(ASKED.filter((sql) => !seen.has(sql))).toEqual([]);
});

const CROSSING_FILTERS: readonly CrossingFilter[] = [
  ...[{}, { state: 'passed' }, { state: 'unknown' }, { state: 'not-taken' }, { verdict: 'refer' }],
  ...[{ line: 'first' }, { direction: 'in', timing: 'late' }, { state: 'admitted' }],
] as readonly CrossingFilter[];

/** All pages, where each look ends as early as it may. */
function lookedThrough({ segments }: KitJournal, filter: CrossingFilter): string[] {
  const found: string[] = [];
  let after: string | null | undefined;
  for (let more = true; more; ) {
    const input = { filter, limit: 7, ...(after && { after }) } as never;
    const options = { sliceKeys: 60, isEnough: () => true };
    const page = searchCrossings(segments, input, 'supervisor', options);
    found.push(...page.rows.map((row) => JSON.stringify(row)));
    after = page.reached ?? page.rows.at(-1)?.crossing;
    more = page.more;
  }
  return found;
}

test('searches over many files find what they find in one, page by page', () => {
  always('search', (one, many) => {
    for (const filter of CROSSING_FILTERS) {
      expect(lookedThrough(many, filter)).toEqual(lookedThrough(one, filter));
      let after: string | undefined;
      for (let more = true; more; ) {
        const input = { filter, limit: 7, ...(after && { after }) } as never;
        const page = searchCrossings(many.segments, input, 'supervisor');
        expect(page).toEqual(searchCrossings(one.segments, input, 'supervisor'));
        after = page.rows.at(-1)?.crossing;
        more = page.more;
      }
    }
    for (const filter of [{}, { state: 'resolved' }, { state: 'raised' }] as const) {
      let after: string | undefined;
      for (let more = true; more; ) {
        const input = { ...filter, limit: 3, ...(after && { after }) } as never;
        const page = searchIncidents(many.segments, input);
        expect(page).toEqual(searchIncidents(one.segments, input));
        after = page.rows.at(-1)?.incident;
        more = page.more;
      }
    }
    for (const limit of [1, 10, 400]) {
      expect(newestCrossings(many.segments, limit)).toEqual(newestCrossings(one.segments, limit));
    }
  });
});

test("a person's moves over many files are those of one, and of the events themselves", () => {
  always('presence', (one, many) => {
    const all = one.segments.readAfter(1, 0, 1e6, 1e9).map(({ body }) => JSON.parse(body) as Told);
    const persons = new Set(all.flatMap(({ data }) => data.person ?? []));
    for (const person of persons) {
      const of = { person, nowMs: 0, permits: [] };
      const found = presenceLedger(many.segments, of);
      expect(found).toEqual(presenceLedger(one.segments, of));
      const taken = takenBy(person, all);
      const moves = found.ok ? found.value.moves : [];
      const sure = moves.filter(({ certain, from }) => certain && from !== null);
      const said = all.filter(
        ({ kind, data }) => kind === 'presence.set' && data.crossing !== null,
      );
      const answered = new Set(said.map(({ data }) => `${data.crossing} ${data.place}`));
      // What two persons put right stands by that, whatever one had answered before.
      const byPerson = sure.filter(({ source, to }) => {
        return answered.has(`${source} ${to}`) && !taken.has(source);
      });
      expect(sure.length - byPerson.length).toBe(taken.size);
      const times = moves.map(({ atMs }) => atMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });
});

interface Told {
  readonly kind: string;
  readonly data: {
    readonly person?: PersonId | null;
    readonly place?: string;
    readonly crossing?: string | null;
    readonly granted?: boolean;
    readonly fact?: string;
    readonly after?: unknown;
  };
}

/** The person's crossings that were taken, as two persons put some of them right. */
function takenBy(person: PersonId, events: readonly Told[]): ReadonlySet<unknown> {
  const taken = new Set<unknown>();
  for (const { kind, data } of events) {
    if (data.person !== person) continue;
    if (isMove(kind, data)) taken.add(data.crossing);
    if (kind !== 'correction.confirmed' || data.fact !== 'passage') continue;
    if (data.after === 'passed') taken.add(data.crossing);
    else taken.delete(data.crossing);
  }
  return taken;
}

/** What the journal itself says is a passage: seen, or let through by a board alone. */
function isMove(kind: string, data: Told['data']): boolean {
  return kind === 'crossing.passed' || (kind === 'crossing.recorded' && data.granted === true);
}

test('every report over many files is that of one', () => {
  always('report', (one, many) => {
    const days = value(reportableDays(one.segments));
    expect(value(reportableDays(many.segments))).toEqual(days);
    const context = { site, nowMs: readHead(one.db).atMs, running: true };
    for (const day of days) {
      const report = value(dailyReport(many.segments, day, context));
      expect(report).toEqual(value(dailyReport(one.segments, day, context)));
    }
  });
});

test('a reader beside the console takes up files that were begun since', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.writeAll(randomHistory('beside', 30));
  const reader = value(Segments.open(kit.dir));
  onTestFinished(() => reader.close());
  kit.roll();
  kit.roll();
  expect(reader.all).toHaveLength(1);
  value(reader.refresh());
  expect(reader.all.map((part) => part.baseSeq)).toEqual(kit.segments.all.map((p) => p.baseSeq));
  kit.close();
  const openHere = () => openJournal(kit.dir, 'console-1', 'boot-1', () => undefined);
  rmSync(join(kit.dir, 'journal-000003.db'));
  expect(openHere()).toMatchObject({
    fault: { code: 'segment-absent', where: join(kit.dir, 'journal-000003.db') },
  });
  cpSync(kit.path, join(kit.dir, 'journal-000003.db'));
  rmSync(join(kit.dir, 'journal-000002.db'));
  expect(openHere()).toMatchObject({
    fault: { code: 'segment-absent', where: join(kit.dir, 'journal-000002.db') },
  });
  expect(Segments.open(kit.dir)).toMatchObject({ fault: { code: 'segment-absent' } });
});
