import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultText } from '../../../src/renderer/words/fault-text.ts';
import { makeDictionary, makeWords } from '../../../src/renderer/words/make-words.ts';
import { commands } from '../../../src/shared/contract/commands.ts';
import { queries } from '../../../src/shared/contract/queries.ts';
import { shellCommands } from '../../../src/shared/contract/shell.ts';
import { LANGUAGES, Text3 } from '../../../src/shared/domain/text.ts';
import { shell } from '../../../src/shared/locale/shell.ts';
import type { WordTable } from '../../../src/shared/locale/table.ts';
import { tables } from '../../../src/shared/locale/tables.ts';

const RENDERER = join(import.meta.dirname, '../../../src/renderer');
const SHELL = join(import.meta.dirname, '../../../src/main/shell');

/** Calls of the contracts, which can look like words. */
const calls = new Set([queries, commands, shellCommands].flatMap((table) => Object.keys(table)));

/** Every word of every table, by the key that `t` takes (without the form by number). */
const words = Object.entries<WordTable>(tables).flatMap(([area, table]) =>
  Object.entries(table).map(([key, text]) => ({
    key: `${area}.${key.replace(/_(one|other)$/, '')}`,
    full: `${area}.${key}`,
    text,
  })),
);

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

/** Keys written out, and the beginnings of keys whose end is chosen at run time. */
function usedKeys(): { whole: Set<string>; begun: { head: string; tail: string }[] } {
  const areas = Object.keys(tables).join('|');
  const whole = new Set<string>();
  const begun: { head: string; tail: string }[] = [];
  for (const source of sourcesOf(RENDERER)) {
    for (const [, key] of source.matchAll(
      new RegExp(`['"\`]((?:${areas})\\.[\\w-]+)['"\`]`, 'g'),
    )) {
      if (key && !calls.has(key)) whole.add(key);
    }
    const templates = new RegExp(`\`((?:${areas})\\.[\\w-]*)\\$\\{[^}]*\\}([\\w-]*)\``, 'g');
    for (const [, head, tail] of source.matchAll(templates)) {
      if (head) begun.push({ head, tail: tail ?? '' });
    }
  }
  for (const source of sourcesOf(SHELL)) {
    // The window has words of its own and takes them from their table, by their own names.
    for (const [, key] of source.matchAll(/'([\w-]+)'/g)) {
      if (key && key in shell) whole.add(`shell.${key}`);
    }
    for (const [, key] of source.matchAll(/\bshell\.(\w+)\[/g)) whole.add(`shell.${key}`);
  }
  return { whole, begun };
}

/** The ideographs of a national character set, read from the platform's own decoder. */
function ideographs(encoding: string, ranges: readonly (readonly [number, number])[]): Set<string> {
  const decoder = new TextDecoder(encoding);
  const found = new Set<string>();
  for (const [from, to] of ranges) {
    for (let lead = from >> 8; lead <= to >> 8; lead += 1) {
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        const code = (lead << 8) | trail;
        if (code < from || code > to) continue;
        for (const letter of decoder.decode(Uint8Array.of(lead, trail))) found.add(letter);
      }
    }
  }
  return found;
}

function hanOf(text: string): string[] {
  return [...text].filter((letter) => /\p{Script=Han}/u.test(letter));
}

describe('the word tables', () => {
  test('have every word in three languages', () => {
    const bad = words.filter(({ text }) => !Text3.safeParse(text).success).map(({ full }) => full);
    expect(bad).toEqual([]);
  });

  test('ask for the same values in each language', () => {
    const values = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort().join();
    const bad = words.filter(({ text }) => {
      const asked = LANGUAGES.map((language) => values(text[language]));
      return new Set(asked).size > 1;
    });
    expect(bad.map(({ full }) => full)).toEqual([]);
  });

  test('write zh-CN in simplified letters only', () => {
    const known = ideographs('gbk', [[0xb0a1, 0xf7fe]]);
    const bad = words.filter(({ text }) => hanOf(text['zh-CN']).some((one) => !known.has(one)));
    expect(bad.map(({ full, text }) => `${full}: ${text['zh-CN']}`)).toEqual([]);
  });

  test('write zh-HK in traditional letters only', () => {
    const known = ideographs('big5', [
      [0xa440, 0xc67e],
      [0xc940, 0xf9d5],
    ]);
    const bad = words.filter(({ text }) => hanOf(text['zh-HK']).some((one) => !known.has(one)));
    expect(bad.map(({ full, text }) => `${full}: ${text['zh-HK']}`)).toEqual([]);
  });

  test('leave no Chinese in the English', () => {
    expect(words.filter(({ text }) => hanOf(text.en).length > 0)).toEqual([]);
  });
});

describe('the screens', () => {
  const used = usedKeys();
  const known = new Set(words.map(({ key }) => key));

  test('use no word that is missing from the tables', () => {
    expect([...used.whole].filter((key) => !known.has(key))).toEqual([]);
    const fits = ({ head, tail }: { head: string; tail: string }) =>
      [...known].some((key) => key.startsWith(head) && key.endsWith(tail));
    expect(used.begun.filter((one) => !fits(one))).toEqual([]);
  });

  test('use every word that the tables have', () => {
    // Faults are found by the code that the engine sends, sayings by its text.
    const unused = [...known].filter(
      (key) =>
        !/^(faults|sayings)\./.test(key) &&
        !used.whole.has(key) &&
        !used.begun.some(({ head, tail }) => key.startsWith(head) && key.endsWith(tail)),
    );
    expect(unused).toEqual([]);
  });
});

test('the language switches words, forms by number and values', () => {
  const dictionary = makeDictionary();
  const said = LANGUAGES.map((language) => {
    const { t } = makeWords(dictionary, language, () => {});
    return [t('domain.verdict-refer'), t('app.centre-waiting', { count: 1 })];
  });
  expect(said).toEqual([
    ['轉人工', '1 項待傳'],
    ['转人工', '1 项待传'],
    ['Refer', '1 event waiting'],
  ]);
});

test('times are Hong Kong time in 24 hours', () => {
  const { time, dayTime } = makeWords(makeDictionary(), 'en', () => {});
  const atMs = Date.parse('2026-11-22T16:05:09Z');
  expect(time(atMs)).toBe('00:05:09');
  expect(dayTime(atMs)).toBe('2026-11-23 00:05:09');
});

test('a fault is said in the language of the screen, else in its own text', () => {
  const locked = { code: 'sign-in-locked', text: 'too many wrong tries: try again in 5 min' };
  expect(faultText(locked, 'zh-HK')).toBe('錯誤次數過多，請於 5 分鐘後再試。');
  expect(faultText({ code: 'brand-new', text: 'the text it came with' }, 'zh-HK')).toBe(
    'the text it came with',
  );
});
