import type { QueueRow } from '../../../shared/contract/views.ts';

export interface QueuePatch {
  readonly snapshot: boolean;
  readonly set: ReadonlyMap<string, QueueRow>;
  readonly drop: readonly string[];
}

/** Sorting anew is cheaper than so many single steps. */
const MANY = 200;

/** Priority first, then age: the oldest of the most urgent comes first. */
export function comesFirst(a: QueueRow, b: QueueRow): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.openedMs !== b.openedMs) return a.openedMs - b.openedMs;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * The queue in order, kept patch by patch: thousands of rows are not sorted anew for each change.
 */
export class QueueOrder {
  readonly #rows = new Map<string, QueueRow>();
  #sorted: QueueRow[] = [];

  get rows(): readonly QueueRow[] {
    return this.#sorted;
  }

  get(id: string): QueueRow | undefined {
    return this.#rows.get(id);
  }

  apply(patch: QueuePatch): void {
    if (patch.snapshot || patch.set.size + patch.drop.length > MANY) {
      if (patch.snapshot) this.#rows.clear();
      for (const id of patch.drop) this.#rows.delete(id);
      for (const [id, row] of patch.set) this.#rows.set(id, row);
      this.#sorted = [...this.#rows.values()].sort(comesFirst);
      return;
    }
    for (const id of patch.drop) this.#remove(id);
    for (const [id, row] of patch.set) this.#put(id, row);
  }

  #put(id: string, row: QueueRow): void {
    const before = this.#rows.get(id);
    this.#rows.set(id, row);
    const at = before ? this.#find(before) : -1;
    if (before && comesFirst(before, row) === 0) {
      this.#sorted[at] = row;
      return;
    }
    if (before) this.#sorted.splice(at, 1);
    this.#sorted.splice(this.#find(row), 0, row);
  }

  #remove(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#rows.delete(id);
    this.#sorted.splice(this.#find(row), 1);
  }

  /** Where the row stands, or would stand. */
  #find(row: QueueRow): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#sorted[middle];
      if (other !== undefined && comesFirst(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
