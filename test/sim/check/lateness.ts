import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import { type Heard, Hearings } from './heard.ts';
import type { Check, Scene } from './invariant.ts';

/** Five seconds, and what whole seconds and a clock about to be set right may hide. */
const LIVE_MS = 5_000 + 2_500;
/** From the badge to the open-door bytes: read, decided, and sent within its deadline. */
const OPEN_MS = LIVE_MS + 3_000;
const KEPT = 4_000;

/** The true age of everything that the console took for live. */
export class LatenessCheck implements Check {
  readonly #scene: Scene;
  /** The newest events that a board told, by seq; and which event asked for each crossing. */
  readonly #hearings = new Hearings();
  readonly #heard = new Map<number, Heard>();
  readonly #asked = new Map<string, Heard>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  event(event: JournalEvent): void {
    const heard = this.#hearings.of(event);
    if (heard !== null) {
      this.#heard.set(event.seq, heard);
      if (this.#heard.size > KEPT) this.#heard.delete(this.#heard.keys().next().value ?? 0);
      if (isLive(event)) this.#young(event, heard, LIVE_MS, `${event.kind} is live`);
    }
    if (event.kind === 'crossing.asked' && heard !== null) {
      this.#asked.set(event.data.crossing, heard);
    }
    if (event.kind === 'incident.raised' && event.data.timing === 'live') {
      const cause = this.#heard.get(event.cause ?? 0);
      if (cause !== undefined) {
        this.#young(event, cause, LIVE_MS, `${event.data.type} sounds`);
      }
    }
    if (event.kind === 'crossing.admitted' && event.data.exception === null) {
      const asked = this.#asked.get(event.data.crossing);
      if (asked === undefined) {
        this.#scene.report('late', `${event.seq}: admitted, but no live badge asked for it`);
      } else this.#young(event, asked, OPEN_MS, 'it is admitted');
    }
  }

  #young(
    event: JournalEvent,
    { board, clearings, index }: Heard,
    limitMs: number,
    what: string,
  ): void {
    const { nowMs, report } = this.#scene;
    const madeMs = this.#scene.madeMs(board, clearings, index);
    if (madeMs === undefined || nowMs - madeMs <= limitMs) return;
    const ageMs = Math.round(nowMs - madeMs);
    report(
      'late',
      `${event.seq}: event ${index} of board ${board} is ${ageMs} ms old, and ${what}`,
    );
  }
}

function isLive(event: JournalEvent): boolean {
  return 'timing' in event.data && event.data.timing === 'live';
}
