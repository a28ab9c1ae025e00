import type { RealTime } from '../../../src/training/world/lane-runner.ts';

interface Due {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Real time that a test lets pass: what is due runs in order, promises in between. */
export class VirtualTime implements RealTime {
  #nowMs = 0;
  #order = 0;
  #heap: Due[] = [];
  readonly #cancelled = new Set<number>();

  readonly monoMs = (): number => this.#nowMs;

  readonly after = (ms: number, run: () => void): (() => void) => {
    this.#order += 1;
    const order = this.#order;
    this.#push({ atMs: this.#nowMs + Math.max(0, ms), order, run });
    return () => this.#cancelled.add(order);
  };

  /** Lets so many ms pass; whatever falls due meanwhile runs at its own moment. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (let due = this.#heap[0]; due !== undefined && due.atMs <= endMs; due = this.#heap[0]) {
      this.#pop();
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      if (this.#cancelled.delete(due.order)) continue;
      due.run();
      // A gate's promises are kept before anything else happens.
      await Promise.resolve();
      await Promise.resolve();
    }
    this.#nowMs = endMs;
  }

  #before(a: number, b: number): boolean {
    const [one, two] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || two === undefined) return false;
    return one.atMs < two.atMs || (one.atMs === two.atMs && one.order < two.order);
  }

  #swap(a: number, b: number): void {
    const [one, two] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || two === undefined) return;
    this.#heap[a] = two;
    this.#heap[b] = one;
  }

  #push(due: Due): void {
    this.#heap.push(due);
    let at = this.#heap.length - 1;
    for (let up = (at - 1) >> 1; at > 0 && this.#before(at, up); up = (at - 1) >> 1) {
      this.#swap(at, up);
      at = up;
    }
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (this.#before(left, least)) least = left;
      if (this.#before(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
