import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { type Site, SiteShape } from '../../../src/shared/domain/site.ts';
import type { Result } from '../../../src/shared/lib/result.ts';

type Told =
  | { readonly t: 'ready'; readonly siteFile: string }
  | { readonly t: 'failed'; readonly fault: { readonly code: string; readonly text: string } }
  | { readonly t: 'progress'; readonly text: string };

/** The training zone as a process of its own, as the launcher runs it. */
export class ZoneProcess {
  readonly child: ChildProcess;
  readonly told: Told[] = [];
  readonly exited: Promise<number | null>;
  readonly #data: string;
  #socket: Socket | null = null;
  #lines: Interface | null = null;

  constructor(data: string, args: readonly string[]) {
    this.#data = data;
    const all = ['--data', data, '--no-centre', ...args];
    this.child = fork('src/training/index.ts', all, { stdio: 'ignore' });
    this.child.on('message', (message) => this.told.push(message as Told));
    this.exited = once(this.child, 'exit').then(([code]) => code as number | null);
  }

  /** The last word of its start: ready or failed. */
  async started(): Promise<Told> {
    for (;;) {
      const word = this.told.find(({ t }) => t !== 'progress');
      if (word !== undefined) return word;
      await once(this.child, 'message');
    }
  }

  site(): Site {
    return SiteShape.parse(JSON.parse(readFileSync(join(this.#data, 'site.json'), 'utf8')));
  }

  /** Sends one line to the control socket as it is; resolves with the answer. */
  async say(line: string): Promise<Result<Record<string, unknown>>> {
    if (this.#socket === null || this.#lines === null) {
      const file = readFileSync(join(this.#data, 'training.json'), 'utf8');
      const { control } = JSON.parse(file) as { control: { address: string; port: number } };
      this.#socket = connect(control.port, control.address);
      this.#lines = createInterface(this.#socket);
      await once(this.#socket, 'connect');
    }
    this.#socket.write(`${line}\n`);
    const [answer] = (await once(this.#lines, 'line')) as [string];
    return JSON.parse(answer) as Result<Record<string, unknown>>;
  }

  async order(order: object): Promise<Record<string, unknown>> {
    const answer = await this.say(JSON.stringify(order));
    if (!answer.ok) throw new Error(answer.fault.text);
    return answer.value;
  }

  /** Asks it to end; resolves with how long that took, real ms. */
  async stop(): Promise<number> {
    this.#socket?.destroy();
    const startedMs = performance.now();
    if (this.child.connected) this.child.send({ t: 'stop' });
    await this.exited;
    return performance.now() - startedMs;
  }
}
