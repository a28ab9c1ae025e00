import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Role } from '../../src/shared/domain/role.ts';
import { callerOf } from '../kit/caller.ts';
import { cliFolder, inside } from '../kit/run-cli.ts';
import { startSmallZone } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const HEADER = 'roster,person,from,to';
const GOOD = 'lab,P-1,2026-01-01T00:00+08:00,';
const BAD = 'lab,P-2,yesterday,';
const csv = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\n');

test('a file is previewed, taken as was said, and exported, each with who and why', async () => {
  const zone = await startSmallZone([{ n: 1 }]);
  onTestFinished(() => zone.close());
  const { backend } = zone.engine;
  const file = { dataset: 'rosters', format: 'csv', mode: 'full' };
  const query = (name: string, input: object, role: Role = 'administrator') =>
    backend.query(name, input, callerOf(role));
  const load = (input: object) =>
    backend.command('dataset.load', { ...file, ...input }, callerOf('administrator'));
  const text = csv(GOOD, BAD);
  expect(await query('dataset.preview', { ...file, text })).toMatchObject({
    ok: true,
    value: {
      ...{ same: false, version: 0, rows: 0, rowsAfter: 1, good: 1, bad: 1 },
      refused: [{ line: 3, column: 'from' }],
      counts: { new: 1, changed: 0, same: 0, gone: 0 },
    },
  });
  expect(await load({ text })).toMatchObject({ ok: false, fault: { code: 'rows-refused' } });
  const reason = 'the other comes tomorrow';
  expect(await load({ text, goodRowsOnly: { reason } })).toMatchObject({
    value: { version: 1, rows: 1, same: false, refusedCount: 1 },
  });
  expect(await load({ text: csv(GOOD) })).toMatchObject({ value: { version: 1, same: true } });
  const asked = { dataset: 'rosters', format: 'json', purpose: 'a copy for the park' };
  const made = await query('dataset.export', asked, 'inspector');
  expect(made).toMatchObject({ ok: true, value: { name: 'rosters-1.json' } });
  const { text: written } = (made as { value: { text: string } }).value;
  const again = { ...file, format: 'json', text: written };
  expect(await query('dataset.preview', again)).toMatchObject({ value: { same: true } });
  expect(await query('dataset.bad-rows', { ...file, text })).toMatchObject({
    value: { text: expect.stringContaining('\r\n3,from,') },
  });
  const journal = new ZoneJournal(zone.dataDir);
  onTestFinished(() => journal.db.close());
  const events = journal.events().filter(({ actor }) => actor.type === 'person');
  expect(events).toMatchObject([
    { kind: 'text.kept' },
    {
      kind: 'dataset.in-force',
      actor: { user: 'test-administrator' },
      data: { dataset: 'rosters', version: 1, refused: 1, took: 'good-rows' },
    },
    {
      kind: 'disclosure.made',
      actor: { user: 'test-inspector' },
      data: { query: 'dataset.export', purpose: asked.purpose, rows: 1 },
    },
  ]);
});

test('twoline import looks, takes what was said, and once; export writes the same', async () => {
  const { dir } = cliFolder();
  const path = join(dir, 'rosters.csv');
  writeFileSync(path, csv(GOOD, BAD));
  const bad = join(dir, 'bad.csv');
  const looked = await inside('import', 'rosters', path, dir, '--preview', '--bad-rows', bad);
  expect(looked).toMatchObject({ code: 1, err: '' });
  expect(looked.out).toContain('good 1 bad 1\nnew 1 changed 0 same 0 gone 0\nbad line 3 from:');
  expect(readFileSync(bad, 'utf8')).toContain('\r\n3,from,');
  const by = ['--by', '4711'];
  const named = await inside('import', 'rosters', path, dir, '--by', 'Chan Tai Man');
  expect(named).toMatchObject({ code: 2, err: expect.stringContaining('a staff number') });
  expect(await inside('import', 'rosters', path, dir)).toMatchObject({ code: 2 });
  const whole = await inside('import', 'rosters', path, dir, ...by);
  expect(whole).toMatchObject({ code: 2, err: expect.stringContaining('nothing was taken') });
  const part = ['--good-rows-only', '--reason', 'one is late'];
  const taken = await inside('import', 'rosters', path, dir, ...by, ...part);
  expect(taken).toMatchObject({
    code: 1,
    out: expect.stringContaining('in force version 1 rows 1'),
  });
  writeFileSync(path, csv(GOOD));
  expect(await inside('import', 'rosters', path, dir, ...by)).toMatchObject({
    ...{ code: 0, out: expect.stringContaining('same version 1') },
  });
  const out = join(dir, 'out.json');
  const exported = await inside('export', 'rosters', dir, '--out', out, '--format', 'json');
  expect(exported).toMatchObject({ code: 0, err: '' });
  const again = await inside('import', 'rosters', out, dir, '--preview');
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('same version 1') });
  expect(await inside('verify', dir)).toMatchObject({ code: 0, err: '' });
  expect(await inside('rebuild', dir)).toMatchObject({ code: 0, err: '' });
});
