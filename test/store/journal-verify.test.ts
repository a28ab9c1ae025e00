import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { type Verified, verifyChain } from '../../src/main/engine/journal/verify.ts';
import { isStoreEncrypted } from '../../src/main/engine/store/driver.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal, value } from '../kit/journal-kit.ts';
import { rawDatabase } from '../kit/raw-database.ts';

/** A journal of some events, closed, so that another program can lay hands on its file. */
function closedJournal(seed: string, acts: number): KitJournal & { readonly events: number } {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const events = randomHistory(seed, acts);
  kit.writeAll(events);
  kit.close();
  return { ...kit, events: events.length };
}

const FREE = `DROP TRIGGER journal_dense; DROP TRIGGER journal_no_update;
  DROP TRIGGER journal_no_delete;`;

/** Verifies a copy of the journal that somebody changed by SQL, past the triggers. */
function tampered(kit: KitJournal, change: (db: Sqlite.Database) => void): Verified {
  const path = join(kit.dir, 'tampered.db');
  copyFileSync(kit.path, path);
  const raw = rawDatabase(path);
  raw.pragma('journal_mode = DELETE');
  raw.exec(FREE);
  change(raw);
  raw.close();
  const db = value(openReader(path, journalSchema));
  const found = verifyChain(db);
  db.close();
  for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
  return found;
}

test('a sound journal: how many, first, last and the head', () => {
  const kit = closedJournal('sound', 60);
  const db = value(openReader(kit.path, journalSchema));
  onTestFinished(() => db.close());
  const head = db.query<[], { hash: Buffer }>('SELECT hash FROM journal ORDER BY seq DESC LIMIT 1');
  expect(verifyChain(db)).toEqual({
    ...{ events: kit.events, first: 1, last: kit.events, fault: null },
    head: head.get()?.hash.toString('hex'),
  });
});

test('an empty journal is sound', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const head = '0'.repeat(64);
  expect(verifyChain(kit.db)).toEqual({ events: 0, first: null, last: null, head, fault: null });
});

test('longer than a page, and faulty on the second one', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const [event] = randomHistory('pages', 0);
  if (event === undefined) throw new Error('no event');
  kit.writeAll(
    Array.from({ length: 7003 }, () => event),
    1000,
  );
  kit.close();
  expect(tampered(kit, () => undefined)).toMatchObject({ events: 7003, fault: null });
  const change = "UPDATE journal SET body = replace(body, '0.1.0', '0.1.1') WHERE seq = 6001";
  expect(tampered(kit, (db) => db.exec(change))).toMatchObject({
    events: 6000,
    fault: { seq: 6001 },
  });
});

test('every single changed byte of an event or its hash is found at its seq', () => {
  const kit = closedJournal('bytes', 4);
  const raw = rawDatabase(join(kit.dir, 'journal.db'), { readonly: true });
  const rows = raw.prepare('SELECT seq, body, hash FROM journal ORDER BY seq').all() as {
    seq: number;
    body: string;
    hash: Buffer;
  }[];
  raw.close();
  const seen: (number | undefined)[] = [];
  const wanted: number[] = [];
  for (const { seq, body, hash } of rows.slice(0, 2)) {
    for (let at = 0; at < Buffer.byteLength(body); at += 9) {
      const bytes = Buffer.from(body);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const found = tampered(kit, (db) =>
        db.prepare('UPDATE journal SET body = CAST(? AS TEXT) WHERE seq = ?').run(bytes, seq),
      );
      seen.push(found.fault?.seq);
      wanted.push(seq);
    }
    for (const at of [0, 15, 31]) {
      const bytes = Buffer.from(hash);
      bytes[at] = (bytes[at] ?? 0) ^ 0x80;
      const found = tampered(kit, (db) =>
        db.prepare('UPDATE journal SET hash = ? WHERE seq = ?').run(bytes, seq),
      );
      seen.push(found.fault?.seq);
      wanted.push(seq);
    }
  }
  expect(seen).toEqual(wanted);
});

test.each([
  ['deleted first', 'DELETE FROM journal WHERE seq = 1', 1],
  ['deleted inside', 'DELETE FROM journal WHERE seq = 9', 9],
  [
    'deleted and closed up',
    'DELETE FROM journal WHERE seq = 9; UPDATE journal SET seq = seq - 1 WHERE seq > 9',
    9,
  ],
  [
    'inserted',
    `UPDATE journal SET seq = -seq - 1 WHERE seq >= 9; UPDATE journal SET seq = -seq WHERE seq < 0;
    INSERT INTO journal SELECT 9, body, hash FROM journal WHERE seq = 8`,
    9,
  ],
  [
    'two changed about',
    `UPDATE journal SET seq = -1 WHERE seq = 7; UPDATE journal SET seq = 7 WHERE seq = 8;
    UPDATE journal SET seq = 8 WHERE seq = -1`,
    7,
  ],
  [
    'one repeated at the end',
    'INSERT INTO journal SELECT max(seq) + 1, body, hash FROM journal',
    null,
  ],
  ['cut at the end', 'DELETE FROM journal WHERE seq > 10', 11],
  ['all deleted', 'DELETE FROM journal', 1],
])('%s', (_name, sql, seq) => {
  const kit = closedJournal('order', 20);
  const found = tampered(kit, (db) => db.exec(sql));
  expect(found.fault?.seq).toBe(seq ?? kit.events + 1);
  expect(found.last ?? 0).toBe((seq ?? kit.events + 1) - 1);
});

test('an event re-hashed by somebody who knows the chain breaks it at the next one', () => {
  const kit = closedJournal('rehash', 20);
  const found = tampered(kit, (db) => {
    const row = db.prepare('SELECT hash FROM journal WHERE seq = 4').get() as { hash: Buffer };
    const body = '{"seq":5,"kind":"engine.stopped"}';
    const next = chain(row.hash, body);
    db.prepare('UPDATE journal SET body = ?, hash = ? WHERE seq = 5').run(body, next);
  });
  expect(found.fault?.seq).toBe(6);
});

function chain(previous: Buffer, body: string): Buffer {
  return createHash('sha256').update(previous).update(body, 'utf8').digest();
}

test('whichever bit of the file turns over: a fault is told, or every event is as it was', () => {
  const kit = closedJournal('file', 12);
  const original = readFileSync(kit.path);
  const events = eventsOf(kit.path);
  const path = join(kit.dir, 'flipped.db');
  fc.assert(
    fc.property(fc.nat(original.length - 1), fc.nat(7), (at, bit) => {
      const bytes = Buffer.from(original);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      writeFileSync(path, bytes);
      const sound = isSound(path);
      if (sound) expect(eventsOf(path)).toEqual(events);
      for (const file of [`${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
      return true;
    }),
    { numRuns: 200 },
  );
});

/** No fault by verify, nor any that kept it from reading. */
function isSound(path: string): boolean {
  const opened = openReader(path, journalSchema);
  if (!opened.ok) return false;
  try {
    return verifyChain(opened.value).fault === null;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!code.startsWith('SQLITE_')) throw error;
    return false;
  } finally {
    opened.value.close();
  }
}

function eventsOf(path: string): unknown[] {
  const raw = rawDatabase(path, { readonly: true });
  const rows = raw.prepare('SELECT seq, body, hash FROM journal ORDER BY seq').all();
  raw.close();
  return rows;
}

test('a bit that turns over in an event is always told, so the test above can fail', () => {
  const kit = closedJournal('told', 40);
  const original = readFileSync(kit.path);
  const { body } = eventsOf(kit.path)[6] as { body: string };
  const path = join(kit.dir, 'flipped.db');
  const places = isStoreEncrypted() ? pagesOf(original) : placesOf(body, original);
  expect(places.length).toBeGreaterThan(0);
  for (let n = 0; n < body.length; n += 40) {
    const bytes = Buffer.from(original);
    for (const at of places) bytes[at + n] = (bytes[at + n] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(isSound(path), `byte ${n}`).toBe(false);
    for (const file of [`${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
  }
});

/** Where a page was split the older bytes still lie about: they are turned over as well. */
function placesOf(text: string, file: Buffer): number[] {
  const places: number[] = [];
  for (let at = file.indexOf(text); at !== -1; at = file.indexOf(text, at + 1)) places.push(at);
  return places;
}

/** Nobody can see where an event lies in an encrypted file. */
function pagesOf(file: Buffer): number[] {
  return Array.from({ length: file.length / 4_096 }, (_, page) => page * 4_096 + 64);
}
