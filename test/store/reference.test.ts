import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatasetNow, Loaded } from '../../src/main/engine/reference/load-request.ts';
import {
  DatasetLoader,
  type LoadWorker,
  realParts,
} from '../../src/main/engine/reference/loader.ts';
import { type InForce, ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { openReference } from '../../src/main/engine/reference/open-reference.ts';
import { DatasetText } from '../../src/main/engine/reference/parse.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { stageVersion } from '../../src/main/engine/reference/stage.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { type DatasetName, NO_DATASETS } from '../../src/shared/domain/permit.ts';
import { fail, type Result } from '../../src/shared/lib/result.ts';
import { value } from '../kit/journal-kit.ts';
import { type Holder, permitsCsv } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';

let dir: string;
let db: WritableDb;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-reference-'));
  db = value(openWriter(join(dir, 'reference.db'), referenceSchema));
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const NONE = NO_DATASETS;
const at = (permits: number): InForce => ({ ...NONE, permits });

/** Stages a version of a text; throws where it cannot be read. */
function stage(
  name: DatasetName,
  text: string | Iterable<string>,
  mode: 'full' | 'delta',
  inForce: number,
) {
  const pieces = typeof text === 'string' ? [text] : text;
  return value(stageVersion(db, name, new DatasetText(name, 'csv', pieces, name), mode, inForce));
}

const permits = (holders: readonly Holder[]) => permitsCsv(holders);
const statusOf = (n: number, version: number) =>
  new ReferenceLookup(db).permit(`SP-${n}`, at(version))?.status ?? null;

test('a staged version is invisible until it is in force, and older ones still answer', () => {
  const first = stage('permits', permits([{ n: 1 }, { n: 2 }]), 'full', 0);
  expect(first).toEqual({ version: 1, rows: 2, changed: 2 });
  expect(statusOf(1, 0)).toBeNull();
  expect(statusOf(1, 1)).toBe('active');
  const second = permits([{ n: 1, status: 'revoked' }, { n: 3 }]);
  expect(stage('permits', second, 'full', 1)).toEqual({
    ...{ version: 2, rows: 2, changed: 3 },
  });
  expect([statusOf(1, 1), statusOf(2, 1), statusOf(3, 1)]).toEqual(['active', 'active', null]);
  expect([statusOf(1, 2), statusOf(2, 2), statusOf(3, 2)]).toEqual(['revoked', null, 'active']);
});

test('a delta touches the rows it names and no others', () => {
  stage('permits', permits([{ n: 1 }, { n: 2 }]), 'full', 0);
  const delta = permits([{ n: 2, status: 'suspended' }, { n: 3 }]);
  expect(stage('permits', delta, 'delta', 1)).toEqual({
    ...{ version: 2, rows: 3, changed: 2 },
  });
  expect([1, 2, 3].map((n) => statusOf(n, 2))).toEqual(['active', 'suspended', 'active']);
});

test('rows that stay as they were are no change', () => {
  stage('permits', permits([{ n: 1 }, { n: 2 }]), 'full', 0);
  const again = stage('permits', permits([{ n: 1 }, { n: 2 }]), 'full', 1);
  expect(again).toEqual({ version: 2, rows: 2, changed: 0 });
});

test('what an interrupted staging left is cleared by the next', () => {
  stage('permits', permits([{ n: 1 }, { n: 2 }]), 'full', 0);
  const many = permits(Array.from({ length: 5_000 }, (_, i) => ({ n: i + 1, status: 'revoked' })));
  const torn = {
    *[Symbol.iterator]() {
      yield many.slice(0, -50_000);
      throw new Error('the power went');
    },
  };
  const text = new DatasetText('permits', 'csv', torn, 'permits');
  const tear = () => stageVersion(db, 'permits', text, 'full', 1, { chunkRows: 1_000 });
  expect(tear).toThrow('the power went');
  const count = 'SELECT count(*) AS n FROM permit';
  expect(db.query<[], { n: number }>(count).get()?.n).toBeGreaterThan(1_000);
  expect([1, 2, 3].map((n) => statusOf(n, 1))).toEqual(['active', 'active', null]);
  stage('permits', permits([{ n: 1 }, { n: 2 }, { n: 4 }]), 'full', 1);
  expect([1, 2, 3, 4].map((n) => statusOf(n, 2))).toEqual(['active', 'active', null, 'active']);
  expect(db.query<[], { n: number }>(count).get()?.n).toBe(3);
});

test('of two rows with one key the first stands and the second is named', () => {
  stage('permits', permits([{ n: 1 }, { n: 2 }]), 'full', 0);
  const rows = [{ n: 1 }, { n: 2, status: 'revoked' }, { n: 3 }];
  const again = rows.map(({ n }) => ({ n, status: 'suspended' }));
  const text = new DatasetText('permits', 'csv', [permits([...rows, ...again])], 'permits');
  const staged = stageVersion(db, 'permits', text, 'full', 1);
  expect(staged).toEqual({ ok: true, value: { version: 2, rows: 3, changed: 2 } });
  expect(text.refused).toEqual([
    { line: 5, column: 'permit', text: 'SP-1 comes twice' },
    { line: 6, column: 'permit', text: 'SP-2 comes twice' },
    { line: 7, column: 'permit', text: 'SP-3 comes twice' },
  ]);
  expect([1, 2, 3].map((n) => statusOf(n, 2))).toEqual(['active', 'revoked', 'active']);
});

test('a text that cannot be read to its end leaves nothing of what was read before', () => {
  stage('permits', permits([{ n: 1 }, { n: 2 }]), 'full', 0);
  const all = 'SELECT * FROM permit ORDER BY id';
  const before = db.query<[], object>(all).all();
  const torn = permits([{ n: 1, status: 'revoked' }, { n: 3 }, { n: 4 }]).replace('SP-4', '"SP-4');
  const text = new DatasetText('permits', 'csv', [torn], 'p.csv');
  expect(stageVersion(db, 'permits', text, 'full', 1)).toMatchObject({
    fault: { code: 'dataset-unreadable', where: 'p.csv:4' },
  });
  expect(db.query<[], object>(all).all()).toEqual(before);
});

test('a badge with several permits is the active one that lasts longest', () => {
  const text = permitsCsv([
    { n: 1, validTo: '2026-06-01T00:00+08:00' },
    { n: 2, validTo: '2028-06-01T00:00+08:00', status: 'suspended' },
    { n: 3, validTo: '2027-06-01T00:00+08:00' },
  ]).replaceAll(/h10301\/1\/\d/g, 'h10301/1/9');
  stage('permits', text, 'full', 0);
  const lookup = new ReferenceLookup(db);
  expect(lookup.permitOfCredential('h10301/1/9', at(1))?.permit).toBe('SP-3');
  expect(lookup.permitOfCredential('h10301/1/8', at(1))).toBeNull();
  expect(lookup.permitOfCredential('h10301/1/9', at(0))).toBeNull();
});

test('watch-list and clearances hold between their times, ends exclusive, in their version', () => {
  const span = '2026-03-01T00:00Z,2026-04-01T00:00Z';
  stage('watch-list', `person,reason,from,to\nP-1,x,${span}`, 'full', 0);
  const second = 'P-1,second,2026-03-01T00:00Z,2026-03-02T00:00Z';
  const clearances = `person,line,from,to\nP-1,first,${span}\n${second}`;
  stage('clearances', clearances, 'full', 0);
  const lookup = new ReferenceLookup(db);
  const now = { ...NONE, 'watch-list': 1, clearances: 1 };
  const [begin, end] = [Date.UTC(2026, 2, 1), Date.UTC(2026, 3, 1)];
  expect([begin - 1, begin, end - 1, end].map((ms) => lookup.isWatched('P-1', ms, now))).toEqual([
    ...[false, true, true, false],
  ]);
  expect(lookup.isWatched('P-1', begin, NONE)).toBe(false);
  expect(lookup.isWatched('P-2', begin, now)).toBe(false);
  expect(lookup.clearance('P-1', 'first', end - 1, now)).toEqual({ untilMs: end });
  expect(lookup.clearance('P-1', 'first', end, now)).toBeNull();
  expect(lookup.clearance('P-1', 'second', end - 1, now)).toBeNull();
  expect(lookup.clearance('P-1', 'first', begin, NONE)).toBeNull();
});

/** A loader over a file, with a journal that is a map, and what it said. */
function loaderBench(state: { inForce: DatasetNow; lastFile: string; refuse?: Result<never> }) {
  const inForce: Loaded[] = [];
  const log: string[] = [];
  const others = new Map<DatasetName, DatasetNow>();
  const none: DatasetNow = { version: 0, hash: '', rows: 0 };
  const deps = {
    referencePath: join(dir, 'reference.db'),
    inForce: (name: DatasetName) =>
      name === 'permits' ? state.inForce : (others.get(name) ?? none),
    putInForce: async (loaded: Loaded) => {
      if (state.refuse !== undefined) return state.refuse;
      const { version, hash, rows } = loaded;
      if (loaded.dataset === 'permits') state.inForce = { version, hash, rows };
      else others.set(loaded.dataset, { version, hash, rows });
      inForce.push(loaded);
      return null;
    },
    lastFile: () => state.lastFile,
    keepLastFile: (_dataset: DatasetName, hash: string) => {
      state.lastFile = hash;
    },
    log: (line: string) => void log.push(line),
    monoMs: () => performance.now(),
  };
  const threads: LoadWorker[] = [];
  const startWorker = (path: string) => {
    const thread = realParts.startWorker(path);
    threads.push(thread);
    return thread;
  };
  const timing = { watchMs: 20, againMs: 200, toldMs: 60_000, restMs: 100 };
  const loader = new DatasetLoader(deps, timing, { ...realParts, startWorker });
  return { loader, inForce, log, threads };
}

const fresh = () => ({ inForce: { version: 0, hash: '', rows: 0 }, lastFile: '' });
const file = () => join(dir, 'permits.csv');
const follow = (loader: DatasetLoader) => loader.follow([{ dataset: 'permits', path: file() }]);

test('a followed file is loaded at every change, not when only touched', async () => {
  const persons = join(dir, 'persons.csv');
  const header = 'person,nameZh,nameEn,employer,document\n';
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  writeFileSync(persons, header);
  const { loader, inForce } = loaderBench(fresh());
  await loader.follow([
    { dataset: 'permits', path: file() },
    { dataset: 'persons', path: persons },
  ]);
  expect(inForce).toMatchObject([{ version: 1, rows: 1, refusedCount: 0 }, { rows: 0 }]);
  writeFileSync(file(), permitsCsv([{ n: 1 }, { n: 2 }]));
  await until('second version', () => inForce.length === 3);
  expect(inForce[2]).toMatchObject({ version: 2, rows: 2, changed: 1 });
  utimesSync(file(), new Date(), new Date(Date.now() + 60_000));
  writeFileSync(persons, `${header}P-1,a,b,c,d\n`);
  // Once this one is in force the other was looked at often enough.
  await until('the other file', () => inForce.length > 3);
  await loader.stop();
  expect(inForce.map(({ dataset, rows }) => `${dataset} ${rows}`)).toEqual([
    ...['permits 1', 'persons 0', 'permits 2', 'persons 1'],
  ]);
});

test('the loading thread ends when it rests; another one loads what comes then', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  const { loader, inForce, threads } = loaderBench(fresh());
  await follow(loader);
  const ended = new Promise((resolve) => threads[0]?.once('exit', resolve));
  expect(await ended).toBe(0);
  writeFileSync(file(), permitsCsv([{ n: 1 }, { n: 2 }]));
  await until('the second version', () => inForce.length === 2);
  await loader.stop();
  expect(threads).toHaveLength(2);
  expect(inForce.map(({ rows }) => rows)).toEqual([1, 2]);
});

test('a file that is still being written is not loaded half', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  const { loader, inForce } = loaderBench(fresh());
  await follow(loader);
  const lines = permitsCsv(Array.from({ length: 60 }, (_, i) => ({ n: i + 1 }))).split('\r\n');
  writeFileSync(file(), '');
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const line = lines.shift();
      if (line !== undefined) return appendFileSync(file(), `${line}\r\n`);
      clearInterval(timer);
      return resolve();
    }, 5);
  });
  await until('the whole file', () => inForce.length > 1);
  await loader.stop();
  expect(inForce.map(({ rows }) => rows)).toEqual([1, 60]);
});

test('a restart does not load a file again that is in force', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  const state = fresh();
  const first = loaderBench(state);
  await follow(first.loader);
  await first.loader.stop();
  const second = loaderBench(state);
  await follow(second.loader);
  await second.loader.stop();
  expect(second.inForce).toEqual([]);
  expect(state.inForce.version).toBe(1);
});

test('what was revoked by hand stands after a restart: the older file is old news', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }, { n: 2 }]));
  const state = fresh();
  const first = loaderBench(state);
  await follow(first.loader);
  const text = permitsCsv([{ n: 1, status: 'revoked' }]);
  const whole = { mode: 'delta', path: null, take: 'all' } as const;
  await first.loader.load({ dataset: 'permits', format: 'csv', text, ...whole });
  await first.loader.stop();
  const second = loaderBench(state);
  await follow(second.loader);
  expect(second.inForce).toEqual([]);
  expect([1, 2].map((n) => statusOf(n, state.inForce.version))).toEqual(['revoked', 'active']);
  writeFileSync(file(), permitsCsv([{ n: 1 }, { n: 2 }, { n: 3 }]));
  await until('the newer file', () => second.inForce.length === 1);
  await second.loader.stop();
  expect(statusOf(1, state.inForce.version)).toBe('active');
});

test('where the file of the reference data was lost, the same text is loaded again', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  const state = fresh();
  const first = loaderBench(state);
  await follow(first.loader);
  await first.loader.stop();
  db.close();
  for (const end of ['', '-wal', '-shm']) rmSync(join(dir, `reference.db${end}`), { force: true });
  const made = value(openReference(dir));
  const second = loaderBench(state);
  await follow(second.loader);
  await second.loader.stop();
  expect(second.inForce).toMatchObject([{ version: 2, rows: 1 }]);
  const found = new ReferenceLookup(made.db).permit('SP-1', at(2));
  made.db.close();
  expect(found?.status).toBe('active');
});

test('a file that cannot be read changes nothing, and is loaded when mended', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  const { loader, inForce, log } = loaderBench(fresh());
  await follow(loader);
  writeFileSync(file(), 'permit,person\nSP-1,P-1\n');
  await until('the fault', () => log.length > 0);
  writeFileSync(file(), permitsCsv([{ n: 1 }, { n: 2 }]));
  await until('the mended file', () => inForce.length === 2);
  await loader.stop();
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(
    /^dataset permits was not loaded: dataset-unreadable: the header line lacks/,
  );
  expect(log[0]).toContain(`${file()}:1`);
});

test('rows left out of a file are told of, the first by line, column and reason', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }, { n: 2, status: 'gone' }]));
  const { loader, inForce, log } = loaderBench(fresh());
  await follow(loader);
  await loader.stop();
  expect(inForce).toMatchObject([{ rows: 1, refusedCount: 1 }]);
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(/1 rows were left out, the first: line 3, status: Invalid option/);
});

test('a file in which no row can be read does not empty the dataset', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  const state = fresh();
  const { loader, log } = loaderBench(state);
  await follow(loader);
  writeFileSync(file(), permitsCsv([{ n: 1, status: 'gone' }]));
  await until('the fault', () => log.length > 0);
  await loader.stop();
  expect(log[0]).toContain('no row could be read; the first: line 2, status');
  expect(statusOf(1, state.inForce.version)).toBe('active');
});

test('what could not be put in force is no success, and the file is tried again', async () => {
  writeFileSync(file(), permitsCsv([{ n: 1 }]));
  const state = { ...fresh(), refuse: fail('not-written', 'the disk is full') } as Parameters<
    typeof loaderBench
  >[0];
  const { loader, inForce, log } = loaderBench(state);
  await follow(loader);
  const text = permitsCsv([{ n: 2 }]);
  const whole = { mode: 'delta', path: null, take: 'all' } as const;
  const byHand = { dataset: 'permits', format: 'csv', text, ...whole } as const;
  expect(await loader.load(byHand)).toMatchObject({ ok: false, fault: { code: 'not-written' } });
  expect(log.join('\n')).toContain('not-written: the disk is full');
  expect(inForce).toEqual([]);
  delete (state as { refuse?: unknown }).refuse;
  await until('the second try', () => inForce.length === 1);
  await loader.stop();
  expect(statusOf(1, 1)).toBe('active');
});

test('a dataset file that is not there, or is a folder, disturbs nothing', async () => {
  const { loader, inForce, log } = loaderBench(fresh());
  await loader.follow([
    { dataset: 'permits', path: join(dir, 'nowhere.csv') },
    { dataset: 'persons', path: dir },
  ]);
  await loader.stop();
  expect(inForce).toEqual([]);
  expect(log).toHaveLength(1);
  expect(log[0]).toContain('dataset persons was not loaded: dataset-unreadable: EISDIR');
});
