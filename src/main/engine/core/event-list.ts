import type { EventData, EventKind, NewEvent } from '../../../shared/journal/events.ts';

/** What a decision is made in: pure rules know the time and the next seq from here alone. */
export interface Moment {
  /** The journal's time, which never goes back. */
  readonly atMs: number;
  /** The wall clock's time: what validity and hours are judged by, also after it was put right. */
  readonly wallMs: number;
  readonly monoMs: number;
  readonly speed: number;
  readonly epoch: number;
  readonly nextSeq: number;
}

/** The events of one decision, in order; ids of new things come from their event's seq. */
export class EventList {
  readonly events: NewEvent[] = [];
  readonly #moment: Moment;

  constructor(moment: Moment) {
    this.#moment = moment;
  }

  /** The seq that the next added event will have. */
  get nextSeq(): number {
    return this.#moment.nextSeq + this.events.length;
  }

  /** Adds an event and returns its seq. */
  add<K extends EventKind>(
    kind: K,
    data: EventData<K>,
    more: { deviceAt?: number | undefined; cause?: number | undefined } = {},
  ): number {
    const seq = this.nextSeq;
    this.events.push({ kind, data, ...more } as NewEvent);
    return seq;
  }
}
