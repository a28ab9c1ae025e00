import { describe, expect, test } from 'vitest';
import { must } from '../../../src/shared/lib/assert.ts';
import { type Every, periodFromMs } from '../../../src/shared/regime/allowance-period.ts';
import type { ConsignmentFacts } from '../../../src/shared/regime/consignment-facts.ts';
import { evaluate } from '../../../src/shared/regime/evaluate.ts';
import type { CrossingFacts } from '../../../src/shared/regime/facts.ts';
import { obligationsOf } from '../../../src/shared/regime/obligations.ts';
import { readOutcomes, recordOutcomes } from '../../../src/shared/regime/recorded-outcomes.ts';
import type { RegimeSettings } from '../../../src/shared/regime/regime-shape.ts';
import { outcomeOf } from '../../../src/shared/regime/requirements/registry.ts';
import { readRegime } from '../../../src/shared/regime/resolve.ts';
import { value } from '../../kit/journal-kit.ts';
import { COMMUTER, cmaRegime, cmaText, counting, given, hk } from './given.ts';
import { goods, LORRY } from './given-goods.ts';

const SETTINGS: RegimeSettings = {
  personAllowance: { every: 15, crossings: 2 },
  enterpriseAllowance: { every: 'month', valueCents: 2_500_000, currency: 'CNY' },
};
const held = { outcome: 'held' };
const failed = (detail: string, params = {}) => ({ outcome: 'failed', detail, params });
const used = (allowanceUsed: number | null) => given({ allowanceUsed });
/** Goods for 10,000.00. */
const worth = (changes: Parameters<typeof goods>[0]) =>
  goods({ currency: 'CNY', allowanceUsed: 0, ...changes });

describe('within-allowance', () => {
  test.each<readonly [string, CrossingFacts, object]>([
    ['somebody who has used nothing, then it holds', used(0), held],
    ['the last crossing that is left', used(1), held],
    ['none left, then it fails so', used(2), failed('used-up', { used: 2, crossings: 2 })],
    ['nobody who counts', used(null), failed('not-known')],
    ['goods of what is left to the cent, then it holds', worth({ allowanceUsed: 1_500_000 }), held],
    [
      'goods of a cent more',
      worth({ allowanceUsed: 1_500_001 }),
      failed('too-much', { left: '9999.99', currency: 'CNY' }),
    ],
    [
      'goods of one that is over already, as when a person let them through',
      worth({ allowanceUsed: 3_000_000 }),
      failed('too-much', { left: '0.00', currency: 'CNY' }),
    ],
    ['goods of nobody known', worth({ enterprise: null }), failed('no-enterprise')],
    ['goods without a value', worth({ valueCents: null }), failed('no-value')],
    [
      'goods declared in another currency',
      worth({ currency: 'HKD' }),
      failed('other-currency', { currency: 'CNY' }),
    ],
    ['goods that nobody counts', worth({ allowanceUsed: null }), failed('not-known')],
  ])('given %s', (_, facts, then) => {
    expect(outcomeOf('within-allowance', facts, SETTINGS)).toEqual(then);
  });

  test('given a regime that sets none, then it fails so; a vehicle has none of its own', () => {
    expect(outcomeOf('within-allowance', used(0), {})).toEqual(failed('not-set'));
    expect(outcomeOf('within-allowance', worth({}), {})).toEqual(failed('not-set'));
    expect(outcomeOf('within-allowance', LORRY, SETTINGS)).toBeNull();
  });
});

test('goods of one enterprise that go through together count together', () => {
  const regime = counting('first-goods-research', SETTINGS);
  const research = worth({ class: 'research' });
  const others = { ...must(research.enterprise, 'an enterprise'), enterprise: 'E-8' as never };
  const aboard = (...consignments: ConsignmentFacts[]) =>
    evaluate(regime, { ...LORRY, consignments }).parts.map(({ said }) => {
      const reason = said.reasons.find(({ is }) => is === 'within-allowance');
      return reason === undefined ? 'held' : reason.params.left;
    });
  // Of 25,000.00 two use 20,000.00.
  expect(aboard(research, research)).toEqual(['held', 'held', 'held']);
  expect(aboard(research, research, research)).toEqual(['held', 'held', 'held', '5000.00']);
  // Each enterprise has its own.
  const theirs = { ...research, enterprise: others };
  expect(aboard(research, theirs, research)).toEqual(['held', 'held', 'held', 'held']);
  const known = { ...research, allowanceUsed: 1_000_000 };
  expect(aboard(known, known)).toEqual(['held', 'held', '5000.00']);
  expect(aboard(research, { ...research, allowanceUsed: null })).toEqual([
    'held',
    'held',
    undefined,
  ]);
});

test('what counts is one crossing of a person, or the value of an enterprise’s goods', () => {
  const owed = (facts: CrossingFacts) =>
    obligationsOf({ ...cmaRegime(), settings: SETTINGS }, { oblige: ['allowance'] }, facts);
  const person = { is: 'allowance', of: 'person', subject: 'H-1', amount: 1 };
  expect(owed(COMMUTER)).toEqual([person]);
  const enterprise = { is: 'allowance', of: 'enterprise', subject: 'E-9', amount: 1_000_000 };
  expect(owed(worth({}))).toEqual([enterprise]);
  expect(owed(given({ person: null }))).toEqual([]);
  expect(owed(worth({ enterprise: null }))).toEqual([]);
  expect(owed(worth({ valueCents: null }))).toEqual([]);
});

test.each<readonly [Every, string, string]>([
  [1, '2026-03-09T23:59:59', '2026-03-09'],
  [15, '2026-03-09T00:00:00', '2026-02-23'],
  ['month', '2026-03-01T00:00:00', '2026-03-01'],
  ['month', '2026-02-28T23:59:59', '2026-02-01'],
  ['year', '2026-12-31T23:59:59', '2026-01-01'],
  ['year', '2027-01-01T00:00:00', '2027-01-01'],
])('a period of %s has at %s begun with %s, in Hong Kong', (every, at, day) => {
  expect(periodFromMs(every, hk(at))).toBe(hk(`${day}T00:00:00`));
});

/** The regime of the paper, with an allowance of whoever comes in with a special pass. */
function written(settings: object, otherwise: string) {
  const file = JSON.parse(cmaText());
  const rule = file.rules.find(({ id }: { id: string }) => id === 'first-in-special-pass');
  rule.require.push({ is: 'within-allowance', else: otherwise });
  rule.oblige.push('allowance');
  Object.assign(file.settings, settings);
  return readRegime(JSON.stringify(file), 'allowance.json');
}

test.each(['refer', 'refuse'] as const)('over the limit the rule’s own verdict: %s', (verdict) => {
  const regime = value(written({ personAllowance: { every: 15, crossings: 1 } }, verdict));
  expect(evaluate(regime, used(0)).verdict).toBe('admit');
  expect(evaluate(regime, used(1))).toMatchObject({
    ...{ verdict, reasons: [{ is: 'within-allowance', detail: 'used-up' }] },
  });
});

test('a file that counts without a limit, or by no period, is refused and told so', () => {
  const missing = written({}, 'refer');
  expect(missing).toMatchObject({ ok: false });
  expect(JSON.stringify(missing)).toContain('settings.personAllowance: ');
  const odd = written({ personAllowance: { every: 'week', crossings: 1 } }, 'refer');
  expect(JSON.stringify(odd)).toContain('settings.personAllowance.every');
});

test('a decision keeps how much was used, so that another limit can be tried on it', () => {
  const under = (every: Every, crossings: number) => ({ personAllowance: { every, crossings } });
  const text = recordOutcomes(used(3), under(15, 5));
  expect(text).toMatch(/\+3\.15$/);
  const outcome = (settings: RegimeSettings) =>
    readOutcomes(text)?.outcome('within-allowance', settings)?.reason.detail;
  expect(outcome(under(15, 4))).toBe('none');
  expect(outcome(under(15, 3))).toBe('used-up');
  expect(outcome({})).toBe('not-set');
  // Counted over another period: that cannot be told.
  expect(outcome(under('month', 4))).toBeUndefined();
});
