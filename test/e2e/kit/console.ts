import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Download, type Page } from '@playwright/test';
import { downloadsPath } from '../../kit/electron-double/profile-paths.ts';
import { giveOrder } from '../../kit/training-zone.ts';
import { until } from '../../kit/waiting.ts';

const OUT = new URL('../../../out/main/', import.meta.url).pathname;
const WINDOW_START = new URL('../../kit/window-start.ts', import.meta.url).pathname;
const READY_MS = 240_000;
const END_MS = 60_000;
const LINK = /http:\/\/127\.0\.0\.1:\d+\/\?launch=[\w-]+/g;

/** What the console's page is shown in: a browser, Electron, or the double of Electron. */
export type TestBody = 'host' | 'electron' | 'electron-double';

/** What a program of the console said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built console as `npm start` runs it: a training zone, the body, the engine. */
export class RealConsole {
  readonly data: string;
  readonly body: TestBody;
  readonly #own: boolean;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #ended: number | null | undefined;
  #links = 0;
  #windows: Promise<BrowserContext> | null = null;

  private constructor(child: ChildProcess, data: string, own: boolean, body: TestBody) {
    this.#child = child;
    this.data = data;
    this.body = body;
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
    { data, body = 'host' }: { readonly data?: string; readonly body?: TestBody } = {},
  ): Promise<RealConsole> {
    const folder = data ?? mkdtempSync(join(tmpdir(), 'twoline-e2e-'));
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const args = ['--no-open', '--port', '0', '--data', folder, ...flags];
    const program =
      body === 'host' ? [join(OUT, 'start.js'), '--host'] : [WINDOW_START, `--body=${body}`];
    const child = spawn(process.execPath, [...program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new RealConsole(child, folder, data === undefined, body);
    const signal = AbortSignal.timeout(READY_MS);
    const ended = once(child, 'close', { signal });
    while (!started.#stdout.includes('\n') && started.#ended === undefined) {
      if (child.stdout === null) throw new Error('it has no output');
      await Promise.race([ended, once(child.stdout, 'data', { signal })]);
    }
    if (started.#ended !== undefined) throw new Error(`it ended: ${started.#stderr}`);
    const shown = (JSON.parse(started.#stdout) as { body: string }).body;
    if ((shown === 'host') !== (body === 'host')) {
      await started.end();
      throw new Error(`it opened ${shown}, not ${body}: ${started.#stderr}`);
    }
    return started;
  }

  /** A link that no browser has used yet: each lets one browser in, a workstation of its own. */
  async link(): Promise<string> {
    const said = () => `${this.#stdout}${this.#stderr}`.match(LINK) ?? [];
    await until('a fresh link', () => said().length > this.#links, END_MS);
    this.#links = said().length;
    return said()[this.#links - 1] ?? '';
  }

  /** The console's own windows, by the port that Chromium notes in its profile. */
  windows(): Promise<BrowserContext> {
    this.#windows ??= this.#connect();
    return this.#windows;
  }

  /**
   * A window for another person, which the first one opens: a workstation of its own, as a browser
   * of its own is in the host.
   */
  async freshWindow(): Promise<Page> {
    const context = await this.windows();
    const [first] = context.pages().filter((page) => page.url().includes('bundle'));
    if (first === undefined) throw new Error('the first window is gone');
    const opened = context.waitForEvent('page');
    const answer = await first.evaluate(
      () => window.twoline?.command('shell.open', { window: 'other' }).answer,
    );
    if (!answer?.ok) throw new Error(`no window was opened: ${JSON.stringify(answer)}`);
    return opened;
  }

  async #connect(): Promise<BrowserContext> {
    const note = readFileSync(join(this.data, 'window', 'DevToolsActivePort'), 'utf8');
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${note.split('\n')[0]}`);
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('the console has no windows');
    return context;
  }

  /** The text of a file that a page handed out; the double puts it into a folder of its own. */
  async textOf(file: Download): Promise<string> {
    if (this.body !== 'electron-double') return readFileSync(await file.path(), 'utf8');
    const path = join(downloadsPath(join(this.data, 'window')), file.suggestedFilename());
    await until(path, () => existsSync(path), END_MS);
    const text = readFileSync(path, 'utf8');
    // One of the same name would be given another.
    rmSync(path);
    return text;
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
    const isEngine = ({ command }: Process) =>
      command.includes('engine.js') || command.includes('node.mojom.NodeService');
    return below(this.#child.pid ?? 0).find(isEngine)?.pid ?? null;
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
    const windows = await this.#windows?.catch(() => null);
    if (this.#ended === undefined) this.#child.kill('SIGINT');
    await until('the end', () => this.#ended !== undefined, END_MS).catch(() => {
      this.#child.kill('SIGKILL');
    });
    await windows?.browser()?.close();
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

/** A process's children and theirs. */
function below(parent: number): readonly Process[] {
  return childrenOf(parent).flatMap((child) => [child, ...below(child.pid)]);
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
