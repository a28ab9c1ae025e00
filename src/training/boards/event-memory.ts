import { type EventFields, OVERWRITTEN } from '../../shared/wire/uhppote/messages.ts';

/** How many of the oldest go at once when the memory is over its size (uhppote-simulator). */
const CHUNK = 8;

const noEvent: EventFields = {
  index: 0,
  type: 0,
  granted: false,
  door: 0,
  direction: 0,
  card: 0,
  at: null,
  reason: 0,
};

/** The events a board keeps: indexes count from 1 and never repeat until it is cleared. */
export class EventMemory {
  readonly #size: number;
  #events: EventFields[] = [];
  /** Of those it keeps: what it cannot read out any more. */
  readonly #spoilt = new Set<number>();

  constructor(size: number) {
    this.#size = size;
  }

  add(event: Omit<EventFields, 'index'>, isSpoilt = false): EventFields {
    const stored = { ...event, index: this.last().index + 1 };
    this.#events.push(stored);
    if (isSpoilt) this.#spoilt.add(stored.index);
    if (this.#events.length > this.#size) {
      for (const { index } of this.#events.splice(0, CHUNK)) this.#spoilt.delete(index);
    }
    return stored;
  }

  last(): EventFields {
    return this.#events.at(-1) ?? noEvent;
  }

  first(): EventFields {
    return this.#events[0] ?? noEvent;
  }

  /** Index 0 with type FF for what is overwritten, index 0 with type 0 beyond the last. */
  get(index: number): EventFields {
    const first = this.first().index;
    if (first > 0 && index < first) return { ...noEvent, type: OVERWRITTEN };
    return this.#events[index - first] ?? noEvent;
  }

  isSpoilt(index: number): boolean {
    return this.#spoilt.has(index);
  }

  clear(): void {
    this.#spoilt.clear();
    this.#events = [];
  }
}
