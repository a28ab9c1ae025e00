import type { JournalEvent } from '../../../shared/journal/events.ts';
import { MINUTE_MS } from '../../../shared/lib/hk-time.ts';
import { decodeTrusted } from '../journal/read.ts';
import { lastSeq, type Segments } from '../journal/segments.ts';
import { happenedMs } from '../projections/projection.ts';

/** A minute holds fewer events than this: who has looked away for longer reads only so many. */
const MAX_BACK = 20_000;

/** What may be a passage, by its text: most of the journal is never parsed here. */
const MAYBE = /"kind":"crossing\.(?:passed|recorded)"/;

const AFTER = 'SELECT body FROM journal WHERE seq > ? ORDER BY seq';

/**
 * Persons who passed in the last 60 seconds of the zone, by lane. This is what "a minute" means on
 * every screen: the map, the lanes, the flow panel and the wall add up these figures.
 */
export class RecentPassages {
  readonly #segments: Segments;
  readonly #nowMs: () => number;
  readonly #passedMs = new Map<string, number[]>();
  #seq = 0;

  constructor(segments: Segments, nowMs: () => number) {
    this.#segments = segments;
    this.#nowMs = nowMs;
  }

  inLastMinute(lane: string): number {
    this.#readOn();
    const passedMs = this.#passedMs.get(lane);
    if (passedMs === undefined) return 0;
    const fromMs = this.#nowMs() - MINUTE_MS;
    const recent = passedMs.filter((ms) => ms > fromMs);
    if (recent.length === 0) this.#passedMs.delete(lane);
    else this.#passedMs.set(lane, recent);
    return recent.length;
  }

  #readOn(): void {
    const { all, live } = this.#segments;
    const head = lastSeq(live);
    if (head === this.#seq) return;
    const from = Math.max(this.#seq, head - MAX_BACK);
    this.#seq = head;
    for (const { db, epoch, baseSeq } of all) {
      const isOver = epoch !== live.epoch || lastSeq({ db, baseSeq }) <= from;
      const rows = isOver ? [] : db.query<[number], { body: string }>(AFTER).iterate(from);
      for (const { body } of rows) {
        if (MAYBE.test(body)) this.#note(decodeTrusted(body) as JournalEvent);
      }
    }
  }

  #note(event: JournalEvent): void {
    if (event.kind !== 'crossing.passed' && event.kind !== 'crossing.recorded') return;
    if (event.kind === 'crossing.recorded' && !event.data.granted) return;
    const { lane } = event.data;
    const passedMs = this.#passedMs.get(lane) ?? [];
    passedMs.push(happenedMs(event));
    this.#passedMs.set(lane, passedMs);
  }
}
