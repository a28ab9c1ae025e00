import { randomBytes } from 'node:crypto';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { FromEngine } from '../../shared/contract/transport/relay.ts';
import type { Fault } from '../../shared/lib/result.ts';
import { forkChild } from '../launch/child-port.ts';
import { leaveSignalsToParent } from '../launch/ending.ts';
import { ENGINE_FLAGS } from '../launch/engine-flags.ts';
import {
  ENGINE_ENDS_WITHIN_MS,
  type EngineSupervisor,
  superviseEngine,
} from '../launch/engine-supervisor.ts';
import { mapHostsOf } from '../launch/map-hosts.ts';
import { findParentLink, type ParentLink } from '../launch/parent-link.ts';
import type { Programs } from '../launch/programs.ts';
import { type BrowserHost, openBrowserHost } from './browser-host.ts';

/**
 * The browser body's process: serves the page, starts the engine's process and relays the browsers'
 * connections to it. Tells its parent when it is ready, ends when told to or when that is gone.
 */
export async function runHost(programs: Pick<Programs, 'engine' | 'page'>): Promise<void> {
  const parent = findParentLink();
  if (parent === null) {
    process.stderr.write('the host is started by the launcher, not by hand: use npm start\n');
    process.exitCode = 2;
    return;
  }
  leaveSignalsToParent();
  await new HostProgram(parent, programs).run();
}

class HostProgram {
  readonly #parent: ParentLink;
  readonly #programs: Pick<Programs, 'engine' | 'page'>;
  readonly #supervisor: EngineSupervisor;
  readonly #args: ReturnType<typeof readArgs>;
  #host: BrowserHost | null = null;
  #ending = false;

  constructor(parent: ParentLink, programs: Pick<Programs, 'engine' | 'page'>) {
    this.#parent = parent;
    this.#programs = programs;
    this.#args = readArgs();
    this.#supervisor = superviseEngine(
      this.#args,
      (args) => forkChild(programs.engine, args, ENGINE_FLAGS),
      {
        onMessage: (message: FromEngine) => this.#host?.fromEngine(message),
        onState: (state) => {
          if (state !== 'ready') this.#host?.engineDown();
        },
      },
    );
  }

  async run(): Promise<void> {
    this.#parent.onEnd(() => void this.#end());
    this.#parent.onMessage((message) => {
      if ((message as { t?: unknown } | null)?.t === 'stop') void this.#end();
    });
    const opened = await openBrowserHost({
      port: this.#args.port,
      pageDir: this.#programs.page,
      mapHosts: mapHostsOf(this.#args.site),
      random: randomBytes,
      nowMs: () => performance.now(),
      engineReady: () => this.#supervisor.state === 'ready',
      toEngine: (message) => this.#supervisor.send(message),
      onFreshUrl: (url) => say(`that link is used now; for another browser open ${url}`),
    });
    if (!opened.ok) {
      await this.#fail(opened.fault);
      return;
    }
    this.#host = opened.value;
    // A stop that came while this program loaded is heard first: an engine begun now would outlive
    // it, since it hears nothing before it has loaded too.
    await turnOfTheLoop();
    if (this.#ending) return;
    const started = await this.#supervisor.start();
    if (this.#ending) return;
    if (started.ok) this.#parent.send({ t: 'ready', url: opened.value.launchUrl() });
    else await this.#fail(started.fault);
  }

  async #fail(fault: Fault): Promise<void> {
    await this.#parent.sendLast({ t: 'failed', fault });
    process.exit(1);
  }

  async #end(): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    await Promise.all([this.#host?.close(), this.#supervisor.stop(ENGINE_ENDS_WITHIN_MS)]);
    process.exit(0);
  }
}

function readArgs() {
  const text = { type: 'string', default: '' } as const;
  const { values } = parseArgs({ options: { data: text, site: text, port: text } });
  return { data: values.data, site: values.site, port: Number(values.port) };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
