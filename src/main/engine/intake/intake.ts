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
  /**
   * What is written first when the journal can be written again. Many an input leads to nothing
   * that is written, and on a full disk "nothing" still succeeds: it proves nothing.
   */
  proof?(): Input | null;
}

const MAX_BATCH = 16;
const MAX_DRAIN_MS = 2;
/**
 * How much bulk gathers, and for how long. A badge may come during its commit, which the 2 ms bound
 * as any other's; most of what a commit takes is the disk's, however few share it.
 */
const MAX_GATHERED = 12;
const GATHER_MS = 2;
/** For how long bulk keeps aside for a board's answer at a gate; a dead board gives none. */
const ASIDE_MS = 20;
const RETRY_MS = 250;

/**
 * The one door in. Inputs wait in four lanes; each turn drains up to 16 of them or 2 ms into one
 * transaction and then lets the loop serve sockets. Bulk gathers for 2 ms, as a durable commit
 * costs more than what is in it, and has a turn of its own when nothing else waits and no board
 * owes an answer at a gate.
 */
export class Intake {
  readonly #deps: IntakeDeps;
  readonly #queue = new IntakeQueue();
  #next: NodeJS.Immediate | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  /** Answers that boards owe us while somebody stands at their gates, and since when. */
  #awaited = 0;
  #asideSinceMs: number | null = null;
  #failing: Error | null = null;
  #stopped = false;
  #idle: (() => void)[] = [];

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /**
   * Hands an input in. Resolves after the commit with the asker's answer (null where nobody asked),
   * or with a fault when it could not be taken. What a person asks is answered at once while the
   * journal cannot be written: done minutes later it could open a gate that nobody waits at.
   */
  submit(input: Input): Promise<Result<unknown> | null> {
    return new Promise((resolve) => {
      const lane = laneOf(input);
      if (this.#stopped) resolve(fail('stopping', 'the console is stopping'));
      else if (this.#failing !== null && isAsked(input)) resolve(notWritten(this.#failing));
      else if (!this.#queue.push({ input, lane, settle: resolve })) {
        resolve(fail('intake-full', `too many inputs wait in lane ${lane}`));
      } else if (lane === 'bulk') this.#gather();
      else this.#schedule();
    });
  }

  /** One more answer is awaited from a board while somebody stands at its gate, or one less. */
  awaited(change: 1 | -1): void {
    this.#awaited += change;
    if (this.#awaited === 0) this.#asideSinceMs = null;
  }

  waiting(): number {
    return this.#queue.length();
  }

  /**
   * Takes nothing more from now on and resolves once nothing waits. Where the journal cannot be
   * written what waits is given up: its askers are told, and boards still hold their events.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#failing !== null) this.#giveUp(this.#failing);
    else if (this.#queue.length() > 0) {
      const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
      this.#schedule();
      await idle;
    }
  }

  #giveUp(error: Error): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#gathering);
    clearImmediate(this.#next);
    for (const { settle } of this.#queue.withdraw(() => true)) settle(notWritten(error));
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #schedule(): void {
    if (this.#next !== undefined || this.#retry !== undefined) return;
    this.#next = setImmediate(() => {
      this.#next = undefined;
      this.#turn(this.#onlyBulk());
    });
  }

  #gather(): void {
    if (this.#gathering !== undefined) return;
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined;
      if (this.#retry !== undefined || this.#next !== undefined) return;
      if (this.#keepsAside()) this.#gather();
      else this.#turn(true);
    }, GATHER_MS);
  }

  /** Bulk would be in the way of a board's answer that somebody waits for at a gate. */
  #keepsAside(): boolean {
    if (this.#awaited === 0) return false;
    const nowMs = this.#deps.clock.monoMs();
    this.#asideSinceMs ??= nowMs;
    if (nowMs - this.#asideSinceMs < ASIDE_MS) return true;
    this.#asideSinceMs = null;
    return false;
  }

  #turn(withBulk: boolean): void {
    this.#noteOverflow();
    const proof = this.#proof();
    const first = proof ?? this.#queue.take(withBulk);
    if (first !== null) this.#commit(first, proof, withBulk);
    if (this.#queue.length() === 0 && (first === null || this.#failing === null)) {
      for (const resolve of this.#idle.splice(0)) resolve();
    } else if (this.#failing === null) {
      if (this.#onlyBulk() && !this.#stopped) this.#gather();
      else this.#schedule();
    } else if (this.#stopped) this.#giveUp(this.#failing);
    else {
      this.#retry = setTimeout(() => {
        this.#retry = undefined;
        this.#schedule();
      }, RETRY_MS);
    }
  }

  #onlyBulk(): boolean {
    return this.#queue.length() === this.#queue.waitingIn('bulk');
  }

  #proof(): Waiting | null {
    const input = this.#failing === null ? null : (this.#deps.proof?.() ?? null);
    return input === null ? null : { input, lane: 'safety', settle: () => undefined };
  }

  #commit(first: Waiting, proof: Waiting | null, withBulk: boolean): void {
    const { clock, step } = this.#deps;
    const taken = [first];
    const most = withBulk ? MAX_GATHERED : MAX_BATCH;
    const began = clock.monoMs();
    const more = (): Waiting | null => {
      if (taken.length >= most || clock.monoMs() - began > MAX_DRAIN_MS) return null;
      const next = this.#queue.take(withBulk);
      if (next !== null) taken.push(next);
      return next;
    };
    let written = false;
    try {
      const seq = step.run([first], more);
      written = true;
      if (this.#failing !== null) this.#deps.onFailing(null);
      this.#failing = null;
      this.#deps.onCommitted(seq);
    } catch (error) {
      if (!isStoreError(error)) throw error;
      // What is written may not be decided again, though who reads on from it could not.
      if (!written) this.#queue.putBack(taken.filter((waiting) => waiting !== proof));
      if (this.#failing !== null) return;
      this.#failing = error as Error;
      for (const { settle } of this.#queue.withdraw(({ input }) => isAsked(input))) {
        settle(notWritten(error));
      }
      this.#deps.onFailing(this.#failing);
    }
  }

  #noteOverflow(): void {
    for (const lane of LANES) {
      const dropped = this.#queue.dropped[lane];
      if (dropped === 0) continue;
      this.#queue.dropped[lane] = 0;
      const event = { kind: 'intake.overflowed', data: { lane, dropped } } as const;
      const input: Input = { kind: 'noted', events: [event], actor: { type: 'console' } };
      // At the front, whatever the lane's limit: a full lane may not hide that it was full.
      this.#queue.putBack([{ input, lane: 'safety', settle: () => undefined }]);
    }
  }
}

/** A person waits for the answer: a command, or a note of what they do. */
function isAsked(input: Input): boolean {
  return 'actor' in input && input.actor.type === 'person';
}

/** What is said to an asker whose input could not be written. */
function notWritten(error: unknown): Result<never> {
  const why = (error as Error).message;
  return fail('not-written', `the journal cannot be written (${why}): nothing was done`);
}

const STORE_ERRORS = [
  ...['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_BUSY'],
  ...['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_PROTOCOL', 'SQLITE_NOMEM'],
];

/** A failure of the disk or the file, not a programmer's mistake. */
function isStoreError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && STORE_ERRORS.some((name) => code.startsWith(name));
}
