import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/shared/domain/crossing.ts';
import { LANGUAGES, type Text3 } from '../../../src/shared/domain/text.ts';
import { hkMoment, reasonText } from '../../../src/shared/locale/reason-text.ts';
import {
  BEYOND_WORDS,
  KIND_WORDS,
  REASON_WORDS,
  REQUIREMENT_NAMES,
  UNWORDED_REASON,
} from '../../../src/shared/locale/regime.ts';
import { TIER_WORDS } from '../../../src/shared/locale/regime-goods.ts';
import {
  AUTHORITY_WORDS,
  GOODS_CLASS_WORDS,
  OBLIGATION_NAMES,
  PART_DAY_WORDS,
  SETTING_WORDS,
  TABLE_WORDS,
} from '../../../src/shared/locale/regime-terms.ts';
import { CODE_DETAILS, codeFault } from '../../../src/shared/regime/code-valid.ts';
import { evaluate } from '../../../src/shared/regime/evaluate.ts';
import { type Reason, ReasonName } from '../../../src/shared/regime/requirement.ts';
import { outcomeOf, REQUIREMENTS } from '../../../src/shared/regime/requirements/registry.ts';
import { ruleWords } from '../../../src/shared/regime/rule-words.ts';
import { anyFacts } from './any-facts.ts';
import { anyCrossing } from './any-goods.ts';
import { cmaRegime, hk, LOOP, SHIPPED, shippedRegime } from './given.ts';

const format = { areaName: (area: string) => (area === LOOP ? 'The Loop' : 'San Tin') };
const cma = cmaRegime();

/** Every text that stands in a locale table or in the regime file, with its name. */
function everyText(): [string, Text3][] {
  const tables = {
    ...{ REASON_WORDS, REQUIREMENT_NAMES, BEYOND_WORDS, KIND_WORDS, TIER_WORDS },
    ...{ OBLIGATION_NAMES, AUTHORITY_WORDS, GOODS_CLASS_WORDS, PART_DAY_WORDS },
    ...{ SETTING_WORDS, TABLE_WORDS },
  };
  const texts = Object.entries(tables).flatMap(([table, words]) =>
    Object.entries(words).map(([key, text]): [string, Text3] => [`${table} ${key}`, text]),
  );
  const rules = SHIPPED.map(shippedRegime).flatMap((regime): [string, Text3][] => [
    [`${regime.id} title`, regime.title],
    ...ruleWords(regime).flatMap(({ id, text, cite }): [string, Text3][] => [
      [`${regime.id} rule ${id}`, text],
      [`${regime.id} cite ${id}`, cite],
    ]),
  ]);
  return [...texts, ...rules, ['unworded', UNWORDED_REASON]];
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

describe('the words of reasons', () => {
  const requirements = Object.values(REQUIREMENTS);
  const codes = CODE_DETAILS.map((detail) => `code-valid/${detail}`);
  const wanted = requirements.flatMap(({ is, details }) => details.map((one) => `${is}/${one}`));

  test('miss no way of failing, and none is left over', () => {
    const own = ['regime-in-force/not-yet', 'needs-supervisor/withheld', ...codes];
    const known = [...wanted, ...own];
    expect(Object.keys(REASON_WORDS).sort()).toEqual(known.sort());
    expect(Object.keys(REQUIREMENT_NAMES).sort()).toEqual([...ReasonName.options].sort());
  });

  test('have the same values in each language', () => {
    for (const [key, text] of Object.entries({ ...REASON_WORDS, UNWORDED_REASON })) {
      const wantedHere = placeholders(text.en);
      for (const language of LANGUAGES) {
        expect(placeholders(text[language]), `${key} ${language}`).toEqual(wantedHere);
        expect(text[language].replace(/\{\{\w+\}\}/g, ''), key).not.toMatch(/[{}]/);
      }
    }
  });

  const counted = {
    personAllowance: { every: 15, crossings: 2 },
    enterpriseAllowance: { every: 'month', valueCents: 500_000, currency: 'CNY' },
  } as const;
  const anySettings = fc.constantFrom({ ...cma.settings, healthTestHours: 48, ...counted }, {});

  test('get every value they ask for, and use every value they get', () => {
    const seen = new Map<string, number>();
    const check = (reason: Reason): void => {
      const key = `${reason.is}/${reason.detail}` as keyof typeof REASON_WORDS;
      const times = seen.get(key) ?? 0;
      seen.set(key, times + 1);
      if (times > 20) return;
      const given = Object.keys(reason.params).sort();
      expect(placeholders(REASON_WORDS[key].en), key).toEqual(given);
      for (const language of LANGUAGES) {
        expect(reasonText(reason, language, format)).not.toMatch(/\{|\}|undefined|NaN/);
      }
    };
    fc.assert(
      fc.property(anyCrossing, anySettings, (facts, settings) => {
        for (const { is } of requirements) {
          const outcome = outcomeOf(is, facts, settings) ?? { outcome: 'held' };
          if (outcome.outcome === 'held') continue;
          check({ is, detail: outcome.detail, params: { ...outcome.params } });
        }
        if (facts.kind !== 'person') return;
        const fault = codeFault(facts.code, facts.direction, facts.atMs);
        if (fault !== null) check(fault.reason);
      }),
      { numRuns: 6000, seed: 3 },
    );
    expect([...seen.keys()].sort()).toEqual([...wanted, ...codes].sort());
  });
});

describe('languages', () => {
  /** The characters of a charset's plane, by the decoder that every platform carries. */
  function charset(label: string, leads: [number, number], trails: [number, number][]) {
    const decoder = new TextDecoder(label);
    const characters = new Set<string>();
    for (let lead = leads[0]; lead <= leads[1]; lead += 1) {
      for (const [low, high] of trails) {
        for (let trail = low; trail <= high; trail += 1) {
          characters.add(decoder.decode(Uint8Array.of(lead, trail)));
        }
      }
    }
    return characters;
  }
  /** GB 2312 holds simplified characters only; Big5's two levels hold traditional ones only. */
  const simplified = charset('gbk', [0xb0, 0xf7], [[0xa1, 0xfe]]);
  const traditional = charset(
    'big5',
    [0xa4, 0xf9],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  );

  function strangers(text: string, own: ReadonlySet<string>): string[] {
    return [...text].filter((one) => /\p{Script=Han}/u.test(one) && !own.has(one));
  }

  test('the test itself tells the two scripts apart', () => {
    expect(strangers('關緩帶對衛檢證書員', simplified)).toHaveLength(9);
    expect(strangers('关缓带对卫检证书员', traditional)).toHaveLength(9);
    expect(strangers('关缓带对卫检证书员', simplified)).toEqual([]);
    expect(strangers('關緩帶對衛檢證書員', traditional)).toEqual([]);
  });

  test.each(everyText())('%s is in its own script, and English has none', (_, text) => {
    expect(strangers(text['zh-HK'], traditional)).toEqual([]);
    expect(strangers(text['zh-CN'], simplified)).toEqual([]);
    expect(text.en).not.toMatch(/\p{Script=Han}/u);
    for (const language of LANGUAGES) expect(text[language].trim()).not.toBe('');
  });

  test('zh-CN is written as the mainland writes it, not only in other characters', () => {
    const mainland = JSON.stringify(everyText().map(([, text]) => text['zh-CN']));
    for (const word of ['联合查验', '监察名单', '未明', '第一线', '第二线', '逾期逗留']) {
      expect(mainland).not.toContain(word);
    }
    expect(mainland).toContain('合作查验');
    expect(mainland).toContain('布控名单');
  });
});

describe('a reason as a sentence', () => {
  const expired: Reason = {
    is: 'permit-valid',
    detail: 'expired',
    params: { toMs: hk('2026-03-08T18:00:00') },
  };

  test('gives times in Hong Kong time', () => {
    expect(LANGUAGES.map((language) => reasonText(expired, language, format))).toEqual([
      '通行證已於2026年3月8日18:00到期。',
      '通行证已于2026年3月8日18:00过期。',
      'The permit expired at 8 March 2026, 18:00.',
    ]);
    expect(hkMoment(hk('2026-01-01T00:00:00'), 'en')).toBe('1 January 2026, 00:00');
  });

  test('gives hours to 24:00, places by name and kinds in words', () => {
    const hours = { fromMinute: 0, toMinute: 1440 };
    const outside: Reason = { is: 'within-hours', detail: 'outside', params: hours };
    expect(reasonText(outside, 'en', format)).toContain('00:00 to 24:00');
    const place = { place: LOOP, from: 'beyond-second' };
    const elsewhere: Reason = { is: 'not-already-inside', detail: 'elsewhere', params: place };
    expect(reasonText(elsewhere, 'en', format)).toBe(
      'The ledger has this person elsewhere (The Loop), ' +
        'not where this lane begins (beyond the second line).',
    );
    const kind: Reason = { is: 'lane-takes', detail: 'not-this-kind', params: { kind: 'vehicle' } };
    expect(reasonText(kind, 'zh-CN', format)).toBe('该通道不供车辆使用。');
  });

  test('of a key without words, or without its values, still says something', () => {
    const newer: Reason = { is: 'permit-valid', detail: 'too-new', params: {} };
    expect(reasonText(newer, 'en', format)).toBe(
      'A requirement did not hold: permit-valid/too-new.',
    );
    expect(reasonText({ ...expired, params: {} }, 'en', format)).toBe('The permit expired at ?.');
    for (const toMs of [Number.NaN, Infinity, -1e300, Number.MAX_SAFE_INTEGER]) {
      expect(reasonText({ ...expired, params: { toMs } }, 'en', format)).toContain(String(toMs));
    }
  });

  test('stands beside a rule for every verdict that the shipped regime gives', () => {
    const verdicts = new Set<Verdict>();
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const said = evaluate(cma, facts);
        verdicts.add(said.verdict);
        for (const reason of said.reasons) {
          expect(reasonText(reason, 'zh-HK', format)).not.toContain('未符合條件');
        }
      }),
      { seed: 5, numRuns: 500 },
    );
    expect([...verdicts].sort()).toEqual(['admit', 'refer', 'refuse']);
  });
});
