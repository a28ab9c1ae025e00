/** Event indexes still missing, as separate rising ranges, both ends included. Pure. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export class Gaps {
  #ranges: Range[] = [];
  readonly #limit: number;

  /** Above `limit` ranges the two nearest are merged: more is asked for, nothing is forgotten. */
  constructor(limit: number, ranges: readonly Range[] = []) {
    this.#limit = limit;
    for (const range of ranges) this.add(range.from, range.to);
  }

  /** How many indexes are missing. */
  count(): number {
    let sum = 0;
    for (const range of this.#ranges) sum += range.to - range.from + 1;
    return sum;
  }

  ranges(): readonly Range[] {
    return this.#ranges;
  }

  lowest(): number | null {
    return this.#ranges[0]?.from ?? null;
  }

  has(index: number): boolean {
    return this.#ranges.some((range) => range.from <= index && index <= range.to);
  }

  add(from: number, to: number): void {
    if (to < from) return;
    const merged: Range[] = [];
    let low = from;
    let high = to;
    for (const range of this.#ranges) {
      if (range.to < low - 1 || range.from > high + 1) {
        merged.push(range);
      } else {
        low = Math.min(low, range.from);
        high = Math.max(high, range.to);
      }
    }
    merged.push({ from: low, to: high });
    this.#ranges = merged.sort((a, b) => a.from - b.from);
    while (this.#ranges.length > this.#limit) this.#mergeNearest();
  }

  #mergeNearest(): void {
    let best = 1;
    let bestSpace = Number.POSITIVE_INFINITY;
    for (let i = 1; i < this.#ranges.length; i += 1) {
      const space = (this.#ranges[i]?.from ?? 0) - (this.#ranges[i - 1]?.to ?? 0);
      if (space < bestSpace) {
        best = i;
        bestSpace = space;
      }
    }
    const left = this.#ranges[best - 1];
    const right = this.#ranges[best];
    if (left === undefined || right === undefined) return;
    this.#ranges.splice(best - 1, 2, { from: left.from, to: right.to });
  }

  /** Takes the indexes out; gives the ranges that really were missing. */
  remove(from: number, to: number): Range[] {
    const taken: Range[] = [];
    const kept: Range[] = [];
    for (const range of this.#ranges) {
      if (range.to < from || range.from > to) {
        kept.push(range);
        continue;
      }
      taken.push({ from: Math.max(range.from, from), to: Math.min(range.to, to) });
      if (range.from < from) kept.push({ from: range.from, to: from - 1 });
      if (range.to > to) kept.push({ from: to + 1, to: range.to });
    }
    this.#ranges = kept;
    return taken;
  }

  clear(): Range[] {
    const all = this.#ranges;
    this.#ranges = [];
    return all;
  }
}
