const WRITING = 0;
const ASKED = 1;

/**
 * Whose turn it is to write to a database file: the writer's, or that of the thread which begins
 * its log anew. SQLite's own locks guard the file. But one who finds it taken looks again only at
 * intervals, and beside a busy writer every look may find it taken: so the two tell each other.
 */
export class WriteTurn {
  /** What both threads hold. */
  readonly memory: SharedArrayBuffer;
  readonly #state: Int32Array;

  constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#state = new Int32Array(memory);
  }

  /**
   * The writer's turn begins: at once, or when the other is through, for which it waits, with its
   * whole thread, no longer than `patienceMs`. After that SQLite's locks decide.
   */
  begin(patienceMs: number): void {
    const endMs = performance.now() + patienceMs;
    for (;;) {
      Atomics.store(this.#state, WRITING, 1);
      if (Atomics.load(this.#state, ASKED) === 0) return;
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return;
      this.end();
      Atomics.wait(this.#state, ASKED, 1, leftMs);
    }
  }

  /** The writer's turn is over. */
  end(): void {
    Atomics.store(this.#state, WRITING, 0);
    Atomics.notify(this.#state, WRITING);
  }

  /**
   * Runs a body while the writer keeps out: after its present turn, for whose end it waits no
   * longer than `patienceMs`.
   */
  without<T>(patienceMs: number, body: () => T): T {
    Atomics.store(this.#state, ASKED, 1);
    try {
      Atomics.wait(this.#state, WRITING, 1, patienceMs);
      return body();
    } finally {
      this.letIn();
    }
  }

  /** Ends the other's turn, as when its thread has ended in the midst of it. */
  letIn(): void {
    Atomics.store(this.#state, ASKED, 0);
    Atomics.notify(this.#state, ASKED);
  }
}
