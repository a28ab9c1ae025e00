/** What the guest's programs share: what was told, checks that print a line, virtual readers. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ReaderReport } from '../../../src/main/engine/devices/ports.ts';

/** For what has no time of its own to keep: the guest's processor is imitated, and slow. */
export const PATIENT_MS = 60_000;
export const reports: ReaderReport[] = [];

/** Badges and codes that were read, in order. */
export function reads(of: readonly ReaderReport[] = reports): string[] {
  return of.flatMap((one) => {
    if (one.kind === 'read') return [one.credential];
    return one.kind === 'scan' ? [one.text] : [];
  });
}

/** What one of several readers read, in order. */
export function readBy(id: string): string[] {
  return reads(reports.filter((one) => one.reader === id));
}

/** Whether one of several readers is there, by what was told of it last. */
export function isOnline(id: string): boolean {
  const states = reports.filter((one) => one.kind === 'reader-state' && one.reader === id);
  const last = states.at(-1);
  return last?.kind === 'reader-state' && last.online;
}

export async function until(holds: () => boolean, what: string, withinMs: number): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > endMs) {
      throw new Error(`waited ${withinMs} ms for ${what}; ${told()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A check that fails makes the program end with 1. */
export async function check(name: string, run: () => Promise<void>): Promise<void> {
  try {
    const startMs = performance.now();
    await run();
    process.stdout.write(`ok ${name} (${Math.round(performance.now() - startMs)} ms)\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stdout.write(
      `not ok ${name}: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}

export function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`${what}; ${told()}`);
}

const told = (): string => JSON.stringify(reports.slice(-10));

export class VirtualReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(kind: string, serial: string) {
    const program = fileURLToPath(new URL('./virtual-reader.mjs', import.meta.url));
    this.#child = spawn(process.execPath, [program, kind, serial]);
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  async ask(): Promise<{ readonly typed: number; readonly halted: boolean }> {
    this.tell('ask');
    const line = await this.#lines.next();
    return JSON.parse(String(line.value)) as { typed: number; halted: boolean };
  }

  async unplug(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
