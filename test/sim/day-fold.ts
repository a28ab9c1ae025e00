import { decodeStrict } from '../../src/main/engine/journal/read.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { isArea, type Place } from '../../src/shared/domain/place.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { minuteOf } from '../../src/shared/lib/hk-time.ts';

/** What a plain reading of the journal says of a day, without any projection's code. */
export interface DayFold {
  readonly events: number;
  readonly kinds: ReadonlyMap<string, number>;
  /** Persons inside each area at the end of each minute in which that changed. */
  readonly inside: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Passages whose lane did not begin where the person was, and which no incident tells of. */
  readonly twoPlaces: readonly string[];
  readonly places: ReadonlyMap<string, Place>;
}

/** Reads every event strictly (its schema included) and keeps its own ledger. */
export function foldDay(db: ReadableDb): DayFold {
  const kinds = new Map<string, number>();
  const inside = new Map<string, Map<number, number>>();
  const count = new Map<string, number>();
  const places = new Map<string, Place>();
  const odd: { readonly crossing: string; readonly text: string }[] = [];
  const doubted = new Set<string>();
  const change = (place: Place, by: number, atMs: number) => {
    if (!isArea(place)) return;
    const now = (count.get(place) ?? 0) + by;
    count.set(place, now);
    const minutes = inside.get(place) ?? new Map<number, number>();
    minutes.set(minuteOf(atMs), now);
    inside.set(place, minutes);
  };
  const move = (person: string, to: Place, atMs: number) => {
    const before = places.get(person);
    if (before !== undefined) change(before, -1, atMs);
    change(to, 1, atMs);
    places.set(person, to);
  };
  const passed = (event: Extract<JournalEvent, { kind: 'crossing.passed' }>) => {
    const { person, from, to, crossing, movesPresence } = event.data;
    if (person === null) {
      change(from, -1, event.at);
      change(to, 1, event.at);
      return;
    }
    // Told late, after something newer of the person: history only.
    if (!movesPresence) return;
    const before = places.get(person);
    if (before !== undefined && before !== from) {
      odd.push({ crossing, text: `${crossing}: ${person} left ${from}, was in ${before}` });
    }
    move(person, to, event.at);
  };
  let events = 0;
  for (const { body } of db.query<[], { body: string }>('SELECT body FROM journal').iterate()) {
    const event = decodeStrict(body) as JournalEvent;
    events += 1;
    kinds.set(event.kind, (kinds.get(event.kind) ?? 0) + 1);
    if (event.kind === 'crossing.passed') passed(event);
    if (event.kind === 'incident.raised' && event.data.type === 'impossible-order') {
      doubted.add(event.data.crossing ?? '');
    }
    if (event.kind === 'presence.set') move(event.data.person, event.data.place, event.at);
    const isTold = event.kind === 'passage.answered' && event.data.passage === 'passed';
    if (isTold && event.data.person === null) {
      change(event.data.from, -1, event.at);
      change(event.data.to, 1, event.at);
    }
    if (event.kind === 'passage.unnamed') {
      change(event.data.from, -1, event.at);
      change(event.data.to, 1, event.at);
    }
    if (event.kind === 'crossing.recorded' && event.data.movesPresence) {
      const { person, to } = event.data;
      if (person !== null) move(person, to, event.at);
    }
  }
  // The incident follows its passage.
  const twoPlaces = odd.filter((one) => !doubted.has(one.crossing)).map(({ text }) => text);
  return { events, kinds, inside, twoPlaces, places };
}
