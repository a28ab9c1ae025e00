import { assert, must } from '../../../shared/lib/assert.ts';
import type { JournalRow } from './centre-port.ts';

/** A batch as central.push takes it: bodies one after another, hashes of 32 bytes each. */
export interface PackedBatch {
  readonly first: number;
  /** Where each body ends in `bodies`, in bytes. */
  readonly ends: number[];
  readonly bodies: Buffer;
  readonly hashes: Buffer;
}

/**
 * Packs rows into two buffers, which pg sends as they are: nothing is escaped or parsed on the way
 * and the centre stores the very bytes. Throws on a hole (a programmer's mistake).
 */
export function packBatch(rows: readonly JournalRow[]): PackedBatch {
  const first = must(rows[0], 'a row to pack').seq;
  // A UTF-16 unit takes at most three bytes in UTF-8.
  const room = rows.reduce((sum, row) => sum + row.body.length * 3, 0);
  const space = Buffer.allocUnsafe(room);
  const hashes = Buffer.allocUnsafe(rows.length * 32);
  const ends: number[] = [];
  let end = 0;
  for (const [i, row] of rows.entries()) {
    assert(row.seq === first + i, `a batch without holes: ${row.seq} after ${first + i - 1}`);
    assert(row.hash.length === 32, `a hash of 32 bytes at ${row.seq}`);
    end += space.write(row.body, end, 'utf8');
    ends.push(end);
    hashes.set(row.hash, i * 32);
  }
  return { first, ends, bodies: space.subarray(0, end), hashes };
}
