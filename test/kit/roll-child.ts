import { JournalAppender } from '../../src/main/engine/journal/append.ts';
import { NextSegment } from '../../src/main/engine/segments/next-segment.ts';
import { openJournal } from '../../src/main/engine/segments/open-journal.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { segmentPath } from '../../src/main/engine/store/segment-files.ts';
import { value } from './journal-kit.ts';

/** Where the process ends itself, as `kill -9` ends it, while the journal goes on in a new file. */
export const ROLL_MOMENTS = [
  ...['begun', 'copying', 'prepared', 'next-filled', 'next-durable', 'sealed', 'gone-on'],
] as const;
export type RollMoment = (typeof ROLL_MOMENTS)[number];

/** Lets the journal of a folder go on in another file, up to a moment. */
function roll(dataDir: string, moment: RollMoment): void {
  const here = (name: RollMoment) => {
    if (name === moment) process.kill(process.pid, 'SIGKILL');
  };
  const opened = value(openJournal(dataDir, 'console-1', 'boot-roll', () => undefined));
  const { db, segments, projector } = opened;
  const journal = new JournalAppender(db, 'console-1', 'boot-roll');
  const ordinal = segments.live.ordinal + 1;
  const next = NextSegment.begin(
    segmentPath(dataDir, ordinal),
    { db, journal, projector },
    ordinal,
  );
  here('begun');
  next.prepare();
  here('copying');
  while (next.prepare());
  here('prepared');
  tellAround(
    next.db,
    () => here('next-filled'),
    () => here('next-durable'),
  );
  tellAround(
    db,
    () => undefined,
    () => here('sealed'),
  );
  const clock = { wallMs: () => journal.lastAtMs, monoMs: () => 1, speed: () => 1 };
  next.goOn(segments.live, 'size', clock);
  here('gone-on');
}

/** Calls one at the end of a transaction's body, before its commit, and another after it. */
function tellAround(db: WritableDb, filled: () => void, durable: () => void): void {
  const transaction = db.transaction.bind(db);
  db.transaction = (body) => {
    const result = transaction(() => {
      const made = body();
      filled();
      return made;
    });
    durable();
    return result;
  };
}

const [, , dataDir, moment] = process.argv;
if (dataDir !== undefined) roll(dataDir, moment as RollMoment);
