import type { Clock } from '../../../shared/lib/clock.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import type { Input } from '../core/input.ts';
import { laneOf } from './lane-of.ts';
import { IntakeQueue, LANES, type Waiting } from './queue.ts';

/** The step as intake drives it: commits a batch, drawing more while there is time. */
export interface StepPort {
  run(batch: readonly Waiting[], more: () => Waiting | null): number;
}

export interface IntakeDeps {
  readonly clock: Clock;
  readonly step: StepPort;
  /** Told after each commit: "committed up to N". */
  onCommitted(seq: number): void;
  /** The journal could not be written; the inputs wait. `null` when it can be again. */
  onFailing(error: Error | null): void;
}

const MAX_BATCH = 16;
const MAX_DRAIN_MS = 2;
const RETRY_MS = 250;

/**
 * The one door in. Inputs wait in four lanes; each turn drains up to 16 of them or 2 ms into one
 * transaction, bulk only when the others are empty, and then lets the loop serve sockets.
 */
export class Intake {
  readonly #deps: IntakeDeps;
  readonly #queue = new IntakeQueue();
  #scheduled = false;
  #failing = false;
  #stopped = false;
  #idle: (() => void)[] = [];

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /**
   * Hands an input in. Resolves after the commit with the asker's answer (null where nobody asked),
   * or with a fault when it could not be taken.
   */
  submit(input: Input): Promise<Result<unknown> | null> {
    return new Promise((resolve) => {
      const lane = laneOf(input);
      if (this.#stopped) resolve(fail('stopping', 'the console is stopping'));
      else if (!this.#queue.push({ input, lane, settle: resolve })) {
        resolve(fail('intake-full', `too many inputs wait in lane ${lane}`));
      } else this.#schedule();
    });
  }

  waiting(): number {
    return this.#queue.length();
  }

  /** Resolves once nothing waits any more; afterwards nothing is taken. */
  async stop(): Promise<void> {
    if (this.#queue.length() > 0 && !this.#failing) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
    this.#stopped = true;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    this.#noteOverflow();
    const first = this.#queue.take(true);
    if (first === null) {
      for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    this.#commit(first);
    if (this.#failing) setTimeout(() => this.#schedule(), RETRY_MS);
    else this.#schedule();
  }

  #commit(first: Waiting): void {
    const { clock, step } = this.#deps;
    const taken = [first];
    const began = clock.monoMs();
    const more = (): Waiting | null => {
      if (taken.length >= MAX_BATCH || clock.monoMs() - began > MAX_DRAIN_MS) return null;
      const next = this.#queue.take(first.lane === 'bulk');
      if (next !== null) taken.push(next);
      return next;
    };
    try {
      const seq = step.run([first], more);
      if (this.#failing) this.#deps.onFailing(null);
      this.#failing = false;
      this.#deps.onCommitted(seq);
    } catch (error) {
      if (!isStoreError(error)) throw error;
      this.#queue.putBack(taken);
      if (!this.#failing) this.#deps.onFailing(error as Error);
      this.#failing = true;
    }
  }

  #noteOverflow(): void {
    for (const lane of LANES) {
      const dropped = this.#queue.dropped[lane];
      if (dropped === 0) continue;
      this.#queue.dropped[lane] = 0;
      const event = { kind: 'intake.overflowed', data: { lane, dropped } } as const;
      const input: Input = { kind: 'noted', events: [event], actor: { type: 'console' } };
      this.#queue.push({ input, lane: 'safety', settle: () => undefined });
    }
  }
}

/** A failure of the disk or the file, not a programmer's mistake. */
function isStoreError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  const names = [
    'SQLITE_FULL',
    'SQLITE_IOERR',
    'SQLITE_READONLY',
    'SQLITE_CANTOPEN',
    'SQLITE_BUSY',
  ];
  return typeof code === 'string' && names.some((name) => code.startsWith(name));
}
