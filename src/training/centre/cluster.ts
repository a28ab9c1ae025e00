import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { PostgresPrograms } from './binaries.ts';
import { endProcess, goneWithin, isAlive, isOurs, readPostmaster, stands } from './postmaster.ts';
import type { RunAs } from './run-as.ts';

/** Where one PostgreSQL server keeps its things, and how it is run. */
export interface ClusterPlace {
  readonly folder: string;
  readonly programs: PostgresPrograms;
  readonly runAs: RunAs;
  /** False only in tests: commits do not wait for the disk. */
  readonly durable: boolean;
}

export interface RunningCluster {
  readonly pid: number;
  readonly port: number;
}

const START_TIMEOUT_MS = 30_000;
const MAX_LOG_BYTES = 4_000_000;
/** Fast first; then without a checkpoint, which loses nothing but makes the next start slower. */
const STOP_SIGNALS = [
  { signal: 'SIGINT', waitMs: 1200 },
  { signal: 'SIGQUIT', waitMs: 1000 },
  { signal: 'SIGKILL', waitMs: 1000 },
] as const;

export function dataFolder(place: ClusterPlace): string {
  return join(place.folder, 'pgdata');
}

/** Without PG… variables, which would change what the programs do; messages in English. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

function start(
  place: ClusterPlace,
  program: string,
  args: readonly string[],
  out: number | 'pipe',
): ChildProcess {
  const [command = program, ...rest] = [...place.runAs.prefix, program, ...args];
  const ids = place.runAs.prefix.length === 0 ? place.runAs.ids : null;
  const stdin = out === 'pipe' ? 'pipe' : 'ignore';
  return spawn(command, rest, { ...ids, env: environment(), stdio: [stdin, out, out] });
}

/** Runs a program to its end; the answer is its exit code and what it said. */
async function run(
  place: ClusterPlace,
  program: string,
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; said: string }> {
  const child = start(place, program, args, 'pipe');
  let said = '';
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-4000);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, said: error.message }));
    child.once('close', (code) => resolve({ code, said }));
  });
}

function give(place: ClusterPlace, path: string): void {
  if (place.runAs.ids) chownSync(path, place.runAs.ids.uid, place.runAs.ids.gid);
}

/**
 * Makes an empty server in the place, beside its final name, so that an interrupted one is never
 * taken for whole. About half a second; `--no-sync` since an unfinished one is made again anyway.
 */
export async function createCluster(place: ClusterPlace, password: string): Promise<Result<null>> {
  const fresh = join(place.folder, 'pgdata.new');
  const secret = join(place.folder, 'initdb-password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  give(place, fresh);
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  give(place, secret);
  const { code, said } = await run(place, place.programs.initdb, [
    `--pgdata=${fresh}`,
    '--username=postgres',
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]);
  rmSync(secret, { force: true });
  if (code !== 0) return fail('postgres-init', `initdb failed: ${lastLine(said)}`, place.folder);
  const hba =
    'host all postgres 127.0.0.1/32 scram-sha-256\n' +
    'host central +console_role 127.0.0.1/32 scram-sha-256\n' +
    'host all all all reject\n';
  writeFileSync(join(fresh, 'pg_hba.conf'), hba);
  renameSync(fresh, dataFolder(place));
  return ok(null);
}

/** Gives the administrator a new password on a stopped server whose old one was lost. */
export async function resetAdmin(place: ClusterPlace, password: string): Promise<Result<null>> {
  const args = ['--single', '-D', dataFolder(place), 'postgres'];
  const sql = `ALTER ROLE postgres PASSWORD '${password}'\n`;
  const { code, said } = await run(place, place.programs.postgres, args, sql);
  if (code === 0) return ok(null);
  return fail('postgres-reset', `the password could not be renewed: ${lastLine(said)}`);
}

/** Starts the server on 127.0.0.1; resolves when it takes connections. */
export async function startCluster(
  place: ClusterPlace,
  wantedPort: number,
): Promise<Result<RunningCluster>> {
  let why = '';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort(attempt === 0 ? wantedPort : 0);
    const started = await startOnce(place, port);
    if (started.ok) return started;
    why = started.fault.text;
    // Another program took the port meanwhile, or the last server's children are still ending.
    if (!/could not bind|still in use/.test(why)) return started;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return fail('postgres-start', why, place.folder);
}

async function startOnce(place: ClusterPlace, port: number): Promise<Result<RunningCluster>> {
  const logged = logSize(place);
  const log = openLog(place);
  const child = start(place, place.programs.postgres, serverArgs(place, port), log);
  closeSync(log);
  const state = { ended: false };
  child.once('exit', () => {
    state.ended = true;
  });
  child.once('error', () => {
    state.ended = true;
  });
  const pollMs = 10;
  for (let waited = 0; waited < START_TIMEOUT_MS && !state.ended; waited += pollMs) {
    const note = readPostmaster(dataFolder(place));
    if (note?.ready && note.pid === child.pid) return ok({ pid: note.pid, port });
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  if (!state.ended) child.kill('SIGQUIT');
  const why = logSince(place, logged);
  return fail('postgres-start', `PostgreSQL did not start: ${why}`, place.folder);
}

function serverArgs(place: ClusterPlace, port: number): string[] {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    cluster_name: 'twoline-training',
    max_connections: 100,
    shared_buffers: '64MB',
    max_wal_size: '512MB',
    jit: 'off',
    timezone: 'UTC',
    fsync: place.durable ? 'on' : 'off',
    // What the console sends never goes to the log, not even with an error.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
    log_timezone: 'UTC',
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataFolder(place), ...pairs];
}

/** A file and not a pipe: the server outlives us when we are killed, and must still write. */
function openLog(place: ClusterPlace): number {
  const path = join(place.folder, 'postgres.log');
  const file = openSync(path, logSize(place) === 0 ? 'w' : 'a', 0o600);
  chmodSync(path, 0o600);
  return file;
}

/** How much of the log is kept at the next start: all, or nothing when it has grown too long. */
function logSize(place: ClusterPlace): number {
  const size = statSync(join(place.folder, 'postgres.log'), { throwIfNoEntry: false })?.size ?? 0;
  return size > MAX_LOG_BYTES ? 0 : size;
}

function logSince(place: ClusterPlace, start: number): string {
  const said = readFileSync(join(place.folder, 'postgres.log')).subarray(start).toString('utf8');
  return said.slice(-600).trim() || 'it said nothing';
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

/** The wanted port when it is free, else any free one. */
async function freePort(wanted: number): Promise<number> {
  const listen = (port: number) =>
    new Promise<number | null>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        const found = typeof address === 'object' && address ? address.port : null;
        server.close(() => resolve(found));
      });
    });
  return (await listen(wanted)) ?? (await listen(0)) ?? 0;
}

/** Stops the server, ours or adopted, in bounded time. Never ends a process that is not ours. */
export async function stopCluster(place: ClusterPlace, pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  if (process.platform === 'win32') {
    await run(place, place.programs.pgCtl, ['stop', '-D', dataFolder(place), '-m', 'fast', '-w']);
    return;
  }
  if (!isOurs(pid, dataFolder(place))) return;
  await endProcess(pid, STOP_SIGNALS);
}

/** Ends what a killed run left behind and does not answer; frees a lock that nobody holds. */
export async function clearOrphan(place: ClusterPlace): Promise<void> {
  const note = readPostmaster(dataFolder(place));
  if (!note) return;
  if (isOurs(note.pid, dataFolder(place))) {
    await endProcess(note.pid, STOP_SIGNALS.slice(1));
  }
  // PostgreSQL itself takes over the lock of a process that is gone, and looks whether its children
  // are. It refuses while the number stands for another process of the same user, or for one that
  // ended and was never collected; only then the lock is taken away.
  if (stands(note.pid) && !isOurs(note.pid, dataFolder(place))) {
    await goneWithin(note.pid, 300);
    rmSync(join(dataFolder(place), 'postmaster.pid'), { force: true });
  }
}
