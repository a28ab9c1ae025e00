import type { EventKind, JournalEvent } from '../../../shared/journal/events.ts';
import type { WritableDb } from '../store/database.ts';

/** An event of one kind. */
export type EventOf<K extends EventKind> = Extract<JournalEvent, { kind: K }>;

/** What a projection does with the kinds it knows; all else passes it by. */
export type Appliers = { readonly [K in EventKind]?: (event: EventOf<K>) => void };

/**
 * One read model: its tables, and how events change them. Projection tables are dropped and
 * rebuilt, never migrated; applying may look at its own tables and the event alone, so that
 * *rebuilt equals incremental*.
 */
export interface Projection {
  readonly name: string;
  /** Every table it owns, in the order of creation. */
  readonly tables: readonly string[];
  readonly ddl: string;
  appliers(db: WritableDb): Appliers;
}

const MAX_LATE_MS = 31 * 86_400_000;
const MAX_EARLY_MS = 60_000;

/**
 * When an event happened: the device's time where it is plausible (not more than a minute ahead of
 * us, not more than 31 days back), else the moment it was journalled.
 */
export function happenedMs(event: { at: number; deviceAt: number | null }): number {
  const { at, deviceAt } = event;
  if (deviceAt === null || deviceAt > at + MAX_EARLY_MS || deviceAt < at - MAX_LATE_MS) return at;
  return deviceAt;
}
