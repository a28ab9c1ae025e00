import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FIRST = 'journal.db';
const LATER = /^journal-(\d{6})\.db$/;
/** What SQLite keeps beside a database file. */
const BESIDE = ['', '-wal', '-shm', '-journal'];

/** One file of a journal; they are counted from 1. */
export interface SegmentFile {
  readonly ordinal: number;
  readonly path: string;
}

/** `journal.db`, then `journal-000002.db` and so on. */
export function segmentPath(dir: string, ordinal: number): string {
  const name = ordinal === 1 ? FIRST : `journal-${String(ordinal).padStart(6, '0')}.db`;
  return join(dir, name);
}

/** The files of a journal that are there, in their order, and no others. */
export function segmentFiles(dir: string): SegmentFile[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .flatMap((name) => {
      const ordinal = name === FIRST ? 1 : Number(LATER.exec(name)?.[1] ?? 0);
      return ordinal === 0 ? [] : [{ ordinal, path: join(dir, name) }];
    })
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** Removes a database file with all that lies beside it. */
export function removeDatabase(path: string): void {
  for (const end of BESIDE) rmSync(`${path}${end}`, { force: true });
}
