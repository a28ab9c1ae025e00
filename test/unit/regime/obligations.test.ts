import { describe, expect, test } from 'vitest';
import type { ConsignmentFacts } from '../../../src/shared/regime/consignment-facts.ts';
import type { CrossingFacts } from '../../../src/shared/regime/facts.ts';
import { obligationOf } from '../../../src/shared/regime/obligation.ts';
import { obligationsOf } from '../../../src/shared/regime/obligations.ts';
import type { RegimeSettings, WrittenRule } from '../../../src/shared/regime/regime-shape.ts';
import { cmaRegime, crossing, given, hk, NOON } from './given.ts';
import { GOODS, goods, LORRY, SAMPLE } from './given-goods.ts';

const SETTINGS: RegimeSettings = {
  dayReturnCutOff: '24:00',
  partDayRule: 'nights',
  postReleaseAuditPercent: 2.5,
  vatDeferral: { vatPercent: 13, overdueAfterDays: 30 },
  importTaxPercent: 9.1,
};
const REGIME = { ...cmaRegime(), settings: SETTINGS };

function owed(oblige: WrittenRule['oblige'], facts: CrossingFacts, settings = SETTINGS) {
  return obligationsOf({ ...REGIME, settings }, { oblige }, facts);
}

const out = crossing('first', 'out');
const goodsOut = goods({ line: out.line, direction: out.direction, from: out.from, to: out.to });

describe('one inspection, one release', () => {
  test('on the way in is exit for the other side and entry for home', () => {
    const made = { is: 'joint-record', exitFor: 'mainland', entryFor: 'hong-kong' };
    expect(owed(['joint-record'], given({}))).toEqual([made]);
    expect(owed(['joint-record'], GOODS)).toEqual([made]);
  });
  test('on the way out is the other way round', () => {
    const made = { is: 'joint-record', exitFor: 'hong-kong', entryFor: 'mainland' };
    expect(owed(['joint-record'], given(out))).toEqual([made]);
  });
});

test.each([
  ['24:00', '2026-03-10T00:00:00'],
  ['22:30', '2026-03-09T22:30:00'],
  ['11:59', '2026-03-10T11:59:00'],
])('due back by a cut-off at %s: at %s', (dayReturnCutOff, byMs) => {
  const settings = { ...SETTINGS, dayReturnCutOff };
  expect(owed(['due-back'], given({}), settings)).toEqual([{ is: 'due-back', byMs: hk(byMs) }]);
});

test('a day of presence names the rule that counts it', () => {
  expect(owed(['presence-day'], given({}))).toEqual([
    { is: 'presence-day', partDayRule: 'nights' },
  ]);
});

test('a filing names the authority, and there may be several', () => {
  const mainland = { is: 'file-with', authority: 'mainland' } as const;
  const macao = { is: 'file-with', authority: 'macao' } as const;
  expect(owed([mainland, macao], GOODS)).toEqual([mainland, macao]);
  expect(owed([mainland], LORRY)).toEqual([mainland]);
});

test('an audit names its rate', () => {
  expect(owed(['post-release-audit'], GOODS)).toEqual([{ is: 'post-release-audit', percent: 2.5 }]);
});

describe('money', () => {
  test('a refund is of the taxes that were paid at home', () => {
    expect(owed(['export-refund'], GOODS)).toEqual([
      { is: 'export-refund', vatCents: 130_000, consumptionTaxCents: 0 },
    ]);
    expect(owed(['export-refund'], goods({ taxPaid: null }))).toEqual([
      { is: 'export-refund', vatCents: null, consumptionTaxCents: null },
    ]);
  });

  test('a deferral: 13 % of 10,000.00, overdue at the midnight after thirty whole days', () => {
    expect(owed(['vat-deferral'], goodsOut)).toEqual([
      {
        is: 'vat-deferral',
        valueCents: 1_000_000,
        vatPercent: 13,
        vatCents: 130_000,
        overdueFromMs: hk('2026-04-09T00:00:00'),
      },
    ]);
  });

  test('a combined rate: 9.1 % of 1.05 is 9.555 cents, and that is 10', () => {
    expect(owed(['import-tax-rate'], { ...goodsOut, valueCents: 105 })).toEqual([
      { is: 'import-tax-rate', valueCents: 105, percent: 9.1, taxCents: 10 },
    ]);
  });

  test.each([null, -1, 0.5, 1e15])('of a value of %s cannot be told', (valueCents) => {
    const made = owed(['import-tax-rate'], { ...goodsOut, valueCents });
    expect(made).toEqual([
      { is: 'import-tax-rate', valueCents: null, percent: 9.1, taxCents: null },
    ]);
  });

  test.each([
    ['deferral', 'vat-deferral'],
    ['combined-rate', 'import-tax-rate'],
    [null, 'vat-deferral'],
  ] as const)('of both ways the importer’s choice is the one: %s', (importTax, is) => {
    const both = ['vat-deferral', 'import-tax-rate'] as const;
    const made = owed([...both, 'post-release-audit'], { ...goodsOut, importTax });
    expect(made.map((one) => one.is)).toEqual([is, 'post-release-audit']);
    expect(owed([...both].reverse(), { ...goodsOut, importTax })).toHaveLength(1);
  });

  test('one way alone is the way, whatever the importer would like', () => {
    const made = owed(['vat-deferral'], { ...goodsOut, importTax: 'combined-rate' });
    expect(made.map((one) => one.is)).toEqual(['vat-deferral']);
  });
});

describe('custody', () => {
  const disk = { ...SAMPLE, item: 'IT-2' as typeof SAMPLE.item, sort: 'data-medium' as const };
  const kept = (...items: ConsignmentFacts['items']) => owed(['custody'], goods({ items }));
  test('begins for what may not stay, and ends for what comes out again', () => {
    expect(kept(SAMPLE, { ...disk, isInCustody: true })).toEqual([
      { is: 'custody', opens: ['IT-1'], closes: ['IT-2'] },
    ]);
  });
  test('is none where nothing must be followed', () => {
    expect(kept()).toEqual([]);
    expect(kept({ ...SAMPLE, mustNotStay: false })).toEqual([]);
  });
});

describe('exemption from inspection', () => {
  test('is on the word of a certificate that both sides recognise', () => {
    expect(owed(['inspection-exempt'], goodsOut)).toEqual([
      { is: 'inspection-exempt', certificate: 'C-1', laboratory: 'LAB-1' },
    ]);
  });
  test('is none without one', () => {
    expect(owed(['inspection-exempt'], { ...goodsOut, certificate: null })).toEqual([]);
    const { certificate } = goodsOut;
    const other = certificate === null ? null : { ...certificate, isDesignated: false };
    expect(owed(['inspection-exempt'], { ...goodsOut, certificate: other })).toEqual([]);
  });
});

test('in a regime that was never checked: everything is audited, and no number is made up', () => {
  const all = ['post-release-audit', 'vat-deferral', 'import-tax-rate'] as const;
  expect(owed([all[0], all[1]], GOODS, {})).toEqual([
    { is: 'post-release-audit', percent: 100 },
    {
      is: 'vat-deferral',
      valueCents: 1_000_000,
      vatPercent: null,
      vatCents: null,
      overdueFromMs: null,
    },
  ]);
  expect(owed([all[2]], GOODS, {})).toEqual([
    { is: 'import-tax-rate', valueCents: 1_000_000, percent: null, taxCents: null },
  ]);
  expect(owed(['due-back'], given({ atMs: NOON }), {})).toEqual([{ is: 'due-back', byMs: null }]);
});

test('goods’ obligations do not follow a person, should loading have been skipped', () => {
  const goodsOnly = ['export-refund', 'vat-deferral', 'custody', 'inspection-exempt'] as const;
  expect(owed([...goodsOnly], given({}))).toEqual([]);
});

test('an obligation is found by its name', () => {
  const made = owed(['due-back', 'presence-day'], given({}));
  expect(obligationOf(made, 'presence-day')?.partDayRule).toBe('nights');
  expect(obligationOf(made, 'custody')).toBeNull();
});
