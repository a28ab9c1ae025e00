import { existsSync, rmSync, statSync } from 'node:fs';
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
  readonly #bytes: number;
  readonly #randomBytes: (size: number) => Buffer;
  #filling: Promise<boolean> | null = null;
  #stopped = false;

  constructor(path: string, bytes: number, randomBytes: (size: number) => Buffer) {
    this.#path = path;
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
    const part = `${this.#path}.part`;
    try {
      const file = await open(part, 'w', 0o600);
      try {
        // By chance, since a file system may keep nothing of a file of zeros.
        const chunk = this.#randomBytes(CHUNK_BYTES);
        for (let left = this.#bytes; left > 0; left -= CHUNK_BYTES) {
          if (this.#stopped) throw new Error('stopped');
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

  /** Deletes it, at once; returns the bytes that are free now, 0 where there was nothing. */
  free(): number {
    try {
      const { size } = statSync(this.#path);
      rmSync(this.#path);
      return size;
    } catch {
      return 0;
    }
  }

  /** Ends the writing of it, if any. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#filling;
  }
}
