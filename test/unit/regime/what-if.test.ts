import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/shared/regime/evaluate.ts';
import type { PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import {
  RECORDED,
  readOutcomes,
  recordOutcomes,
} from '../../../src/shared/regime/recorded-outcomes.ts';
import type { Regime } from '../../../src/shared/regime/regime-file.ts';
import {
  REQUIREMENTS,
  requirementsOfKind,
} from '../../../src/shared/regime/requirements/registry.ts';
import { mergeWhatIf, NOTHING_LOOKED_AT, whatIf } from '../../../src/shared/regime/what-if.ts';
import { anyFacts } from './any-facts.ts';
import { COMMUTER, SHIPPED, shippedRegime } from './given.ts';

const atALine = anyFacts.map((facts) => {
  if (facts.line === 'inner') return { ...facts, direction: 'across' as const };
  return facts.direction === 'across' ? { ...facts, direction: 'out' as const } : facts;
});

/** What the engine writes down of a decision, read back. */
function taken(facts: PersonFacts, under: Regime) {
  const { reasons } = evaluate(under, facts);
  const text = recordOutcomes(facts, under.settings);
  const outcomes = readOutcomes(text);
  if (outcomes === null) throw new Error(`unreadable: ${text}`);
  const codeDetail = reasons.find(({ is }) => is === 'code-valid')?.detail ?? null;
  const { atMs, class: name, direction, line } = facts;
  return { atMs, class: name, direction, line, outcomes, codeDetail };
}

function decided(regime: Regime, facts: PersonFacts) {
  const { rule, verdict } = evaluate({ ...regime, effectiveFromMs: -Infinity }, facts);
  return { rule, verdict };
}

const REGIMES = SHIPPED.map((name) => ({ ...shippedRegime(name), effectiveFromMs: -Infinity }));

test('every way that a person’s requirement can fail has its letter', () => {
  expect(RECORDED.map(([is]) => is).sort()).toEqual(requirementsOfKind('person').sort());
  for (const [is, details] of RECORDED) {
    expect([is, ...details]).toEqual([is, ...REQUIREMENTS[is].details]);
  }
});

test('a record is short: a letter each', () => {
  const [cma] = REGIMES;
  if (cma === undefined) throw new Error('no regime');
  expect(recordOutcomes(COMMUTER, cma.settings)).toBe('--------a--a-a/255s0');
  const escorted = { ...COMMUTER, escort: 'there' } as const;
  expect(recordOutcomes(escorted, cma.settings)).toBe('--------a----a/255s0~4');
});

test.each(['', 'x'.repeat(40), '---!?', '-------------/~', '1234'])('no record: %s', (text) => {
  expect(readOutcomes(text)).toBeNull();
});

describe.each(REGIMES.map((regime) => [regime.id, regime] as const))('%s', (_, regime) => {
  test('run on its own decisions it changes nothing, and can always tell', () => {
    fc.assert(
      fc.property(atALine, (facts) => {
        const other = whatIf(regime, taken(facts, regime));
        expect(other).toMatchObject(decided(regime, facts));
      }),
      { numRuns: 400 },
    );
  });

  test('run on another’s it says what the engine would have said, or that it cannot tell', () => {
    let [told, untold] = [0, 0];
    fc.assert(
      fc.property(atALine, fc.constantFrom(...REGIMES), fc.boolean(), (facts, under, isChanged) => {
        const settings = { ...regime.settings, visitorsPerOfficial: 2, healthTestHours: 2 };
        const changed = isChanged ? { ...regime, settings } : regime;
        const other = whatIf(changed, taken(facts, under));
        if (other === null) {
          untold += 1;
          // Only how many visitors an official may take along is settled before it is recorded.
          expect([isChanged, facts.class]).toEqual([true, 'escorted-visitor']);
          return;
        }
        told += 1;
        expect(other).toMatchObject(decided(changed, facts));
      }),
      { numRuns: 600 },
    );
    expect(told).toBeGreaterThan(untold);
  });
});

test('of a decision of old nothing can be told', () => {
  const [cma] = REGIMES;
  if (cma === undefined) throw new Error('no regime');
  expect(whatIf(cma, { ...taken(COMMUTER, cma), outcomes: null })).toBeNull();
});

test('parts of a day add up, the most frequent difference first', () => {
  const one = {
    class: 'special-pass',
    rule: 'a',
    from: 'admit',
    toRule: 'b',
    to: 'refer',
  } as const;
  const other = { ...one, class: 'official' } as const;
  const a = { looked: 5, changed: 2, cannotTell: 1, counts: [{ ...other, count: 2 }] };
  const b = { looked: 4, changed: 4, cannotTell: 0, counts: [{ ...one, count: 3 }] };
  const more = { looked: 1, changed: 1, cannotTell: 0, counts: [{ ...other, count: 1 }] };
  expect([a, b, more].reduce(mergeWhatIf, NOTHING_LOOKED_AT)).toEqual({
    ...{ looked: 10, changed: 7, cannotTell: 1 },
    counts: [
      { ...other, count: 3 },
      { ...one, count: 3 },
    ],
  });
});
