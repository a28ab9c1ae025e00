import type { QueueRow } from '../../../shared/contract/views.ts';
import type { Priority } from '../../../shared/domain/incident.ts';
import type { Patch } from './feed.ts';

type Counts = [number, number, number, number];

interface Entry {
  readonly place: string;
  readonly priority: Priority;
}

/** Where a row of the queue is shown: at its lane, else at its checkpoint, else nowhere. */
export function placeOf(row: Pick<QueueRow, 'lane' | 'checkpoint'>): string | null {
  return row.lane ?? row.checkpoint;
}

/**
 * The highest priority that waits at each place, kept row by row, so that a flood of thousands of
 * alarms costs one step a change.
 */
export class PriorityCounts {
  readonly #entries = new Map<string, Entry>();
  readonly #counts = new Map<string, Counts>();

  /** Takes a patch of the queue in; returns the places that it touched. */
  apply(patch: Patch<QueueRow>): ReadonlySet<string> {
    const touched = new Set<string>();
    if (patch.snapshot) {
      for (const key of [...this.#entries.keys()]) this.#remove(key, touched);
    }
    for (const key of patch.drop) this.#remove(key, touched);
    for (const [key, row] of patch.set) {
      this.#remove(key, touched);
      const place = placeOf(row);
      if (place === null) continue;
      this.#entries.set(key, { place, priority: row.priority });
      this.#add(place, row.priority, 1);
      touched.add(place);
    }
    return touched;
  }

  /** The most urgent priority at a lane or a checkpoint; null when nothing waits there. */
  highest(place: string): Priority | null {
    const counts = this.#counts.get(place);
    if (!counts) return null;
    const index = counts.findIndex((count) => count > 0);
    return index < 0 ? null : ((index + 1) as Priority);
  }

  #remove(key: string, touched: Set<string>): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#add(entry.place, entry.priority, -1);
    touched.add(entry.place);
  }

  #add(place: string, priority: Priority, by: number): void {
    const counts = this.#counts.get(place) ?? [0, 0, 0, 0];
    counts[priority - 1] = (counts[priority - 1] ?? 0) + by;
    this.#counts.set(place, counts);
  }
}
