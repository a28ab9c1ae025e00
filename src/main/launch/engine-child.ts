import { parseArgs } from 'node:util';
import type {
  EngineOptions,
  RunningEngine,
  StartEngine,
} from '../../shared/contract/transport/backend.ts';
import type { Carrier, LinkTimers } from '../../shared/contract/transport/carrier.ts';
import {
  type FromEngine,
  type ToEngine,
  toEngineMessage,
} from '../../shared/contract/transport/relay.ts';
import { serve } from '../../shared/contract/transport/server.ts';
import type { Fault } from '../../shared/lib/result.ts';
import { leaveSignalsToParent } from './ending.ts';
import { EngineConnections } from './engine-connections.ts';
import { mainPortCarrier } from './main-port-carrier.ts';
import { findParentLink, type MainPort, type ParentLink } from './parent-link.ts';
import { nodeTimers } from './timers.ts';

const STOP_WITHIN_MS = 5_000;
const STOPPING: Fault = { code: 'engine-stopping', text: 'the console is being stopped' };

/**
 * The engine's process: starts the engine, serves the connections that the parent relays, and ends
 * when told to or when the parent is gone. Interrupts meant for the whole group are left to the
 * parent, which ends us in order.
 */
export async function runEngineProcess(startEngine: StartEngine): Promise<void> {
  const parent = findParentLink();
  if (parent === null) {
    process.stderr.write('the engine is started by the console, not by hand: use npm start\n');
    process.exitCode = 2;
    return;
  }
  leaveSignalsToParent();
  const program = new EngineProgram(parent, nodeTimers);
  const { keyComes, ...options } = readArgs();
  await program.run(startEngine, options, keyComes);
}

function readArgs(): EngineOptions & { keyComes: boolean } {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  const { values } = parseArgs({
    options: { data: text, site: text, safe: flag, 'key-comes': flag },
  });
  const log = (line: string) => process.stderr.write(`${line}\n`);
  return {
    dataDir: values.data ?? '',
    siteFile: values.site ?? '',
    safe: values.safe ?? false,
    log,
    keyComes: values['key-comes'] ?? false,
  };
}

class EngineProgram {
  readonly #parent: ParentLink;
  readonly #timers: LinkTimers;
  readonly #ends = new Set<(why: Fault) => void>();
  readonly #connections: EngineConnections;
  readonly #key = Promise.withResolvers<Uint8Array>();
  #engine: RunningEngine | null = null;
  #stopping = false;

  constructor(parent: ParentLink, timers: LinkTimers) {
    this.#parent = parent;
    this.#timers = timers;
    this.#connections = new EngineConnections({
      accept: (carrier, workstation) => this.#serve(carrier, workstation),
      reply: (message) => this.#reply(message),
    });
  }

  async run(startEngine: StartEngine, options: EngineOptions, keyComes: boolean): Promise<void> {
    this.#parent.onMessage((value, ports) => {
      const message = toEngineMessage(value);
      if (message !== null) this.#take(message, ports);
    });
    this.#parent.onEnd(() => void this.#stop());
    const storeKey = keyComes ? await this.#key.promise : undefined;
    const started = await startEngine({ ...options, storeKey });
    if (!started.ok) {
      const last: FromEngine = { t: 'failed', fault: started.fault };
      await this.#parent.sendLast(last);
      process.exit(1);
    }
    this.#engine = started.value;
    if (this.#stopping) await this.#end();
    else this.#reply({ t: 'ready' });
  }

  #reply(message: FromEngine): void {
    this.#parent.send(message);
  }

  #take(message: ToEngine, ports: readonly MainPort[]): void {
    const [port] = ports;
    if (message.t === 'stop') void this.#stop();
    else if (message.t === 'key') this.#key.resolve(Buffer.from(message.key, 'hex'));
    else if (message.t === 'open' && port) this.#serve(mainPortCarrier(port), message.workstation);
    else this.#connections.take(message);
  }

  #serve(carrier: Carrier, workstation: string): void {
    const engine = this.#engine;
    if (engine === null || this.#stopping) {
      carrier.close();
      return;
    }
    const known: { end?: (why: Fault) => void } = {};
    known.end = serve(carrier, {
      backend: engine.backend,
      workstation,
      timers: this.#timers,
      onDefect: (error, operation) => {
        const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.stderr.write(`mistake in ${operation}: ${what}\n`);
      },
      onEnd: () => {
        if (known.end !== undefined) this.#ends.delete(known.end);
      },
    });
    this.#ends.add(known.end);
  }

  async #stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    // Whatever hangs inside must not leave a process behind that holds the data folder.
    this.#timers.after(STOP_WITHIN_MS, () => process.exit(1));
    for (const end of this.#ends) end(STOPPING);
    if (this.#engine !== null) await this.#end();
  }

  async #end(): Promise<void> {
    await this.#engine?.stop();
    process.exit(0);
  }
}
