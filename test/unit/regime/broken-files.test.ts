import { describe, expect, test } from 'vitest';
import { readRegime } from '../../../src/shared/regime/resolve.ts';
import { hk, regimeText, SHIPPED, shippedRegime } from './given.ts';

interface File {
  effectiveFrom: string;
  authorities?: object;
  document: Record<string, string>;
  rules: Rule[];
  settings: { importTaxPercent?: number } & Record<string, unknown>;
}
interface Rule {
  id: string;
  line: string;
  direction: string;
  kind: string;
  classes: string[];
  require: Record<string, unknown>[];
  oblige: unknown[];
  cite?: unknown;
  text: Record<string, string>;
  effectiveFrom?: string;
  effectiveTo?: string;
}

/** The buffer zone's file with one edit. */
function edited(edit: Edit): string {
  const file = JSON.parse(regimeText('cma-buffer-zone')) as File;
  edit(file, (id) => {
    const rule = file.rules.find((one) => one.id === id);
    if (rule === undefined) throw new Error(`no rule is called ${id}`);
    return rule;
  });
  return JSON.stringify(file);
}

function faultsOf(text: string): string[] {
  const read = readRegime(text, 'x.json');
  if (read.ok) throw new Error('the file was taken');
  return read.fault.faults.map(({ path, text: told }) => `${path}: ${told}`);
}

const SUMMER = '2026-07-01T00:00:00+08:00';
const AUTUMN = '2026-10-01T00:00:00+08:00';

type Edit = (file: File, rule: (id: string) => Rule) => void;
type Broken = readonly [name: string, edit: Edit, ...wanted: string[]];

const BROKEN: readonly Broken[] = [
  [
    'a class taken out of a rule: a hole',
    (_, rule) => rule('first-goods-general').classes.pop(),
    'first in consignment unregistered: no rule decides this: write one',
    'first out consignment unregistered: no rule decides this: write one',
  ],
  [
    'a rule taken out: a hole',
    (file) => {
      file.rules = file.rules.filter(({ id }) => id !== 'inner-vehicle-other');
    },
    'inner across vehicle other: no rule decides this: write one',
  ],
  [
    'one direction of two: a hole',
    (_, rule) => {
      rule('second-vehicle-other').direction = 'out';
    },
    'second in vehicle other: no rule decides this: write one',
  ],
  [
    'a kind that nobody wrote: a hole',
    (file) => {
      file.rules = file.rules.filter(({ kind, line }) => kind !== 'vehicle' || line !== 'inner');
    },
    'inner across vehicle registered: no rule decides this: write one',
    'inner across vehicle other: no rule decides this: write one',
  ],
  [
    'a class in two rules: an overlap',
    (_, rule) => rule('first-in-special-pass').classes.push('official'),
    'first in person official (first-in-special-pass, first-in-official): several rules',
  ],
  [
    'a rule that begins too late: a hole up to then',
    (_, rule) => {
      rule('inner-goods-unregistered').effectiveFrom = SUMMER;
    },
    'inner across consignment unregistered: no rule decides this: write one',
  ],
  [
    'a rule that ends with none after it: a hole from then on',
    (_, rule) => {
      rule('inner-goods-unregistered').effectiveTo = SUMMER;
    },
    `inner across consignment unregistered from ${SUMMER}: no rule decides this: write one`,
  ],
  [
    'a gap between two rules',
    (file, rule) => {
      const first = rule('inner-goods-unregistered');
      file.rules.push({ ...first, id: 'inner-goods-later', effectiveFrom: AUTUMN });
      first.effectiveTo = SUMMER;
    },
    `inner across consignment unregistered from ${SUMMER}: no rule decides this: write one`,
  ],
  [
    'two rules at once for a summer',
    (file, rule) => {
      const first = rule('inner-goods-unregistered');
      file.rules.push({ ...first, id: 'inner-goods-later', effectiveFrom: SUMMER });
      first.effectiveTo = AUTUMN;
    },
    `inner across consignment unregistered from ${SUMMER} (inner-goods-unregistered,`,
  ],
  [
    'a rule that ends before it begins: never reached',
    (_, rule) => {
      Object.assign(rule('inner-goods'), { effectiveFrom: AUTUMN, effectiveTo: SUMMER });
    },
    '(inner-goods).effectiveTo: ends before it begins: this rule is never reached',
  ],
  [
    'a rule that ends before the regime begins: never reached',
    (_, rule) => {
      rule('inner-goods').effectiveTo = '2020-12-31T23:59:59+08:00';
    },
    '(inner-goods).effectiveTo: ends before the regime begins: this rule is never reached',
  ],
  [
    "a rule's time without a zone",
    (_, rule) => {
      rule('inner-goods').effectiveTo = '2027-01-01T00:00:00';
    },
    'rules[38].effectiveTo: an instant with its zone',
  ],
  [
    'an unknown class',
    (_, rule) => rule('inner-goods').classes.push('smuggled'),
    'rules[38].classes[4]: Invalid option',
  ],
  [
    'an unknown requirement',
    (_, rule) => rule('inner-goods').require.push({ is: 'bribed' }),
    'rules[38].require[2].is: Invalid option',
  ],
  [
    'a requirement that goods cannot answer',
    (_, rule) => rule('inner-goods').require.push({ is: 'permit-valid' }),
    '(inner-goods).require[2].is: "permit-valid" cannot be checked for a consignment',
  ],
  [
    'an alternative that a person cannot answer',
    (_, rule) => {
      rule('second-hk-resident').require = [{ is: 'not-watchlisted', or: ['seal-intact'] }];
    },
    '(second-hk-resident).require[0].or[0]: "seal-intact" cannot be checked for a person',
  ],
  [
    'an alternative that is asked already',
    (_, rule) => {
      rule('second-hk-resident').require = [{ is: 'not-watchlisted', or: ['not-watchlisted'] }];
    },
    '(second-hk-resident).require[0].or[0]: "not-watchlisted" stands here twice',
  ],
  [
    'a filing without its authority',
    (_, rule) => rule('second-goods').oblige.push('file-with'),
    'rules[37].oblige[0]: one of joint-record',
  ],
  [
    'a filing with an unknown authority',
    (_, rule) => rule('second-goods').oblige.push({ is: 'file-with', authority: 'neptune' }),
    'rules[37].oblige[0]: one of joint-record',
  ],
  [
    'an obligation of persons after a vehicle',
    (_, rule) => rule('first-vehicle-registered').oblige.push('presence-day'),
    `"presence-day" cannot follow a vehicle's crossing: use one of file-with`,
  ],
  [
    'an obligation of goods after a person',
    (_, rule) => rule('second-hk-resident').oblige.push('custody'),
    `"custody" cannot follow a person's crossing`,
  ],
  [
    'an obligation twice',
    (_, rule) => rule('first-goods-research').oblige.push('custody'),
    '(first-goods-research).oblige[1]: "custody" stands here twice',
  ],
  [
    'a time to be back after the way out',
    (_, rule) => rule('first-out-special-pass').oblige.push('due-back'),
    '(first-out-special-pass).oblige[1]: "due-back" follows a way in only',
  ],
  [
    'a joint record at the second line',
    (_, rule) => rule('second-hk-resident').oblige.push('joint-record'),
    '"joint-record" needs two authorities: they meet at the first line only',
  ],
  [
    'a joint record of nobody',
    (file) => {
      delete file.authorities;
    },
    'authorities: "joint-record" in rules[0] (first-in-special-pass) relies on it',
    'authorities: "joint-record" in rules[1] (first-out-special-pass) relies on it',
  ],
  [
    'no citation',
    (_, rule) => {
      delete rule('inner-goods').cite;
    },
    'rules[38].cite: either "project\'s choice" or { part }',
  ],
  [
    'a citation in one language',
    (_, rule) => {
      rule('inner-goods').cite = { part: { en: 'paragraph 2' } };
    },
    'rules[38].cite: either "project\'s choice" or { part }',
  ],
  [
    'no Hong Kong text',
    (_, rule) => {
      delete rule('inner-goods').text['zh-HK'];
    },
    'rules[38].text.zh-HK: Invalid input',
  ],
  [
    'no mainland text of the document',
    (file) => {
      delete file.document['zh-CN'];
    },
    'document.zh-CN: Invalid input',
  ],
  ...(
    [
      ['dayReturnCutOff', 'due-back'],
      ['partDayRule', 'presence-day'],
      ['postReleaseAuditPercent', 'post-release-audit'],
      ['leastTier', 'enterprise-tier'],
      ['origin', 'origin-met'],
      ['vatDeferral', 'vat-deferral'],
      ['importTaxPercent', 'import-tax-rate'],
    ] as const
  ).map(
    ([name, by]): Broken => [
      `no setting ${name}`,
      (file) => {
        delete file.settings[name];
      },
      `settings.${name}: "${by}" in rules[`,
    ],
  ),
  [
    'a percentage of three decimals',
    (file) => {
      file.settings.importTaxPercent = 9.123;
    },
    'settings.importTaxPercent: a percentage has at most two decimals',
  ],
];

describe('a file with', () => {
  test('is broken in at least twenty ways', () => {
    expect(BROKEN.length).toBeGreaterThanOrEqual(20);
  });

  const cases = BROKEN.map(([name, edit, ...wanted]) => ({ name, edit, wanted }));
  test.each(cases)('$name is refused, and the place named', ({ edit, wanted }) => {
    const faults = faultsOf(edited(edit));
    expect(faults).toHaveLength(wanted.length);
    for (const [n, words] of wanted.entries()) expect(faults[n]).toContain(words);
  });
});

describe('a file that is good', () => {
  test.each(SHIPPED)('%s is whole', (name) => {
    const read = readRegime(regimeText(name), name);
    expect(read.ok ? read.value.id : read.fault.text).toBe(name);
  });

  test('may say everything of a rule’s time, where one follows the other to the very ms', () => {
    const text = edited((file, rule) => {
      const first = rule('inner-goods-unregistered');
      file.rules.push({ ...first, id: 'inner-goods-later', effectiveFrom: SUMMER });
      first.effectiveTo = SUMMER;
    });
    const read = readRegime(text, 'x.json');
    if (!read.ok) throw new Error(read.fault.text);
    const of = (id: string) => read.value.rules.find((rule) => rule.id === id);
    expect(of('inner-goods-unregistered')).toMatchObject({ fromMs: -Infinity });
    expect(of('inner-goods-later')).toMatchObject({ fromMs: hk('2026-07-01T00:00:00') });
  });

  test('may lack a setting that no rule relies on', () => {
    expect(shippedRegime('hengqin').settings).toEqual({});
  });
});
