import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resourcesDir } from '../../src/main/engine/site/resources.ts';
import { emptyFolder, inside, twoline } from '../kit/run-cli.ts';

const NAMES = [
  ...['cma-buffer-zone', 'hetao-two-parks', 'hengqin'],
  ...['xiao-geng-special-zone', 'zhang-special-passage'],
];

interface File {
  rules: { id: string; text: Record<string, string>; classes: string[] }[];
}

/** The buffer zone's file in a folder of its own, as somebody edited it. */
function written(edit: (file: File) => void): string {
  const shipped = join(resourcesDir(), 'regimes', 'cma-buffer-zone.json');
  const file = JSON.parse(readFileSync(shipped, 'utf8')) as File;
  edit(file);
  const path = join(emptyFolder(), 'regime.json');
  writeFileSync(path, JSON.stringify(file));
  return path;
}

test('regime check, as a process: a regime that is whole, in one line', async () => {
  expect(await twoline('regime', 'check', 'hengqin')).toEqual({
    ...{ code: 0, err: '' },
    out: 'regime hengqin version 1: 27 rules decide each of 85 cases once\n',
  });
});

test.each(NAMES)('regime check: %s is whole', async (name) => {
  const ran = await inside('regime', 'check', name);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(
    new RegExp(`^regime ${name} version \\d+: \\d+ rules decide each of 85 cases once\\n$`),
  );
});

test('regime check: exit 1 and one line for each fault', async () => {
  const holes = await twoline(
    ...['regime', 'check'],
    written(({ rules }) =>
      rules.splice(
        rules.findIndex(({ id }) => id === 'second-goods'),
        1,
      ),
    ),
  );
  expect(holes).toMatchObject({ code: 1, err: '' });
  const lines = holes.out.trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe(
    'second in consignment registered-enterprise: no rule decides this: write one',
  );
  const faults = await inside(
    ...['regime', 'check'],
    written(({ rules }) => {
      for (const rule of rules.slice(0, 25)) delete rule.text['zh-CN'];
      rules[30]?.classes.push('unknown');
    }),
  );
  expect(faults.code).toBe(1);
  expect(faults.out.trimEnd().split('\n')).toHaveLength(26);
  expect(faults.out).toContain('rules[24].text.zh-CN: ');
});

test('regime check: what is no JSON is a fault, what cannot be read an error', async () => {
  const path = join(emptyFolder(), 'regime.json');
  writeFileSync(path, '{"rules":');
  const ran = await inside('regime', 'check', path);
  expect(ran).toMatchObject({ code: 1, err: '' });
  expect(ran.out.trimEnd().split('\n')).toHaveLength(1);
  expect(ran.out).toContain('is not JSON');
  const absent = await inside('regime', 'check', join(emptyFolder(), 'absent.json'));
  expect(absent).toMatchObject({ code: 2, out: '' });
  expect(absent.err).toContain('(regime-unreadable)');
});

test.each([
  ['zh-HK', '一線', '條件：', '後續義務：', '依據：', '備案（內地）'],
  ['zh-CN', '一线', '条件：', '后续义务：', '依据：', '备案（内地）'],
  ['en', 'First line', 'Where: ', 'Then: ', 'By: ', 'Filed with the authority (the mainland)'],
])('regime explain: the decision table in %s', async (lang, ...words) => {
  const ran = await inside('regime', 'explain', 'xiao-geng-special-zone', '--lang', lang);
  expect(ran).toMatchObject({ code: 0, err: '' });
  for (const word of words) expect(ran.out).toContain(word);
  expect(ran.out).not.toMatch(/undefined|\{\{|NaN/);
  for (const id of ['first-innovator', 'second-goods', 'inner-vehicle-other']) {
    expect(ran.out.split(`[${id}]`)).toHaveLength(2);
  }
});

test('regime explain, as a process: who is asked for what, and what comes of it', async () => {
  const ran = await twoline('regime', 'explain', 'hengqin', '--lang', 'en');
  expect(ran.out).toContain(
    'In and out · Macao resident / Mainland visitor / Other visitor → Admit',
  );
  expect(ran.out).toContain(
    'Where: Permit valid (else In Refuse, Out Refer, expired: still out, recorded as an overstay)',
  );
  expect(ran.out).toContain('Enterprise registered or Declaration cleared (else Refer)');
  expect(ran.out).toContain('Either side of the first line: Macao | the mainland');
  const settings = await inside('regime', 'explain', 'zhang-special-passage', '--lang', 'en');
  expect(settings.out).toContain('A health test counts for 48 hours');
  expect(settings.out).toContain('Combined import tax rate: 9.1 %');
});

test('regime explain: a file with faults is not explained, nor in no language', async () => {
  const broken = written(({ rules }) => rules.pop());
  const ran = await inside('regime', 'explain', broken);
  expect(ran).toMatchObject({ code: 1, err: '' });
  expect(ran.out).toContain('no rule decides this');
  const usage = await inside('regime', 'explain', 'hengqin', '--lang', 'fr');
  expect(usage).toMatchObject({ code: 2, out: '' });
  expect(usage.err).toContain('--lang is zh-HK, zh-CN or en');
});

test('regime draw: the very number that an auditor’s own program makes', async () => {
  const draw = ['regime', 'draw', 'cma-buffer-zone'];
  const ran = await inside(...draw, 'X1-42', '--seed', '2026-03-09/7f3a');
  expect(ran).toEqual({
    ...{ code: 0, err: '' },
    out:
      'cma-buffer-zone version 2, seed 2026-03-09/7f3a, X1-42: ' +
      '3562045149 of 4294967296 at 5 %: not drawn\n',
  });
  // 196,290,593 is the first below 5 % of 2^32 (214,748,364) with this seed.
  const drawn = await inside(...draw, 'X1-5', '--seed', 's');
  expect(drawn.out).toContain(': 196290593 of 4294967296 at 5 %: drawn\n');
  expect(await inside(...draw, 'X1-42')).toMatchObject({ code: 2, out: '' });
  const wrong = await inside(...draw, 'P-1', '--seed', 's');
  expect(wrong.err).toContain('P-1 is no crossing id such as X1-42');
});
