import { eventKey, keyOf } from '../../../shared/domain/ids.ts';
import { isArea, type Place } from '../../../shared/domain/place.ts';
import { minuteOf } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';
import { type Appliers, type EventOf, happenedMs, type Projection } from './projection.ts';

/**
 * Where everybody is: one row a person, so nobody can be in two places; and how many are in each
 * area. An area's count changes only together with a person's place (or, for a person nobody could
 * name, with `anonymous`), so occupancy is the sum of the ledger at any instant.
 *
 * `unnamed` is the part of `anonymous` that went through gates standing open for everybody, or that
 * a head count found: below nothing, so many of those whom the ledger names there have left. Who is
 * corrected out of such an area is taken for one of them, and the count stays as it is.
 *
 * A head count has in it whoever went through before it, also where a board tells of that later.
 *
 * Where a paper form names somebody who was counted at an open gate without a name, the two are one
 * (`unnamed-passage.ts`): whichever comes second leaves at both ends of the lane the count that the
 * passage alone makes, and only how many of them have names changes.
 */
const ddl = `
CREATE TABLE presence (
  person TEXT PRIMARY KEY,
  place TEXT NOT NULL,
  unknown INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  happened_ms INTEGER NOT NULL,
  -- The crossing or the correction that put the person there.
  source INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE occupancy (
  area TEXT PRIMARY KEY,
  inside INTEGER NOT NULL,
  anonymous INTEGER NOT NULL,
  unnamed INTEGER NOT NULL,
  -- When heads were counted there last.
  counted_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE area_minute (
  area TEXT NOT NULL,
  minute_ms INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  exits INTEGER NOT NULL,
  corrected INTEGER NOT NULL,
  peak INTEGER NOT NULL,
  inside INTEGER NOT NULL,
  PRIMARY KEY (area, minute_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX area_minute_time ON area_minute (minute_ms);
-- Where a person said that somebody is: what the crossings alone do not tell.
CREATE TABLE correction (
  key INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  place TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  crossing TEXT
) STRICT;
CREATE INDEX correction_person ON correction (person, key);
`;

interface PresenceRow {
  place: Place;
  happened_ms: number;
}

function statements(db: WritableDb) {
  return {
    find: db.query<[string], PresenceRow>(
      'SELECT place, happened_ms FROM presence WHERE person = ?',
    ),
    put: db.write<[string, string, number, number, number]>(
      `INSERT INTO presence (person, place, unknown, since_ms, happened_ms, source)
       VALUES (?, ?, 0, ?, ?, ?)
       ON CONFLICT (person) DO UPDATE SET place = excluded.place, unknown = 0,
         since_ms = excluded.since_ms, happened_ms = excluded.happened_ms,
         source = excluded.source`,
    ),
    doubt: db.write<[string, string, number, number, number]>(
      `INSERT INTO presence (person, place, unknown, since_ms, happened_ms, source)
       VALUES (?, ?, 1, ?, ?, ?)
       ON CONFLICT (person) DO UPDATE SET unknown = 1,
         happened_ms = max(happened_ms, excluded.happened_ms)`,
    ),
    correct: db.write<[number, string, string, number, string | null]>(
      'INSERT INTO correction (key, person, place, at_ms, crossing) VALUES (?, ?, ?, ?, ?)',
    ),
    askedMs: db.query<[number], { at_ms: number }>('SELECT at_ms FROM crossing WHERE key = ?'),
    count: db.write<[string, number, number, number]>(
      `INSERT INTO occupancy (area, inside, anonymous, unnamed) VALUES (?, ?, ?, ?)
       ON CONFLICT (area) DO UPDATE SET inside = inside + excluded.inside,
         anonymous = anonymous + excluded.anonymous, unnamed = unnamed + excluded.unnamed`,
    ),
    counted: db.write<[number, string]>(
      'UPDATE occupancy SET unnamed = anonymous, counted_ms = ? WHERE area = ?',
    ),
    countedMs: db.query<[string], { counted_ms: number | null }>(
      'SELECT counted_ms FROM occupancy WHERE area = ?',
    ),
    inside: db.query<[string], { inside: number; unnamed: number }>(
      'SELECT inside + anonymous AS inside, unnamed FROM occupancy WHERE area = ?',
    ),
    form: db.query<[number], FormRow>(
      'SELECT at_ms, went_out, came_in FROM paper_crossing WHERE key = ?',
    ),
    minute: db.write<[string, number, number, number, number, number, number]>(
      `INSERT INTO area_minute (area, minute_ms, entries, exits, corrected, peak, inside)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (area, minute_ms) DO UPDATE SET entries = entries + excluded.entries,
         exits = exits + excluded.exits, corrected = corrected + excluded.corrected,
         peak = max(peak, excluded.peak), inside = excluded.inside`,
    ),
  };
}

/** `head-count`: the number alone is put right, and no name with it. */
type Cause = 'crossing' | 'correction' | 'head-count';
/** How somebody who moves is known: `unnamed` went through a gate that stood open. */
type Who = 'named' | 'anonymous' | 'unnamed';

/** When an event was written, and when what it tells of happened, ms; and its crossing's key. */
interface When {
  readonly atMs: number;
  readonly happenedMs: number;
  readonly source: number;
}

const whenOf = (event: EventOf<'crossing.passed' | 'crossing.recorded'>): When => {
  const source = keyOf(event.data.crossing);
  return { atMs: event.at, happenedMs: happenedMs(event), source };
};

/** What a form that was keyed in changed at the ends of its lane, and when it was. */
interface FormRow {
  readonly at_ms: number;
  readonly went_out: number;
  readonly came_in: number;
}

type Change = (area: Place, by: 1 | -1, who: Who, atMs: number, cause: Cause) => void;

/** Changes an area's count by one, in its minute too. */
function changer(sql: ReturnType<typeof statements>): Change {
  /** A correction names one of those whom the count had moved already. */
  const isExplained = (area: Place, by: 1 | -1): boolean => {
    const unnamed = sql.inside.get(area)?.unnamed ?? 0;
    return by === 1 ? unnamed > 0 : unnamed < 0;
  };
  return (area, by, who, atMs, cause) => {
    if (!isArea(area)) return;
    if (cause === 'correction' && isExplained(area, by)) {
      sql.count.run(area, by, -by, -by);
      return;
    }
    const unnamed = who === 'unnamed' ? by : 0;
    sql.count.run(area, who === 'named' ? by : 0, who === 'named' ? 0 : by, unnamed);
    const inside = sql.inside.get(area)?.inside ?? 0;
    const crossed = cause === 'crossing';
    const entries = crossed && by === 1 ? 1 : 0;
    const exits = crossed && by === -1 ? 1 : 0;
    const peak = by === 1 ? inside : inside + 1;
    sql.minute.run(area, minuteOf(atMs), entries, exits, crossed ? 0 : by, peak, inside);
  };
}

/** At these ends of a lane the count has moved already: only how many have names changes. */
function renamer(sql: ReturnType<typeof statements>, change: Change, ends: Place[]): Change {
  return (area, by, ...more) => {
    if (!ends.includes(area)) change(area, by, ...more);
    else if (isArea(area)) sql.count.run(area, by, -by, -by);
  };
}

/** Moves the counts for somebody whom nobody named, less what their form has moved already. */
function unnamedMover(sql: ReturnType<typeof statements>, change: Change) {
  return (event: EventOf<'passage.unnamed'>): void => {
    const { from, namedBy, timing, to } = event.data;
    const form = namedBy === undefined ? undefined : sql.form.get(keyOf(namedBy));
    const end = (area: Place, by: 1 | -1, wasMoved: boolean) => {
      const countedMs = sql.countedMs.get(area)?.counted_ms ?? Number.NEGATIVE_INFINITY;
      const isInCount = timing === 'late' && happenedMs(event) <= countedMs;
      const isMoved = wasMoved && form !== undefined && form.at_ms > countedMs;
      if (!isInCount && !isMoved) change(area, by, 'unnamed', event.at, 'crossing');
      // Heads were counted between the passage and its form, which then came on top of them.
      if (isInCount && isMoved) change(area, by === 1 ? -1 : 1, 'unnamed', event.at, 'head-count');
    };
    end(from, -1, form?.went_out === 1);
    end(to, 1, form?.came_in === 1);
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  const change = changer(sql);
  const moveUnnamed = unnamedMover(sql, change);
  const move = (person: string, to: Place, when: When, cause: Cause, by = change) => {
    const { atMs, happenedMs: happened, source } = when;
    const before = sql.find.get(person);
    sql.put.run(person, to, atMs, happened, source);
    if (before?.place === to) return;
    if (before !== undefined) by(before.place, -1, 'named', atMs, cause);
    by(to, 1, 'named', atMs, cause);
  };
  return {
    'crossing.passed': (event) => {
      const { person, from, to, movesPresence } = event.data;
      if (person === null) {
        change(from, -1, 'anonymous', event.at, 'crossing');
        change(to, 1, 'anonymous', event.at, 'crossing');
      } else if (movesPresence) move(person, to, whenOf(event), 'crossing');
    },
    'crossing.recorded': (event) => {
      const { from, movesPresence, paper, person, to } = event.data;
      if (person === null || !movesPresence) return;
      const by = paper?.takes === undefined ? change : renamer(sql, change, [from, to]);
      move(person, to, whenOf(event), 'crossing', by);
    },
    'crossing.unknown': (event) => {
      const { person, from, crossing } = event.data;
      if (person === null) return;
      // The last thing known of the person is the badge read: a late event after it is newer.
      const happened = sql.askedMs.get(keyOf(crossing))?.at_ms ?? event.at;
      // Somebody never seen before gets a place by this, so the place's count must follow.
      if (sql.find.get(person) === undefined) change(from, 1, 'named', event.at, 'correction');
      sql.doubt.run(person, from, event.at, happened, keyOf(crossing));
    },
    'presence.set': (event) => {
      const { person, place, crossing } = event.data;
      const key = eventKey(event.epoch, event.seq);
      const when = { atMs: event.at, happenedMs: event.at, source: key };
      move(person, place, when, 'correction');
      sql.correct.run(key, person, place, event.at, crossing);
    },
    // Of somebody with a name the ledger knows where they are: they were seen since.
    'passage.answered': (event) => {
      const { askedMs, from, passage, person, to } = event.data;
      if (person !== null || passage !== 'passed') return;
      for (const [area, by] of [[from, -1] as const, [to, 1] as const]) {
        const countedMs = sql.countedMs.get(area)?.counted_ms ?? Number.NEGATIVE_INFINITY;
        if (askedMs > countedMs) change(area, by, 'anonymous', event.at, 'head-count');
      }
    },
    // The heads that were counted: whoever is there by name stays, the rest cannot be named.
    'area.counted': ({ at, data: { anonymous, area, counted, named } }) => {
      const by = counted - named - anonymous;
      sql.count.run(area, 0, by, 0);
      sql.counted.run(at, area);
      const inside = sql.inside.get(area)?.inside ?? 0;
      sql.minute.run(area, minuteOf(at), 0, 0, by, Math.max(inside, inside - by), inside);
    },
    'passage.unnamed': moveUnnamed,
  };
}

/** Applied after `crossing`, whose rows it looks at. */
export const presence: Projection = {
  name: 'presence',
  tables: { presence: 'all', occupancy: 'all', area_minute: 'none', correction: 'none' },
  ddl,
  appliers,
};
