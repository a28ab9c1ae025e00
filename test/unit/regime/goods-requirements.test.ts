import { describe, expect, test } from 'vitest';
import type { ConsignmentFacts } from '../../../src/shared/regime/consignment-facts.ts';
import type { CrossingFacts } from '../../../src/shared/regime/facts.ts';
import type { RegimeSettings } from '../../../src/shared/regime/regime-shape.ts';
import type { RequirementName } from '../../../src/shared/regime/requirement.ts';
import { outcomeOf } from '../../../src/shared/regime/requirements/registry.ts';
import { given, hk, NOON } from './given.ts';
import { CONTENT, GOODS, goods, LORRY, lorry, WORKS } from './given-goods.ts';

const SETTINGS: RegimeSettings = {
  leastTier: 'authorised',
  origin: {
    withMainland: { buildUpPercent: 30, buildDownPercent: 40 },
    withoutMainland: { buildUpPercent: 15, buildDownPercent: 20 },
    partnerSharePercent: 0,
  },
};

const held = { outcome: 'held' };

function failed(detail: string, params = {}) {
  return { outcome: 'failed', detail, params };
}

/** given | when | then: the requirement's answer to the facts. */
function rows(is: RequirementName, list: readonly (readonly [string, CrossingFacts, object])[]) {
  describe(is, () => {
    test.each(list)('given %s', (_, facts, then) => {
      expect(outcomeOf(is, facts, SETTINGS)).toEqual(then);
    });
  });
}

const declared = (status: 'filed' | 'cleared' | 'rejected', untilMs: number | null = null) =>
  goods({ declaration: { status, untilMs } });

rows('declaration-cleared', [
  ['a cleared declaration, then it holds', GOODS, held],
  ['one without an end', declared('cleared'), held],
  ['none, then it fails so', goods({ declaration: null }), failed('none')],
  ['one that is only filed', declared('filed'), failed('filed')],
  ['one that customs rejected', declared('rejected'), failed('rejected')],
  ['one in its last ms', declared('cleared', NOON + 1), held],
  ['one that ends now', declared('cleared', NOON), failed('ended', { toMs: NOON })],
]);

const works = (changes: Partial<NonNullable<ConsignmentFacts['enterprise']>>): ConsignmentFacts =>
  goods({ enterprise: GOODS.enterprise === null ? null : { ...GOODS.enterprise, ...changes } });
const registered = (fromMs: number, toMs: number | null) => works({ registered: { fromMs, toMs } });
const enterprise = WORKS;
const later = NOON + 60_000;

rows('enterprise-registered', [
  ['an enterprise in the register, then it holds', GOODS, held],
  ['goods of nobody known', goods({ enterprise: null }), failed('no-enterprise')],
  ['one not in it', works({ registered: null }), failed('not-registered', { enterprise })],
  ['one to come', registered(later, null), failed('not-yet', { enterprise, fromMs: later })],
  ['one of this minute', registered(NOON + 59_999, null), held],
  ['one that ends now', registered(0, NOON), failed('ended', { enterprise, toMs: NOON })],
  ['one in its last ms', registered(0, NOON + 1), held],
]);

const low = (tier: string) => failed('too-low', { enterprise, tier, least: 'authorised' });

rows('enterprise-tier', [
  ['the very tier that is needed, then it holds', GOODS, held],
  ['a better one', works({ tier: 'advanced' }), held],
  ['a lower one', works({ tier: 'ordinary' }), low('ordinary')],
  ['the lowest', works({ tier: 'discredited' }), low('discredited')],
  ['none on record', works({ tier: null }), failed('no-tier', { enterprise })],
  ['goods of nobody known', goods({ enterprise: null }), failed('no-enterprise')],
]);

const sealed = (read: string | null, isBroken = false) =>
  goods({ seal: { declared: 'S-100', read, isBroken } });

rows('seal-intact', [
  ['the declared seal, whole, then it holds', GOODS, held],
  ['no seal declared', goods({ seal: null }), failed('none')],
  ['one that nobody read', sealed(null), failed('not-read', { declared: 'S-100' })],
  ['another one', sealed('S-101'), failed('differs', { declared: 'S-100', read: 'S-101' })],
  ['a broken one', sealed('S-100', true), failed('broken', { declared: 'S-100' })],
  ['a broken one that nobody read', sealed(null, true), failed('broken', { declared: 'S-100' })],
]);

const certified = (changes: object): ConsignmentFacts =>
  goods({
    certificate: GOODS.certificate === null ? null : { ...GOODS.certificate, ...changes },
  });

rows('certificate-recognised', [
  ["a designated laboratory's, then it holds", GOODS, held],
  ['none', goods({ certificate: null }), failed('none')],
  [
    "another laboratory's",
    certified({ isDesignated: false }),
    failed('not-designated', { laboratory: 'LAB-1' }),
  ],
  ['one on goods made elsewhere', certified({ isMadeInZone: false }), failed('not-made-here')],
  ['one to come', certified({ fromMs: later }), failed('not-yet', { fromMs: later })],
  ['one that ends now', certified({ toMs: NOON }), failed('ended', { toMs: NOON })],
  ['one in its last ms', certified({ toMs: NOON + 1 }), held],
]);

rows('origin-met', [
  ['content that reaches it, then it holds', GOODS, held],
  ['none declared', goods({ origin: null }), failed('not-declared')],
  [
    'amounts that cannot be',
    goods({ origin: { ...CONTENT, labourCents: -1 } }),
    failed('impossible', { field: 'labourCents' }),
  ],
  [
    'nearly all from elsewhere',
    goods({
      origin: {
        ...{ fobCents: 1_000_000, labourCents: 50_000, developmentCents: 0 },
        ...{ hongKongCents: 50_000, mainlandCents: 100_000, partnersCents: 0 },
        othersCents: 700_000,
      },
    }),
    failed('below', {
      ...{ up: '20.00', upFloor: 30, ownUp: '10.00', ownUpFloor: 15 },
      ...{ down: '30.00', downFloor: 40, ownDown: '20.00', ownDownFloor: 20 },
    }),
  ],
]);

rows('on-roster', [
  ['goods of a tenant, then it holds', GOODS, held],
  ['goods of nobody known', goods({ enterprise: null }), failed('not-listed')],
  ['goods of no tenant', works({ roster: [] }), failed('not-listed')],
  ['no roster at this console', works({ roster: null }), failed('no-roster')],
]);

rows('lane-takes', [
  ['a lane for goods, then it holds', GOODS, held],
  [
    'goods in a lane for persons',
    goods({ laneTakes: ['person'] }),
    failed('not-this-kind', { kind: 'consignment' }),
  ],
  ['a lane for vehicles', LORRY, held],
  ['a locked lane', lorry({ laneLocked: true }), failed('locked')],
]);

const none = { vehicle: false, enterprise: false };
const noneHeld = { consignment: false, enterprise: false };

rows('not-suspended', [
  ['goods of an enterprise in good standing, then it holds', GOODS, held],
  ['goods held', goods({ suspended: { ...noneHeld, consignment: true } }), failed('consignment')],
  [
    'the enterprise and the goods, then the enterprise is named',
    goods({ suspended: { consignment: true, enterprise: true } }),
    failed('enterprise', { enterprise: 'E-9' }),
  ],
  ['a vehicle in good standing, then it holds', LORRY, held],
  ['the vehicle', lorry({ suspended: { ...none, vehicle: true } }), failed('vehicle')],
  [
    "the vehicle's enterprise, not known by name",
    lorry({ enterprise: null, suspended: { vehicle: true, enterprise: true } }),
    failed('enterprise', { enterprise: '?' }),
  ],
]);

rows('not-watchlisted', [
  ['goods that nobody looks for, then it holds', GOODS, held],
  ['listed goods', goods({ watchlisted: true }), failed('consignment-listed')],
  ['a listed vehicle', lorry({ watchlisted: true }), failed('vehicle-listed')],
]);

test('what a regime leaves unset fails, and says so', () => {
  expect(outcomeOf('enterprise-tier', GOODS, {})).toEqual(failed('not-set'));
  expect(outcomeOf('origin-met', GOODS, {})).toEqual(failed('not-set'));
});

test('what cannot be asked of a kind has no answer', () => {
  expect(outcomeOf('permit-valid', GOODS, SETTINGS)).toBeNull();
  expect(outcomeOf('seal-intact', given({ atMs: hk('2026-03-09T12:00:00') }), SETTINGS)).toBeNull();
  expect(outcomeOf('seal-intact', LORRY, SETTINGS)).toBeNull();
});
