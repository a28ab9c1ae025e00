import { describe, expect, test } from 'vitest';
import type { LaneId } from '../../../src/shared/domain/ids.ts';
import type { CodeFacts } from '../../../src/shared/regime/code-valid.ts';
import { evaluate } from '../../../src/shared/regime/evaluate.ts';
import { cmaRegime, crossing, given, hk, NOON } from './given.ts';

const cma = cmaRegime();
const [HERE, THERE] = ['lane-1' as LaneId, 'lane-2' as LaneId];

const GOOD: CodeFacts = {
  ...{ proof: 'proven', key: 'k1', agrees: true, lane: HERE, last: null },
  validFromMs: hk('2026-03-09T11:00:00'),
  validToMs: hk('2026-03-09T13:00:00'),
};

/** What a special-pass holder is told who shows such a code at noon, on the way in. */
function told(changes: Partial<CodeFacts>, more: Parameters<typeof given>[0] = {}) {
  const { verdict, reasons, obligations } = evaluate(
    cma,
    given({ ...more, code: { ...GOOD, ...changes } }),
  );
  return { verdict, reasons: reasons.map(({ is, detail }) => `${is}/${detail}`), obligations };
}

describe('a permit’s code', () => {
  test('that is an issuer’s, valid now and shown once changes nothing', () => {
    expect(evaluate(cma, given({ code: GOOD }))).toEqual(evaluate(cma, given({})));
  });

  test.each([
    ['signed by nobody known', { proof: 'unknown-key' }, 'unknown-key'],
    ['changed', { proof: 'forged' }, 'forged'],
    ['of later', { validFromMs: NOON + 60_000 }, 'not-yet'],
    ['of before', { validToMs: NOON }, 'expired'],
  ] as const)('%s opens nothing, and is told apart', (_, changes, detail) => {
    expect(told(changes)).toEqual({
      ...{ verdict: 'refuse', reasons: [`code-valid/${detail}`], obligations: [] },
    });
  });

  test('is valid to the minute: in its first whole minute, not in the one it ends with', () => {
    expect(told({ validFromMs: NOON }).verdict).toBe('admit');
    expect(told({ validToMs: NOON + 60_000 }, { atMs: NOON + 59_999 }).verdict).toBe('admit');
    expect(told({ validToMs: NOON + 60_000 }, { atMs: NOON + 60_000 }).verdict).toBe('refuse');
  });

  test.each([
    ['of another holder than the permit’s', { agrees: false }, 'differs'],
    ['admitted here before', { last: { lane: HERE, atMs: NOON - 60_000 } }, 'replayed'],
    ['admitted elsewhere before', { last: { lane: THERE, atMs: NOON - 1 } }, 'two-lanes'],
  ] as const)('%s waits for a person, and is told apart', (_, changes, detail) => {
    const { verdict, reasons } = told(changes);
    expect({ verdict, reasons }).toEqual({ verdict: 'refer', reasons: [`code-valid/${detail}`] });
  });

  test('keeps nobody in: on the way out a person looks at what is wrong', () => {
    const out = crossing('first', 'out');
    for (const changes of [{ proof: 'forged' }, { validToMs: NOON }] as const) {
      expect(told(changes, out).verdict).toBe('refer');
    }
  });
});
