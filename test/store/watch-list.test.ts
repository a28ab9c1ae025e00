import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatasetLoader } from '../../src/main/engine/reference/loader.ts';
import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { openReference } from '../../src/main/engine/reference/open-reference.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { NO_DATASETS } from '../../src/shared/domain/permit.ts';
import { value } from '../kit/journal-kit.ts';

const HEADER = 'person,reason,from,to';
const MARCH = '2026-03-01T00:00+08:00,2026-04-01T00:00+08:00';
const MAY = '2026-05-01T00:00+08:00,2026-06-01T00:00+08:00';
const IN_MARCH = Date.parse('2026-03-10T12:00+08:00');
const IN_MAY = Date.parse('2026-05-10T12:00+08:00');

let dir: string;
let db: ReadableDb;
let loader: DatasetLoader;
let inForce = { version: 0, hash: '', rows: 0 };

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-watch-list-'));
  const opened = value(openReference(dir));
  db = opened.db;
  inForce = { version: 0, hash: '', rows: 0 };
  loader = new DatasetLoader({
    referencePath: opened.path,
    inForce: () => inForce,
    putInForce({ version, hash, rows }) {
      inForce = { version, hash, rows };
      return Promise.resolve(null);
    },
    lastFile: () => '',
    keepLastFile: () => undefined,
    log: () => undefined,
    monoMs: () => performance.now(),
  });
});
afterEach(async () => {
  await loader.stop();
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

async function load(...rows: string[]): Promise<number> {
  const text = [HEADER, ...rows].join('\n');
  const file = { format: 'csv', mode: 'full', path: null, take: 'good-rows' } as const;
  const request = { dataset: 'watch-list', text, ...file } as const;
  return value(await loader.load(request)).refusedCount;
}

function isWatched(person: string, atMs: number): boolean {
  const versions = { ...NO_DATASETS, 'watch-list': inForce.version };
  return new ReferenceLookup(db).isWatched(person, atMs, versions);
}

test('nobody leaves the watch-list because the row of a new list cannot be read', async () => {
  await load(`P-1,x,${MARCH}`, `P-2,x,${MARCH}`);
  expect(await load('P-1,x,tomorrow,never', `P-3,x,${MARCH}`)).toBe(1);
  expect(isWatched('P-1', IN_MARCH)).toBe(true);
  expect(isWatched('P-2', IN_MARCH)).toBe(true);
  expect(isWatched('P-3', IN_MARCH)).toBe(true);
  await load(`P-3,x,${MARCH}`);
  expect(isWatched('P-1', IN_MARCH)).toBe(false);
});

test('somebody is on the watch-list for each of several spans', async () => {
  expect(await load(`P-1,x,${MARCH}`, `P-1,y,${MAY}`)).toBe(0);
  expect(isWatched('P-1', IN_MARCH)).toBe(true);
  expect(isWatched('P-1', IN_MAY)).toBe(true);
});
