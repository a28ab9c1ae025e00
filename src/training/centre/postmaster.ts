import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** What PostgreSQL writes into postmaster.pid: its process, data folder and port. */
export interface Postmaster {
  readonly pid: number;
  readonly folder: string;
  readonly port: number;
  readonly ready: boolean;
}

/** The server's own note in its data folder; null when there is none or it makes no sense. */
export function readPostmaster(folder: string): Postmaster | null {
  let text: string;
  try {
    text = readFileSync(join(folder, 'postmaster.pid'), 'utf8');
  } catch {
    return null;
  }
  const lines = text.slice(0, 4096).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, folder: lines[1] ?? '', port, ready: (lines[7] ?? '').trim() === 'ready' };
}

/** Whether the system knows a process by that number, be it one that has ended. */
export function stands(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the process lives; one that has ended but was not yet collected does not. */
export function isAlive(pid: number): boolean {
  if (!stands(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; the state follows its last bracket.
    return !/^\) [ZX]/.test(stat.slice(stat.lastIndexOf(')')));
  } catch {
    return false;
  }
}

/**
 * Whether the living process of that number is a PostgreSQL on this very data folder: numbers are
 * used again, and a process that is not ours must never be ended.
 */
export function isOurs(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return false;
  const real = realpathSync(folder);
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === real;
    } catch {
      return false;
    }
  }
  const asked = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return asked.stdout.includes('postgres') && asked.stdout.includes(folder);
}

/** Ends a process by ever harder signals; resolves when it is gone, false when it would not go. */
export async function endProcess(
  pid: number,
  signals: readonly { readonly signal: NodeJS.Signals; readonly waitMs: number }[],
): Promise<boolean> {
  for (const { signal, waitMs } of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      return !isAlive(pid);
    }
    if (await goneWithin(pid, waitMs)) return true;
  }
  return false;
}

/** A process that is not our child tells nobody of its end, so it is looked for. */
export async function goneWithin(pid: number, waitMs: number): Promise<boolean> {
  const pollMs = 10;
  for (let waited = 0; waited <= waitMs; waited += pollMs) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return !isAlive(pid);
}
