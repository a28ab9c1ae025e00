import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Opening } from './boards/openings.ts';

/** Beyond this size the file is put aside once, so that a long training fills no disk. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The boards' openings as they happen, one line of JSON each, written at once: what a console is
 * held against after it was killed. Kept over restarts of the training zone.
 */
export class OpeningsFile {
  readonly path: string;
  #file: number;
  #bytes: number;

  /** Throws the file system's error. */
  constructor(folder: string) {
    this.path = join(folder, 'openings.ndjson');
    this.#bytes = existsSync(this.path) ? statSync(this.path).size : 0;
    this.#file = openSync(this.path, 'a');
  }

  add(opening: Opening): void {
    const line = `${JSON.stringify(opening)}\n`;
    if (this.#bytes > MOST_BYTES) this.#turn();
    this.#bytes += writeSync(this.#file, line);
  }

  close(): void {
    closeSync(this.#file);
  }

  #turn(): void {
    closeSync(this.#file);
    renameSync(this.path, `${this.path}.1`);
    this.#file = openSync(this.path, 'a');
    this.#bytes = 0;
  }
}
