import fc from 'fast-check';
import type { LaneId, PermitId, PersonId } from '../../../src/shared/domain/ids.ts';
import { EnterpriseId } from '../../../src/shared/domain/ids.ts';
import { Direction, Line, PERSON_CLASSES, SubjectKind } from '../../../src/shared/domain/line.ts';
import { PermitStatus } from '../../../src/shared/domain/permit.ts';
import type { Place } from '../../../src/shared/domain/place.ts';
import { CodeProof } from '../../../src/shared/domain/qr-permit.ts';
import type { PassageFacts, RosterEntry } from '../../../src/shared/regime/passage-facts.ts';
import type { PermitFacts, PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import { LOOP, NOON, SAN_TIN } from './given.ts';

const place = fc.constantFrom<Place>('beyond-first', 'beyond-second', LOOP, SAN_TIN);
/** Moments near noon, so that validity, hours and clearances hold about as often as they fail. */
const near = fc.integer({ min: -200_000_000, max: 200_000_000 }).map((ms) => NOON + ms);
export const moment = fc.oneof(near, fc.maxSafeInteger());

const permit: fc.Arbitrary<PermitFacts> = fc.record({
  permit: fc.constant('P-1' as PermitId),
  status: fc.constantFrom(...PermitStatus.options),
  validFromMs: moment,
  validToMs: moment,
  areas: fc.subarray([LOOP, SAN_TIN]),
  hours: fc.record({
    fromMinute: fc.integer({ min: 0, max: 1439 }),
    toMinute: fc.integer({ min: 1, max: 1440 }),
  }),
  consentAtMs: fc.option(moment),
  enterprise: fc.option(fc.constant(EnterpriseId.parse('E-7'))),
});

const lane = fc.constantFrom('lane-1' as LaneId, 'lane-2' as LaneId);
const count = fc.nat({ max: 100 });

const code = fc.record({
  proof: fc.constantFrom(...CodeProof.options),
  key: fc.constant('k1'),
  validFromMs: moment,
  validToMs: moment,
  agrees: fc.boolean(),
  lane,
  last: fc.option(fc.record({ lane, atMs: moment })),
});

const passage = {
  atMs: moment,
  line: fc.constantFrom(...Line.options),
  direction: fc.constantFrom(...Direction.options),
  from: place,
  to: place,
  laneTakes: fc.subarray([...SubjectKind.options]),
  laneLocked: fc.nat({ max: 9 }).map((n) => n === 0),
  laneWrongWay: fc.nat({ max: 19 }).map((n) => n === 0),
  laneInterlocked: fc.nat({ max: 19 }).map((n) => n === 0),
};
export const anyPassage: fc.Arbitrary<PassageFacts> = fc.record(passage);

export const anyRoster: fc.Arbitrary<readonly RosterEntry[] | null> = fc.option(
  fc.array(fc.record({ roster: fc.constant('tenants'), fromMs: moment, toMs: fc.option(moment) }), {
    maxLength: 3,
  }),
);

/** Any person's facts of their types, sensible or not. */
export const anyFacts: fc.Arbitrary<PersonFacts> = fc.record({
  ...passage,
  kind: fc.constant('person' as const),
  class: fc.constantFrom(...PERSON_CLASSES),
  person: fc.option(fc.constant('H-1' as PersonId)),
  permit: fc.option(permit),
  suspended: fc.record({ person: fc.boolean(), permit: fc.boolean(), enterprise: fc.boolean() }),
  watchlisted: fc.boolean(),
  presence: fc.record({
    place: fc.option(place),
    unknown: fc.boolean(),
    sinceMs: fc.option(moment),
    reserved: fc.boolean(),
  }),
  area: fc.option(
    fc.record({
      id: fc.constantFrom(LOOP, SAN_TIN),
      inside: count,
      reserved: count,
      soft: count,
      hard: count,
    }),
  ),
  clearance: fc.option(fc.record({ untilMs: moment })),
  escort: fc.constantFrom('none', 'there', 'full'),
  // Most people show a badge.
  code: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: code }),
  roster: anyRoster,
  allowanceUsed: fc.option(fc.nat({ max: 4 })),
  healthTest: fc.option(
    fc.record({
      takenMs: moment,
      result: fc.constantFrom('negative' as const, 'positive' as const),
    }),
  ),
});
