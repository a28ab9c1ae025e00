import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, UNRESOLVED_RULE } from '../../../src/shared/regime/evaluate.ts';
import { parseRegime, type Regime } from '../../../src/shared/regime/regime-file.ts';
import { Reason } from '../../../src/shared/regime/requirement.ts';
import { rulesFor } from '../../../src/shared/regime/resolve.ts';
import { anyFacts } from './any-facts.ts';
import { anyCrossing } from './any-goods.ts';
import { at, cmaRegime, cmaText, crossing, given, hk, LOOP, NOON, PASS } from './given.ts';
import { GOODS, goods, lorry } from './given-goods.ts';

const cma = cmaRegime();

/** The regime with one rule changed, through the file's own text and reader. */
function changed(id: string, changes: object): Regime {
  const file = JSON.parse(cmaText()) as { rules: { id: string }[] };
  const rules = file.rules.map((rule) => (rule.id === id ? { ...rule, ...changes } : rule));
  const parsed = parseRegime(JSON.stringify({ ...file, rules }), 'changed.json');
  if (!parsed.ok) throw new Error(parsed.fault.text);
  return parsed.value;
}

describe('a verdict', () => {
  test('names the rule, the regime, its version and the obligations', () => {
    expect(evaluate(cma, given({}))).toEqual({
      verdict: 'admit',
      rule: 'first-in-special-pass',
      regime: 'cma-buffer-zone',
      regimeVersion: 2,
      reasons: [],
      warnings: [],
      obligations: [
        { is: 'joint-record', exitFor: 'mainland', entryFor: 'hong-kong' },
        { is: 'presence-day', partDayRule: 'any-part' },
        { is: 'due-back', byMs: hk('2026-03-10T00:00:00') },
      ],
      overstay: false,
      parts: [],
    });
  });

  test('gives every failed requirement in the order of the rule, not only the first', () => {
    const said = evaluate(
      cma,
      given({
        permit: { ...PASS, areas: [], consentAtMs: null },
        watchlisted: true,
        presence: at(LOOP),
      }),
    );
    expect(said.verdict).toBe('refer');
    expect(said.reasons.map(({ is, detail }) => `${is}/${detail}`)).toEqual([
      'permit-covers-area/not-covered',
      'not-watchlisted/listed',
      'not-already-inside/already-inside',
      'consent-to-joint-inspection/not-given',
    ]);
  });

  test('is the strictest of all failures: one that refuses outweighs those that refer', () => {
    const atMs = PASS.validToMs;
    const said = evaluate(cma, given({ watchlisted: true, atMs }));
    expect(said.reasons.map((reason) => reason.is)).toEqual(['permit-valid', 'not-watchlisted']);
    expect(said.verdict).toBe('refuse');
    expect(said.obligations).toEqual([]);
  });

  test('keeps the obligations of a referred crossing, for when a person admits it', () => {
    const said = evaluate(cma, given({ watchlisted: true }));
    expect(said.verdict).toBe('refer');
    expect(said.obligations.map(({ is }) => is)).toEqual([
      'joint-record',
      'presence-day',
      'due-back',
    ]);
  });

  test('refers at a locked lane, in and out, whether or not the rule writes it out', () => {
    const locked = [{ is: 'lane-takes', detail: 'locked', params: {} }];
    for (const changes of [{}, crossing('first', 'out'), { class: 'unidentified' as const }]) {
      const said = evaluate(cma, given({ ...changes, laneLocked: true }));
      expect(said).toMatchObject({ verdict: 'refer', reasons: locked });
      expect(said.obligations).toEqual(evaluate(cma, given(changes)).obligations);
    }
  });

  test('refuses where a lane leads the other way or its airlock is taken, in and out', () => {
    const ways = { 'wrong-way': { laneWrongWay: true }, interlock: { laneInterlocked: true } };
    for (const changes of [{}, crossing('first', 'out'), { class: 'unidentified' as const }]) {
      for (const [detail, lane] of Object.entries(ways)) {
        const said = evaluate(cma, given({ ...changes, ...lane }));
        const reasons = [{ is: 'lane-takes', detail, params: {} }];
        expect(said).toMatchObject({ verdict: 'refuse', reasons, obligations: [] });
      }
    }
  });

  test('with a soft limit reached only warns and admits', () => {
    const area = { id: LOOP, inside: 55, reserved: 0, soft: 50, hard: 60 };
    const said = evaluate(cma, given({ area }));
    expect(said.verdict).toBe('admit');
    expect(said.reasons).toEqual([]);
    expect(said.warnings).toEqual([
      { is: 'area-has-room', detail: 'near-limit', params: { area: LOOP, count: 55, limit: 50 } },
    ]);
  });
});

describe('defaults, where a rule writes no else', () => {
  test('on the way in validity refuses', () => {
    expect(evaluate(cma, given({ permit: { ...PASS, status: 'revoked' } })).verdict).toBe('refuse');
  });
  test('on the way in suspension refuses', () => {
    const permit = { ...PASS, status: 'suspended' as const };
    expect(evaluate(cma, given({ permit })).verdict).toBe('refuse');
  });
  test('a written else overrules the default', () => {
    const require = [
      { is: 'permit-valid', else: 'refer' },
      { is: 'not-watchlisted', else: 'refuse' },
    ];
    const regime = changed('first-in-special-pass', { require });
    expect(evaluate(regime, given({ atMs: PASS.validToMs })).verdict).toBe('refer');
    expect(evaluate(regime, given({ watchlisted: true })).verdict).toBe('refuse');
  });
  test('a rule that itself refers is not softened by requirements that hold', () => {
    const said = evaluate(cma, given({ class: 'unidentified' }));
    expect(said).toMatchObject({ verdict: 'refer', rule: 'first-unidentified', reasons: [] });
  });
});

describe('the way out', () => {
  const out = crossing('first', 'out');
  const late = hk('2026-12-31T18:00:00');

  test('is open on an expired permit, recorded as overstay with its reason', () => {
    const said = evaluate(cma, given({ ...out, atMs: late }));
    expect(said.verdict).toBe('admit');
    expect(said.overstay).toBe(true);
    expect(said.reasons).toEqual([
      { is: 'permit-valid', detail: 'expired', params: { toMs: PASS.validToMs } },
    ]);
    expect(evaluate(cma, given({ ...out, atMs: late - 1 }))).toMatchObject({
      verdict: 'admit',
      overstay: false,
      reasons: [],
    });
  });

  test('is open on a revoked permit, with its reason and no overstay', () => {
    const said = evaluate(cma, given({ ...out, permit: { ...PASS, status: 'revoked' } }));
    expect(said).toMatchObject({ verdict: 'admit', overstay: false });
    expect(said.reasons.map((reason) => reason.detail)).toEqual(['revoked']);
  });

  test('is referred for the watch-list also on an expired permit, still an overstay', () => {
    const said = evaluate(cma, given({ ...out, atMs: late, watchlisted: true }));
    expect(said).toMatchObject({ verdict: 'refer', overstay: true });
  });

  test('an expired permit on the way in is no overstay', () => {
    expect(evaluate(cma, given({ atMs: late })).overstay).toBe(false);
  });
});

describe('before its effective time', () => {
  const later = { ...cma, effectiveFromMs: NOON + 1 };
  const params = { fromMs: NOON + 1 };
  const notYet = { is: 'regime-in-force', detail: 'not-yet', params };

  test('a regime refers everybody, says what its rule would weigh, and obliges nobody', () => {
    const fine = evaluate(later, given({}));
    expect(fine).toMatchObject({ verdict: 'refer', reasons: [notYet], obligations: [] });
    const watched = evaluate(later, given({ watchlisted: true }));
    expect(watched.reasons.map(({ is }) => is)).toEqual(['regime-in-force', 'not-watchlisted']);
    const permit = { ...PASS, status: 'revoked' as const };
    expect(evaluate(later, given({ permit })).verdict).toBe('refer');
    expect(evaluate(later, given({ laneWrongWay: true })).verdict).toBe('refuse');
  });

  test('from that very ms on it decides', () => {
    expect(evaluate(later, given({ atMs: NOON + 1 })).verdict).toBe('admit');
  });
});

test('a case that an unchecked regime leaves open or decides twice is referred', () => {
  const without = {
    ...cma,
    rules: cma.rules.filter((rule) => rule.id !== 'first-in-special-pass'),
  };
  const twice = { ...cma, rules: [...cma.rules, ...cma.rules] };
  for (const regime of [without, twice]) {
    const said = evaluate(regime, given({}));
    expect(said).toMatchObject({ verdict: 'refer', rule: UNRESOLVED_RULE, obligations: [] });
  }
});

test('a requirement that cannot be checked never admits, should loading have been skipped', () => {
  const rules = cma.rules.map((rule) => ({ ...rule, require: [{ is: 'origin-met' as const }] }));
  expect(evaluate({ ...cma, rules }, given({})).verdict).toBe('refer');
});

describe('a vehicle', () => {
  const saying = (facts: Parameters<typeof lorry>[0]) => {
    const said = evaluate(cma, lorry(facts));
    const parts = said.parts.map(({ said: own }) => `${own.rule} ${own.verdict}`);
    return { verdict: said.verdict, parts };
  };

  test('is admitted where driver and goods are, each by a rule of its own', () => {
    expect(saying({})).toEqual({
      verdict: 'admit',
      parts: ['first-in-special-pass admit', 'first-goods-registered-enterprise admit'],
    });
  });

  test('gets the strictest of all, and each keeps its own reasons', () => {
    const broken = goods({ seal: { declared: 'S-1', read: 'S-1', isBroken: true } });
    const said = evaluate(
      cma,
      lorry({ driver: given({ permit: { ...PASS, status: 'revoked' } }), consignments: [broken] }),
    );
    expect(said).toMatchObject({ verdict: 'refuse', reasons: [], obligations: [] });
    const reasons = said.parts.map((part) => part.said.reasons.map(({ is }) => is));
    expect(reasons).toEqual([['permit-valid'], ['seal-intact']]);
    expect(said.parts.map((part) => part.said.verdict)).toEqual(['refuse', 'refer']);
    expect(said.parts.map((part) => part.said.obligations)).toEqual([[], []]);
  });

  test('whose driver is not known is referred, and so is one with one load undeclared', () => {
    const nobody = given({ class: 'unidentified', person: null, permit: null });
    expect(saying({ driver: nobody }).verdict).toBe('refer');
    const undeclared = goods({ class: 'general', declaration: null });
    expect(saying({ consignments: [GOODS, GOODS, undeclared] })).toMatchObject({
      verdict: 'refer',
      parts: { length: 4, 3: 'first-goods-general refer' },
    });
  });

  test('that is empty needs its driver only', () => {
    expect(saying({ consignments: [] })).toEqual({
      verdict: 'admit',
      parts: ['first-in-special-pass admit'],
    });
  });

  test('that is not registered is referred, whoever drives it', () => {
    expect(saying({ class: 'other' }).verdict).toBe('refer');
  });

  test('takes driver and goods along its own way, whatever way they were gathered for', () => {
    const out = crossing('first', 'out');
    const { line, direction, from, to } = out;
    const said = evaluate(cma, lorry({ line, direction, from, to, consignments: [] }));
    expect(said.parts[0]?.said.rule).toBe('first-out-special-pass');
  });

  test.each([
    ['in a lane for persons', { laneTakes: ['person'] }, 'not-this-kind'],
    ['at a locked lane', { laneLocked: true }, 'locked'],
  ] as const)('%s is referred once, not once for each part', (_, changes, detail) => {
    const said = evaluate(cma, lorry(changes));
    expect(said.verdict).toBe('refer');
    expect(said.reasons.map((reason) => reason.detail)).toEqual([detail]);
    expect(said.parts.flatMap((part) => part.said.reasons)).toEqual([]);
  });
});

describe('for all facts', () => {
  test('a verdict is given, nothing throws, and every reason fits the journal', () => {
    fc.assert(
      fc.property(anyCrossing, (facts) => {
        const said = evaluate(cma, facts);
        expect(['admit', 'refer', 'refuse']).toContain(said.verdict);
        for (const reason of [...said.reasons, ...said.warnings]) Reason.parse(reason);
        expect(said.regime).toBe(cma.id);
      }),
      { numRuns: 2000 },
    );
  });

  test('a crossing is admitted if and only if its rule admits and no requirement fails', () => {
    let admitted = 0;
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const said = evaluate(cma, facts);
        const rule = rulesFor(cma, facts)[0];
        const barring = said.reasons.filter(
          ({ is, detail }) =>
            !(
              facts.direction === 'out' &&
              is === 'permit-valid' &&
              (detail === 'expired' || detail === 'revoked')
            ),
        );
        expect(said.verdict === 'admit').toBe(rule?.then === 'admit' && barring.length === 0);
        if (said.verdict === 'admit') admitted += 1;
      }),
      { numRuns: 4000, seed: 1 },
    );
    expect(admitted).toBeGreaterThan(50);
  });

  test('no data keep anybody in, only a lane can; an overstay is just an expired way out', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const said = evaluate(cma, { ...facts, direction: 'out' });
        const isBarred = facts.laneWrongWay === true || facts.laneInterlocked === true;
        expect(said.verdict === 'refuse' && !isBarred).toBe(false);
        const expired = said.reasons.some(({ is, detail }) => {
          return is === 'permit-valid' && detail === 'expired';
        });
        expect(said.overstay).toBe(expired && facts.atMs >= cma.effectiveFromMs);
      }),
      { numRuns: 2000 },
    );
  });

  test('the same facts give the same verdict, and are left as they were', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const before = JSON.stringify(facts);
        expect(evaluate(cma, facts)).toEqual(evaluate(cma, facts));
        expect(JSON.stringify(facts)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });
});
