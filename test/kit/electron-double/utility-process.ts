import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endOf, type PortEnd } from './ports.ts';
import { needsReady } from './state.ts';
import { onlyKnown, StrictEmitter, strict } from './strict.ts';

const HOOK = fileURLToPath(new URL('./utility-hook.ts', import.meta.url));

/** What we and the hook in the child tell each other. */
export type ToUtility =
  | { readonly t: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly t: 'port'; readonly id: number; readonly data: unknown }
  | { readonly t: 'port-end'; readonly id: number };
export type FromUtility =
  | { readonly t: 'message'; readonly data: unknown }
  | { readonly t: 'port'; readonly id: number; readonly data: unknown }
  | { readonly t: 'port-end'; readonly id: number };

class UtilityProcess extends StrictEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, PortEnd>();
  #isSpawned = false;
  #nextPort = 1;

  constructor(child: ChildProcess) {
    super('UtilityProcess', ['spawn', 'exit', 'message', 'error']);
    this.#child = child;
    child.once('spawn', () => {
      this.#isSpawned = true;
      this.emit('spawn');
    });
    child.on('message', (told) => this.#take(told as FromUtility));
    child.once('close', (code) => {
      this.#isSpawned = false;
      for (const port of this.#ports.values()) port.close();
      this.emit('exit', code ?? 1);
    });
  }

  /** Undefined before it runs and after it ended. */
  get pid(): number | undefined {
    return this.#isSpawned ? this.#child.pid : undefined;
  }

  postMessage(data: unknown, transfer: readonly object[] = []): void {
    const ends = transfer.map((port) => ({ id: this.#nextPort++, end: endOf(port) }));
    this.#tell({ t: 'message', data: structuredClone(data), ports: ends.map(({ id }) => id) });
    // What waits in a port follows it, and must not come before it.
    for (const { id, end } of ends) {
      this.#ports.set(id, end);
      end.handOver({
        message: (more) => this.#tell({ t: 'port', id, data: more }),
        close: () => this.#tell({ t: 'port-end', id }),
      });
    }
  }

  #tell(message: ToUtility): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #take(told: FromUtility): void {
    if (told.t === 'message') this.emit('message', told.data);
    else if (told.t === 'port') this.#ports.get(told.id)?.post(told.data);
    else this.#ports.get(told.id)?.close();
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork(module: string, args: readonly string[], options: object): UtilityProcess {
    needsReady('utilityProcess.fork');
    onlyKnown('utilityProcess.fork', options, ['serviceName', 'stdio']);
    const child = fork(module, args, {
      execArgv: ['--import', HOOK],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return strict('UtilityProcess', new UtilityProcess(child));
  },
});
