import type { Rng } from '../../../src/shared/lib/rng.ts';
import type { VirtualHost } from '../host/virtual-host.ts';
import { bustleAt } from './bustle.ts';
import type { SimBoard } from './sim-board.ts';
import { type FaultName, faultKinds, type Struck } from './strikes.ts';

export interface FaultDeps
  extends Pick<Struck, 'calendar' | 'engine' | 'disk' | 'centre' | 'holders' | 'people'> {
  readonly host: VirtualHost;
  readonly boards: readonly SimBoard[];
  readonly rng: Rng;
}

/** How often each kind comes in this run: some not at all, others often. */
export interface FaultPlan {
  readonly kinds: readonly FaultName[];
  readonly rate: number;
}

const MINUTE_MS = 60_000;

/**
 * Chance at work. Each kind of fault has a source of chance of its own, so that leaving one kind
 * out leaves the others as they were: that is how a failing run is made smaller.
 */
export class Faults {
  readonly #deps: FaultDeps;
  readonly #heals = new Set<() => void>();
  #over = false;
  /** Kills the engine after so many tasks more: at any step, not only between two. */
  #killIn: { tasks: number; readonly downMs: number } | null = null;
  readonly counts = new Map<FaultName, number>();

  constructor(deps: FaultDeps) {
    this.#deps = deps;
  }

  start({ kinds, rate }: FaultPlan): void {
    for (const name of kinds) this.#next(name, this.#deps.rng.fork(name), rate);
  }

  /** Everything that is broken is mended, and nothing breaks any more. */
  end(): void {
    this.#over = true;
    this.#killIn = null;
    for (const heal of this.#heals) heal();
    this.#heals.clear();
    this.#deps.calendar.setRight();
    this.#deps.engine.start();
  }

  /** Called after every task. */
  look(): void {
    if (this.#killIn === null) return;
    this.#killIn.tasks -= 1;
    if (this.#killIn.tasks > 0) return;
    const { downMs } = this.#killIn;
    this.#killIn = null;
    const { engine } = this.#deps;
    engine.kill();
    this.#ends.heal(downMs, () => engine.start());
  }

  #next(name: FaultName, rng: Rng, rate: number): void {
    const { host, boards } = this.#deps;
    const meanMs = (faultKinds[name].everyMin * MINUTE_MS) / rate / bustleAt(host.nowMs);
    const inMs = -Math.log(1 - rng.next()) * meanMs;
    const strike = () => {
      if (this.#over) return;
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
      const board = rng.pick(boards);
      const at = { board, device: board.device };
      faultKinds[name].strike({ ...this.#deps, ...this.#ends, ...at, rng });
      this.#next(name, rng, rate);
    };
    host.after(inMs, strike, host.world);
  }

  readonly #ends: Pick<Struck, 'heal' | 'killAfterTasks'> = {
    heal: (afterMs, heal) => {
      const { host } = this.#deps;
      this.#heals.add(heal);
      const mend = () => {
        if (this.#heals.delete(heal)) heal();
      };
      host.after(afterMs, mend, host.world);
    },
    killAfterTasks: (tasks, downMs) => {
      this.#killIn = { tasks, downMs };
    },
  };
}
