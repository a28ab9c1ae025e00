import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { PROJECTIONS_VERSION } from '../../src/main/engine/projections/projector.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { guardPath } from '../../src/main/engine/segments/epoch-guard.ts';
import { rawDatabase } from '../kit/raw-database.ts';

const ROOT = fileURLToPath(new URL('../../.cache/bench', import.meta.url));

/** Of the tables that every built file has: a file of other ones would be measured as another's. */
const TABLES = createHash('sha256')
  .update(JSON.stringify([journalSchema, referenceSchema, PROJECTIONS_VERSION]))
  .digest('hex');

/**
 * A folder that is made once and kept between runs. `made` says what it was made from: of anything
 * else, or of other tables, it is made anew. A build that was interrupted leaves nothing behind
 * that counts.
 */
export function cached(
  name: string,
  made: string,
  say: (line: string) => void,
  build: (making: string, dir: string) => void,
): string {
  const dir = join(ROOT, name);
  const stamp = `${made}, tables ${TABLES}`;
  const note = join(dir, 'stamp.txt');
  if (existsSync(note) && readFileSync(note, 'utf8') === stamp) return dir;
  const making = `${dir}.making`;
  rmSync(making, { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  say(`making ${name}, once`);
  build(making, dir);
  writeFileSync(join(making, 'stamp.txt'), stamp);
  renameSync(making, dir);
  return dir;
}

/** An empty folder for one run, on the same disk as the cache. */
export function scratchDir(name: string): string {
  const dir = join(ROOT, 'scratch', name);
  rmSync(dir, { recursive: true, force: true });
  // What an engine of an earlier run kept beside the folder is of another journal.
  rmSync(guardPath(dir), { force: true });
  mkdirSync(dir, { recursive: true });
  return dir;
}

/**
 * Copies a closed database, leaving no file of an earlier copy behind. What a run that was killed
 * left in its log is put into it first.
 */
export function copyDatabase(from: string, to: string): void {
  const left = rawDatabase(from);
  left.pragma('wal_checkpoint(TRUNCATE)');
  left.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${to}${end}`, { force: true });
  cpSync(from, to);
}
