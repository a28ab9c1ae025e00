import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { isAlive, readPostmaster } from '../../src/training/centre/postmaster.ts';
import {
  type CentreLogin,
  startTrainingCentre,
  type TrainingCentre,
} from '../../src/training/centre/training-centre.ts';
import { QUICK_LIMITS } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

const DDL_FOLDER = new URL('../../resources/central', import.meta.url).pathname;
const CHILD = new URL('../kit/centre-child.ts', import.meta.url).pathname;

let folder: string;
let centre: TrainingCentre | null = null;
let child: ChildProcess | null = null;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'twoline-centre-')), 'data');
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = null;
  await centre?.stop();
  centre = null;
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function start(): Promise<TrainingCentre> {
  const options = { folder, ddlFolder: DDL_FOLDER, consoleId: 'C7', durable: false, log() {} };
  const started = await startTrainingCentre(options);
  if (!started.ok) throw new Error(`${started.fault.code}: ${started.fault.text}`);
  centre = started.value;
  return centre;
}

/** In a process of its own, so that it can be killed. */
async function startChild(): Promise<{ pid: number; login: CentreLogin }> {
  child = spawn(process.execPath, [CHILD, folder, DDL_FOLDER], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const out = child.stdout;
  if (!out) throw new Error('the child has no output');
  for await (const line of createInterface({ input: out })) {
    return JSON.parse(line) as { pid: number; login: CentreLogin };
  }
  throw new Error('the child ended without a word');
}

async function push(login: CentreLogin, from: number, to: number): Promise<number> {
  const port = new PgCentre({ ...login, tls: null }, QUICK_LIMITS, 'boot-1');
  const journal = new MemoryJournal();
  journal.grow(to);
  const pushed = await port.push(journal.batch(from, to));
  port.close();
  if (!pushed.ok) throw new Error(pushed.fault.text);
  return pushed.value.ackedSeq;
}

test('starts in an empty folder, and again on what is there at the same address', async () => {
  const first = await start();
  expect(first.login).toMatchObject({ host: '127.0.0.1', database: 'central', user: 'console_c7' });
  expect(await push(first.login, 1, 10)).toBe(10);
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(second.login).toEqual(first.login);
  expect(await push(second.login, 11, 20)).toBe(20);
});

test('listens on the loopback alone, and nobody gets in without the password', async () => {
  const { login, admin } = await start();
  const client = new Client({ ...admin, database: 'postgres', ssl: false });
  await client.connect();
  const { rows } = await client.query(
    "SELECT current_setting('listen_addresses') AS at, current_setting('fsync') AS fsync, " +
      "current_setting('unix_socket_directories') AS sockets",
  );
  await client.end();
  expect(rows).toEqual([{ at: '127.0.0.1', fsync: 'off', sockets: '' }]);
  for (const who of [
    { ...admin, password: 'x' },
    { ...login, database: 'postgres' },
  ]) {
    const stranger = new Client({ database: 'central', ...who, ssl: false });
    stranger.on('error', () => {});
    await expect(stranger.connect()).rejects.toMatchObject({ code: /^28/ });
  }
  const secrets = statSync(join(folder, 'secrets.json'));
  if (process.platform !== 'win32') expect(secrets.mode & 0o077).toBe(0);
});

test('a server left by a killed run is taken over with all it holds', async () => {
  const before = await startChild();
  await push(before.login, 1, 50);
  child?.kill('SIGKILL');
  if (child) await once(child, 'exit');
  expect(isAlive(before.pid)).toBe(true);
  const after = await start();
  expect(after).toMatchObject({ adopted: true, pid: before.pid, login: before.login });
  expect(await push(after.login, 51, 60)).toBe(60);
  await after.stop();
  expect(isAlive(before.pid)).toBe(false);
});

test('a server left by a killed run that no longer answers is ended and started anew', async () => {
  const before = await startChild();
  await push(before.login, 1, 50);
  child?.kill('SIGKILL');
  process.kill(before.pid, 'SIGSTOP');
  const after = await start();
  expect(after.adopted).toBe(false);
  expect(after.pid).not.toBe(before.pid);
  expect(isAlive(before.pid)).toBe(false);
  expect(await push(after.login, 51, 60)).toBe(60);
});

test('a server that was killed itself comes back with every batch it acknowledged', async () => {
  const first = await start();
  await push(first.login, 1, 500);
  process.kill(first.pid, 'SIGKILL');
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await push(second.login, 501, 600)).toBe(600);
});

test('a lock whose number stands for another process ends nothing, stops nothing', async () => {
  const first = await start();
  await first.stop();
  const owner = statSync(join(folder, 'pgdata'));
  const asRoot = process.getuid?.() === 0;
  const sleeper = spawn('sleep', ['60'], {
    ...(asRoot && { uid: owner.uid, gid: owner.gid }),
    stdio: 'ignore',
  });
  const lock = join(folder, 'pgdata', 'postmaster.pid');
  writeFileSync(lock, `${sleeper.pid}\n${join(folder, 'pgdata')}\n1\n${first.login.port}\n\n`);
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await push(second.login, 1, 5)).toBe(5);
  expect(sleeper.exitCode).toBe(null);
  expect(sleeper.signalCode).toBe(null);
  sleeper.kill('SIGKILL');
});

test('lost or spoilt passwords are renewed without losing what is held', async () => {
  const first = await start();
  await push(first.login, 1, 10);
  await first.stop();
  for (const spoilt of ['', '{"admin":', '{"admin":"x","console":"y","port":"z"}', '\0\0\0']) {
    writeFileSync(join(folder, 'secrets.json'), spoilt);
    const again = await start();
    expect(again.login.password).not.toBe(first.login.password);
    expect(await push(again.login, 1, 10)).toBe(10);
    await again.stop();
  }
});

test('an interrupted making is begun again', async () => {
  mkdirSync(join(folder, 'pgdata.new', 'base'), { recursive: true });
  writeFileSync(join(folder, 'pgdata.new', 'PG_VERSION'), '18\n');
  const first = await start();
  expect(await push(first.login, 1, 3)).toBe(3);
  expect(existsSync(join(folder, 'pgdata.new'))).toBe(false);
});

test('a spoilt data folder is a clear error and leaves nothing running', async () => {
  const first = await start();
  await first.stop();
  writeFileSync(join(folder, 'pgdata', 'postgresql.conf'), 'garbage = = \n');
  const options = { folder, ddlFolder: DDL_FOLDER, consoleId: 'C7', durable: false, log() {} };
  const started = await startTrainingCentre(options);
  expect(started).toMatchObject({ ok: false, fault: { code: 'postgres-start' } });
  if (!started.ok) expect(started.fault.text).toContain('postgresql.conf');
  expect(readPostmaster(join(folder, 'pgdata'))).toBe(null);
});

test('missing definitions are a clear error and leave nothing running', async () => {
  const empty = join(folder, '..', 'empty');
  mkdirSync(empty);
  const options = { folder, ddlFolder: empty, consoleId: 'C7', durable: false, log() {} };
  const started = await startTrainingCentre(options);
  expect(started).toMatchObject({ ok: false, fault: { code: 'postgres-define' } });
  expect(readPostmaster(join(folder, 'pgdata'))).toBe(null);
});

test('takes another port when its own was taken meanwhile', async () => {
  const first = await start();
  await first.stop();
  const squatter = createServer().listen(first.login.port, '127.0.0.1');
  await once(squatter, 'listening');
  const second = await start();
  expect(second.login.port).not.toBe(first.login.port);
  expect(await push(second.login, 1, 5)).toBe(5);
  squatter.close();
});

test('an interrupt of the whole group ends server and starter cleanly', async () => {
  const { pid, login } = await startChild();
  await push(login, 1, 1000);
  if (!child?.pid) throw new Error('the child has no number');
  process.kill(-child.pid, 'SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(isAlive(pid)).toBe(false);
  const log = readFileSync(join(folder, 'postgres.log'), 'utf8');
  expect(log).toContain('database system is shut down');
});

test('what consoles send never goes to the log', async () => {
  const first = await start();
  await push(first.login, 1, 3);
  const port = new PgCentre({ ...first.login, tls: null }, QUICK_LIMITS, 'boot-1');
  const journal = new MemoryJournal();
  journal.grow(3, 'crossing.refused');
  expect(await port.push(journal.batch(1, 3))).toMatchObject({ fault: { code: 'fork' } });
  port.close();
  const log = readFileSync(join(folder, 'postgres.log'), 'utf8');
  expect(log).toContain('fork at 3');
  expect(log).not.toContain('badge');
  expect(log).not.toContain('crossing.refused');
});
