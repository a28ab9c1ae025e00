import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportDataset } from '../../src/main/engine/reference/export.ts';
import type { DatasetNow, Loaded, Take } from '../../src/main/engine/reference/load-request.ts';
import { attemptLoad } from '../../src/main/engine/reference/loader-thread.ts';
import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { DatasetName, NO_DATASETS } from '../../src/shared/domain/permit.ts';
import { anyText } from '../kit/any-text.ts';
import {
  consignmentRow,
  enterpriseRow,
  goodsCsv,
  lineRow,
  slotRow,
  vehicleRow,
} from '../kit/goods-files.ts';
import { value } from '../kit/journal-kit.ts';
import { type Holder, permitsCsv } from '../kit/small-zone.ts';

type Format = 'csv' | 'json';
interface Asked {
  readonly take?: Take;
  readonly mode?: 'full' | 'delta';
  readonly format?: Format;
  readonly listed?: number;
}

let dir: string;
let db: WritableDb;
let now: Partial<Record<DatasetName, DatasetNow>>;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-imports-'));
  db = value(openWriter(join(dir, 'reference.db'), referenceSchema));
  now = {};
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const inForce = (dataset: DatasetName) => now[dataset] ?? { version: 0, hash: '', rows: 0 };

/** Asks the loading thread's own function, and puts in force what it staged. */
function ask(dataset: DatasetName, text: string, asked: Asked = {}) {
  const { take = 'all', mode = 'full', format = 'csv', listed } = asked;
  const held = { inForce: inForce(dataset), admissionList: 0, knownHash: '' };
  const request = { dataset, format, mode, path: null, text, take, listed, ...held };
  const answer = attemptLoad(db, request);
  if (answer.ok && answer.value.fresh) {
    const { version, hash, rows } = answer.value;
    now = { ...now, [dataset]: { version, hash, rows } };
  }
  return answer;
}
const load = (dataset: DatasetName, text: string, asked?: Asked): Loaded =>
  value(ask(dataset, text, asked));
const look = (dataset: DatasetName, text: string, asked: Asked = {}): Loaded =>
  load(dataset, text, { ...asked, take: 'nothing' });
const permits = (...holders: Holder[]) => permitsCsv(holders);
const write = (dataset: DatasetName, format: Format) =>
  [...exportDataset(db, dataset, inForce(dataset).version, format)].join('');
const everything = () => {
  return DatasetName.options.map((name) => write(name, 'json')).join('');
};

test('a look at a file says what it would do, and does nothing', () => {
  load('permits', permits({ n: 1 }, { n: 2 }, { n: 3 }));
  const before = everything();
  const next = permits({ n: 1 }, { n: 2, status: 'revoked' }, { n: 4 }, { n: 5, status: 'gone' });
  const looked = look('permits', next);
  expect(looked).toMatchObject({
    ...{ outcome: 'looked-at', fresh: false, rows: 3, refusedCount: 1 },
    refused: [{ line: 5, column: 'status' }],
    changes: {
      counts: { new: 1, changed: 1, same: 1, gone: 1 },
      examples: [
        { key: 'SP-2', change: 'changed' },
        { key: 'SP-4', change: 'new' },
        { key: 'SP-3', change: 'gone' },
      ],
    },
  });
  expect(everything()).toBe(before);
  expect(inForce('permits').version).toBe(1);
  expect(db.query('SELECT count(*) AS n FROM permit').get()).toEqual({ n: 3 });
});

test('a bad row stops the whole; its good rows come in where that was said', () => {
  const text = permits({ n: 1 }, { n: 2, status: 'gone' });
  expect(load('permits', text)).toMatchObject({ outcome: 'bad-rows', fresh: false });
  expect(inForce('permits').version).toBe(0);
  expect(db.query('SELECT count(*) AS n FROM permit').get()).toEqual({ n: 0 });
  expect(load('permits', text, { take: 'good-rows' })).toMatchObject({
    ...{ outcome: 'staged', version: 1, rows: 1, refusedCount: 1 },
  });
  expect(load('permits', text, { take: 'good-rows' }).outcome).toBe('same');
  expect(inForce('permits').version).toBe(1);
});

test('the same rows again make no version, however they are written', () => {
  load('permits', permits({ n: 1 }, { n: 2 }));
  expect(load('permits', permits({ n: 2 }, { n: 1 })).outcome).toBe('same');
  expect(look('permits', permits({ n: 2 }), { mode: 'delta' }).outcome).toBe('same');
  expect(load('permits', write('permits', 'json'), { format: 'json' }).outcome).toBe('same');
  expect(inForce('permits').version).toBe(1);
  // A first file says something even where it is empty.
  expect(load('watch-list', 'person,reason,from,to\n').outcome).toBe('staged');
  expect(load('watch-list', 'person,reason,from,to\r\n').outcome).toBe('same');
});

test('what came as changes is no repetition as the whole, and is looked at anew', () => {
  load('permits', permits({ n: 1 }, { n: 2 }));
  const text = permits({ n: 3 }, { n: 4, status: 'gone' });
  expect(load('permits', text, { mode: 'delta', take: 'good-rows' })).toMatchObject({ rows: 3 });
  expect(look('permits', text)).toMatchObject({
    ...{ outcome: 'looked-at', refusedCount: 1 },
    changes: { counts: { new: 0, changed: 0, same: 1, gone: 2 } },
  });
  expect(load('permits', text, { take: 'good-rows' })).toMatchObject({ version: 3, rows: 1 });
});

test('bad rows are listed up to a number, and all of them are counted', () => {
  const many = Array.from({ length: 700 }, (_, i) => ({ n: i + 1, status: 'gone' }));
  const text = permits({ n: 999 }, ...many);
  const { refused, refusedCount } = look('permits', text);
  expect([refused.length, refusedCount]).toEqual([200, 700]);
  expect(look('permits', text, { listed: 5_000 }).refused).toHaveLength(700);
});

const SAMPLES: Readonly<Record<DatasetName, string>> = {
  'admission-list':
    'trade,from,to\nweld,2026-01-01T00:00Z,\nweld,2024-02-29T08:30:01.5Z,2025-01-01T00:00Z\n',
  permits: permitsCsv([
    { n: 1, hours: '07:05-24:00' },
    { n: 2, status: 'suspended' },
  ]),
  persons:
    'person,nameZh,nameEn,employer,document\nP-1,"陳, 大文",=cmd|x,\'\'=y,"a ""b""\nc"\nP-2,,,,\n',
  'watch-list': 'person,reason,from,to\nP-1,-1+2,2026-01-01T00:00Z,2026-02-01T00:00Z\n',
  clearances: 'person,line,from,to\nP-1,first,2026-01-01T00:00Z,2026-02-01T00:00Z\n',
  rosters: 'roster,person,from,to\n@lab,P-1,2026-01-01T00:00Z,\n',
  'health-tests': 'person,takenAt,result\nP-1,2026-01-01T00:00:59Z,negative\n',
  enterprises: goodsCsv('enterprises', [enterpriseRow('E-1')]),
  consignments: goodsCsv('consignments', [
    consignmentRow('C-1', { origin: '10000|2000|1000|6000|0|0|1000', declared: 'filed' }),
    consignmentRow('C-2'),
  ]),
  'consignment-lines': goodsCsv('consignment-lines', [
    ...[lineRow('C-1', 1, 7), lineRow('C-1', 2, 1, 'IT-1')],
  ]),
  vehicles: goodsCsv('vehicles', [vehicleRow(1)]),
  slots: goodsCsv('slots', [slotRow(1, 'C-1')]),
};

test.each(DatasetName.options)('%s that were written out are read in as the same', (name) => {
  expect(load(name, SAMPLES[name])).toMatchObject({ outcome: 'staged', refusedCount: 0 });
  for (const format of ['csv', 'json'] as const) {
    const text = write(name, format);
    expect(look(name, text, { format })).toMatchObject({ outcome: 'same', refusedCount: 0 });
  }
});

test('what a spreadsheet would take for a formula is made harmless, and read as it was', () => {
  load('persons', SAMPLES.persons);
  const text = write('persons', 'csv');
  expect(text).toContain("'=cmd|x");
  expect(text).toContain("''=y");
  const inForceNow = { ...NO_DATASETS, persons: 1 };
  expect(new ReferenceLookup(db).person('P-1', inForceNow)).toMatchObject({
    ...{ nameEn: '=cmd|x', document: 'a "b"\nc' },
  });
});

const person = fc.record({
  person: fc.integer({ min: 1, max: 30 }).map((n) => `P-${n}`),
  nameZh: anyText({ maxLength: 12 }),
  nameEn: anyText({ maxLength: 12 }),
  employer: fc.constantFrom('', "'=a", '=1', ' x ', 'a,b', '"', '\r', '\n', 'x\r\ny', '＝1'),
  document: anyText({ maxLength: 5 }),
});

test('property: an export imports as the same, and a repeated import changes nothing', () => {
  const rows = fc.uniqueArray(person, { maxLength: 20, selector: (row) => row.person });
  fc.assert(
    fc.property(rows, fc.constantFrom('csv' as const, 'json' as const), (persons, format) => {
      load('persons', JSON.stringify(persons), { format: 'json' });
      const { version } = inForce('persons');
      const text = write('persons', format);
      expect(load('persons', text, { format })).toMatchObject({ outcome: 'same', version });
      const parsed = JSON.parse(write('persons', 'json')) as { person: string }[];
      const byId = (a: { person: string }, b: { person: string }) => (a.person < b.person ? -1 : 1);
      expect(parsed.toSorted(byId)).toEqual(persons.toSorted(byId));
    }),
    { numRuns: 60 },
  );
});

test('fuzz: rubbish is never thrown on, and takes nothing away', () => {
  for (const name of DatasetName.options) load(name, SAMPLES[name]);
  const before = everything();
  const rubbish = fc.oneof(
    anyText({ maxLength: 200 }),
    fc.json({ maxDepth: 3 }),
    fc
      .array(anyText({ maxLength: 20 }))
      .map((lines) => `person,reason,from,to\n${lines.join('\n')}`),
  );
  const way = fc.record({
    dataset: fc.constantFrom(...DatasetName.options),
    format: fc.constantFrom('csv' as const, 'json' as const),
    mode: fc.constantFrom('full' as const, 'delta' as const),
  });
  fc.assert(
    fc.property(way, rubbish, ({ dataset, format, mode }, text) => {
      const looked = ask(dataset, text, { format, mode, take: 'nothing' });
      expect(looked.ok ? looked.value.fresh : false).toBe(false);
      // What is thrown on comes back as this fault: a bad file has a fault of its own.
      expect(looked.ok ? '' : looked.fault.code).not.toBe('dataset-not-stored');
      expect(everything()).toBe(before);
    }),
    { numRuns: 150 },
  );
});
