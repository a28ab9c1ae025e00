import { expect, onTestFinished, test } from 'vitest';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { become, CONTROLLED, modes, SHUT_AND_FREE } from '../kit/gate-modes.ts';
import { raiseIncident, viewUntil } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

interface DiskFault {
  /** What SQLite, or the disk under it, says then. */
  readonly says: RegExp;
  /** Begins; returns what ends it. */
  begin(db: WritableDb): () => void;
}

/** A fault that each commit meets, as when the disk answers a flush with an error. */
function atCommits(db: WritableDb, code: string, message: string): () => void {
  const { transaction } = db;
  db.transaction = <T>(body: () => T): T =>
    transaction.call(db, () => {
      body();
      throw Object.assign(new Error(message), { code });
    }) as T;
  return () => {
    db.transaction = transaction;
  };
}

const FAULTS: Readonly<Record<string, DiskFault>> = {
  'the file may grow no more (SQLITE_FULL)': {
    says: /database or disk is full/,
    begin(db) {
      const pages = db.pragma('page_count') as number;
      db.pragma(`max_page_count = ${pages}`);
      return () => void db.pragma('max_page_count = 4294967294');
    },
  },
  'it can only be read (SQLITE_READONLY)': {
    says: /readonly database/,
    begin(db) {
      db.pragma('query_only = 1');
      return () => void db.pragma('query_only = 0');
    },
  },
  'the disk fails to keep a commit (SQLITE_IOERR_FSYNC)': {
    says: /disk I\/O error/,
    begin: (db) => atCommits(db, 'SQLITE_IOERR_FSYNC', 'disk I/O error'),
  },
  'the disk fails to write (SQLITE_IOERR_WRITE)': {
    says: /disk I\/O error/,
    begin: (db) => atCommits(db, 'SQLITE_IOERR_WRITE', 'disk I/O error'),
  },
};

test.each(Object.entries(FAULTS))('the journal’s disk: %s', async (_, fault) => {
  let db: WritableDb | null = null;
  const { zone, journal } = await startWatchedZone([{ n: 1 }], {
    onOpened(opened) {
      db = opened;
    },
  });
  const board = must(zone.boards[0], 'board');
  expect((await board.swipe(1, 'in', zone.badge(1))).opened).toBe(true);
  await board.personPasses(1, 10);
  await journal.first('crossing.passed');
  const opened = board.received('open-door');
  const end = fault.begin(must<WritableDb>(db, 'journal'));
  onTestFinished(end);
  // Small events may still find room in pages that are there.
  for (let i = 0; i < 400 && (await raiseIncident(zone)).ok; i += 1) await Promise.resolve();
  await become(board, SHUT_AND_FREE);
  const head = journal.head();
  const mode = await viewUntil<{ mode: string }>(zone.engine, 'status', () => true);
  expect(mode.get('now')?.mode).toBe('journal-failing');
  expect(zone.log.join()).toMatch(fault.says);
  const refused = await board.swipe(1, 'in', zone.badge(1), 2_000);
  expect(refused.opened).toBe(false);
  expect(await raiseIncident(zone)).toMatchObject({ ok: false, fault: { code: 'not-written' } });
  expect(modes(board)).toEqual(SHUT_AND_FREE);
  // What a board tells may still find room in a page that is there; nobody is let through by it.
  const letThrough = ({ kind }: { kind: string }) =>
    kind === 'crossing.admitted' || kind === 'gate.requested';
  expect(journal.events(head).filter(letThrough)).toEqual([]);

  end();
  await become(board, CONTROLLED);
  const { data } = await journal.first('emergency.ended');
  expect(data).toMatchObject({ shut: 2, freed: 2, why: expect.stringMatching(fault.says) });
  await until('every event of the board', () => {
    return journal.number('SELECT last_index AS n FROM board') === board.lastIndex();
  });
  // Too late for the gate it was read at, but there: whether it counts as live or not.
  const reads = journal
    .events()
    .filter(({ data }) => 'index' in data && data.index === refused.index);
  expect(reads.filter(({ kind }) => /crossing.(asked|recorded)/.test(kind))).toHaveLength(1);
  expect(await raiseIncident(zone)).toMatchObject({ ok: true });
  expect(board.received('open-door')).toBe(opened);
  expect(verifyChain(journal.db)).toMatchObject({ fault: null });
});
