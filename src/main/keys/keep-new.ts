import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that must not be there, for its owner alone: whole and durable, or not at all, so
 * that what relies on it may begin. Throws what the file system throws.
 */
export function keepNew(path: string, bytes: string | Buffer): void {
  if (existsSync(path)) throw new Error('it is there already');
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  try {
    const file = openSync(part, 'wx', 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    appear(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Two who make the same file at once do not overwrite each other: only one of them can link it. */
function appear(part: string, path: string): void {
  try {
    linkSync(part, path);
    rmSync(part);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    // A file system that knows no links.
    renameSync(part, path);
  }
}

/** Makes the names in a folder durable, where the system can: Windows opens no folder. */
export function syncFolder(dir: string): void {
  let folder: number;
  try {
    folder = openSync(dir, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(folder);
  } catch {
    // A file system that knows no such thing.
  } finally {
    closeSync(folder);
  }
}
