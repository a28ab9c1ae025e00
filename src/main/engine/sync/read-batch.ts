import type { Result } from '../../../shared/lib/result.ts';
import type { BatchSize } from './batch-window.ts';
import type { CentreFault, JournalRow, JournalSource } from './centre-port.ts';
import type { Timers } from './timers.ts';

/**
 * The next events after `seq`, at most `size`, at least one when there is one. They are read a
 * slice at a time and everything else runs in between, so that a batch never holds up the step
 * when both share a thread.
 */
export async function readBatch(
  journal: JournalSource,
  seq: number,
  size: BatchSize,
  slice: BatchSize,
  timers: Timers,
): Promise<Result<readonly JournalRow[], CentreFault>> {
  const rows: JournalRow[] = [];
  let bytes = 0;
  while (rows.length < size.rows) {
    if (rows.length > 0) await timers.turn();
    const asked = Math.min(slice.rows, size.rows - rows.length);
    const read = journal.readAfter(seq + rows.length, asked, slice.bytes);
    for (const row of read) {
      const expected = seq + rows.length + 1;
      if (row.seq !== expected) return { ok: false, fault: hole(expected, row.seq) };
      bytes += Buffer.byteLength(row.body);
      if (rows.length > 0 && bytes > size.bytes) return { ok: true, value: rows };
      rows.push(row);
    }
    if (read.length === 0) break;
  }
  return { ok: true, value: rows };
}

function hole(expected: number, got: number): CentreFault {
  const text = `this journal has ${got} where ${expected} should be: verify it; upload stopped`;
  return { kind: 'refused', code: 'journal-hole', text };
}
