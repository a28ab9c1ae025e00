import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { value } from '../kit/journal-kit.ts';

const SQL = 'CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;';
const SCHEMA = { applicationId: 0x54574c77, migrations: [{ version: 1, sql: SQL }] };
/** Holds the write lock of a database until some ms after it is told, in a thread of its own. */
const RAW = fileURLToPath(new URL('../kit/raw-database.ts', import.meta.url));
const HOLDER = `
const { parentPort, workerData } = require('node:worker_threads');
const { rawDatabase } = require(${JSON.stringify(RAW)});
const db = rawDatabase(workerData.path);
db.exec('BEGIN IMMEDIATE');
parentPort.postMessage('held');
Atomics.wait(workerData.told, 0, 0);
Atomics.wait(workerData.told, 0, 1, workerData.holdMs);
const endsMs = Number(process.hrtime.bigint()) / 1e6;
db.exec('COMMIT');
db.close();
parentPort.postMessage(endsMs);
`;
const FOR_EVER_MS = 600_000;
const now = () => Number(process.hrtime.bigint()) / 1e6;

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

/** Another who holds the lock; `begin` has its time run. */
async function holdLock(holdMs: number) {
  const told = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { path: db.path, holdMs, told };
  const holder = new Worker(HOLDER, { eval: true, workerData });
  await once(holder, 'message');
  const ended = once(holder, 'message') as Promise<[number]>;
  const begin = () => {
    Atomics.store(told, 0, 1);
    Atomics.notify(told, 0);
  };
  return { begin, ended, over: () => holder.terminate() };
}

function writeOne(): void {
  const insert = db.write<[string]>('INSERT INTO event (body) VALUES (?)');
  db.transaction(() => insert.run('x'));
}

const rows = () => db.query<[], { n: number }>('SELECT count(*) AS n FROM event').get()?.n;

test('a transaction waits while another writes', async () => {
  const { begin, ended, over } = await holdLock(200);
  begin();
  writeOne();
  const writtenMs = now();
  const [endsMs] = await ended;
  await over();
  expect(rows()).toBe(1);
  expect(writtenMs).toBeGreaterThan(endsMs);
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
    const { over } = await holdLock(FOR_EVER_MS);
    const beganMs = now();
    expect(writeOne).toThrow('database is locked');
    const waitedMs = now() - beganMs;
    expect(waitedMs).toBeGreaterThanOrEqual(patienceMs);
    // Well below what it waits where it is told nothing.
    expect(waitedMs).toBeLessThan(2_500);
    await over();
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
