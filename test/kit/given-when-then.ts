import { expect } from 'vitest';
import type { EventList } from '../../src/main/engine/core/event-list.ts';
import {
  type EventData,
  type EventKind,
  eventSchemas,
  type NewEvent,
} from '../../src/shared/journal/events.ts';

/** What a decision said, for a test to look at. */
export class Told {
  readonly events: readonly NewEvent[];

  constructor(events: readonly NewEvent[]) {
    this.events = events;
  }

  get kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  /** Exactly these kinds, in this order. */
  thenTold(...kinds: readonly EventKind[]): this {
    expect(this.kinds).toEqual(kinds);
    return this;
  }

  /** Nothing at all: not even a line in the journal. */
  thenNothing(): void {
    expect(this.kinds).toEqual([]);
  }

  /** The data of the only event of this kind. */
  data<K extends EventKind>(kind: K): EventData<K> {
    return this.event(kind).data as EventData<K>;
  }

  event(kind: EventKind): NewEvent {
    const found = this.events.filter((event) => event.kind === kind);
    expect(found, `${kind} in ${this.kinds.join(', ')}`).toHaveLength(1);
    return found[0] as NewEvent;
  }

  all<K extends EventKind>(kind: K): EventData<K>[] {
    return this.events
      .filter((event) => event.kind === kind)
      .map((event) => event.data as EventData<K>);
  }
}

/**
 * `given(facts).when(decide).thenTold(kinds)`. Whatever is decided must fit the journal's own
 * schemas:
 * a rule that writes something else fails in every one of its tests.
 */
export function given<F>(facts: F) {
  return {
    when(decide: (facts: F) => EventList): Told {
      const { events } = decide(facts);
      for (const { kind, data } of events) eventSchemas[kind].parse(data);
      return new Told(events);
    },
  };
}
