import type { EventKind, JournalEvent } from '../../../shared/journal/events.ts';
import type { WritableDb } from '../store/database.ts';

export { happenedMs } from '../../../shared/journal/happened.ts';

/** An event of one kind. */
export type EventOf<K extends EventKind> = Extract<JournalEvent, { kind: K }>;

/** What a projection does with the kinds it knows; all else passes it by. */
export type Appliers = { readonly [K in EventKind]?: (event: EventOf<K>) => void };

/** How the counts of a crossing's passage change. */
export type Recount = NonNullable<EventOf<'correction.confirmed'>['data']['recount']>;

/**
 * Takes a corrected passage out of the moment under which it was counted, and counts it under the
 * right one. A segment may come to count below nought: what it takes back stands in an earlier one.
 */
export function recounted(count: (passage: Recount, whenMs: number, by: 1 | -1) => void) {
  return ({ data: { recount } }: EventOf<'correction.confirmed'>): void => {
    if (recount === null) return;
    if (recount.fromMs !== null) count(recount, recount.fromMs, -1);
    if (recount.toMs !== null) count(recount, recount.toMs, 1);
  };
}

/** A person said how a passage ended that nobody saw: by itself, or by where somebody is. */
export function whenAnswered(answer: (crossing: string, atMs: number) => void): Appliers {
  return {
    'presence.set': ({ at, data: { crossing } }) => {
      if (crossing !== null) answer(crossing, at);
    },
    'passage.answered': ({ at, data: { crossing } }) => answer(crossing, at),
  };
}

/**
 * Which rows of a table the journal's next segment begins with. `all`: it says how things are, and
 * so goes over whole. `none`: it counts, and what several segments count is added up. Else a
 * condition in SQL: rows that may still change; the newest segment that has a row has it right.
 */
export type Carried = 'all' | 'none' | { readonly where: string };

/**
 * One read model: its tables, and how events change them. Projection tables are dropped and
 * rebuilt, never migrated; applying may look at the event, its own tables and those of projections
 * before it in the projector's order, never at a clock or a file, so that *rebuilt equals
 * incremental*.
 */
export interface Projection {
  readonly name: string;
  /** Every table it owns, in the order of creation, with what the next segment begins with. */
  readonly tables: Readonly<Record<string, Carried>>;
  readonly ddl: string;
  appliers(db: WritableDb): Appliers;
}
