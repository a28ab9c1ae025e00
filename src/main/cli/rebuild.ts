import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ok, type Result } from '../../shared/lib/result.ts';
import { readHead } from '../engine/journal/read.ts';
import { journalSchema } from '../engine/journal/schema.ts';
import { Segments } from '../engine/journal/segments.ts';
import {
  compareProjections,
  type Difference,
  extendProjections,
  projectionSeq,
  rebuildProjections,
  swapProjections,
} from '../engine/projections/rebuild.ts';
import { takeDataLock } from '../engine/store/data-lock.ts';
import type { ReadableDb, WritableDb } from '../engine/store/database.ts';
import { openScratch, openWriter } from '../engine/store/open.ts';
import { type Command, EXIT, type Exit, sayFault, type Terminal } from './command.ts';
import { openDataFolder } from './data-folder.ts';

export const rebuild: Command = {
  words: ['rebuild'],
  places: ['DIR'],
  options: { apply: { type: 'boolean' }, key: { type: 'string' } },
  takes: 'DIR [--apply] [--key FILE]',
  summary: 'rebuild the projections and compare; --apply puts them in place',
  run(given, terminal) {
    const folder = openDataFolder(given);
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const { dir, segments } = folder.value;
    const scratchDir = mkdtempSync(join(tmpdir(), 'twoline-rebuild-'));
    const scratch = join(scratchDir, 'projections.db');
    try {
      if (!given.flag('apply')) return compareAll(segments, scratch, terminal);
      segments.close();
      return apply(dir, scratch, terminal);
    } finally {
      segments.close();
      rmSync(scratchDir, { recursive: true, force: true });
    }
  },
};

/** Each segment begins with what the one before it leaves, which was compared by then. */
function compareAll({ all, live }: Segments, scratch: string, terminal: Terminal): Exit {
  let end: Exit = EXIT.ok;
  for (const [i, { db, ordinal }] of all.entries()) {
    rmSync(scratch, { force: true });
    const equal = compare(db, all[i - 1]?.db ?? null, scratch, terminal);
    if (equal === null) end = EXIT.found;
    else if (db === live.db) terminal.out(`equal at seq ${equal}`);
    else terminal.out(`segment ${ordinal} equal at seq ${equal}`);
  }
  return end;
}

/**
 * Rebuilds beside the console, which may go on writing, and compares page by page: before each the
 * rebuilt side catches up, so that no read holds the console up and both sides end at one seq.
 * Returns that, or null where they differ.
 */
function compare(
  db: ReadableDb,
  before: ReadableDb | null,
  path: string,
  terminal: Terminal,
): number | null {
  const scratch = openScratch(path);
  try {
    if (projectionSeq(db) === null) {
      terminal.out('different: the projections are missing or of another version');
      return null;
    }
    let built = rebuildProjections(db, scratch, projectionSeq(db) ?? 0, before);
    const catchUp = () => {
      const seq = projectionSeq(db) ?? built;
      if (seq > built) built = extendProjections(db, scratch, built, seq);
    };
    // What came in while it was built, outside of any moment that others would wait for.
    catchUp();
    const differences = compareProjections(db, scratch, (look) =>
      db.snapshot(() => {
        catchUp();
        return look();
      }),
    );
    const ends = db.snapshot(() => ({ seq: projectionSeq(db), last: readHead(db).seq }));
    const isBehind = ends.seq !== ends.last;
    if (isBehind)
      terminal.out(`different: projections end at ${ends.seq}, journal at ${ends.last}`);
    for (const difference of differences) tell(difference, terminal);
    return differences.length > 0 || isBehind ? null : built;
  } finally {
    scratch.close();
  }
}

function tell({ table, onlyHere, onlyRebuilt }: Difference, terminal: Terminal): void {
  terminal.out(`different: table ${table}`);
  for (const row of onlyHere) terminal.out(`  here    ${row}`);
  for (const row of onlyRebuilt) terminal.out(`  rebuilt ${row}`);
}

/** Only on a stopped console: the lock that its engine takes is taken here. */
function apply(dir: string, path: string, terminal: Terminal): Exit {
  const lock = takeDataLock(resolve(dir), `twoline rebuild, process ${process.pid}`);
  if (!lock.ok) return sayFault(terminal, lock.fault);
  let before: ReadableDb | null = null;
  try {
    const sound = Segments.open(resolve(dir));
    if (!sound.ok) return sayFault(terminal, sound.fault);
    const files = sound.value.all.map(({ db }) => db.path);
    sound.value.close();
    for (const file of files) {
      const applied = applyTo(file, before, path);
      if (!applied.ok) return sayFault(terminal, applied.fault);
      before?.close();
      before = applied.value;
    }
    terminal.out(`rebuilt at seq ${before === null ? 0 : readHead(before).seq}`);
    return EXIT.ok;
  } finally {
    before?.close();
    lock.value.release();
  }
}

/** Puts new projections into one segment's file and returns it, for the next one to go on from. */
function applyTo(file: string, before: ReadableDb | null, path: string): Result<WritableDb> {
  const opened = openWriter(file, journalSchema);
  if (!opened.ok) return opened;
  const db = opened.value;
  rmSync(path, { force: true });
  const scratch = openScratch(path);
  rebuildProjections(db, scratch, readHead(db).seq, before);
  scratch.close();
  swapProjections(db, path);
  return ok(db);
}
