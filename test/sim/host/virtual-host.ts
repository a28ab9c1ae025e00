import { Agenda, type Entry } from './agenda.ts';

/** A program on the simulated machine: what it asked for ends with it. */
export interface VirtualProcess {
  readonly name: string;
  /** Virtual ms at which it began: its monotonic clock counts from here. */
  readonly bornMs: number;
  alive: boolean;
  /** Until then it gets no turn: what is due meanwhile happens afterwards, in its order. */
  stalledUntilMs: number;
}

interface Task extends Entry {
  readonly owner: VirtualProcess;
}

const MAX_AT_ONE_MOMENT = 200_000;
/** After so many tasks the real loop gets a turn, so that whoever watches sees a sign of life. */
const REAL_TURN_EVERY = 20_000;

type Run = (...given: never[]) => void;

/**
 * A machine whose time is virtual. While it is installed, the plain timers of this thread
 * (`setTimeout`, `setInterval`, `setImmediate`) are its own, so that no part of the product, old or
 * new, can wait for real time without the simulation knowing. Time moves only between two tasks,
 * and only when every promise that can go on has gone on: the same seed gives the same order.
 */
export class VirtualHost {
  readonly world: VirtualProcess = {
    ...{ name: 'world', bornMs: 0, alive: true, stalledUntilMs: 0 },
  };
  readonly #agenda = new Agenda<Task>();
  #nowMs = 0;
  #order = 0;
  #current: VirtualProcess = this.world;
  #restore: (() => void) | null = null;
  /** Tasks run so far. */
  tasks = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  get current(): VirtualProcess {
    return this.#current;
  }

  begin(name: string): VirtualProcess {
    return { name, bornMs: this.#nowMs, alive: true, stalledUntilMs: 0 };
  }

  /** Like `kill -9`: nothing that the process waits for happens any more. */
  kill(process: VirtualProcess): void {
    process.alive = false;
  }

  /** The machine gives that process no turn for so long, as when it sleeps or swaps. */
  stall(process: VirtualProcess, ms: number): void {
    process.stalledUntilMs = this.#nowMs + ms;
  }

  /** Calls back after that many virtual ms, as a task of that process. */
  after(ms: number, run: () => void, owner: VirtualProcess = this.#current): Entry {
    this.#order += 1;
    const wait = Number.isFinite(ms) && ms > 0 ? ms : 0;
    const task: Task = { atMs: this.#nowMs + wait, order: this.#order, run, owner };
    if (owner.alive) this.#agenda.add(task);
    return task;
  }

  /** Runs every task up to that moment; after each one, and all that follows from it, `look`. */
  async runUntil(endMs: number, look: () => boolean): Promise<void> {
    let atOnce = 0;
    // From here on every step runs as a microtask, which `settled` counts on.
    await Promise.resolve();
    for (;;) {
      const next = this.#agenda.peek();
      if (next === undefined || next.atMs > endMs) break;
      this.#agenda.take();
      const { run, owner, atMs } = next;
      if (run === null || !owner.alive) continue;
      if (owner.stalledUntilMs > atMs) {
        next.atMs = owner.stalledUntilMs;
        this.#agenda.add(next);
        continue;
      }
      atOnce = atMs > this.#nowMs ? 0 : atOnce + 1;
      if (atOnce > MAX_AT_ONE_MOMENT) throw new Error(`time stands still at ${atMs} ms`);
      this.#nowMs = Math.max(this.#nowMs, atMs);
      this.#current = owner;
      this.tasks += 1;
      next.run = null;
      run();
      await settled();
      this.#current = this.world;
      if (look()) return;
      if (this.tasks % REAL_TURN_EVERY === 0) await realTurn();
    }
    this.#nowMs = Math.max(this.#nowMs, endMs);
  }

  /** Puts its own timers in the place of the thread's; the answer puts the real ones back. */
  install(): void {
    if (this.#restore !== null) return;
    const target = globalThis as Record<string, unknown>;
    const names = ['setTimeout', 'setInterval', 'setImmediate'] as const;
    const clears = ['clearTimeout', 'clearInterval', 'clearImmediate'] as const;
    const real = Object.fromEntries([...names, ...clears].map((name) => [name, target[name]]));
    target.setTimeout = (run: Run, ms = 0, ...given: never[]) =>
      handleOf(this.after(Math.max(1, ms), () => run(...given)));
    target.setImmediate = (run: Run, ...given: never[]) =>
      handleOf(this.after(0, () => run(...given)));
    target.setInterval = (run: Run, ms = 0, ...given: never[]) => this.#every(run, ms, given);
    for (const name of clears) {
      target[name] = (handle: Handle | null | undefined) => handle?.cancel?.();
    }
    this.#restore = () => Object.assign(target, real);
  }

  uninstall(): void {
    this.#restore?.();
    this.#restore = null;
  }

  #every(run: Run, ms: number, given: never[]): Handle {
    const owner = this.#current;
    const again = (): Entry =>
      this.after(
        Math.max(1, ms),
        () => {
          entry = again();
          run(...given);
        },
        owner,
      );
    let entry = again();
    return withCancel(() => {
      entry.run = null;
    });
  }
}

interface Handle {
  cancel(): void;
  ref(): Handle;
  unref(): Handle;
  hasRef(): boolean;
}

function handleOf(entry: Entry): Handle {
  return withCancel(() => {
    entry.run = null;
  });
}

function withCancel(cancel: () => void): Handle {
  const handle: Handle = { cancel, ref: () => handle, unref: () => handle, hasRef: () => true };
  return handle;
}

const { nextTick } = process;
const realImmediate = globalThis.setImmediate;

/**
 * Every promise that can go on has gone on. A tick that a microtask asked for comes after all
 * microtasks, and costs a hundredth of a turn of the loop.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    nextTick(resolve);
  });
}

function realTurn(): Promise<void> {
  return new Promise((resolve) => {
    realImmediate(resolve);
  });
}
