import type { LinkTimers } from '../../shared/contract/transport/carrier.ts';
import {
  type FromEngine,
  fromEngineMessage,
  type ToEngine,
} from '../../shared/contract/transport/relay.ts';
import { type Fault, fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ChildPort } from './child-port.ts';
import { nodeTimers } from './timers.ts';

/** `safe`: the engine runs without drivers; the boards decide alone. */
export type EngineState = 'starting' | 'ready' | 'down' | 'stopped';

export interface SupervisorParts {
  /** Starts the engine's process. */
  readonly spawn: (safe: boolean) => ChildPort;
  readonly timers: LinkTimers;
  readonly log: (line: string) => void;
  readonly onMessage: (message: FromEngine) => void;
  readonly onState: (state: EngineState, safe: boolean) => void;
}

/** The engine gets this long to end; the launcher waits a little longer for the body. */
export const ENGINE_ENDS_WITHIN_MS = 1_000;

/**
 * The supervisor of a body, on real time. Both bodies start the same engine with the same words;
 * only how a process is started differs.
 */
export function superviseEngine(
  on: { readonly data: string; readonly site: string; readonly key?: () => string | null },
  start: (args: readonly string[]) => ChildPort,
  parts: Pick<SupervisorParts, 'onMessage' | 'onState'>,
): EngineSupervisor {
  return new EngineSupervisor({
    spawn(safe) {
      const key = on.key?.() ?? null;
      const flags = [...(safe ? ['--safe'] : []), ...(key === null ? [] : ['--key-comes'])];
      const child = start(['--data', on.data, '--site', on.site, ...flags]);
      // By message: everybody on the machine can read the words that a process was started with.
      if (key !== null) child.send({ t: 'key', key } satisfies ToEngine);
      return child;
    },
    timers: nodeTimers,
    log: (line) => process.stderr.write(`${line}\n`),
    ...parts,
  });
}

/** Waits before the restarts after the first, second … failure in a row; the last one repeats. */
const RESTART_AFTER_MS = [0, 500, 1_000, 2_000, 5_000] as const;
const SAFE_AFTER_FAILURES = 5;
/** An engine that ran for this long has not failed "in a row" with what comes later. */
const STEADY_AFTER_MS = 60_000;

/**
 * Keeps the engine's process running: restarts it at once, then ever later, at most 5 s apart;
 * after five failures in a row in safe mode, until a person restarts the console.
 */
export class EngineSupervisor {
  readonly #parts: SupervisorParts;
  readonly #first = Promise.withResolvers<Result<void>>();
  readonly #stopped = Promise.withResolvers<void>();
  #child: ChildPort | null = null;
  #state: EngineState = 'starting';
  #failures = 0;
  #safe = false;
  /** True once it was ready: from then on nothing but a stop ends the trying. */
  #everReady = false;
  #fault: Fault | null = null;
  #cancelTimer: () => void = () => {};

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
  }

  /**
   * Starts the engine; settles when it is ready, or cannot be. Fails with the engine's own fault
   * (such as `data-in-use`), or `engine-fails` when it crashes in safe mode too.
   */
  start(): Promise<Result<void>> {
    this.#spawn();
    return this.#first.promise;
  }

  get state(): EngineState {
    return this.#state;
  }

  get safe(): boolean {
    return this.#safe;
  }

  /** Dropped while the engine is not ready: its connections are gone then anyway. */
  send(message: ToEngine, transfer?: readonly unknown[]): void {
    if (this.#state === 'ready') this.#child?.send(message, transfer);
  }

  /** Asks the engine to end, and ends it after `limitMs`. The journal is safe either way. */
  async stop(limitMs: number): Promise<void> {
    this.#cancelTimer();
    const child = this.#child;
    this.#set('stopped');
    this.#first.resolve(fail('stopped', 'the console was stopped while it started'));
    if (child === null) return;
    child.send({ t: 'stop' } satisfies ToEngine);
    this.#cancelTimer = this.#parts.timers.after(limitMs, () => {
      this.#parts.log(`the engine did not end within ${limitMs} ms and was killed`);
      child.kill();
    });
    await this.#stopped.promise;
  }

  #spawn(): void {
    this.#set('starting');
    this.#fault = null;
    const child = this.#parts.spawn(this.#safe);
    this.#child = child;
    child.onMessage((value) => {
      const message = fromEngineMessage(value);
      if (message !== null) this.#take(message);
    });
    child.onExit((how) => this.#exited(how));
  }

  #take(message: FromEngine): void {
    if (message.t === 'ready') this.#ready();
    else if (message.t === 'failed') this.#fault = message.fault;
    else this.#parts.onMessage(message);
  }

  #ready(): void {
    if (this.#state !== 'starting') return;
    this.#everReady = true;
    this.#cancelTimer = this.#parts.timers.after(STEADY_AFTER_MS, () => {
      this.#failures = 0;
    });
    this.#set('ready');
    this.#first.resolve(ok(undefined));
  }

  #exited(how: string): void {
    this.#child = null;
    this.#cancelTimer();
    if (this.#state === 'stopped') {
      this.#stopped.resolve();
      return;
    }
    this.#failures += 1;
    const why = this.#fault === null ? how : `${this.#fault.text} (${this.#fault.code})`;
    if (!this.#everReady && this.#givesUp(how)) return;
    this.#safe ||= this.#failures >= SAFE_AFTER_FAILURES;
    const waitMs = RESTART_AFTER_MS[Math.min(this.#failures, RESTART_AFTER_MS.length) - 1] ?? 0;
    const mode = this.#safe ? ' in safe mode: boards decide alone' : '';
    this.#parts.log(`the engine ended (${why}); starting it again in ${waitMs} ms${mode}`);
    this.#set('down');
    this.#cancelTimer = this.#parts.timers.after(waitMs, () => this.#spawn());
  }

  /** An engine that never was ready and says why, or fails in safe mode too, will not be. */
  #givesUp(how: string): boolean {
    const fault =
      this.#fault ??
      (this.#safe ? { code: 'engine-fails', text: `the engine ends each time: ${how}` } : null);
    if (fault === null) return false;
    this.#set('stopped');
    this.#first.resolve({ ok: false, fault });
    return true;
  }

  #set(state: EngineState): void {
    if (this.#state === state && state !== 'starting') return;
    this.#state = state;
    this.#parts.onState(state, this.#safe);
  }
}
