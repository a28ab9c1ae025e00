import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENGINE_FLAGS } from '../../src/main/launch/engine-flags.ts';
import type { FromEngine } from '../../src/shared/contract/transport/relay.ts';
import type {
  Badge,
  BoardTold,
  FromBareGate,
  FromBoards,
  LateEvents,
  ToBareGate,
  ToBoards,
} from './children/messages.ts';

const own = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A child that answers each message of ours before the next is sent. */
class Child<To, From extends { readonly t: string }> {
  readonly process: ChildProcess;

  constructor(script: string, args: readonly string[] = [], flags: readonly string[] = []) {
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    this.process = fork(script, args, { stdio: [...stdio], execArgv: [...flags] });
  }

  send(message: To): void {
    this.process.send(message as object);
  }

  /** The next message of that kind. Throws where the child ends instead. */
  answer<T extends From['t']>(t: T): Promise<Extract<From, { t: T }>> {
    return new Promise((resolve, reject) => {
      const done = () => {
        this.process.off('message', onMessage);
        this.process.off('exit', onExit);
      };
      const onMessage = (message: From) => {
        if (message.t !== t) return;
        done();
        resolve(message as Extract<From, { t: T }>);
      };
      const onExit = (code: number | null) => {
        done();
        reject(new Error(`a process of the bench ended with ${code} instead of ${t}`));
      };
      this.process.on('message', onMessage);
      this.process.on('exit', onExit);
    });
  }

  /** Resolves when it has ended. */
  async end(message: To): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.send(message);
    await ended;
  }
}

/** The boards' own process. */
export class BoardsProcess {
  readonly #child = new Child<ToBoards, FromBoards>(own('./children/boards.ts'));

  async start(serials: readonly number[], late: LateEvents | null): Promise<readonly number[]> {
    this.#child.send({ t: 'start', serials, late });
    return (await this.#child.answer('started')).ports;
  }

  play(badges: readonly Badge[]): Promise<Extract<FromBoards, { t: 'played' }>> {
    this.#child.send({ t: 'play', badges });
    return this.#child.answer('played');
  }

  async tell(): Promise<readonly BoardTold[]> {
    this.#child.send({ t: 'tell' });
    return (await this.#child.answer('told')).boards;
  }

  stop(): Promise<void> {
    return this.#child.end({ t: 'stop' });
  }
}

/** The bare limit of a gate's controller, on boards of its own. */
export class BareGateProcess {
  readonly #child = new Child<ToBareGate, FromBareGate>(own('./children/bare-gate.ts'));

  async start(path: string, boards: Extract<ToBareGate, { t: 'start' }>['boards']): Promise<void> {
    this.#child.send({ t: 'start', path, boards });
    await this.#child.answer('started');
  }

  stop(): Promise<void> {
    return this.#child.end({ t: 'stop' });
  }
}

const BUILT = own('../../out/main/');

/** The engine's own process, as the console starts it: the built one where there is one. */
export class EngineProcess {
  readonly #child: Child<{ t: 'stop' }, FromEngine>;
  readonly #beganMs = performance.now();

  constructor(dataDir: string, siteFile: string) {
    const built = `${BUILT}engine.js`;
    const script = existsSync(built) ? built : own('../../src/main/engine-process.ts');
    this.#child = new Child(script, ['--data', dataDir, '--site', siteFile], ENGINE_FLAGS);
  }

  get pid(): number {
    return this.#child.process.pid ?? 0;
  }

  /** Resolves with the ms from its start until it is ready. */
  async ready(): Promise<number> {
    const failed = this.#child.answer('failed').then(({ fault }) => {
      throw new Error(`the engine did not start: ${fault.text}`);
    });
    await Promise.race([this.#child.answer('ready'), failed]);
    failed.catch(() => undefined);
    return performance.now() - this.#beganMs;
  }

  stop(): Promise<void> {
    return this.#child.end({ t: 'stop' });
  }
}

/** The browser host with the built page, and the engine that it starts. */
export class HostProcess {
  readonly #child: Child<{ t: 'stop' }, { readonly t: 'ready'; readonly url: string }>;

  constructor(dataDir: string, siteFile: string) {
    if (!existsSync(`${BUILT}host.js`)) throw new Error('nothing is built: npm run build');
    const args = ['--data', dataDir, '--site', siteFile, '--port', '0'];
    this.#child = new Child(`${BUILT}host.js`, args);
  }

  get pid(): number {
    return this.#child.process.pid ?? 0;
  }

  /** Resolves with the link that lets one browser in. */
  async ready(): Promise<string> {
    return (await this.#child.answer('ready')).url;
  }

  stop(): Promise<void> {
    return this.#child.end({ t: 'stop' });
  }
}

/** A process that does the least there is to do, for the bare limit of a whole process. */
export class BareProcess {
  readonly #child: Child<{ t: 'stop' }, { readonly t: 'ready' } | { readonly t: 'filled' }>;
  readonly #beganMs = performance.now();

  constructor(name: 'bare-start' | 'bare-memory', args: readonly string[]) {
    this.#child = new Child(own(`./children/${name}.ts`), args);
  }

  get pid(): number {
    return this.#child.process.pid ?? 0;
  }

  /** Resolves with the ms from its start until it says so. */
  async told(what: 'ready' | 'filled'): Promise<number> {
    await this.#child.answer(what);
    return performance.now() - this.#beganMs;
  }

  stop(): Promise<void> {
    return this.#child.end({ t: 'stop' });
  }
}
