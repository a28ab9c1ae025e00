import { hkDay, hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import type { StoredEvent } from '../journal/read.ts';
import type { Segment, Segments } from '../journal/segments.ts';

/** The part of the journal that was written on one day. */
export interface DaySpan {
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  /** The chain's hash at `lastSeq`. */
  readonly headHash: string | null;
  /** When the newest event of the whole journal was written, ms; null where there is none. */
  readonly newestMs: number | null;
}

/**
 * `at` never falls as `seq` rises, so that a moment is found by halving, without an index: about
 * 24 reads in ten million events.
 */
export class JournalTimes {
  readonly #row;
  readonly first: number;
  readonly last: number;

  constructor({ db, baseSeq }: Pick<Segment, 'db' | 'baseSeq'>) {
    this.#row = db.query<[number], StoredEvent>(
      'SELECT seq, body, hash FROM journal WHERE seq = ?',
    );
    const head = db.query<[], { seq: number | null }>('SELECT max(seq) AS seq FROM journal').get();
    this.first = baseSeq + 1;
    this.last = head?.seq ?? baseSeq;
  }

  event(seq: number): StoredEvent | undefined {
    return this.#row.get(seq);
  }

  atMs(seq: number): number {
    const row = this.event(seq);
    return row === undefined ? Number.NaN : (JSON.parse(row.body) as { at: number }).at;
  }

  /** The first event written at this moment or later; one past the last where there is none. */
  firstFrom(ms: number): number {
    let low = this.first;
    let high = this.last + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.atMs(middle) < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** First and last event of a Hong Kong day, by the moment they were written. */
export function daySpan(segments: Segments, day: string): DaySpan {
  const span = { firstSeq: null as number | null, lastSeq: null as number | null };
  let headHash: string | null = null;
  let newestMs: number | null = null;
  for (const segment of segments.all) {
    const times = new JournalTimes(segment);
    if (times.last < times.first) continue;
    newestMs = times.atMs(times.last);
    const firstSeq = times.firstFrom(hkDayStart(day));
    const lastSeq = times.firstFrom(hkDayEnd(day)) - 1;
    if (firstSeq > lastSeq) continue;
    span.firstSeq ??= firstSeq;
    span.lastSeq = lastSeq;
    headHash = times.event(lastSeq)?.hash.toString('hex') ?? null;
  }
  return { ...span, headHash, newestMs };
}

const MAX_DAYS = 4000;
const CROSSED = 'SELECT day FROM day_count UNION SELECT day FROM lane_day';

/**
 * The days that there is something to report of, newest first: those on which events were written
 * and those on which, as was learnt later, somebody crossed.
 */
export function reportDays(segments: Segments): string[] {
  const days = new Set<string>();
  for (const segment of segments.all) {
    const crossed = segment.db.query<[], { day: string }>(CROSSED).all();
    for (const { day } of crossed) days.add(day);
    const times = new JournalTimes(segment);
    for (let seq = times.first; seq <= times.last && days.size < MAX_DAYS; ) {
      const day = hkDay(times.atMs(seq));
      days.add(day);
      seq = times.firstFrom(hkDayEnd(day));
    }
  }
  return [...days].sort().reverse();
}
