import { keyOf } from '../../../shared/domain/ids.ts';
import type { CargoGoods, CargoPart } from '../../../shared/journal/goods-events.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { WritableDb } from '../store/database.ts';
import { goodsDdl, goodsLedger, goodsTables } from './goods.ts';
import { type Appliers, happenedMs, type Projection, whenAnswered } from './projection.ts';

/** Reads that wait for their other half, vehicles' passages with the time of each step, locks. */
const ddl = `
CREATE TABLE cargo_half (
  lane TEXT PRIMARY KEY,
  what TEXT NOT NULL,
  credential TEXT NOT NULL,
  vehicle TEXT,
  person TEXT,
  permit TEXT,
  read_ms INTEGER NOT NULL,
  mono INTEGER NOT NULL,
  boot TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE cargo_passage (
  key INTEGER PRIMARY KEY,
  crossing TEXT NOT NULL,
  lane TEXT NOT NULL,
  vehicle TEXT,
  class TEXT NOT NULL,
  tag TEXT NOT NULL,
  verdict TEXT,
  regime_version INTEGER,
  parts TEXT NOT NULL,
  goods TEXT NOT NULL,
  state TEXT NOT NULL,
  -- The steps of one vehicle: first half read, both read, admitted, gate open, gone.
  first_read_ms INTEGER NOT NULL,
  asked_ms INTEGER NOT NULL,
  admitted_ms INTEGER,
  opened_ms INTEGER,
  ended_ms INTEGER
) STRICT;
CREATE INDEX cargo_passage_vehicle ON cargo_passage (vehicle, key) WHERE vehicle IS NOT NULL;
CREATE TABLE vehicle_lock (
  vehicle TEXT PRIMARY KEY,
  lock TEXT NOT NULL,
  state TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

interface PassageColumns {
  readonly crossing: string;
  readonly state: string;
  readonly goods: string;
  readonly parts: string;
  readonly line: string;
  readonly direction: string;
  readonly answered: string | null;
}

/** A late door event, or a person, may still say how an unknown passage ended. */
const UNSETTLED = "state NOT IN ('passed', 'refused', 'not-taken')";

function statements(db: WritableDb) {
  const wait = db.write<
    [string, string, string, string | null, string | null, string | null, number, number, string]
  >(
    `INSERT OR REPLACE INTO cargo_half
       (lane, what, credential, vehicle, person, permit, read_ms, mono, boot)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const met = db.write<[string]>('DELETE FROM cargo_half WHERE lane = ?');
  const asked = db.write<
    [number, string, string, string | null, string, string, string, number, number]
  >(
    `INSERT INTO cargo_passage (key, crossing, lane, vehicle, class, tag, parts, goods, state,
       first_read_ms, asked_ms) VALUES (?, ?, ?, ?, ?, ?, '[]', ?, 'asked', ?, ?)`,
  );
  const decided = db.write<[string, number, string, number]>(
    'UPDATE cargo_passage SET verdict = ?, regime_version = ?, parts = ? WHERE key = ?',
  );
  const again = db.write<[string, number]>('UPDATE cargo_passage SET parts = ? WHERE key = ?');
  const moved = (column: 'admitted_ms' | 'opened_ms' | 'ended_ms') =>
    db.write<[string, number, number]>(
      `UPDATE cargo_passage SET state = ?, ${column} = ? WHERE key = ?`,
    );
  // Referred: it waits at the gate for a person. That is no end, and its times go on.
  const waits = db.write<[string, number]>('UPDATE cargo_passage SET state = ? WHERE key = ?');
  const admitted = moved('admitted_ms');
  const opened = moved('opened_ms');
  const ended = moved('ended_ms');
  const lock = db.write<[string, string, string, number]>(
    'INSERT OR REPLACE INTO vehicle_lock (vehicle, lock, state, at_ms) VALUES (?, ?, ?, ?)',
  );
  return { wait, met, asked, decided, again, waits, admitted, opened, ended, lock };
}

function appliers(db: WritableDb): Appliers {
  const { wait, met, asked, decided, again, waits, ...moved } = statements(db);
  const { admitted, opened, ended, lock } = moved;
  const settle =
    (state: string) =>
    (event: { at: number; data: { crossing: string } }): void =>
      void ended.run(state, event.at, keyOf(event.data.crossing));
  const ledger = goodsLedger(db);
  const passage = db.query<[number], PassageColumns>(
    `SELECT p.crossing, p.state, p.goods, p.parts, c.line, c.direction, c.answered
     FROM cargo_passage p JOIN crossing c ON c.key = p.key WHERE p.key = ?`,
  );
  const goThrough = (crossing: string, happenedMs: number, writtenMs: number): void => {
    const row = passage.get(keyOf(crossing));
    if (row === undefined) return;
    const goods = JSON.parse(row.goods) as CargoGoods[];
    const parts = JSON.parse(row.parts) as CargoPart[];
    ledger.passed({ ...row, goods, parts }, { happenedMs, writtenMs });
  };
  const answer = (crossing: string, atMs: number): void => {
    const row = passage.get(keyOf(crossing));
    if (row?.state !== 'unknown' || row.answered === null) return;
    ended.run(row.answered, atMs, keyOf(crossing));
    if (row.answered === 'passed') goThrough(crossing, atMs, atMs);
    else ledger.notPassed(crossing);
  };
  return {
    ...ledger.appliers,
    'cargo.read': (event) => {
      const { lane, what, credential, vehicle, person, permit, timing } = event.data;
      if (timing === 'late') return;
      const { at, mono, boot } = event;
      wait.run(lane, what, credential, vehicle, person, permit, at, mono, boot);
    },
    'cargo.asked': (event) => {
      const { crossing, lane, vehicle, class: of, tag, firstReadMs, goods } = event.data;
      met.run(lane);
      const what = [crossing, lane, vehicle, of, tag, canonicalJson(goods)] as const;
      asked.run(keyOf(crossing), ...what, firstReadMs, happenedMs(event));
    },
    'cargo.decided': ({ data }) => {
      const { crossing, exception, parts, regimeVersion, verdict } = data;
      const key = keyOf(crossing);
      // What a person admits keeps its verdict `refer`; what it starts is of the moment.
      if (exception !== null) again.run(canonicalJson(parts), key);
      else decided.run(verdict, regimeVersion, canonicalJson(parts), key);
    },
    'crossing.referred': ({ data }) => void waits.run('referred', keyOf(data.crossing)),
    'crossing.refused': settle('refused'),
    'crossing.admitted': ({ at, data }) => void admitted.run('admitted', at, keyOf(data.crossing)),
    'crossing.opened': (event) => void opened.run('opened', event.at, keyOf(event.data.crossing)),
    'crossing.passed': (event) => {
      settle('passed')(event);
      goThrough(event.data.crossing, happenedMs(event), event.at);
    },
    ...whenAnswered(answer),
    'crossing.not-taken': (event) => {
      settle('not-taken')(event);
      ledger.notPassed(event.data.crossing);
    },
    'crossing.unknown': settle('unknown'),
    'exception.resolved': (event) => {
      const { outcome, crossing } = event.data;
      if (outcome === 'refuse') ended.run('refused', event.at, keyOf(crossing));
      if (outcome === 'lapsed') ended.run('not-taken', event.at, keyOf(crossing));
    },
    'lock.reported': ({ at, data }) => void lock.run(data.vehicle, data.lock, data.state, at),
  };
}

export const cargo: Projection = {
  name: 'cargo',
  tables: {
    ...{ cargo_half: 'all', cargo_passage: { where: UNSETTLED }, vehicle_lock: 'all' },
    ...goodsTables,
  },
  ddl: `${ddl}${goodsDdl}`,
  appliers,
};
