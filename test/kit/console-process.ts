import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './waiting.ts';

const START = fileURLToPath(new URL('./stand-in-start.ts', import.meta.url));

export interface ReadyLine {
  readonly ready: true;
  readonly body: string;
  readonly url: string;
  readonly data: string;
}

/** `npm start` as a real process, in a process group of its own, on the stand-in programs. */
export class ConsoleProcess {
  readonly data: string;
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  exit: { readonly code: number | null; readonly signal: string | null } | null = null;

  constructor(args: readonly string[] = [], env: Record<string, string> = {}, data?: string) {
    this.data = data ?? mkdtempSync(join(tmpdir(), 'twoline-start-'));
    const all = [START, '--data', this.data, '--no-open', ...args];
    this.child = spawn(process.execPath, all, {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.child.on('close', (code, signal) => {
      this.exit = { code, signal };
    });
  }

  async ready(): Promise<ReadyLine> {
    await until('ready or the end', () => this.stdout.includes('\n') || this.exit !== null, 30_000);
    if (this.exit !== null) throw new Error(`it ended with ${this.exit.code}: ${this.stderr}`);
    return JSON.parse(this.stdout) as ReadyLine;
  }

  async ended(limitMs = 15_000): Promise<number | null> {
    await until('the end', () => this.exit !== null, limitMs);
    return this.exit?.code ?? null;
  }

  /** Pids of the engines that were started, in order. */
  engines(): number[] {
    return [...this.log().matchAll(/^start (\d+)/gm)].map(([, pid]) => Number(pid));
  }

  log(): string {
    const path = join(this.data, 'engine.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  trainingPid(): number {
    return Number(readFileSync(join(this.data, 'training', 'pid.txt'), 'utf8').split(' ')[1]);
  }

  /** A signal to it and all of its children, as the terminal sends one. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-(this.child.pid ?? 0), signal);
  }

  async cleanUp(): Promise<void> {
    if (this.exit === null) this.child.kill('SIGTERM');
    await this.ended().catch(() => this.signalGroup('SIGKILL'));
    rmSync(this.data, { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A zombie has ended; whoever adopted it has not looked yet.
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
