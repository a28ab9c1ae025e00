import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, UNRESOLVED_RULE } from '../../../src/shared/regime/evaluate.ts';
import type { PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import { parseRegime, type Regime } from '../../../src/shared/regime/regime-file.ts';
import { Reason } from '../../../src/shared/regime/requirement.ts';
import { checkRegime, ownCases, rulesFor } from '../../../src/shared/regime/resolve.ts';
import type { RegimeVerdict } from '../../../src/shared/regime/verdict.ts';
import { anyFacts } from './any-facts.ts';
import { anyCrossing } from './any-goods.ts';
import { crossing, given, hk, NOON, PASS, regimeText, SHIPPED, shippedRegime } from './given.ts';

/** Facts whose way is one that their line has. */
const anyAtALine = anyCrossing.map((facts) => {
  if (facts.line === 'inner') return { ...facts, direction: 'across' as const };
  return facts.direction === 'across' ? { ...facts, direction: 'out' as const } : facts;
});

function everyReason({ reasons, warnings, parts }: RegimeVerdict): readonly Reason[] {
  return [...reasons, ...warnings, ...parts.flatMap(({ said }) => everyReason(said))];
}

const SUMMER = '2026-07-01T00:00:00+08:00';

/** The same regime whose rules give way to stricter ones of the same cases in summer. */
function twoSeasons(regime: Regime): Regime {
  const rules = regime.rules.flatMap((rule) => [
    { ...rule, toMs: Date.parse(SUMMER) },
    { ...rule, id: `${rule.id}-summer`, fromMs: Date.parse(SUMMER) },
  ]);
  return { ...regime, rules };
}

describe.each(SHIPPED)('%s', (name) => {
  const regime = shippedRegime(name);

  test('decides each case of its lines by exactly one rule, in every season', () => {
    for (const it of ownCases(regime)) expect(rulesFor(regime, it, NOON)).toHaveLength(1);
    expect(checkRegime(twoSeasons(regime), ownCases(regime)).ok).toBe(true);
  });

  test('whatever the facts: one verdict by one rule, and reasons fit for the journal', () => {
    const seasons = twoSeasons(regime);
    fc.assert(
      fc.property(anyAtALine, fc.boolean(), (facts, inSeasons) => {
        const said = evaluate(inSeasons ? seasons : regime, facts);
        expect(said.rule).not.toBe(UNRESOLVED_RULE);
        for (const reason of everyReason(said)) Reason.parse(reason);
        if (said.verdict === 'refuse') expect(said.obligations).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('the same version gives the same verdict, however often its file is read', () => {
    const again = parseRegime(regimeText(name), name);
    if (!again.ok) throw new Error(again.fault.text);
    fc.assert(
      fc.property(anyAtALine, (facts) => {
        expect(evaluate(again.value, facts)).toEqual(evaluate(regime, facts));
      }),
      { numRuns: 150 },
    );
  });

  test('a way out is never refused for an expired permit', () => {
    const verdictOf = (facts: PersonFacts, validToMs: number) => {
      const permit = { ...(facts.permit ?? PASS), validFromMs: 0, validToMs };
      return evaluate(regime, { ...facts, code: null, permit }).verdict;
    };
    const outwards = anyFacts.map((facts) => ({
      ...facts,
      ...crossing(facts.line === 'second' ? 'second' : 'first', 'out'),
      atMs: NOON,
    }));
    fc.assert(
      fc.property(outwards, (facts) => {
        expect(verdictOf(facts, NOON)).toBe(verdictOf(facts, NOON + 60_000));
      }),
      { numRuns: 300 },
    );
  });
});

test('a rule of the summer decides from its very ms on, and the one before it until then', () => {
  const seasons = twoSeasons(shippedRegime('cma-buffer-zone'));
  const at = (atMs: number) => evaluate(seasons, given({ atMs })).rule;
  expect(at(hk('2026-06-30T23:59:59.999'))).toBe('first-in-special-pass');
  expect(at(hk('2026-07-01T00:00:00'))).toBe('first-in-special-pass-summer');
});
