import type { DeviceNow } from '../../../../shared/contract/views.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { SiteIndex } from '../../projections/gather/site-index.ts';
import type { ReadableDb } from '../../store/database.ts';
import { type HealthSource, heardAgoMs } from '../health.ts';
import type { ViewSource } from '../view-source.ts';
import { NO_BOARD, unnamedRows } from './unnamed-devices.ts';

interface BoardColumns {
  online: number;
  version: string | null;
  text: string | null;
  last_index: number;
  lost: number;
  corrected_ms: number | null;
  corrected_by_ms: number | null;
  last_read_ms: number | null;
}

interface ReaderColumns {
  online: number;
  model: string | null;
  text: string | null;
  last_read_ms: number | null;
}

/**
 * A board's clock shows whole seconds, so that what is seen of it swings by half a second: what is
 * less than a second is none, and a calm zone sends no patches.
 */
function wholeSeconds(driftMs: number | null): number | null {
  return driftMs === null ? null : Math.trunc(driftMs / 1000) * 1000 + 0;
}

function correctedOf(row: BoardColumns | undefined): DeviceNow['corrected'] {
  if (row === undefined || row.corrected_ms === null || row.corrected_by_ms === null) return null;
  return { atMs: row.corrected_ms, byMs: row.corrected_by_ms };
}

function statements(db: ReadableDb) {
  return {
    board: db.query<[string], BoardColumns>('SELECT * FROM board WHERE board = ?'),
    missing: db.query<[string], { n: number | null }>(
      'SELECT sum(to_index - from_index + 1) AS n FROM board_gap WHERE board = ?',
    ),
    lostOpen: db.query<[string], { n: number }>(
      `SELECT count(*) AS n FROM incident
       WHERE state <> 'resolved' AND board = ? AND type = 'events-lost'`,
    ),
    reader: db.query<[string], ReaderColumns>('SELECT * FROM reader WHERE reader = ?'),
  };
}

function entryOf(id: string, row: DeviceNow | null): [string, DeviceNow][] {
  return row === null ? [] : [[id, row]];
}

/** Figures no older than this are not worked out anew: a calm zone sends no patches. */
const TRIPS_EVERY_MS = 10_000;

function tenSecondsOf(health: HealthSource, clock: Clock): (board: string) => DeviceNow['trips'] {
  const known = new Map<string, { trips: DeviceNow['trips']; monoMs: number }>();
  return (board) => {
    const monoMs = clock.monoMs();
    const last = known.get(board);
    if (last !== undefined && monoMs - last.monoMs < TRIPS_EVERY_MS) return last.trips;
    const trips = health.trips(board);
    known.set(board, { trips, monoMs });
    return trips;
  };
}

/** Each board and reader: on line or not, age, what is missing or lost, clock, version. */
export function devicesView(
  db: ReadableDb,
  site: SiteIndex,
  clock: Clock,
  health: HealthSource,
): ViewSource<'devices'> {
  const { board, missing, lostOpen, reader } = statements(db);
  const boards = new Set<string>(site.site.boards.map((one) => one.serial));
  const ids = [...boards, ...site.site.readers.map((one) => one.id)];
  const tripsOf = tenSecondsOf(health, clock);
  const boardRow = (id: string): DeviceNow => {
    const row = board.get(id);
    const live = health.board(id);
    return {
      device: id,
      type: 'board',
      online: row?.online === 1,
      heardAgoMs: heardAgoMs(live, clock.monoMs()),
      version: live?.version ?? row?.version ?? null,
      driftMs: wholeSeconds(live?.driftMs ?? null),
      corrected: correctedOf(row),
      lastIndex: row?.last_index ?? 0,
      missing: missing.get(id)?.n ?? 0,
      lost: row?.lost ?? 0,
      lostOpen: (lostOpen.get(id)?.n ?? 0) > 0,
      garbage: live?.garbage ?? 0,
      strangers: live?.strangers ?? 0,
      trips: tripsOf(id),
      storedCards: live?.storedCards ?? null,
      cardsMadeMs: live?.cardList?.madeMs ?? null,
      cardsBehindMs: wholeSeconds(live?.cardList?.behindMs ?? null),
      lastReadMs: row?.last_read_ms ?? null,
      lanes: site.lanesOf(id).map((at) => at.lane.id),
      attached: null,
      text: row?.text ?? null,
    };
  };
  /** The rows told of last: one that is gone must be looked at once more to be dropped. */
  let told: readonly string[] = [];
  const others = (): ReadonlyMap<string, DeviceNow> => {
    const rows = unnamedRows(health, clock.monoMs());
    return new Map(rows.flatMap((one) => (ids.includes(one.device) ? [] : [[one.device, one]])));
  };
  const row = (id: string): DeviceNow | null => {
    if (boards.has(id)) return boardRow(id);
    if (ids.includes(id)) return readerRow(id, reader.get(id));
    return others().get(id) ?? null;
  };
  const all = (): readonly string[] => {
    const before = told;
    told = [...others().keys()];
    return [...new Set([...ids, ...before, ...told])];
  };
  return {
    name: 'devices',
    row,
    snapshot: () => new Map(all().flatMap((id) => entryOf(id, row(id)))),
    touched(event) {
      const data = event.data as { board?: string | null; reader?: string };
      const id = data.board ?? data.reader;
      return typeof id === 'string' && ids.includes(id) ? [id] : [];
    },
    onTick: all,
  };
}

function readerRow(id: string, row: ReaderColumns | undefined): DeviceNow {
  const online = row?.online === 1;
  return {
    ...NO_BOARD,
    device: id,
    type: 'reader',
    online,
    heardAgoMs: online ? 0 : null,
    version: row?.model ?? null,
    lastReadMs: row?.last_read_ms ?? null,
    text: row?.text ?? null,
  };
}
