import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/shared/domain/text.ts';
import { explainRegime } from '../../../src/shared/locale/explain-regime.ts';
import { hk, SHIPPED, shippedRegime } from './given.ts';

const EVERY = SHIPPED.flatMap((name) => LANGUAGES.map((language) => [name, language] as const));

test.each(EVERY)('%s in %s: each rule once, each figure, and no word missing', (name, language) => {
  const regime = shippedRegime(name);
  const lines = explainRegime(regime, language);
  const told = lines.join('\n');
  for (const { id } of regime.rules) expect(told.split(`[${id}]`)).toHaveLength(2);
  expect(told).not.toMatch(/undefined|\{\{|NaN/);
  const figures = lines.slice(lines.lastIndexOf('') + 2);
  const settings = Object.keys(regime.settings).length;
  expect(figures.filter((line) => !line.startsWith('  '))).toHaveLength(settings);
});

test('English words only in English, but for ids', () => {
  const told = explainRegime(shippedRegime('zhang-special-passage'), 'en').join('\n');
  expect(told).not.toMatch(/\p{Script=Han}/u);
});

test('a rule of a time of its own says so', () => {
  const regime = shippedRegime('hengqin');
  const [rule, ...others] = regime.rules.filter(({ line }) => line === 'second');
  if (rule === undefined) throw new Error('no rule of the second line');
  const times = { fromMs: hk('2026-07-01T00:00:00'), toMs: hk('2026-10-01T12:30:00') };
  const seasonal = { ...regime, rules: [{ ...rule, ...times }, ...others] };
  const way = (language: (typeof LANGUAGES)[number]) =>
    explainRegime(seasonal, language).find((line) => line.includes('→'));
  expect(way('en')).toBe(
    'In and out · Mainland visitor → Admit (in force from 1 July 2026, 00:00; ' +
      'up to 1 October 2026, 12:30)',
  );
  expect(way('zh-HK')).toBe(
    '出入區 · 內地旅客 → 放行（2026年7月1日00:00起生效；至2026年10月1日12:30為止）',
  );
});
