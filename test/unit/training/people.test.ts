import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Credential } from '../../../src/shared/domain/credential.ts';
import { seedNumber } from '../../../src/training/chance.ts';
import { Badges } from '../../../src/training/people/badges.ts';
import {
  escortedBy,
  escortOf,
  HOLDER_CLASSES,
  shareOf,
} from '../../../src/training/people/classes.ts';
import { writePeople } from '../../../src/training/people/files.ts';
import { holderOf, type Population } from '../../../src/training/people/holder.ts';
import { namesOf } from '../../../src/training/people/names.ts';
import { COLUMNS, csvLine } from '../../../src/training/people/rows.ts';
import { HOLDER_TROUBLE } from '../../../src/training/rates.ts';
import { cardOf } from '../../../src/training/world/make-visit.ts';

const population: Population = { seed: seedNumber('people-test'), people: 20_000, year: 2026 };
const holders = Array.from({ length: population.people }, (_, i) => holderOf(population, i));

async function written(setting: Population): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'twoline-people-'));
  try {
    await writePeople(folder, setting);
    const names = await readdir(folder);
    const texts: Record<string, string> = {};
    for (const name of names.sort()) texts[name] = await readFile(join(folder, name), 'utf8');
    return texts;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the seed fixes the people, byte for byte; another seed makes others', async () => {
  const small = { ...population, people: 1000 };
  const once = await written(small);
  expect(Object.keys(once)).toEqual([
    'clearances.csv',
    'people.made',
    'permits.csv',
    'persons.csv',
    'watch-list.csv',
  ]);
  const rows = ({ 'people.made': _, ...files }: Record<string, string>) => files;
  expect(rows(await written(small))).toEqual(rows(once));
  expect(rows(await written({ ...small, seed: seedNumber('another') }))).not.toEqual(rows(once));
});

test('files of the same people are not written again, unless somebody changed one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'twoline-people-'));
  const small = { ...population, people: 1000 };
  const isWritten = async (setting: Population) => {
    let made = 0;
    await writePeople(folder, setting, (now) => {
      made = now;
    });
    return made > 0;
  };
  try {
    expect(await isWritten(small)).toBe(true);
    const before = await readFile(join(folder, 'permits.csv'), 'utf8');
    expect(await isWritten(small)).toBe(false);
    await writeFile(join(folder, 'permits.csv'), 'half');
    expect(await isWritten(small)).toBe(true);
    expect(await readFile(join(folder, 'permits.csv'), 'utf8')).toBe(before);
    expect(await isWritten({ ...small, people: 1001 })).toBe(true);
    expect(await isWritten({ ...small, people: 1001, year: 2027 })).toBe(true);
    await rm(join(folder, 'watch-list.csv'));
    expect(await isWritten({ ...small, people: 1001, year: 2027 })).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('each class has its stated share', () => {
  for (const name of HOLDER_CLASSES) {
    const found = holders.filter((holder) => holder.class === name).length;
    expect(found).toBe(shareOf(name) * population.people);
  }
});

test('trouble is drawn at its stated rates', () => {
  const many = Array.from({ length: 200_000 }, (_, i) => holderOf(population, i));
  for (const [name, share] of Object.entries(HOLDER_TROUBLE)) {
    const found = many.filter((holder) => holder.trouble === name).length / many.length;
    expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt(share / many.length));
  }
});

test('a million badges are 26-bit, valid and all different', { timeout: 60_000 }, () => {
  const badges = new Badges(population.seed);
  const seen = new Uint8Array(25_600_000);
  let twice = 0;
  for (let i = 0; i < 1_000_000; i += 1) {
    const card = cardOf(badges, i);
    twice += seen[card] ?? 1;
    seen[card] = 1;
  }
  expect(twice).toBe(0);
  for (let i = 0; i < 1000; i += 1) {
    const badge = badges.badge(i * 997);
    const [, facility, card] = badge.split('/').map(Number);
    expect(Credential.safeParse(badge).success).toBe(true);
    expect(badges.indexOf(badge)).toBe(i * 997);
    expect(facility! >= 1 && facility! <= 255 && card! >= 1 && card! <= 65_535).toBe(true);
  }
});

test('every escorted visitor has an official of the same block, who knows them', () => {
  for (const holder of holders.filter((one) => one.class === 'escorted-visitor')) {
    const escort = escortOf(holder.index);
    expect(holderOf(population, escort).class).toBe('official');
    expect(escortedBy(escort)).toContain(holder.index);
  }
});

test('names are traditional for Hong Kong, simplified for the mainland, Latin for others', () => {
  const zh = (name: (typeof HOLDER_CLASSES)[number]) =>
    holders
      .filter((holder) => holder.class === name)
      .map((holder) => namesOf(population, holder).nameZh)
      .join('');
  expect(zh('hk-resident')).toMatch(/[陳黃張]/);
  expect(zh('hk-resident')).not.toMatch(/[陈黄张]/);
  expect(zh('special-pass')).toMatch(/[陈黄张]/);
  expect(zh('special-pass')).not.toMatch(/[陳黃張]/);
  expect(zh('other-visitor')).toMatch(/[A-Za-z]/);
});

test('files have a header, a row a holder, and ISO times with the Hong Kong offset', async () => {
  const files = await written({ ...population, people: 2000 });
  const permits = files['permits.csv']!.split('\r\n');
  expect(permits[0]).toBe(COLUMNS.permits.join(','));
  expect(permits).toHaveLength(2002);
  const time = '\\d{4}-\\d\\d-\\d\\dT00:00:00\\+08:00';
  const row = new RegExp(
    [
      ...['^TP\\d{7}', 'P\\d{7}', 'h10301/\\d+/\\d+', '[a-z-]+', '(active|suspended|revoked)'],
      ...[time, time, '[a-z|-]+', '\\d\\d:\\d\\d-\\d\\d:\\d\\d'],
      ...['(ent-\\d{3})?', `(${time})?`, '[a-z]*$'],
    ].join(','),
  );
  for (const line of permits.slice(1, -1)) expect(line).toMatch(row);
  expect(files['persons.csv']!.split('\r\n')).toHaveLength(2002);
  expect(files['watch-list.csv']!.split('\r\n').length).toBeGreaterThan(2);
});

test('fields with commas, quotes and line ends are quoted', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng'])).toBe('a,"b,c","d""e","f\ng"\r\n');
});
