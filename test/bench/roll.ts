import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { NextSegment } from '../../src/main/engine/segments/next-segment.ts';
import { openJournal } from '../../src/main/engine/segments/open-journal.ts';
import { segmentPath } from '../../src/main/engine/store/segment-files.ts';
import { copyDatabase, scratchDir } from './cache.ts';
import type { BenchContext } from './context.ts';
import { journalIn, largeJournal } from './large-journal.ts';
import { permitStore } from './permits.ts';
import type { Figure } from './row.ts';
import { absentBoards, writeBenchSite } from './zone.ts';

const ROLLS = 5;

/**
 * How long the writer waits while the large journal goes on in another file, the longest of a few
 * times, and the longest piece of preparing that: beside two bare durable commits, one a file.
 */
export function measureRoll(context: BenchContext): Figure[] {
  const { events, say } = context;
  const { loaded } = writeBenchSite(scratchDir('large'), absentBoards(75));
  const from = largeJournal(events, loaded, permitStore(context.permits, say), say);
  const dataDir = scratchDir('roll');
  copyDatabase(journalIn(from), segmentPath(dataDir, 1));
  const opened = openJournal(dataDir, loaded.site.console, 'roll', () => undefined);
  if (!opened.ok) throw new Error(opened.fault.text);
  const { db, journal, segments } = opened.value;
  const bare = bareCommits(dataDir);
  const most = { waited: 0, piece: 0, bare: 0 };
  const clock = { wallMs: () => journal.lastAtMs, monoMs: () => 1, speed: () => 1 };
  for (let n = 2; n < ROLLS + 2; n += 1) {
    const [next, beginMs] = timed(() =>
      NextSegment.begin(segmentPath(dataDir, n), opened.value, n),
    );
    most.piece = Math.max(most.piece, beginMs);
    for (let more = true; more; ) {
      const [goesOn, ms] = timed(() => next.prepare());
      more = goesOn;
      most.piece = Math.max(most.piece, ms);
    }
    const [left, ms] = timed(() => next.goOn(segments.live, 'size', clock));
    segments.rolled(left, db);
    most.waited = Math.max(most.waited, ms);
    most.bare = Math.max(most.bare, timed(bare)[1]);
  }
  segments.close();
  const both = { unit: 'ms', better: 'less', wrong: null } as const;
  return [
    { ...both, row: 'roll', value: most.waited, bare: most.bare, bar: { atMost: 50 } },
    { ...both, row: 'roll-piece', value: most.piece, bare: null, bar: {} },
  ];
}

function timed<T>(work: () => T): [T, number] {
  const beganMs = performance.now();
  const made = work();
  return [made, performance.now() - beganMs];
}

function bareCommits(dir: string): () => void {
  const inserts = ['one', 'two'].map((name) => {
    const db = new Sqlite(join(dir, `bare-${name}.db`));
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE row (body TEXT)');
    db.pragma('synchronous = FULL');
    return db.prepare('INSERT INTO row VALUES (?)');
  });
  return () => {
    for (const insert of inserts) insert.run('x'.repeat(400));
  };
}
