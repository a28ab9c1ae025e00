import { statSync } from 'node:fs';
import type { Envelope } from '../../shared/journal/envelope.ts';
import { hkDay, hkTime } from '../../shared/lib/hk-time.ts';
import { readHead } from '../engine/journal/read.ts';
import type { Segment, Segments } from '../engine/journal/segments.ts';
import { projectionSeq } from '../engine/projections/rebuild.ts';
import type { ReadableDb } from '../engine/store/database.ts';

/** The state of a data folder in numbers, as `twoline status --json` prints it. */
export interface Status {
  readonly journal: {
    readonly first: number | null;
    readonly last: number | null;
    readonly head: string;
  };
  /** Null: the projections are missing or of another version. */
  readonly projections: { readonly seq: number | null };
  readonly exceptions: { readonly open: number };
  readonly occupancy: Readonly<Record<string, number>>;
  readonly outbox: { readonly pending: number; readonly unknown: number };
  /** `oldestUnackedMs`: real ms since the oldest unacknowledged event; null when there is none. */
  readonly centre: { readonly ackedSeq: number; readonly oldestUnackedMs: number | null };
  readonly site: { readonly now: string | null; readonly day: string | null };
}

export interface StatusParts {
  readonly segments: Segments;
  /** The areas to name even when nobody was ever in them. */
  readonly areas: readonly string[];
  /** False where the site has no centre: then nothing waits for one. */
  readonly hasCentre: boolean;
  readonly nowMs: number;
}

const NO_PROJECTIONS = { open: 0, occupancy: {}, pending: 0, unknown: 0 } as const;

/** Reads everything in one moment of the database. */
export function readStatus({ segments, areas, hasCentre, nowMs }: StatusParts): Status {
  const { db } = segments.live;
  return db.snapshot(() => {
    const head = readHead(db);
    const seq = projectionSeq(db);
    const now = seq === null ? NO_PROJECTIONS : projected(db);
    const occupancy = Object.fromEntries(areas.map((area) => [area, 0]));
    const acked = ackedSeq(db);
    const waits = hasCentre && acked < head.seq;
    return {
      journal: {
        first: head.seq === 0 ? null : 1,
        last: head.seq === 0 ? null : head.seq,
        head: head.hash.toString('hex'),
      },
      projections: { seq },
      exceptions: { open: now.open },
      occupancy: { ...occupancy, ...now.occupancy },
      outbox: { pending: now.pending, unknown: now.unknown },
      centre: {
        ackedSeq: acked,
        oldestUnackedMs: waits ? ageMs(segments, acked + 1, head.seq, nowMs) : null,
      },
      site: head.seq === 0 ? { now: null, day: null } : zoneTime(head.atMs),
    };
  });
}

function zoneTime(ms: number): Status['site'] {
  return { now: `${hkDay(ms)}T${hkTime(ms)}+08:00`, day: hkDay(ms) };
}

function projected(db: ReadableDb) {
  const count = (sql: string) => db.query<[], { n: number }>(sql).get()?.n ?? 0;
  const inside = db
    .query<[], { area: string; n: number }>(
      'SELECT area, inside + anonymous AS n FROM occupancy ORDER BY area',
    )
    .all();
  return {
    open: count('SELECT count(*) AS n FROM exception WHERE outcome IS NULL'),
    occupancy: Object.fromEntries(inside.map(({ area, n }) => [area, n])),
    pending: count(
      `SELECT count(*) AS n FROM gate_command WHERE stage IN ('requested', 'sent', 'accepted')`,
    ),
    unknown: count(`SELECT count(*) AS n FROM gate_command WHERE stage = 'unknown'`),
  };
}

function ackedSeq(db: ReadableDb): number {
  return (
    db.query<[], { seq: number }>("SELECT seq FROM reader_cursor WHERE name = 'centre'").get()
      ?.seq ?? 0
  );
}

const EVENT = 'SELECT body FROM journal WHERE seq = ?';

function envelope(segment: Segment | null | undefined, seq: number): Envelope | null {
  const row = segment?.db.query<[number], { body: string }>(EVENT).get(seq);
  return row === undefined ? null : (JSON.parse(row.body) as Envelope);
}

/**
 * How long ago an event was written, in real ms. A real site's calendar is the real one. Training's
 * runs on its own, so there its monotonic times tell, as far as boots are known (the time between
 * two boots is not): they count from the event to the newest, and the file tells how old that is.
 */
function ageMs(segments: Segments, seq: number, last: number, nowMs: number): number {
  const of = (at: number) => envelope(segments.holding(segments.live.epoch, at), at);
  const event = of(seq);
  const newest = of(last);
  if (event === null || newest === null) return 0;
  if (!isTraining(segments)) return Math.max(0, Math.round(nowMs - event.at));
  const sinceNewest = Math.max(0, nowMs - writtenMs(segments.live.db.path));
  if (event.boot === newest.boot) return Math.round(sinceNewest + newest.mono - event.mono);
  const ended = of(lastOfBoot(of, event.boot, seq, last)) ?? event;
  return Math.round(sinceNewest + newest.mono + ended.mono - event.mono);
}

function isTraining({ all: [oldest] }: Segments): boolean {
  const first = envelope(oldest, 1);
  return (
    first?.kind === 'engine.started' && (first.data as { training?: boolean }).training === true
  );
}

/** A boot's events stand together, so that its last one is found by halving. */
function lastOfBoot(
  of: (seq: number) => Envelope | null,
  boot: string,
  from: number,
  last: number,
): number {
  let low = from;
  let high = last;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (of(middle)?.boot === boot) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** When the database was last written to: real ms. */
function writtenMs(path: string): number {
  const times = [path, `${path}-wal`].map((file) => {
    try {
      return statSync(file).mtimeMs;
    } catch {
      return 0;
    }
  });
  return Math.max(...times);
}
