import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { value } from '../kit/journal-kit.ts';

const SQL = 'CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;';
const SCHEMA = { applicationId: 0x54574c77, migrations: [{ version: 1, sql: SQL }] };
/** Holds the write lock of a database for some ms, from a thread of its own. */
const HOLDER = `
const { parentPort, workerData } = require('node:worker_threads');
const Sqlite = require('better-sqlite3');
const db = new Sqlite(workerData.path);
db.exec('BEGIN IMMEDIATE');
parentPort.postMessage('held');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.holdMs);
db.exec('COMMIT');
db.close();
`;

let dir: string;
let db: WritableDb;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-waiting-'));
  db = value(openWriter(join(dir, 'journal.db'), SCHEMA));
  db.leaveCheckpoints();
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Writes one row while another holds the lock; how long it took, in ms, and what came of it. */
async function writeBeside(holdMs: number) {
  const holder = new Worker(HOLDER, { eval: true, workerData: { path: db.path, holdMs } });
  const over = once(holder, 'exit');
  await once(holder, 'message');
  const insert = db.write<[string]>('INSERT INTO event (body) VALUES (?)');
  const beganMs = performance.now();
  let code: unknown = null;
  try {
    db.transaction(() => insert.run('x'));
  } catch (error) {
    ({ code } = error as { code: unknown });
  }
  const ms = performance.now() - beganMs;
  await over;
  return { ms, code };
}

const rows = () => db.query<[], { n: number }>('SELECT count(*) AS n FROM event').get()?.n;

test('a transaction waits while another writes', async () => {
  const { ms, code } = await writeBeside(200);
  expect(code).toBeNull();
  expect(rows()).toBe(1);
  expect(ms).toBeGreaterThan(150);
  expect(ms).toBeLessThan(1_000);
});

test('an error inside a snapshot is the one that is thrown, and the next snapshot goes on', () => {
  const ended = () => {
    db.exec('ROLLBACK');
    throw new Error('disk I/O error');
  };
  expect(() => db.snapshot(ended)).toThrow('disk I/O error');
  expect(db.snapshot(rows)).toBe(0);
});

test('it gives up after its patience, and at once where it has none', async () => {
  for (const patienceMs of [80, 0]) {
    db.waitForOthers(patienceMs);
    const { ms, code } = await writeBeside(500);
    expect(code).toBe('SQLITE_BUSY');
    expect(ms).toBeGreaterThanOrEqual(patienceMs);
    expect(ms).toBeLessThan(400);
  }
  expect(rows()).toBe(0);
});

test('what a transaction did is undone where its body fails, and the next goes on', () => {
  const insert = db.write<[string]>('INSERT INTO event (body) VALUES (?)');
  const failing = () => {
    insert.run('x');
    throw new Error('no');
  };
  expect(() => db.transaction(failing)).toThrow('no');
  expect(() => db.transaction(() => Promise.resolve())).toThrow('may not be asynchronous');
  db.transaction(() => insert.run('y'));
  expect(rows()).toBe(1);
});
