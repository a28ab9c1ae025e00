import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame, regimeDifference } from '../../../src/shared/regime/difference.ts';
import { fileOf, type Regime, regimeOf } from '../../../src/shared/regime/regime-file.ts';
import type { RegimeFile, WrittenRule } from '../../../src/shared/regime/regime-shape.ts';
import { SHIPPED_REGIMES } from '../../../src/shared/regime/shipped.ts';
import { shippedRegime } from './given.ts';

/** The file's word for a rule's verdict, which a linter takes for a promise's. */
const THEN = 'then';
const CMA = shippedRegime('cma-buffer-zone');
const PASS = 'first-in-special-pass';

/** Another version: its file changed, and worked out anew. */
function version(change: (file: RegimeFile) => Partial<RegimeFile>): Regime {
  const file = fileOf(CMA);
  return regimeOf({ ...file, version: file.version + 1, ...change(file) });
}
const rules = (change: (rule: WrittenRule) => WrittenRule) =>
  version((file) => ({ rules: file.rules.map(change) }));
const passRule = (change: Partial<WrittenRule>) =>
  rules((rule) => (rule.id === PASS ? { ...rule, ...change } : rule));

test.each(SHIPPED_REGIMES)('%s is the same as itself, read again from its own file', (name) => {
  const regime = shippedRegime(name);
  const again = regimeOf(fileOf(regime));
  expect(again).toEqual(regime);
  const difference = regimeDifference(regime, again);
  expect(isSame(difference)).toBe(true);
  expect(difference.same).toBe(regime.rules.length);
});

test('a rule that is new, one that is gone, one that says otherwise: each by its id', () => {
  const [first, second, ...rest] = fileOf(CMA).rules;
  const added = { ...first, id: 'quite-new' } as WrittenRule;
  const changed = { ...second, [THEN]: 'refuse', oblige: [] } as WrittenRule;
  const after = version(() => ({ rules: [added, changed, ...rest] }));
  const { rules: found, same } = regimeDifference(CMA, after);
  expect(found).toMatchObject([
    { change: 'added', after: { id: 'quite-new' } },
    { change: 'changed', before: { id: second?.id }, after: { id: second?.id } },
    { change: 'removed', before: { id: first?.id } },
  ]);
  expect(same).toBe(rest.length);
});

test.each([
  ['the verdict', passRule({ [THEN]: 'refer' }), ['verdict']],
  ['a condition left out', passRule({ require: [] }), ['require']],
  [
    'what a failure gives',
    passRule({ require: [{ is: 'permit-valid', else: 'refer' }] }),
    ['require'],
  ],
  ['when it ends', passRule({ effectiveTo: '2027-01-01T00:00:00+08:00' }), ['time']],
  ['the clause', passRule({ cite: "project's choice" }), ['cite']],
  ['what follows', passRule({ oblige: ['due-back'] }), ['oblige']],
])('%s is told as what it is, and nothing else', (_, after, parts) => {
  const { rules: found } = regimeDifference(CMA, after);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ change: 'changed', parts });
});

test('the order in which rules, classes, conditions and obligations stand changes nothing', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...fileOf(CMA).rules], { minLength: CMA.rules.length }),
      (all) => {
        const turned = all.map((rule) => ({
          ...rule,
          classes: rule.classes.toReversed(),
          require: rule.require.toReversed(),
          oblige: rule.oblige.toReversed(),
        }));
        expect(
          isSame(
            regimeDifference(
              CMA,
              version(() => ({ rules: turned })),
            ),
          ),
        ).toBe(true);
      },
    ),
    { numRuns: 20 },
  );
});

test('figures and what the whole file says are told apart from its rules', () => {
  const after = version(({ settings, title }) => ({
    title: { ...title, en: 'Another title' },
    settings: { ...settings, dayReturnCutOff: '23:00', healthTestHours: 12 },
    changedBy: 'one-of-each-side',
  }));
  expect(regimeDifference(CMA, after)).toMatchObject({
    head: ['title', 'changedBy'],
    settings: ['dayReturnCutOff', 'healthTestHours'],
    rules: [],
  });
  expect(isSame(regimeDifference(CMA, after))).toBe(false);
});
