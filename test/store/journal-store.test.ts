import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { JournalAppender } from '../../src/main/engine/journal/append.ts';
import {
  decodeStrict,
  decodeTrusted,
  isKnown,
  readAfter,
} from '../../src/main/engine/journal/read.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { Projector } from '../../src/main/engine/projections/projector.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import {
  openReader,
  openScratch,
  openWriter,
  type Schema,
} from '../../src/main/engine/store/open.ts';
import { MAX_EVENT_BYTES } from '../../src/shared/journal/envelope.ts';
import type { JournalEvent, NewEvent, UnknownEvent } from '../../src/shared/journal/events.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal, value } from '../kit/journal-kit.ts';
import { rawDatabase } from '../kit/raw-database.ts';

function filled(): KitJournal {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.writeAll(randomHistory('filled', 20));
  return kit;
}

function all(path: string): unknown[] {
  const raw = rawDatabase(path, { readonly: true });
  const rows = raw.prepare('SELECT seq, body, hash FROM journal ORDER BY seq').all();
  raw.close();
  return rows;
}

const STAMP = { atMs: 1, monoMs: 1, actor: { type: 'console' }, cause: null } as const;
const HASH = `x'${'00'.repeat(32)}'`;

test.each([
  ["UPDATE journal SET body = '{}' WHERE seq = 3", 'append only'],
  ['UPDATE journal SET seq = 900 WHERE seq = 3', 'append only'],
  ['DELETE FROM journal WHERE seq = 3', 'append only'],
  ['DELETE FROM journal', 'append only'],
  [`INSERT OR REPLACE INTO journal VALUES (3, '{}', ${HASH})`, 'not the next one'],
  [`REPLACE INTO journal VALUES (3, '{}', ${HASH})`, 'not the next one'],
  [`INSERT OR IGNORE INTO journal VALUES (3, '{}', ${HASH})`, 'not the next one'],
  [
    `INSERT INTO journal VALUES (3, '{}', ${HASH}) ON CONFLICT DO UPDATE SET body = '{}'`,
    'not the next',
  ],
  [`INSERT INTO journal VALUES (9000, '{}', ${HASH})`, 'not the next one'],
  [`INSERT INTO journal VALUES (0, '{}', ${HASH})`, 'not the next one'],
  [`INSERT INTO journal VALUES (-1, '{}', ${HASH})`, 'not the next one'],
])('stopped on any connection, whatever its pragmas: %s', (sql, told) => {
  const kit = filled();
  const before = all(kit.path);
  for (const recursive of ['OFF', 'ON']) {
    const other = rawDatabase(kit.path);
    other.pragma(`recursive_triggers = ${recursive}`);
    expect(() => other.exec(sql)).toThrow(told);
    other.close();
  }
  expect(() => kit.db.exec(sql)).toThrow(told);
  expect(all(kit.path)).toEqual(before);
});

test('FULL is read back on every writing connection, new and opened again', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  expect(kit.db.pragma('synchronous')).toBe(2);
  kit.writeAll(randomHistory('full', 3));
  expect(kit.db.pragma('synchronous')).toBe(2);
  kit.close();
  for (let again = 0; again < 3; again += 1) {
    const db = value(openWriter(kit.path, journalSchema));
    expect(db.pragma('synchronous')).toBe(2);
    expect(db.pragma('journal_mode')).toBe('wal');
    db.exec('CREATE TABLE IF NOT EXISTS another (n INTEGER)');
    expect(db.pragma('synchronous')).toBe(2);
    db.close();
  }
});

test('a database of a later version is refused and left as it is', () => {
  const kit = filled();
  const before = all(kit.path);
  kit.db.pragma('user_version = 77');
  kit.close();
  const refused = { ok: false, fault: { code: 'store-from-future', where: kit.path } };
  expect(openWriter(kit.path, journalSchema)).toMatchObject(refused);
  expect(openReader(kit.path, journalSchema)).toMatchObject(refused);
  expect(all(kit.path)).toEqual(before);
});

test('another program’s database is refused', () => {
  const kit = filled();
  const path = join(kit.dir, 'other.db');
  const other = rawDatabase(path);
  other.exec('CREATE TABLE theirs (n INTEGER)');
  expect(openWriter(path, journalSchema)).toMatchObject({ fault: { code: 'store-foreign' } });
  other.pragma('application_id = 252006674');
  expect(openReader(path, journalSchema)).toMatchObject({ fault: { code: 'store-foreign' } });
  expect(other.prepare('SELECT name FROM sqlite_master').pluck().all()).toEqual(['theirs']);
  other.close();
});

test('migrations go forward one by one, and what was written stays', () => {
  const kit = filled();
  kit.close();
  const before = all(kit.path);
  const next: Schema = {
    ...journalSchema,
    migrations: [
      ...journalSchema.migrations,
      { version: 3, sql: 'CREATE TABLE added (n INTEGER) STRICT' },
    ],
  };
  const db = value(openWriter(kit.path, next));
  expect(db.pragma('user_version')).toBe(3);
  expect(db.query('SELECT * FROM added').all()).toEqual([]);
  expect(db.pragma('synchronous')).toBe(2);
  db.close();
  expect(all(kit.path)).toEqual(before);
  expect(openWriter(kit.path, journalSchema)).toMatchObject({
    fault: { code: 'store-from-future' },
  });
});

test('an event over 64 KiB is refused, one of exactly that size is kept', () => {
  const kit = filled();
  const journal = new JournalAppender(kit.db, 'console-1', 'boot-1');
  const event = (length: number): NewEvent => ({
    kind: 'board.lost',
    data: {
      board: '423100001' as JournalEvent & string as never,
      ...{ from: 1, to: 2, text: '河'.repeat(length), cleared: false },
    },
  });
  const seq = journal.seq;
  const empty = JSON.stringify(kit.db.transaction(() => journal.append(event(0), STAMP)));
  const room = Math.floor((MAX_EVENT_BYTES - Buffer.byteLength(empty)) / 3);
  kit.db.transaction(() => journal.append(event(room), STAMP));
  expect(() => kit.db.transaction(() => journal.append(event(room + 1), STAMP))).toThrow('65536');
  journal.reload();
  expect(journal.seq).toBe(seq + 2);
  expect(verifyChain(kit.db).last).toBe(seq + 2);
});

test('an event of a later kind is kept, read and verified, and changes no projection', () => {
  const kit = filled();
  const journal = new JournalAppender(kit.db, 'console-1', 'boot-1');
  const strange = { kind: 'drone.sighted', data: { height: 120, 名: '無人機' } };
  const projector = new Projector(kit.db);
  const full: JournalEvent | UnknownEvent = kit.db.transaction(() => {
    const appended = journal.append(strange as unknown as NewEvent, STAMP);
    projector.apply(appended);
    projector.mark(journal.seq);
    return appended;
  });
  expect(isKnown(full)).toBe(false);
  const [stored] = readAfter(kit.db, journal.seq - 1, 1, 1);
  expect(decodeTrusted(stored?.body ?? '')).toEqual(full);
  expect(decodeStrict(stored?.body ?? '')).toEqual(full);
  expect(verifyChain(kit.db)).toMatchObject({ last: journal.seq, fault: null });
  const scratch = openScratch(':memory:');
  onTestFinished(() => scratch.close());
  rebuildProjections(kit.db, scratch, journal.seq);
  expect(compareProjections(kit.db, scratch)).toEqual([]);
});

test('a transaction that fails leaves the journal and the chain where they were', () => {
  const kit = filled();
  const journal = new JournalAppender(kit.db, 'console-1', 'boot-1');
  const before = { seq: journal.seq, hash: journal.hash };
  const event: NewEvent = { kind: 'engine.stopped', data: { why: 'test' } };
  expect(() =>
    kit.db.transaction(() => {
      journal.append(event, STAMP);
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  journal.reload();
  expect({ seq: journal.seq, hash: journal.hash }).toEqual(before);
  kit.db.transaction(() => journal.append(event, STAMP));
  expect(verifyChain(kit.db)).toMatchObject({ last: before.seq + 1, fault: null });
});

test('at never falls, whatever the clock does', () => {
  const kit = filled();
  const journal = new JournalAppender(kit.db, 'console-1', 'boot-1');
  const event: NewEvent = { kind: 'engine.stopped', data: { why: 'test' } };
  const last = journal.lastAtMs;
  const append = (atMs: number) =>
    kit.db.transaction(() => journal.append(event, { ...STAMP, atMs })).at;
  expect([append(last - 5000), append(last + 7), append(0)]).toEqual([last, last + 7, last + 7]);
});
