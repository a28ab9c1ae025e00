import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import { cliFolder, emptyFolder, inside, twoline } from '../kit/run-cli.ts';

const CMA = 'cma-buffer-zone';

interface Found {
  readonly looked: number;
  readonly changed: number;
  readonly cannotTell: number;
  readonly counts: readonly { readonly count: number; readonly to: string }[];
  readonly rows: readonly { readonly crossing: string }[];
}

/** A made-up journal in a folder of its own, and its busiest day. */
function journal() {
  const { db, dir } = cliFolder('cli what-if', 300);
  const crossed = db.query<[], { at_ms: number }>('SELECT at_ms FROM crossing').all();
  const days = crossed.map(({ at_ms: atMs }) => hkDay(atMs));
  const count = (day: string) => days.filter((one) => one === day).length;
  const day = [...new Set(days)].sort((a, b) => count(b) - count(a))[0] ?? '';
  return { dir, day };
}

test('what-if, as a process: how many would have been treated otherwise, and who', async () => {
  const { dir, day } = journal();
  const asked = ['regime', 'what-if', dir, '--day', day, '--file', CMA];
  const ran = await twoline(...asked);
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(
    new RegExp(
      `^${CMA} version \\d+ on ${day}: \\d+ decisions, \\d+ otherwise, \\d+ cannot be told\\n`,
    ),
  );
  const json = await inside(...asked, '--json');
  const found = JSON.parse(json.out) as Found;
  expect(found.looked).toBeGreaterThan(5);
  expect(found.rows).toHaveLength(found.changed);
  expect(found.counts.reduce((sum, { count }) => sum + count, 0)).toBe(found.changed);
});

test('a file that is not whole, no day and no journal are told as what they are', async () => {
  const { dir, day } = journal();
  const file = join(emptyFolder(), 'holed.json');
  const whole = JSON.parse(readFileSync(`resources/regimes/${CMA}.json`, 'utf8')) as {
    rules: object[];
  };
  writeFileSync(file, JSON.stringify({ ...whole, rules: whole.rules.slice(1) }));
  const of = (folder: string, on: string, name: string) =>
    inside('regime', 'what-if', folder, '--day', on, '--file', name);
  expect(await of(dir, day, file)).toMatchObject({ code: 2, out: '' });
  expect((await of(dir, day, file)).err).toContain('first in person');
  expect((await of(dir, '2026-02-30', CMA)).err).toContain('--day is a day');
  expect((await of(emptyFolder(), day, CMA)).err).toContain('store-absent');
});
