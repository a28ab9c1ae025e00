import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { startEngine } from '../../src/main/engine/main.ts';
import type { RunningEngine } from '../../src/shared/contract/transport/backend.ts';
import type { Fault } from '../../src/shared/lib/result.ts';
import { callerOf } from '../kit/caller.ts';
import { smallSite } from '../kit/small-site.ts';
import { writeSmallSite } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/** Boards that nobody answers for: these tests are about files. */
const BOARDS = [{ serial: 405_419_001, port: 9 }];

let dir: string;
let dataDir: string;
let siteFile: string;
let running: RunningEngine[];
let log: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-garbage-'));
  dataDir = join(dir, 'data');
  siteFile = writeSmallSite(dir, BOARDS, [{ n: 1 }]);
  running = [];
  log = [];
});
afterEach(async () => {
  for (const engine of running) await engine.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function start(folder = dataDir): Promise<RunningEngine | Fault> {
  const options = { dataDir: folder, siteFile, safe: false, log: (line: string) => log.push(line) };
  const started = await startEngine({ ...options, log: (line) => void options.log(line) });
  if (!started.ok) return started.fault;
  running.push(started.value);
  return started.value;
}

async function startWell(): Promise<RunningEngine> {
  const started = await start();
  if ('code' in started) throw new Error(JSON.stringify(started));
  return started;
}

async function stopAll(): Promise<void> {
  for (const engine of running.splice(0)) await engine.stop();
}

/** The engine says what is wrong, where, and in words; and leaves nothing of itself behind. */
async function expectRefused(code: string, where: string, text: RegExp): Promise<void> {
  const fault = await start();
  expect(fault).toMatchObject({ code, where });
  expect((fault as Fault).text).toMatch(text);
  expect(running).toEqual([]);
}

/** Something durable to lose: an incident raised by hand. */
async function raise(engine: RunningEngine): Promise<string> {
  const input = { checkpoint: null, lane: null, priority: 4, note: 'heard by telephone' };
  const raised = await engine.backend.command('incident.raise', input, callerOf('operator'));
  if (!raised.ok) throw new Error(raised.fault.text);
  return (raised.value as { incident: string }).incident;
}

function incidents(): string[] {
  const journal = new ZoneJournal(dataDir);
  expect(verifyChain(journal.db).fault).toBeNull();
  const found = journal.all('incident.raised').map(({ data }) => data.incident);
  journal.close();
  return found;
}

type Spoil = (path: string) => void;

/** As after a copy that broke off: half of the file, and nothing beside it. */
function half(path: string): void {
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  truncateSync(path, Math.floor(readFileSync(path).length / 2 / 512) * 512);
}

/** As after a disk that lost its sectors: the first page is sound, the others hold nothing. */
function hollow(path: string): void {
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  writeFileSync(path, readFileSync(path).fill(0, 4_096));
}

function pragma(text: string): Spoil {
  return (path) => {
    const raw = new Sqlite(path);
    raw.pragma(text);
    raw.close();
  };
}

function otherProgram(path: string): void {
  rmSync(path);
  const raw = new Sqlite(path);
  raw.exec('CREATE TABLE songs (title TEXT)');
  raw.close();
}

const SPOILT: readonly [what: string, spoil: Spoil, code: string, text: RegExp][] = [
  ['text', (path) => writeFileSync(path, 'hello '.repeat(999)), 'store-damaged', /not a database/],
  [
    'noise',
    (path) => writeFileSync(path, Buffer.alloc(8_192, 0xa5)),
    'store-damaged',
    /sound copy/,
  ],
  ['half of itself', half, 'store-damaged', /sound copy/],
  ['nothing but its first page', hollow, 'store-damaged', /sound copy/],
  [
    'a folder in its place',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
    'store-damaged',
    /sound copy/,
  ],
  ['another program’s file', otherProgram, 'store-foreign', /another program/],
  ['another program’s mark', pragma('application_id = 7'), 'store-foreign', /another program/],
  ['a later schema', pragma('user_version = 99'), 'store-from-future', /schema 99.*update/],
];

for (const name of ['journal.db', 'reference.db', 'access.db']) {
  test.each(SPOILT)(
    `${name}: %s is refused by name, and mended nothing is lost`,
    async (...row) => {
      const [, spoil, code, text] = row;
      const first = await startWell();
      const incident = await raise(first);
      await stopAll();
      const path = join(dataDir, name);
      copyFileSync(path, `${path}.copy`);
      spoil(path);
      await expectRefused(code, path, text);
      for (const end of ['', '-wal', '-shm'])
        rmSync(`${path}${end}`, { recursive: true, force: true });
      copyFileSync(`${path}.copy`, path);
      const again = await startWell();
      const second = await raise(again);
      await stopAll();
      expect(incidents()).toEqual(expect.arrayContaining([incident, second]));
    },
  );
}

test('rubbish left beside a sound journal, as its log, is not taken for events', async () => {
  const incident = await raise(await startWell());
  await stopAll();
  writeFileSync(join(dataDir, 'journal.db-wal'), Buffer.alloc(70_000, 0x37));
  const second = await raise(await startWell());
  await stopAll();
  expect(incidents()).toEqual(expect.arrayContaining([incident, second]));
});

test('a lock that is no lock is named with what to do; then the folder is free', async () => {
  mkdirSync(dataDir);
  const lock = join(dataDir, 'lock.db');
  writeFileSync(lock, 'not a database at all, but long enough to look like one '.repeat(99));
  await expectRefused('data-unusable', lock, /delete this file/);
  rmSync(lock);
  await startWell();
});

test('a folder that cannot be used is named, whatever is wrong with it', async () => {
  mkdirSync(dataDir);
  mkdirSync(join(dataDir, 'lock.db'));
  await expectRefused('data-unusable', dataDir, /see that it can be written/);
  rmSync(join(dataDir, 'lock.db'), { recursive: true });
  mkdirSync(join(dataDir, 'lock.txt'));
  await expectRefused('data-unusable', dataDir, /see that it can be written/);
  rmSync(join(dataDir, 'lock.txt'), { recursive: true });
  await startWell();
  await stopAll();
  rmSync(dataDir, { recursive: true });
  writeFileSync(dataDir, 'a file');
  await expectRefused('data-unusable', dataDir, /see that it can be written/);
});

test('a second console on one folder is told who holds it, and the first goes on', async () => {
  const first = await startWell();
  const second = await start();
  expect(second).toMatchObject({ code: 'data-in-use', where: dataDir });
  expect((second as Fault).text).toContain(`process ${process.pid}, since 20`);
  await raise(first);
  await stopAll();
  await startWell();
});

test('a note beside the lock that is gone or rubbish does not matter', async () => {
  await startWell();
  rmSync(join(dataDir, 'lock.txt'));
  expect(await start()).toMatchObject({ code: 'data-in-use' });
});

const SITE_GARBAGE: readonly [what: string, content: string | null, code: string][] = [
  ['nothing there', null, 'site-unreadable'],
  ['nothing in it', '', 'site-not-json'],
  ['no JSON', '{"id": ', 'site-not-json'],
  ['noise', '\u0000\u0001\ufffd'.repeat(500), 'site-not-json'],
  ['no site', '[]', 'site-invalid'],
  ['half a site', JSON.stringify({ id: 'x', version: 1 }), 'site-invalid'],
];

test.each(SITE_GARBAGE)('a site file with %s: refused by name, no folder made', async (...row) => {
  const [, content, code] = row;
  if (content === null) rmSync(siteFile);
  else writeFileSync(siteFile, content);
  await expectRefused(code, siteFile, /./);
  expect(existsSync(dataDir)).toBe(false);
});

const REGIME_GARBAGE: readonly [what: string, content: string | null][] = [
  ['nothing there', null],
  ['nothing in it', ''],
  ['no JSON', 'rules: all'],
  ['no regime', '{}'],
  ['no rules', '{"id":"x","version":1,"rules":[]}'],
];

test.each(REGIME_GARBAGE)('a regime file with %s: refused by name', async (_what, content) => {
  const site = { ...smallSite(BOARDS), regime: './own-regime.json' };
  writeFileSync(siteFile, JSON.stringify(site));
  const path = join(dir, 'own-regime.json');
  if (content !== null) writeFileSync(path, content);
  const fault = (await start()) as Fault;
  expect(fault.code).toMatch(/^regime-/);
  expect(fault.where).toContain(path);
  expect(fault.text.length).toBeGreaterThan(20);
  expect(existsSync(dataDir)).toBe(false);
});

const DATASET_GARBAGE: readonly [what: string, content: string | Buffer, log: RegExp][] = [
  ['nothing', '', /dataset-unreadable: the header line lacks permit, person/],
  ['noise', Buffer.alloc(40_000, 0x9c), /dataset-unreadable: the header line lacks/],
  [
    'a page of a web site',
    '<!DOCTYPE html>\n<html>\n',
    /dataset-unreadable: the header line lacks/,
  ],
  ['another table', 'person,line,from,to\nP-1,first,x,y\n', /the header line lacks permit/],
];

test.each(DATASET_GARBAGE)('a dataset of %s is told of; the console works', async (...row) => {
  const [, content, told] = row;
  const path = join(dir, 'permits.csv');
  writeFileSync(path, content);
  const engine = await startWell();
  expect(log.filter((line) => line.includes('dataset permits'))).toHaveLength(1);
  expect(log.join('\n')).toMatch(told);
  expect(log.join('\n')).toContain(path);
  await raise(engine);
});
