import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRegime } from '../../../src/shared/regime/regime-file.ts';
import { ruleWords } from '../../../src/shared/regime/rule-words.ts';
import { cmaRegime, cmaText } from './given.ts';

type Path = readonly (string | number)[];

/** The shipped file with one value set (or, with `undefined`, taken out) at a path. */
function mangled(path: Path, value: unknown): string {
  const file = JSON.parse(cmaText()) as Record<string | number, unknown>;
  let at = file;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(file);
}

function faultOf(text: string): { code: string; text: string; where?: string | undefined } {
  const parsed = parseRegime(text, 'regimes/x.json');
  if (parsed.ok) throw new Error('the file was taken');
  return parsed.fault;
}

const both = { is: 'permit-valid', else: 'refuse' };
const clearanceRule = 2;
const OTHER: readonly (readonly [string, Path, unknown, string, string])[] = [
  ['a missing version', ['version'], undefined, 'version:', 'expected number'],
  ['an unknown word at the top', ['precedence'], 1, '(the whole file):', 'precedence'],
  ['an unknown word in a rule', ['rules', 1, 'unless'], 1, 'rules[1]:', 'unless'],
  ['a text without English', ['rules', 0, 'text', 'en'], undefined, 'rules[0].text.en:', ''],
  ['an empty text', ['title', 'zh-CN'], '', 'title.zh-CN:', ''],
  ['an unknown line', ['rules', 0, 'line'], 'third', 'rules[0].line:', '"inner"'],
  ['an unknown verdict', ['rules', 0, 'then'], 'maybe', 'rules[0].then:', '"refer"'],
  [
    'an unknown requirement',
    ['rules', 0, 'require', 0, 'is'],
    'rich',
    'rules[0].require[0].is:',
    '',
  ],
  [
    'an else that admits',
    ['rules', 0, 'require', 0, 'else'],
    'admit',
    'rules[0].require[0].else',
    '',
  ],
  ['an unknown obligation', ['rules', 0, 'oblige', 0], 'smile', 'rules[0].oblige[0]:', ''],
  [
    'a cite of neither kind',
    ['rules', 0, 'cite'],
    'somewhere',
    'rules[0].cite',
    "project's choice",
  ],
  ['a time without a zone', ['effectiveFrom'], '2026-01-01T00:00:00', 'effectiveFrom:', '+08:00'],
  ['a day that is none', ['effectiveFrom'], '2026-02-30T00:00:00+08:00', 'effectiveFrom:', ''],
  ['a cut-off past the day', ['settings', 'dayReturnCutOff'], '24:01', 'settings.day', 'HH:MM'],
  ['an unknown setting', ['settings', 'mood'], 1, 'settings:', 'mood'],
  ['no rules', ['rules'], [], 'rules:', ''],
  ['an id with spaces', ['rules', 0, 'id'], 'First In', 'rules[0].id:', 'small letters'],
  ['a line crossed across', ['rules', 0, 'direction'], 'across', '.direction:', 'inner passage'],
  ['two rules of one id', ['rules', 1, 'id'], 'first-in-special-pass', 'rules[1]', 'rename one'],
  ["another kind's class", ['rules', 0, 'classes', 0], 'registered', '.classes[0]:', 'no person'],
  ['a class twice', ['rules', 2, 'classes', 1], 'hk-resident', '.classes[1]:', 'twice'],
  [
    'a requirement twice',
    ['rules', 0, 'require', 1, 'is'],
    'permit-valid',
    '.require[1].is',
    'twice',
  ],
  ['a way out refused', ['rules', clearanceRule, 'require', 0], both, '.else:', 'write "refer"'],
  ['goods duties for people', ['rules', 0, 'oblige', 0], 'export-refund', '.oblige[0]:', 'follow'],
  ['a setting left out', ['settings', 'dayReturnCutOff'], undefined, 'settings.dayRet', 'due-back'],
  ['a goods setting left out', ['settings', 'origin'], undefined, 'settings.origin', 'origin-met'],
];

describe('a bad file', () => {
  test.each(OTHER)('with %s is named by its path and what to do', (_, path, value, at, what) => {
    const fault = faultOf(mangled(path, value));
    expect(fault).toMatchObject({ code: 'regime-invalid', where: 'regimes/x.json' });
    expect(fault.text).toContain(at);
    expect(fault.text).toContain(what);
    expect(fault.text).toContain('regimes/x.json is not a valid regime file. Correct each:');
  });

  test.each([
    'declaration-cleared',
    'enterprise-registered',
    'enterprise-tier',
    'seal-intact',
    'certificate-recognised',
    'origin-met',
  ])("whose people's rule names %s is refused by that name", (is) => {
    const fault = faultOf(mangled(['rules', 0, 'require', 0], { is }));
    expect(fault.text).toContain(`rules[0] (first-in-special-pass).require[0].is: "${is}" cannot`);
    expect(fault.text).toContain('permit-valid');
  });

  test('names all its faults at once', () => {
    const file = JSON.parse(cmaText()) as { version: unknown; id: unknown; title: unknown };
    const fault = faultOf(JSON.stringify({ ...file, version: 0, id: '', title: null }));
    for (const path of ['version:', 'id:', 'title:']) expect(fault.text).toContain(path);
  });

  test('with more faults than can be read names the first and counts the rest', () => {
    const file = JSON.parse(cmaText()) as { rules: object[] };
    const rules = file.rules.map((rule) => ({ ...rule, line: 'none' }));
    const fault = faultOf(JSON.stringify({ ...file, rules }));
    expect(fault.text).toContain('and 20 more');
    expect(fault.text.length).toBeLessThan(10_000);
  });

  test('that is no JSON, is cut off, or is too large says so', () => {
    expect(faultOf('')).toMatchObject({ code: 'regime-not-json', where: 'regimes/x.json' });
    expect(faultOf(cmaText().slice(0, 500)).text).toContain('load it again');
    expect(faultOf(' '.repeat(1_000_001)).code).toBe('regime-too-large');
    for (const text of ['null', '[]', '7', '"x"', '{}']) {
      expect(faultOf(text).code).toBe('regime-invalid');
    }
  });

  test('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseRegime(text, 'x').ok).toBe(false);
      }),
      { numRuns: 500 },
    );
    const keys = fc.constantFrom('id', 'rules', 'settings', 'title', 'effectiveFrom', 'document');
    fc.assert(
      fc.property(keys, fc.jsonValue(), (key, value) => {
        expect(typeof parseRegime(mangled([key], value), 'x').ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a good file', () => {
  test('is read with its effective time as a number, a byte-order mark before it or not', () => {
    const parsed = parseRegime(`\uFEFF${cmaText()}`, 'x');
    expect(parsed.ok && parsed.value.effectiveFromMs).toBe(Date.UTC(2020, 11, 31, 16));
    expect(cmaRegime().version).toBe(2);
  });

  test("gives each rule's text and clause in three languages", () => {
    const words = ruleWords(cmaRegime());
    expect(words).toHaveLength(cmaRegime().rules.length);
    const first = words.find(({ id }) => id === 'second-visitors');
    expect(first?.cite['zh-HK']).toBe(
      '香港中華廠商聯合會《通關緩衝帶：撬動北部都會區發展的新支點》（2022年9月），' +
        '「首個港區的跨境產業合作區」第二段',
    );
    const own = words.find(({ id }) => id === 'inner-special-pass');
    expect(own?.cite).toEqual({
      'zh-HK': '本項目自定',
      'zh-CN': '本项目自定',
      en: "project's choice",
    });
  });

  test('may cite another document than its own', () => {
    const document = { 'zh-HK': '附表', 'zh-CN': '附表', en: 'Annex' };
    const part = { 'zh-HK': '一', 'zh-CN': '一', en: 'part 1' };
    const parsed = parseRegime(mangled(['rules', 0, 'cite'], { document, part }), 'x');
    if (!parsed.ok) throw new Error(parsed.fault.text);
    expect(ruleWords(parsed.value)[0]?.cite).toEqual({
      'zh-HK': '附表，一',
      'zh-CN': '附表，一',
      en: 'Annex, part 1',
    });
  });
});
