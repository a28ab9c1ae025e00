import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFile } from '../../../src/renderer/features/regime/read-file.ts';
import {
  ALL_RULES,
  classesOf,
  groupRules,
} from '../../../src/renderer/features/regime/rule-groups.ts';
import {
  type AskSlice,
  type DayLook,
  type ListedRows,
  lookThrough,
  WhatIfPages,
} from '../../../src/renderer/features/regime/what-if-run.ts';
import { fieldsOfMoment, firstMoment, momentOf } from '../../../src/renderer/words/moment-field.ts';
import { CallError } from '../../../src/shared/contract/client.ts';
import type { WhatIfRow, WhatIfSlice } from '../../../src/shared/contract/regime-queries.ts';
import { MINUTE_MS } from '../../../src/shared/lib/hk-time.ts';
import { fileOf } from '../../../src/shared/regime/regime-file.ts';
import { SHIPPED_REGIMES } from '../../../src/shared/regime/shipped.ts';
import { fakeSite } from '../../kit/fake/zone.ts';
import { shippedRegime } from '../regime/given.ts';

const CMA = shippedRegime('cma-buffer-zone');

test.each(SHIPPED_REGIMES)('%s: every rule stands in one group of the table', (name) => {
  const { rules } = shippedRegime(name);
  const groups = groupRules(rules, ALL_RULES);
  const shown = groups.flatMap((group) => group.rules);
  expect(shown).toHaveLength(rules.length);
  expect(new Set(shown)).toEqual(new Set(rules));
  for (const { kind, line, rules: own } of groups) {
    expect(own.every((rule) => rule.kind === kind && rule.line === line)).toBe(true);
  }
});

test('the table narrowed by line, way, kind and class; a rule for both ways is in each', () => {
  const fitting = (filter: Partial<typeof ALL_RULES>) =>
    groupRules(CMA.rules, { ...ALL_RULES, ...filter }).flatMap((group) => group.rules);
  const both = CMA.rules.filter((rule) => rule.direction === 'both');
  expect(both.length).toBeGreaterThan(0);
  for (const direction of ['in', 'out']) {
    const shown = fitting({ direction });
    for (const rule of both) expect(shown).toContain(rule);
    expect(shown.every((rule) => ['both', direction].includes(rule.direction))).toBe(true);
  }
  const narrow = fitting({ line: 'first', direction: 'in', kind: 'person', class: 'special-pass' });
  expect(narrow.map(({ id }) => id)).toEqual(['first-in-special-pass']);
  expect(fitting({ class: 'nobody' })).toEqual([]);
  expect(classesOf(CMA.rules, 'vehicle')).toEqual(['registered', 'other']);
});

test('a moment of two fields and back, on the Hong Kong calendar', () => {
  expect(momentOf({ day: '2026-12-01', time: '06:30' })).toBe(
    Date.parse('2026-12-01T06:30:00+08:00'),
  );
  for (const wrong of [
    { day: '2026-02-30', time: '06:30' },
    { day: '2026-12-01', time: '24:00' },
    { day: '', time: '06:30' },
    { day: '2026-12-01', time: '6:30' },
  ]) {
    expect(momentOf(wrong)).toBeNull();
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      const back = momentOf(fieldsOfMoment(ms)) ?? 0;
      // The next full minute: never a moment that is past.
      expect(back - ms).toBeGreaterThanOrEqual(0);
      expect(back - ms).toBeLessThan(MINUTE_MS);
    }),
  );
  expect(firstMoment(1_000, 0)).toBe(1_000 + 60 * MINUTE_MS);
  expect(firstMoment(1_000, 9e12)).toBe(9e12);
});

test('a picked file is proven whole for the site, or each fault is told by its place', () => {
  const site = fakeSite(24);
  const file = fileOf(CMA);
  expect(readFile('next.json', JSON.stringify({ ...file, version: 9 }), site).read).toMatchObject({
    ok: true,
    regime: { version: 9 },
  });
  const [, ...rest] = file.rules;
  const holed = readFile('holed.json', JSON.stringify({ ...file, rules: rest }), site);
  expect(holed.read).toMatchObject({
    ok: false,
    faults: [{ path: 'first in person special-pass', text: expect.stringContaining('no rule') }],
  });
  const word = { ...file, rules: file.rules.map((rule) => ({ ...rule, kind: 'ghost' })) };
  const broken = readFile('word.json', JSON.stringify(word), site).read;
  expect(broken).toMatchObject({ ok: false });
  expect(JSON.stringify(broken)).toContain('rules[0].kind');
  expect(readFile('no.json', '{', site).read).toMatchObject({
    faults: [{ path: '(the whole file)' }],
  });
});

/** A day in parts, each as large as it says. */
function dayOf(parts: readonly Partial<WhatIfSlice>[]) {
  const asked: [string | null, number][] = [];
  const ask: AskSlice = async (cursor, limit, gone) => {
    asked.push([cursor, limit]);
    await Promise.resolve();
    if (gone.aborted) throw new CallError({ code: 'cancelled', text: 'called off' });
    const at = Number(cursor ?? 0);
    const next = at + 1 < parts.length ? String(at + 1) : null;
    const none = { total: 0, looked: 0, changed: 0, cannotTell: 0, counts: [], rows: [] };
    return { ...none, ...parts[at], cursor: next };
  };
  return { ask, asked };
}
const counted = (count: number) => ({
  ...{ class: 'special-pass', rule: 'a', from: 'admit', toRule: 'a', to: 'refer' },
  count,
});

test('a day is added up part by part, with a total from its first part on', async () => {
  const { ask, asked } = dayOf([
    { total: 30, looked: 10, changed: 2, cannotTell: 1, counts: [counted(2)] },
    { looked: 10, cannotTell: 0 },
    { looked: 10, changed: 5, counts: [counted(5)] },
  ] as Partial<WhatIfSlice>[]);
  const told: DayLook[] = [];
  await lookThrough(ask, new AbortController().signal, (look) => told.push(look));
  expect(told.map(({ counts, total, state }) => [state, counts.looked, total])).toEqual([
    ['running', 0, 0],
    ['running', 10, 30],
    ['running', 20, 30],
    ['running', 30, 30],
    ['done', 30, 30],
  ]);
  expect(told.at(-1)?.counts).toMatchObject({ changed: 7, cannotTell: 1, counts: [counted(7)] });
  expect(asked).toEqual([
    [null, 0],
    ['1', 0],
    ['2', 0],
  ]);
});

test('called off it stops asking and says so; a fault keeps what was found before', async () => {
  const { ask, asked } = dayOf([{ total: 3, looked: 1 }, { looked: 1 }, { looked: 1 }]);
  const gone = new AbortController();
  const told: DayLook[] = [];
  await lookThrough(ask, gone.signal, (look) => {
    told.push(look);
    if (look.counts.looked === 1) gone.abort();
  });
  expect(told.at(-1)).toMatchObject({ state: 'cancelled', counts: { looked: 1 }, fault: null });
  expect(asked).toHaveLength(2);
  const failing: AskSlice = (cursor, limit, signal) => {
    if (cursor === '1') throw new CallError({ code: 'reading-busy', text: 'wait' });
    return ask(cursor, limit, signal);
  };
  await lookThrough(failing, new AbortController().signal, (look) => told.push(look));
  expect(told.at(-1)).toMatchObject({
    ...{ state: 'failed', counts: { looked: 1 }, fault: { code: 'reading-busy' } },
  });
});

test('the list goes on over parts without anybody, a page at a time', async () => {
  const row = (crossing: string) => ({ crossing }) as WhatIfRow;
  const { ask, asked } = dayOf([
    { rows: [] },
    { rows: [row('X1-1'), row('X1-2')] },
    { rows: [] },
    { rows: [row('X1-3')] },
  ]);
  let held: ListedRows | null = null;
  const pages = new WhatIfPages(ask, (now) => {
    held = now;
  });
  await pages.more();
  expect(held).toMatchObject({ rows: [{ crossing: 'X1-1' }, {}], complete: false, busy: false });
  expect(asked).toHaveLength(2);
  await pages.more();
  expect(held).toMatchObject({ rows: [{}, {}, { crossing: 'X1-3' }], complete: true });
  await pages.more();
  expect(asked).toHaveLength(4);
});
