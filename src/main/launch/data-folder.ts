import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';

/** This person's own folder for the console's data, as the system's custom is. */
export function ownDataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home = homedir(),
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'twoline');
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'twoline');
  }
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'twoline');
}

const NOTE = 'start.json';

interface Note {
  readonly pid: number;
  /** When the process began, as the system tells it; null where it does not. */
  readonly began: string | null;
}

/**
 * Notes in the folder that this process runs a console on it. The engine's own lock is what keeps
 * two from writing; this note keeps a second start from disturbing the boards and the centre of a
 * training zone that runs. Fails with `data-in-use` or `data-unusable`.
 */
export function claimDataFolder(dir: string): Result<() => void> {
  const path = join(dir, NOTE);
  try {
    mkdirSync(dir, { recursive: true });
    const holder = readNote(path);
    if (holder !== null && holder.pid !== process.pid && isRunning(holder)) {
      return fail('data-in-use', `another console works here: process ${holder.pid}`, dir);
    }
    const note: Note = { pid: process.pid, began: beganAt(process.pid) };
    writeFileSync(path, JSON.stringify(note));
    return ok(() => rmSync(path, { force: true }));
  } catch (error) {
    return fail('data-unusable', `cannot use the data folder: ${(error as Error).message}`, dir);
  }
}

function readNote(path: string): Note | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Note> | null;
    if (typeof value?.pid !== 'number') return null;
    return { pid: value.pid, began: typeof value.began === 'string' ? value.began : null };
  } catch {
    // No note, or one that a crash left half-written: the engine's lock still guards the folder.
    return null;
  }
}

function isRunning({ pid, began }: Note): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A number that the system has given to another process since is nobody of ours.
  return began === null || beganAt(pid) === began;
}

/** The 22nd field of /proc/PID/stat (proc_pid_stat(5)): ticks from boot to the process's start. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
