import { closeSync, existsSync, openSync, readSync } from 'node:fs';

const PIECE_BYTES = 1 << 22;
const piece = Buffer.alloc(PIECE_BYTES);

/**
 * Reads files from end to end, so that the machine holds them in memory: some machines drop what
 * lay untouched for a minute, and a row would then measure their disk.
 */
export function bringIntoMemory(paths: readonly string[]): void {
  for (const path of paths.filter((one) => existsSync(one))) {
    const file = openSync(path, 'r');
    while (readSync(file, piece) > 0);
    closeSync(file);
  }
}
