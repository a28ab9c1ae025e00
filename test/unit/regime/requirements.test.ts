import { describe, expect, test } from 'vitest';
import type { CrossingFacts } from '../../../src/shared/regime/facts.ts';
import type { RegimeSettings } from '../../../src/shared/regime/regime-shape.ts';
import { RequirementName } from '../../../src/shared/regime/requirement.ts';
import { outcomeOf, REQUIREMENTS } from '../../../src/shared/regime/requirements/registry.ts';
import type {
  AnyRequirement,
  Outcome,
} from '../../../src/shared/regime/requirements/requirement-check.ts';
import { at, COMMUTER, given, hk, LOOP, NOON, PASS, permitted, SAN_TIN } from './given.ts';

function check(is: RequirementName, facts: CrossingFacts): Outcome<string> | null {
  return outcomeOf(is, facts, SETTINGS);
}

const SETTINGS: RegimeSettings = { healthTestHours: 48 };
const held = { outcome: 'held' };

function failed(detail: string, params = {}): Outcome<string> {
  return { outcome: 'failed', detail, params };
}

/** given | when | then: the requirement's answer to the facts. */
type Row = readonly [string, CrossingFacts, ReturnType<typeof failed> | typeof held];

function rows(is: RequirementName, list: readonly Row[]): void {
  describe(is, () => {
    test.each(list)('given %s', (_, facts, then) => {
      expect(check(is, facts)).toEqual(then);
    });
  });
}

const end = PASS.validToMs;
const start = PASS.validFromMs;

rows('permit-valid', [
  ['a pass in the midst of its time, then it holds', COMMUTER, held],
  ['no permit, then it fails so', given({ permit: null }), failed('no-permit')],
  ['a revoked permit, then it fails so', permitted({ status: 'revoked' }), failed('revoked')],
  [
    'a revoked and expired permit, then the revocation is named',
    given({ permit: { ...PASS, status: 'revoked' }, atMs: end + 1 }),
    failed('revoked'),
  ],
  ['a suspended permit, then that is for not-suspended', permitted({ status: 'suspended' }), held],
  [
    'the last ms before it begins',
    given({ atMs: start - 1 }),
    failed('not-yet', { fromMs: start }),
  ],
  ['the ms it begins, then it holds', given({ atMs: start }), held],
  ['the last ms of its last minute, then it holds', given({ atMs: end - 1 }), held],
  ['the ms it ends, then it has expired', given({ atMs: end }), failed('expired', { toMs: end })],
  [
    'a start with seconds, then its whole minute is valid',
    given({ permit: { ...PASS, validFromMs: NOON + 30_000 }, atMs: NOON }),
    held,
  ],
  [
    'an end with seconds, then its whole minute is valid',
    given({ permit: { ...PASS, validToMs: NOON + 30_000 }, atMs: NOON + 59_999 }),
    held,
  ],
  [
    'the minute after an end with seconds, then it has expired',
    given({ permit: { ...PASS, validToMs: NOON + 30_000 }, atMs: NOON + 60_000 }),
    failed('expired', { toMs: NOON + 30_000 }),
  ],
]);

rows('permit-covers-area', [
  ['a pass that names the area, then it holds', COMMUTER, held],
  [
    'a pass that names another area, then it fails with the area',
    given({ to: SAN_TIN }),
    failed('not-covered', { area: SAN_TIN }),
  ],
  ['a pass without any area', permitted({ areas: [] }), failed('not-covered', { area: LOOP })],
  ['no permit, then it fails so', given({ permit: null }), failed('no-permit')],
  ['a way out of the zone, then no area is asked for', given({ to: 'beyond-first' }), held],
  ['a way out without a permit, then it holds', given({ to: 'beyond-first', permit: null }), held],
]);

const hours = (fromMinute: number, toMinute: number, time: string): CrossingFacts =>
  given({ permit: { ...PASS, hours: { fromMinute, toMinute } }, atMs: hk(`2026-03-09T${time}`) });

rows('within-hours', [
  ['06:00-22:00 at noon, then it holds', COMMUTER, held],
  ['06:00-22:00 at 06:00, then it holds', hours(360, 1320, '06:00:00'), held],
  [
    '06:00-22:00 at 05:59:59.999, then it fails with the hours',
    hours(360, 1320, '05:59:59.999'),
    failed('outside', { fromMinute: 360, toMinute: 1320 }),
  ],
  ['06:00-22:00 at 21:59:59, then it holds', hours(360, 1320, '21:59:59'), held],
  [
    '06:00-22:00 at 22:00, then it fails: the end is exclusive',
    hours(360, 1320, '22:00:00'),
    failed('outside', { fromMinute: 360, toMinute: 1320 }),
  ],
  ['the whole day at 23:59:59, then it holds', hours(0, 1440, '23:59:59'), held],
  ['22:00-06:00 at 23:00, then the night is one window', hours(1320, 360, '23:00:00'), held],
  ['22:00-06:00 at 05:59, then it holds', hours(1320, 360, '05:59:00'), held],
  [
    '22:00-06:00 at 06:00, then it fails',
    hours(1320, 360, '06:00:00'),
    failed('outside', { fromMinute: 1320, toMinute: 360 }),
  ],
  [
    'hours of no length, then they hold at no time',
    hours(720, 720, '12:00:00'),
    failed('outside', { fromMinute: 720, toMinute: 720 }),
  ],
  ['no permit, then it fails so', given({ permit: null }), failed('no-permit')],
]);

const none = { person: false, permit: false, enterprise: false };

rows('not-suspended', [
  ['nobody suspended, then it holds', COMMUTER, held],
  ['the person', given({ suspended: { ...none, person: true } }), failed('person')],
  ['the permit, here', given({ suspended: { ...none, permit: true } }), failed('permit')],
  ['the permit, by its dataset', permitted({ status: 'suspended' }), failed('permit')],
  [
    'the enterprise, then it is named',
    given({ suspended: { ...none, enterprise: true } }),
    failed('enterprise', { enterprise: 'E-7' }),
  ],
  [
    'all three, then the person is named',
    given({ suspended: { person: true, permit: true, enterprise: true } }),
    failed('person'),
  ],
  [
    'the enterprise and the permit, then the enterprise is named',
    given({ suspended: { person: false, permit: true, enterprise: true } }),
    failed('enterprise', { enterprise: 'E-7' }),
  ],
  ['no permit and nobody suspended, then it holds', given({ permit: null }), held],
]);

rows('not-watchlisted', [
  ['nobody listed, then it holds', COMMUTER, held],
  ['a listed person, then it fails', given({ watchlisted: true }), failed('listed')],
]);

const inner = { from: LOOP, to: SAN_TIN, line: 'inner', direction: 'across' } as const;
const out = { from: LOOP, to: 'beyond-first', direction: 'out' } as const;

rows('not-already-inside', [
  ['somebody where the lane begins, then it holds', COMMUTER, held],
  ['somebody never seen before the first line', given({ presence: at(null) }), held],
  [
    'somebody never seen before the second line',
    given({ from: 'beyond-second', presence: at(null) }),
    held,
  ],
  [
    'somebody never seen who would leave an area, then the place is unknown',
    given({ ...out, presence: at(null) }),
    failed('unknown-place'),
  ],
  [
    'somebody inside the very area',
    given({ presence: at(LOOP) }),
    failed('already-inside', { area: LOOP }),
  ],
  [
    'somebody inside another area who comes over a line',
    given({ presence: at(SAN_TIN) }),
    failed('already-inside', { area: SAN_TIN }),
  ],
  [
    'somebody beyond the other line',
    given({ presence: at('beyond-second') }),
    failed('elsewhere', { place: 'beyond-second', from: 'beyond-first' }),
  ],
  ['an inner passage from where the person is', given({ ...inner, presence: at(LOOP) }), held],
  [
    'an inner passage by somebody who is past it already',
    given({ ...inner, presence: at(SAN_TIN) }),
    failed('already-inside', { area: SAN_TIN }),
  ],
  [
    'an inner passage by somebody who never came in',
    given({ ...inner, presence: at('beyond-first') }),
    failed('elsewhere', { place: 'beyond-first', from: LOOP }),
  ],
  [
    'a way out by somebody who has left already',
    given({ ...out, presence: at('beyond-first') }),
    failed('elsewhere', { place: 'beyond-first', from: LOOP }),
  ],
  [
    'a way out of one area by somebody in another',
    given({ ...out, presence: at(SAN_TIN) }),
    failed('elsewhere', { place: SAN_TIN, from: LOOP }),
  ],
  [
    'a crossing under way',
    given({ presence: { ...at('beyond-first'), reserved: true } }),
    failed('crossing-under-way'),
  ],
  [
    'a passage that stayed unknown',
    given({ presence: { ...at('beyond-first'), unknown: true } }),
    failed('unknown-place'),
  ],
]);

const room = (inside: number, reserved: number): CrossingFacts =>
  given({ area: { id: LOOP, inside, reserved, soft: 50, hard: 60 } });
const counted = (count: number, limit: number) => ({ area: LOOP, count, limit });

rows('area-has-room', [
  ['room, then it holds', room(40, 9), held],
  [
    'the soft limit reached, then it warns',
    room(50, 0),
    { outcome: 'warned', detail: 'near-limit', params: counted(50, 50) },
  ],
  [
    'the soft limit reached with reservations, then it warns',
    room(48, 2),
    { outcome: 'warned', detail: 'near-limit', params: counted(50, 50) },
  ],
  [
    'one place left, then it warns',
    room(59, 0),
    { outcome: 'warned', detail: 'near-limit', params: counted(59, 50) },
  ],
  ['the last place reserved, then it fails', room(59, 1), failed('full', counted(60, 60))],
  ['more than the hard limit, then it fails', room(70, 0), failed('full', counted(70, 60))],
  ['a way out of the zone, then no room is asked for', given({ area: null }), held],
]);

rows('consent-to-joint-inspection', [
  ['consent given, then it holds', COMMUTER, held],
  ['consent given this very ms, then it holds', permitted({ consentAtMs: NOON }), held],
  ['consent never given', permitted({ consentAtMs: null }), failed('not-given')],
  ['consent that begins later', permitted({ consentAtMs: NOON + 1 }), failed('not-given')],
  ['no permit, then it fails so', given({ permit: null }), failed('no-permit')],
]);

rows('clearance-granted', [
  ['none, then it fails so', COMMUTER, failed('none')],
  ['clearance that lasts, then it holds', given({ clearance: { untilMs: NOON + 60_000 } }), held],
  [
    'clearance that ends now',
    given({ clearance: { untilMs: NOON } }),
    failed('ended', { toMs: NOON }),
  ],
]);

rows('escorted', [
  ['an official beside, then it holds', given({ escort: 'there' }), held],
  ['nobody beside', COMMUTER, failed('no-escort')],
  ['an official with enough visitors', given({ escort: 'full' }), failed('too-many')],
]);

const YEAR = hk('2026-01-01T00:00:00');
const SPRING = hk('2026-04-01T00:00:00');
const rostered = (...entries: [number, number | null][]): CrossingFacts =>
  given({ roster: entries.map(([fromMs, toMs]) => ({ roster: 'r', fromMs, toMs })) });

rows('on-roster', [
  ['an entry without an end, then it holds', rostered([YEAR, null]), held],
  ['an entry that begins this minute', rostered([NOON + 30_000, null]), held],
  ['no roster at this console, then it fails so', given({ roster: null }), failed('no-roster')],
  ['rosters that name others', rostered(), failed('not-listed')],
  ['an entry to come', rostered([SPRING, null]), failed('not-yet', { fromMs: SPRING })],
  ['an entry that ends now', rostered([YEAR, NOON]), failed('ended', { toMs: NOON })],
  ['an entry in its last ms', rostered([YEAR, NOON + 1]), held],
  ['one that has ended and one that lasts', rostered([YEAR, YEAR + 1], [YEAR, null]), held],
]);

const HOUR = 3_600_000;
const tested = (takenMs: number, result: 'negative' | 'positive' = 'negative'): CrossingFacts =>
  given({ healthTest: { takenMs, result } });

rows('health-test-within', [
  ['a negative test an hour ago, then it holds', COMMUTER, held],
  ['no test known here, then it fails so', given({ healthTest: null }), failed('none')],
  ['a test a ms short of 48 hours', tested(NOON - 48 * HOUR + 1), held],
  [
    'a test 48 hours ago, then it is too old',
    tested(NOON - 48 * HOUR),
    failed('too-old', { takenMs: NOON - 48 * HOUR, hours: 48 }),
  ],
  ['a test this ms', tested(NOON), held],
  ['a test dated later', tested(NOON + 1), failed('not-yet', { takenMs: NOON + 1 })],
  ['a positive test', tested(NOON, 'positive'), failed('positive', { takenMs: NOON })],
]);

test('health-test-within given a regime that sets no hours, then it fails so', () => {
  expect(outcomeOf('health-test-within', COMMUTER, {})).toEqual(failed('not-set'));
});

rows('lane-takes', [
  ['a lane for persons, then it holds', COMMUTER, held],
  [
    'a lane for goods only',
    given({ laneTakes: ['consignment'] }),
    failed('not-this-kind', { kind: 'person' }),
  ],
  ['a locked lane', given({ laneLocked: true }), failed('locked')],
  ['a lane that leads the other way', given({ laneWrongWay: true }), failed('wrong-way')],
  ['an airlock that is taken', given({ laneInterlocked: true }), failed('interlock')],
]);

test('every requirement has its own name and only known details', () => {
  for (const [name, requirement] of Object.entries<AnyRequirement>(REQUIREMENTS)) {
    expect(requirement.is).toBe(name);
    expect(RequirementName.options).toContain(name);
    expect(requirement.details.length).toBeGreaterThan(0);
    expect(new Set(requirement.details).size).toBe(requirement.details.length);
  }
});
