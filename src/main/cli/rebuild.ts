import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readHead } from '../engine/journal/read.ts';
import { journalSchema } from '../engine/journal/schema.ts';
import {
  compareProjections,
  type Difference,
  extendProjections,
  projectionSeq,
  rebuildProjections,
  swapProjections,
} from '../engine/projections/rebuild.ts';
import { takeDataLock } from '../engine/store/data-lock.ts';
import type { ReadableDb } from '../engine/store/database.ts';
import { openScratch, openWriter } from '../engine/store/open.ts';
import { type Command, EXIT, type Exit, sayFault, type Terminal } from './command.ts';
import { journalPath, openDataFolder } from './data-folder.ts';

export const rebuild: Command = {
  words: ['rebuild'],
  places: ['DIR'],
  options: { apply: { type: 'boolean' } },
  takes: 'DIR [--apply]',
  summary: 'rebuild the projections and compare; --apply puts them in place',
  run(given, terminal) {
    const folder = openDataFolder(given.places[0] ?? '');
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const { dir, db } = folder.value;
    const scratchDir = mkdtempSync(join(tmpdir(), 'twoline-rebuild-'));
    const scratch = join(scratchDir, 'projections.db');
    try {
      if (!given.flag('apply')) return compare(db, scratch, terminal);
      db.close();
      return apply(dir, scratch, terminal);
    } finally {
      db.close();
      rmSync(scratchDir, { recursive: true, force: true });
    }
  },
};

/**
 * Rebuilds beside the console, which may go on writing, and compares page by page: before each the
 * rebuilt side catches up, so that no read holds the console up and both sides end at one seq.
 */
function compare(db: ReadableDb, path: string, terminal: Terminal): Exit {
  const scratch = openScratch(path);
  try {
    if (projectionSeq(db) === null) {
      terminal.out('different: the projections are missing or of another version');
      return EXIT.found;
    }
    let built = rebuildProjections(db, scratch, projectionSeq(db) ?? 0);
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
    if (differences.length > 0 || isBehind) return EXIT.found;
    terminal.out(`equal at seq ${built}`);
    return EXIT.ok;
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
  try {
    const opened = openWriter(journalPath(dir), journalSchema);
    if (!opened.ok) return sayFault(terminal, opened.fault);
    const db = opened.value;
    const scratch = openScratch(path);
    const seq = rebuildProjections(db, scratch, readHead(db).seq);
    scratch.close();
    swapProjections(db, path);
    db.close();
    terminal.out(`rebuilt at seq ${seq}`);
    return EXIT.ok;
  } finally {
    lock.value.release();
  }
}
