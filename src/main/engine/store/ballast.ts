import { existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const CHUNK_BYTES = 1 << 20;
/** Between two chunks, so that the journal's own writes are not held up. Real ms. */
const PAUSE_MS = 20;

/**
 * A file of no meaning that keeps room on the disk: it is deleted when the disk is full, so that
 * what happens then can still be written while a person makes room.
 */
export class Ballast {
  readonly #path: string;
  /** It is written under this name until it is whole. */
  readonly #part: string;
  readonly #bytes: number;
  readonly #randomBytes: (size: number) => Buffer;
  #filling: Promise<boolean> | null = null;
  #stopped = false;
  /** The room was needed while it was being written. */
  #needed = false;

  constructor(path: string, bytes: number, randomBytes: (size: number) => Buffer) {
    this.#path = path;
    this.#part = `${path}.part`;
    this.#bytes = bytes;
    this.#randomBytes = randomBytes;
  }

  /** Writes it where it is not there. False where it could not be; nothing of it is left then. */
  async fill(): Promise<boolean> {
    const isThere = existsSync(this.#path);
    if (this.#bytes === 0 || isThere) return isThere;
    this.#filling ??= this.#write().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #write(): Promise<boolean> {
    const part = this.#part;
    this.#needed = false;
    try {
      const file = await open(part, 'w', 0o600);
      try {
        // By chance, since a file system may keep nothing of a file of zeros.
        const chunk = this.#randomBytes(CHUNK_BYTES);
        for (let left = this.#bytes; left > 0; left -= CHUNK_BYTES) {
          if (this.#stopped || this.#needed) throw new Error('no more of it');
          await file.write(chunk, 0, Math.min(left, CHUNK_BYTES));
          await pause(PAUSE_MS);
        }
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(part, this.#path);
      return true;
    } catch {
      await rm(part, { force: true });
      return false;
    }
  }

  /**
   * Deletes it at once, and what is written of it just now; returns the bytes that are free now, 0
   * where there was nothing.
   */
  free(): number {
    this.#needed = true;
    return sizeFreed(this.#path) + sizeFreed(this.#part);
  }

  /** Ends the writing of it, if any. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#filling;
  }
}

/** Cut to nothing first: a file that is open keeps its room until it is closed. */
function sizeFreed(path: string): number {
  try {
    const { size } = statSync(path);
    truncateSync(path);
    rmSync(path);
    return size;
  } catch {
    return 0;
  }
}
