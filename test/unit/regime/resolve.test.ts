import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SubjectKind } from '../../../src/shared/domain/line.ts';
import {
  type Case,
  caseName,
  casesOf,
  casesOfRule,
  checkLanes,
  checkRegime,
  loadRegime,
  rulesFor,
} from '../../../src/shared/regime/resolve.ts';
import { CMA_PATH, cmaRegime, cmaText, everyLane } from './given.ts';

const cma = cmaRegime();
const people = casesOf(everyLane(['person']));
const everything = casesOf(everyLane(['person', 'vehicle', 'consignment']));

function faultOf(rules: typeof cma.rules, cases: readonly Case[]) {
  const checked = checkRegime({ ...cma, rules }, cases);
  if (checked.ok) throw new Error('no hole and no overlap was found');
  return checked.fault;
}

describe('cases of a site', () => {
  test('are each line and direction of a lane with each class of each kind it takes', () => {
    expect(people).toHaveLength(5 * 10);
    expect(everything).toHaveLength(5 * (10 + 2 + 5));
    expect(people.map(caseName)).toContain('inner across person special-pass');
  });

  test('are only what its lanes can present, each once', () => {
    const site = everyLane(['person']);
    const two = site.lanes.filter(
      (lane) => lane.checkpoint === 'C-first' && lane.direction === 'in',
    );
    const cases = casesOf({ ...site, lanes: [...two, ...two] });
    expect(cases).toHaveLength(10);
    expect(cases.every((it) => it.line === 'first' && it.direction === 'in')).toBe(true);
  });
});

describe('the buffer-zone file', () => {
  test('decides every case of people, vehicles and goods exactly once', () => {
    expect(checkRegime(cma, everything).ok).toBe(true);
    for (const it of everything) expect(rulesFor(cma, it), caseName(it)).toHaveLength(1);
  });

  test('loads for a site that takes people', () => {
    const loaded = loadRegime(cmaText(), CMA_PATH.pathname, everyLane(['person']));
    expect(loaded.ok && loaded.value.id).toBe('cma-buffer-zone');
  });
});

describe('a hole', () => {
  test.each(cma.rules.map((rule) => rule.id))('is named when %s is taken out', (id) => {
    const gone = cma.rules.filter((rule) => rule.id === id).flatMap(casesOfRule);
    const fault = faultOf(
      cma.rules.filter((rule) => rule.id !== id),
      everything,
    );
    expect(fault.code).toBe('regime-unresolved');
    expect(fault.holes.map(caseName).sort()).toEqual(gone.map(caseName).sort());
    expect(fault.overlaps).toEqual([]);
    for (const it of gone) expect(fault.text).toContain(caseName(it));
  });

  test('is named for every rule taken out at once (any subset)', () => {
    fc.assert(
      fc.property(fc.subarray([...cma.rules], { minLength: 1 }), (taken) => {
        const rules = cma.rules.filter((rule) => !taken.includes(rule));
        const fault = faultOf(rules, everything);
        const gone = taken.flatMap(casesOfRule).map(caseName);
        expect(fault.holes.map(caseName).sort()).toEqual(gone.sort());
      }),
      { numRuns: 200 },
    );
  });

  test('is named when one class is taken out of a rule', () => {
    const rules = cma.rules.map((rule) =>
      rule.id === 'second-visitors' ? { ...rule, classes: ['other-visitor' as const] } : rule,
    );
    expect(faultOf(rules, people).holes.map(caseName)).toEqual([
      'second in person mainland-visitor',
      'second out person mainland-visitor',
    ]);
  });

  test('is what a lane across a line is: "both" means in and out only', () => {
    const site = everyLane(['person']);
    const lanes = site.lanes.slice(0, 1).map((lane) => ({ ...lane, direction: 'across' as const }));
    const fault = faultOf(cma.rules, casesOf({ ...site, lanes }));
    expect(fault.holes.map(caseName)).toContain('first across person hk-resident');
    expect(fault.holes).toHaveLength(10);
  });

  test('is no fault where no lane of the site can present it', () => {
    const rules = cma.rules.filter((rule) => rule.kind === 'person');
    expect(checkRegime({ ...cma, rules }, people).ok).toBe(true);
  });
});

describe('an overlap', () => {
  test.each(cma.rules.map((rule) => rule.id))('is named when %s stands twice', (id) => {
    const copies = cma.rules
      .filter((rule) => rule.id === id)
      .map((rule) => ({ ...rule, id: `${id}-again` }));
    const fault = faultOf([...cma.rules, ...copies], everything);
    expect(fault.holes).toEqual([]);
    expect(fault.overlaps.map((overlap) => caseName(overlap.case)).sort()).toEqual(
      copies.flatMap(casesOfRule).map(caseName).sort(),
    );
    for (const overlap of fault.overlaps) expect(overlap.rules).toEqual([id, `${id}-again`]);
    expect(fault.text).toContain(`(${id}, ${id}-again)`);
  });

  test('of "both" with "in" is found', () => {
    const rules = cma.rules.map((rule) =>
      rule.id === 'first-in-official' ? { ...rule, direction: 'both' as const } : rule,
    );
    const fault = faultOf(rules, people);
    expect(fault.overlaps).toEqual([
      {
        case: { line: 'first', direction: 'out', kind: 'person', class: 'official' },
        rules: ['first-in-official', 'first-out-official'],
      },
    ]);
  });

  test('is found also where no lane of the site can present it', () => {
    const copies = cma.rules
      .filter((rule) => rule.id === 'second-goods')
      .map((rule) => ({ ...rule, id: 'second-goods-again' }));
    expect(faultOf([...cma.rules, ...copies], people).overlaps).toHaveLength(10);
  });
});

describe('lanes', () => {
  test.each<SubjectKind[][]>([[['vehicle']], [['vehicle', 'consignment']], [['person']]])(
    'that take %j are worked',
    (takes) => {
      expect(checkLanes(everyLane(takes)).ok).toBe(true);
      expect(loadRegime(cmaText(), 'x.json', everyLane(takes)).ok).toBe(true);
    },
  );

  test('for vehicles bring drivers and goods, whose cases must be decided too', () => {
    const kinds = new Set(casesOf(everyLane(['vehicle'])).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['consignment', 'person', 'vehicle']);
  });

  test.each<SubjectKind[][]>([
    [['person', 'vehicle']],
    [['person', 'consignment']],
    [['consignment']],
  ])('that take %j are refused, each named', (takes) => {
    const site = everyLane(takes);
    const checked = checkLanes(site);
    if (checked.ok) throw new Error('vehicles were taken');
    expect(checked.fault.code).toBe('lane-kind-not-decided');
    for (const lane of site.lanes) expect(checked.fault.text).toContain(lane.id);
    const loaded = loadRegime(cmaText(), 'x.json', site);
    expect(loaded.ok ? null : loaded.fault.code).toBe('lane-kind-not-decided');
  });

  test('at a checkpoint that the site lacks are named', () => {
    const site = everyLane(['person']);
    const checked = checkLanes({ ...site, checkpoints: site.checkpoints.slice(1) });
    expect(checked.ok ? null : checked.fault).toMatchObject({
      code: 'lane-without-checkpoint',
      where: 'L-first-in',
    });
  });
});
