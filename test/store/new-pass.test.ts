import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatasetNow } from '../../src/main/engine/reference/load-request.ts';
import { attemptLoad } from '../../src/main/engine/reference/loader-thread.ts';
import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { type DatasetName, NO_DATASETS } from '../../src/shared/domain/permit.ts';
import { value } from '../kit/journal-kit.ts';

let dir: string;
let db: WritableDb;
let now: Partial<Record<DatasetName, DatasetNow>>;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-pass-'));
  db = value(openWriter(join(dir, 'reference.db'), referenceSchema));
  now = {};
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const NEVER: DatasetNow = { version: 0, hash: '', rows: 0 };
const inForce = (dataset: DatasetName) => now[dataset] ?? NEVER;

/** Loads a text as the engine's loader does, and puts it in force. */
function load(dataset: DatasetName, text: string, format: 'csv' | 'json' = 'csv') {
  const admissionList = inForce('admission-list').version;
  const held = { inForce: inForce(dataset), admissionList, knownHash: '' };
  const asked = {
    dataset,
    format,
    mode: 'full',
    path: null,
    text,
    take: 'good-rows',
    ...held,
  } as const;
  const loaded = value(attemptLoad(db, asked));
  const { version, hash, rows } = loaded;
  now = { ...now, [dataset]: { version, hash, rows } };
  return loaded;
}

const PERMITS =
  'permit,person,credential,class,status,validFrom,validTo,areas,hours,enterprise,consentAt,trade';

function passes(...rows: readonly [n: number, from: string, to: string, trade: string][]): string {
  const lines = rows.map(([n, from, to, trade]) => {
    const times = `${from}T00:00+08:00,${to}T00:00+08:00`;
    return `SP-${n},P-${n},h10301/1/${n},special-pass,active,${times},loop,00:00-24:00,,,${trade}`;
  });
  return [PERMITS, ...lines].join('\n');
}

const trades = (...rows: string[]) => ['trade,from,to', ...rows].join('\n');
const WELDERS = trades(
  'welder,2025-01-01T00:00+08:00,2026-03-01T00:00+08:00',
  'engineer,2025-01-01T00:00+08:00,',
);

function endOf(n: number): string | null {
  const versions = { ...NO_DATASETS, permits: inForce('permits').version };
  const found = new ReferenceLookup(db).permit(`SP-${n}`, versions);
  return found === null ? null : new Date(found.validToMs).toISOString().slice(0, 10);
}

test('a trade that was struck off gives no new passes; line, column and reason are named', () => {
  load('admission-list', WELDERS);
  const text = passes(
    [1, '2026-02-01', '2027-02-01', 'welder'],
    [2, '2026-03-01', '2027-03-01', 'welder'],
    [3, '2026-03-01', '2027-03-01', 'engineer'],
    [4, '2026-03-01', '2027-03-01', 'fortune-teller'],
    [5, '2026-03-01', '2027-03-01', ''],
  );
  const { refused } = load('permits', text);
  expect(refused.map(({ line, column }) => [line, column])).toEqual([
    [3, 'trade'],
    [5, 'trade'],
    [6, 'trade'],
  ]);
  expect(refused[0]?.text).toMatch(/^welder is not on the admission list at 2026-02-28T16:00Z/);
  expect(refused[2]?.text).toBe('a special pass names its trade');
  expect([1, 2, 3, 4, 5].map((n) => endOf(n) !== null)).toEqual([true, false, true, false, false]);
});

test('running passes of a trade struck off end when they would, and are not renewed', () => {
  const first = passes(
    [1, '2025-06-01', '2026-06-01', 'welder'],
    [2, '2025-06-01', '2026-06-01', 'engineer'],
  );
  load(
    'admission-list',
    trades('welder,2025-01-01T00:00+08:00,', 'engineer,2025-01-01T00:00+08:00,'),
  );
  expect(load('permits', first).refusedCount).toBe(0);
  load('admission-list', trades('engineer,2025-01-01T00:00+08:00,'));
  // The row of the welder is gone from the list: the very same text changes nothing.
  expect(load('permits', first)).toMatchObject({ changed: 0, refusedCount: 0, rows: 2 });
  const renewed = passes(
    [1, '2025-06-01', '2027-06-01', 'welder'],
    [2, '2025-06-01', '2027-06-01', 'engineer'],
  );
  expect(load('permits', renewed)).toMatchObject({ changed: 1, refusedCount: 1, rows: 2 });
  // What was refused takes nothing away: the pass runs on to its own end.
  expect([endOf(1), endOf(2)]).toEqual(['2026-05-31', '2027-05-31']);
  const shorter = passes(
    [1, '2025-06-01', '2026-04-01', 'welder'],
    [2, '2025-06-01', '2027-06-01', 'engineer'],
  );
  expect(load('permits', shorter)).toMatchObject({ changed: 1, refusedCount: 0 });
  expect(endOf(1)).toBe('2026-03-31');
});

test('without an admission list nothing is asked; a new one asks the same text anew', () => {
  const text = passes(
    [1, '2026-03-01', '2027-03-01', 'welder'],
    [2, '2026-03-01', '2027-03-01', 'engineer'],
  );
  load('admission-list', WELDERS);
  expect(load('permits', text).refusedCount).toBe(1);
  expect(load('permits', text)).toMatchObject({ fresh: false });
  load(
    'admission-list',
    trades('welder,2025-01-01T00:00+08:00,', 'engineer,2025-01-01T00:00+08:00,'),
  );
  expect(load('permits', text)).toMatchObject({ fresh: true, refusedCount: 0, rows: 2 });
  expect(load('permits', text)).toMatchObject({ fresh: false });
  now = {};
  db.exec('DELETE FROM permit');
  expect(load('permits', passes([4, '2026-03-01', '2027-03-01', 'none'])).refusedCount).toBe(0);
});

test('rosters and health tests: rows named in JSON, a repeated load changes nothing', () => {
  const member = { roster: 'hkust', person: 'P-1', from: '2026-01-01T00:00+08:00', to: '' };
  const wrong = { ...member, to: '2025-01-01T00:00+08:00' };
  const rosters = JSON.stringify([member, wrong]);
  expect(load('rosters', rosters, 'json').refused).toEqual([
    { line: 1, column: 'to', text: 'ends before it begins' },
  ]);
  expect(load('rosters', rosters, 'json')).toMatchObject({ fresh: false, changed: 0 });
  const found = ['P-1,2026-03-01T08:00+08:00,negative', 'P-1,2026-03-02T08:00+08:00,perhaps'];
  const told = load('health-tests', ['person,takenAt,result', ...found].join('\n'));
  expect(told.refused).toMatchObject([{ line: 3, column: 'result' }]);
  const versions = { ...NO_DATASETS, rosters: 1, 'health-tests': 1 };
  const lookup = new ReferenceLookup(db);
  const at = Date.parse('2026-03-05T00:00+08:00');
  expect(lookup.roster('P-1', versions)).toEqual([
    { roster: 'hkust', fromMs: Date.parse(member.from), toMs: null },
  ]);
  expect(lookup.roster('P-2', versions)).toEqual([]);
  expect(lookup.roster('P-1', NO_DATASETS)).toBeNull();
  const takenMs = Date.parse('2026-03-01T08:00+08:00');
  expect(lookup.healthTest('P-1', at, versions)).toEqual({ takenMs, result: 'negative' });
});
