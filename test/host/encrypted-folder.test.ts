import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import type { Fault } from '../../src/shared/lib/result.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { addAdmin, inside, type Ran, twoline } from '../kit/run-cli.ts';
import { writeSmallSite } from '../kit/small-zone.ts';

const ENGINE = new URL('../kit/engine-child.ts', import.meta.url).pathname;
const SERIAL = 405_419_001;
const LIMIT_MS = 60_000;
const OPEN = ['--by', 'Wong', '--reason', 'the disk broke'];
/**
 * What the folder holds and nobody may find in it: names, ids, typed words, SQLite's own. None is
 * so short that megabytes without any order would hold it by chance.
 */
const SECRETS = [
  ...['SQLite format 3', '陳大文', 'Chan Tai Man', 'Works Ltd', '"P-1"', '"SP-1"', 'h10301'],
  ...['heard by telephone', 'incident.raised', 'crossing.admitted', 'CREATE TABLE', 'f-in-1'],
  'the disk broke',
];

let root: string;
let dataDir: string;
let siteFile: string;
let board: TrainingBoard;
let engine: ChildProcess | null;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'twoline-encrypted-'));
  dataDir = join(root, 'data');
  board = new TrainingBoard({ serial: SERIAL, wallMs: Date.now });
  const { port } = await board.start();
  const more = { encryption: { key: 'file' }, segmentMegabytes: 1 };
  siteFile = writeSmallSite(root, [{ serial: SERIAL, port }], [{ n: 1 }, { n: 2 }], [], more);
  engine = null;
});
afterEach(async () => {
  engine?.kill('SIGKILL');
  await board.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Starts the real engine in a process of its own; returns why it may not. */
async function start(): Promise<Fault | null> {
  const child = fork(ENGINE, [dataDir, siteFile], { execArgv: [], stdio: 'inherit' });
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (first !== 'up') return (first as { failed: Fault }).failed;
  engine = child;
  return null;
}

async function end(how: 'SIGKILL' | 'stop'): Promise<void> {
  const child = engine;
  engine = null;
  if (child === null) return;
  if (how === 'stop') child.send('stop');
  else child.kill(how);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + LIMIT_MS;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`never came: ${what}`);
    await setTimeout(50);
  }
}

/** Until the gate opens: a start takes its time to see its boards. */
async function cross(n: number, direction: 'in' | 'out'): Promise<void> {
  const door = direction === 'in' ? 1 : 2;
  await eventually('a gate that opens', async () => {
    const { opened } = await board.swipe(door, direction, 100_000 + n, 1_000);
    if (opened) await board.personPasses(door, 10);
    return opened;
  });
}

/** Which of the secrets stand in which file of a folder. */
function found(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      return SECRETS.filter((secret) => bytes.includes(secret)).map((one) => `${name}: ${one}`);
    });
}

const segments = () => readdirSync(dataDir).filter((name) => /^journal.*\.db$/.test(name));
const faultOf = ({ code, err }: Ran) => [code, /\(([a-z-]+)\)\n$/.exec(err)?.[1]];
const key = () => `${dataDir}.key`;

test('crossings, kills, another file, a backup, a report: nothing plain is there', async () => {
  expect(await start()).toBeNull();
  await cross(1, 'in');
  await setTimeout(300);
  expect(readdirSync(dataDir)).toContain('journal.db-wal');
  expect(found(dataDir)).toEqual([]);
  await end('SIGKILL');
  expect(found(dataDir)).toEqual([]);

  expect(await start()).toBeNull();
  await cross(1, 'out');
  await cross(2, 'in');
  // It goes on in another file meanwhile, which is looked into while it is prepared too.
  const plain: string[] = [];
  await eventually('a second file', async () => {
    plain.push(...found(dataDir));
    return segments().length > 1;
  });
  await eventually('a sealed file', async () => {
    plain.push(...found(dataDir));
    return /^segments [2-9]/m.test((await twoline('verify', dataDir)).out);
  });
  expect(plain).toEqual([]);
  const out = join(root, 'backup');
  expect(await twoline('backup', dataDir, out)).toMatchObject({ code: 0, err: '' });
  expect(found(out)).toEqual([]);
  await end('stop');
  expect(found(dataDir)).toEqual([]);

  for (const dir of [dataDir, out]) {
    const at = dir === out ? ['--key', key()] : [];
    expect(await inside('verify', dir, ...at)).toMatchObject({ code: 0, err: '' });
    expect(await inside('rebuild', dir, ...at)).toMatchObject({ code: 0, err: '' });
    const status = await inside('status', dir, '--json', ...at);
    expect(JSON.parse(status.out)).toMatchObject({ occupancy: { loop: 1 } });
  }
  expect(await inside('rebuild', dataDir, '--apply')).toMatchObject({ code: 0, err: '' });
  const csv = join(root, 'report.csv');
  const made = await inside('report', dataDir, '--day', hkDay(Date.now()), '--out', csv);
  expect(made.code).toBe(0);
  expect(readFileSync(csv, 'utf8')).toContain('Small zone');
  expect(found(dataDir)).toEqual([]);
}, 120_000);

test('an older copy is not gone on with, and a new epoch is opened on it', async () => {
  expect(await start()).toBeNull();
  await cross(1, 'in');
  const out = join(root, 'backup');
  await addAdmin(dataDir, 'Wong');
  expect((await inside('backup', dataDir, out)).code).toBe(0);
  await cross(1, 'out');
  await end('stop');
  rmSync(dataDir, { recursive: true });
  cpSync(out, dataDir, { recursive: true });
  expect(await start()).toMatchObject({ code: 'journal-restored' });
  expect(await inside('epoch', 'open', dataDir, ...OPEN)).toMatchObject({ code: 0, err: '' });
  expect(await start()).toBeNull();
  await cross(1, 'out');
  await end('stop');
  expect((await inside('verify', dataDir)).code).toBe(0);
  expect(found(dataDir)).toEqual([]);
});

test('without its key, or with another one, nothing is opened and nothing is changed', async () => {
  expect(await start()).toBeNull();
  await end('stop');
  const bytes = () => readFileSync(join(dataDir, 'journal.db')).toString('base64');
  const before = bytes();
  renameSync(key(), join(root, 'kept.key'));
  expect(await start()).toMatchObject({ code: 'store-locked', where: key() });
  expect(faultOf(await inside('verify', dataDir))).toEqual([2, 'store-locked']);
  const named = await inside('verify', dataDir, '--key', join(root, 'kept.key'));
  expect(named).toMatchObject({ code: 0, err: '' });

  const kept = readFileSync(join(root, 'kept.key'), 'utf8');
  writeFileSync(key(), kept.replace(/[0-9a-f]{8}\n$/, '00000000\n'));
  expect(await start()).toMatchObject({ code: 'key-wrong', where: key() });
  expect(faultOf(await inside('verify', dataDir))).toEqual([2, 'key-wrong']);
  expect(faultOf(await inside('backup', dataDir, join(root, 'no')))).toEqual([2, 'key-wrong']);

  const { encryption: _, ...site } = JSON.parse(readFileSync(siteFile, 'utf8'));
  writeFileSync(siteFile, JSON.stringify(site));
  expect(await start()).toMatchObject({ code: 'encryption-not-asked', where: dataDir });
  expect(bytes()).toBe(before);
});

test('a byte that turned over is told as damage, by the console and by its tools', async () => {
  expect(await start()).toBeNull();
  await cross(1, 'in');
  await end('stop');
  expect((await inside('verify', dataDir)).code).toBe(0);
  const path = join(dataDir, 'journal.db');
  const sound = readFileSync(path);
  // In the first page, and in each of all others.
  for (const places of [[100], pagesAfterFirst(sound)]) {
    const bytes = Buffer.from(sound);
    for (const at of places) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await start()).toMatchObject({ code: 'store-damaged', where: path });
    expect(faultOf(await inside('verify', dataDir))).toEqual([2, 'store-damaged']);
  }
});

function pagesAfterFirst(file: Buffer): number[] {
  return Array.from({ length: file.length / 4_096 - 1 }, (_, n) => (n + 1) * 4_096 + 99);
}

test('a folder that is plain is not opened by a site that asks for encryption', async () => {
  mkdirSync(dataDir);
  const plain = new Sqlite(join(dataDir, 'access.db'));
  plain.exec('CREATE TABLE t (a)');
  plain.close();
  expect(await start()).toMatchObject({ code: 'store-plain', where: dataDir });
  expect(readdirSync(dataDir).filter((name) => name !== 'lock.txt' && name !== 'lock.db')).toEqual([
    'access.db',
  ]);
  expect(existsSync(key())).toBe(false);
  expect(faultOf(await inside('verify', dataDir, '--key', key()))).toEqual([2, 'key-not-needed']);
});

test('an administrator is added before the first start, into an encrypted file', async () => {
  const secret = join(root, 'secret.txt');
  writeFileSync(secret, 'a-long-Secret-42\n');
  const add = ['admin', 'create', '--name', 'Wong Siu Ming', '--data', dataDir];
  const added = await inside(...add, '--secret-file', secret, '--site', siteFile);
  expect(added.code).toBe(0);
  const access = readFileSync(join(dataDir, 'access.db'));
  expect(['SQLite format 3', 'Wong Siu Ming'].filter((one) => access.includes(one))).toEqual([]);
  expect(await start()).toBeNull();
  expect(faultOf(await inside(...add, '--secret-file', secret))).toEqual([2, 'user-exists']);
});
