import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { giveOrder } from '../../kit/training-zone.ts';
import { until } from '../../kit/waiting.ts';

const OUT = new URL('../../../out/main/', import.meta.url).pathname;
const READY_MS = 240_000;
const END_MS = 60_000;
const LINK = /http:\/\/127\.0\.0\.1:\d+\/\?launch=[\w-]+/g;

/** What a program of the console said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built console as `npm start -- --host` runs it: a training zone, the host, the engine. */
export class RealConsole {
  readonly data: string;
  readonly #own: boolean;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #ended: number | null | undefined;
  #links = 0;

  private constructor(child: ChildProcess, data: string, own: boolean) {
    this.#child = child;
    this.data = data;
    this.#own = own;
    child.stdout?.on('data', (chunk: Buffer) => {
      this.#stdout += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString();
    });
    child.on('close', (code) => {
      this.#ended = code;
    });
  }

  /** Starts it and waits until it is ready. `data`: a folder that outlives it. */
  static async start(
    options: Readonly<Record<string, string | number>>,
    data?: string,
  ): Promise<RealConsole> {
    const folder = data ?? mkdtempSync(join(tmpdir(), 'twoline-e2e-'));
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const args = ['--host', '--no-open', '--port', '0', '--data', folder, ...flags];
    const child = spawn(process.execPath, [join(OUT, 'start.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new RealConsole(child, folder, data === undefined);
    const signal = AbortSignal.timeout(READY_MS);
    const ended = once(child, 'close', { signal });
    while (!started.#stdout.includes('\n') && started.#ended === undefined) {
      if (child.stdout === null) throw new Error('it has no output');
      await Promise.race([ended, once(child.stdout, 'data', { signal })]);
    }
    if (started.#ended !== undefined) throw new Error(`it ended: ${started.#stderr}`);
    return started;
  }

  /** A link that no browser has used yet: each lets one browser in, a workstation of its own. */
  async link(): Promise<string> {
    const said = () => `${this.#stdout}${this.#stderr}`.match(LINK) ?? [];
    await until('a fresh link', () => said().length > this.#links, END_MS);
    this.#links = said().length;
    return said()[this.#links - 1] ?? '';
  }

  /** Gives the training zone an order; rejects with its fault. */
  order(order: object): Promise<Record<string, unknown>> {
    return giveOrder(join(this.data, 'training'), order);
  }

  /** A file of the training zone as text. */
  trainingFile(name: string): string {
    return readFileSync(join(this.data, 'training', name), 'utf8');
  }

  /** The engine's process now; null while none runs. */
  enginePid(): number | null {
    const host = childrenOf(this.#child.pid ?? 0).find((one) => one.command.includes('host.js'));
    const engines = host === undefined ? [] : childrenOf(host.pid);
    return engines.find((one) => one.command.includes('engine.js'))?.pid ?? null;
  }

  /** Runs the `twoline` command on this console's data. */
  async twoline(...args: readonly string[]): Promise<Ended> {
    const child = execFile(process.execPath, [join(OUT, 'cli.js'), ...args]);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.on('data', (text: string) => {
      stderr += text;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  /** Ends it as Ctrl+C does. Returns the exit code and all that it said. */
  async end(): Promise<Ended> {
    if (this.#ended === undefined) this.#child.kill('SIGINT');
    await until('the end', () => this.#ended !== undefined, END_MS).catch(() => {
      this.#child.kill('SIGKILL');
    });
    return { code: this.#ended ?? null, stdout: this.#stdout, stderr: this.#stderr };
  }

  /** Removes the data folder, where it was made for this run only. */
  forget(): void {
    if (this.#own) rmSync(this.data, { recursive: true, force: true });
  }
}

interface Process {
  readonly pid: number;
  readonly command: string;
}

/** The children of a process, from /proc (proc(5)). */
function childrenOf(parent: number): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        if (ppid !== parent) return [];
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}
