import type { EventKind, JournalEvent } from '../../../shared/journal/events.ts';
import type { WritableDb } from '../store/database.ts';

export { happenedMs } from '../../../shared/journal/happened.ts';

/** An event of one kind. */
export type EventOf<K extends EventKind> = Extract<JournalEvent, { kind: K }>;

/** What a projection does with the kinds it knows; all else passes it by. */
export type Appliers = { readonly [K in EventKind]?: (event: EventOf<K>) => void };

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
