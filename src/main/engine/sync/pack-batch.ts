import { assert, must } from '../../../shared/lib/assert.ts';
import type { JournalRow } from './centre-port.ts';

/** A batch as central.push takes it: bodies one after another, hashes of 32 bytes each. */
export interface PackedBatch {
  readonly first: number;
  /** Where each body ends in `bodies`, in bytes, as PostgreSQL writes an array: `{12,30}`. */
  readonly ends: string;
  readonly bodies: Buffer;
  readonly hashes: Buffer;
}

/**
 * Packs rows into two buffers, which pg sends as they are: nothing is escaped or parsed on the way
 * and the centre stores the very bytes. The buffers are used again for the next batch.
 */
export class BatchPacker {
  #bodies = Buffer.alloc(0);
  #hashes = Buffer.alloc(0);

  /** Throws on a hole (a programmer's mistake). */
  pack(rows: readonly JournalRow[]): PackedBatch {
    const first = must(rows[0], 'a row to pack').seq;
    this.#makeRoom(rows);
    const ends: number[] = [];
    let end = 0;
    for (const [i, row] of rows.entries()) {
      assert(row.seq === first + i, 'a batch without holes');
      assert(row.hash.length === 32, 'a hash of 32 bytes');
      end += this.#bodies.write(row.body, end, 'utf8');
      ends.push(end);
      this.#hashes.set(row.hash, i * 32);
    }
    return {
      first,
      ends: `{${ends.join(',')}}`,
      bodies: this.#bodies.subarray(0, end),
      hashes: this.#hashes.subarray(0, rows.length * 32),
    };
  }

  #makeRoom(rows: readonly JournalRow[]): void {
    // A UTF-16 unit takes at most three bytes in UTF-8.
    const bytes = rows.reduce((sum, row) => sum + row.body.length * 3, 0);
    if (this.#bodies.length < bytes) this.#bodies = Buffer.allocUnsafe(bytes);
    if (this.#hashes.length < rows.length * 32) {
      this.#hashes = Buffer.allocUnsafe(rows.length * 32);
    }
  }
}
