import { expect, test } from 'vitest';
import { EventList } from '../../../src/main/engine/core/event-list.ts';
import type { RequestFacts } from '../../../src/main/engine/core/facts.ts';
import type {
  CorrectionFacts,
  CorrectionNow,
  DecidedReturn,
  RecordedCrossing,
} from '../../../src/main/engine/core/people-facts.ts';
import {
  actOnCorrection,
  type CorrectionRequest,
  refuseCorrection,
} from '../../../src/main/engine/core/rules/correction.ts';
import {
  actOnPeople,
  type PeopleRequest,
  refusePeople,
} from '../../../src/main/engine/core/rules/people-request.ts';
import type { CorrectionChange } from '../../../src/shared/domain/correction.ts';
import type { TextId, UserId } from '../../../src/shared/domain/ids.ts';
import { MOMENT } from './core-facts.ts';

const HOUR_MS = 3_600_000;
const REASON = 'T1-9' as TextId;
const NOW_MS = MOMENT.wallMs;

const CROSSING = {
  ...{ crossing: 'X1-50', person: 'P-1', lane: 'in-1', checkpoint: 'first', line: 'first' },
  ...{ direction: 'in', class: 'special-pass', from: 'beyond-first', to: 'loop' },
  ...{ askedMs: NOW_MS - 2 * HOUR_MS, happenedMs: NOW_MS - 2 * HOUR_MS, passage: 'passed' },
  ...{ countedMs: NOW_MS - 2 * HOUR_MS + 900, isNotTakenCounted: false, earlierMs: null },
  ...{ laterMs: null, isLast: true, isNewest: true, isVehicle: false, allowance: null },
} as RecordedCrossing;
const RETURN = {
  ...{ crossing: 'X1-50', person: 'P-1', back: 'beyond-first', area: 'loop', outcome: 'left' },
  ...{ set: 'C1-71', isLast: true, place: 'beyond-first' },
} as DecidedReturn;
const ASKED = {
  ...{ correction: 'C1-80', crossing: 'X1-50', person: 'P-1', fact: 'passage' },
  ...{ before: 'passed', after: 'not-taken', state: 'asked', askedBy: 'u-1' as UserId },
} as CorrectionNow;

const facts = (changes: Partial<CorrectionFacts> = {}): CorrectionFacts => {
  const none = { correction: null, waiting: null, dayReturn: null, owed: [] };
  return { ...none, crossing: CROSSING, ...changes };
};
const actor = (user: string) => ({ type: 'person', user, role: '', workstation: 'w-1' }) as const;
function ask(change: CorrectionChange): CorrectionRequest {
  const input = { crossing: 'X1-50', change, reason: 'seen' };
  const of = { kind: 'request', name: 'correction.ask', input, role: 'operator', text: null };
  return { ...of, actor: actor('u-1') } as CorrectionRequest;
}
function settle(act: 'confirm' | 'decline', user = 'u-2', role = 'supervisor'): CorrectionRequest {
  const input = { correction: 'C1-80', reason: 'seen too' };
  const of = { kind: 'request', name: `correction.${act}`, input, role, text: null };
  return { ...of, actor: actor(user) } as CorrectionRequest;
}
function codeOf(of: CorrectionFacts, request: CorrectionRequest): string | null {
  const refused = refuseCorrection(of, request, MOMENT);
  return refused === null || refused.ok ? null : refused.fault.code;
}
function eventsOf(of: CorrectionFacts, request: CorrectionRequest) {
  const list = new EventList(MOMENT);
  actOnCorrection(list, of, request, REASON, MOMENT);
  return list.events.map(({ data, kind }) => ({ kind, ...data }));
}
const to = (after: 'passed' | 'not-taken') => ask({ fact: 'passage', after });
const at = (after: number) => ask({ fact: 'time', after });
const day = (after: 'left' | 'stayed') => ask({ fact: 'day-return', after });

test.each([
  ['what was recorded otherwise', facts(), to('not-taken'), null],
  ['what stands there already', facts(), to('passed'), 'no-change'],
  ['no such crossing', facts({ crossing: null }), to('passed'), 'not-found'],
  ['no end', facts({ crossing: { ...CROSSING, passage: null } }), to('passed'), 'not-open'],
  ['one that waits', facts({ waiting: ASKED.correction }), to('not-taken'), 'waiting'],
  [
    'the passage of a vehicle, with which goods went',
    facts({ crossing: { ...CROSSING, isVehicle: true } }),
    to('not-taken'),
    'vehicle',
  ],
  [
    'the time of a vehicle, under which its goods are counted',
    facts({ crossing: { ...CROSSING, isVehicle: true } }),
    at(NOW_MS - 3 * HOUR_MS),
    'vehicle',
  ],
  [
    'the passage of who could not be named',
    facts({ crossing: { ...CROSSING, person: null } }),
    to('not-taken'),
    'unnamed',
  ],
  ['an earlier time', facts(), at(NOW_MS - 3 * HOUR_MS), null],
  ['the same time', facts(), at(NOW_MS - 2 * HOUR_MS), 'no-change'],
  ['a time to come', facts(), at(NOW_MS + 1), 'out-of-order'],
  [
    'a time before the crossing before',
    facts({ crossing: { ...CROSSING, earlierMs: NOW_MS - 3 * HOUR_MS } }),
    at(NOW_MS - 3 * HOUR_MS),
    'out-of-order',
  ],
  [
    'a time after the crossing after',
    facts({ crossing: { ...CROSSING, laterMs: NOW_MS - HOUR_MS } }),
    at(NOW_MS - HOUR_MS / 2),
    'out-of-order',
  ],
  [
    'the time of what was not taken',
    facts({ crossing: { ...CROSSING, passage: 'not-taken' } }),
    at(NOW_MS - 3 * HOUR_MS),
    'not-open',
  ],
  ['nobody due back', facts(), day('stayed'), 'not-found'],
  [
    'nobody has decided',
    facts({ dayReturn: { ...RETURN, outcome: null } }),
    day('left'),
    'not-open',
  ],
  ['decided so', facts({ dayReturn: RETURN }), day('left'), 'no-change'],
  ['decided otherwise', facts({ dayReturn: RETURN }), day('stayed'), null],
])('asked for: %s', (_, of, request, code) => {
  expect(codeOf(of, request)).toBe(code);
});

test.each([
  ['by a second person', {}, settle('confirm'), null],
  ['by who asked', {}, settle('confirm', 'u-1'), 'same-person'],
  ['of none', { correction: null }, settle('confirm'), 'not-found'],
  ['again', { correction: { ...ASKED, state: 'confirmed' } }, settle('confirm'), 'not-open'],
  [
    'of what has changed since',
    { correction: { ...ASKED, before: 'not-taken', after: 'not-taken', fact: 'time' } },
    settle('confirm'),
    'out-of-order',
  ],
  [
    'of what another one put right since',
    { crossing: { ...CROSSING, passage: 'not-taken' } },
    settle('confirm'),
    'no-change',
  ],
  [
    'of a time that is another by now',
    { correction: { ...ASKED, fact: 'time', before: 5, after: NOW_MS - 3 * HOUR_MS } },
    settle('confirm'),
    'fact-changed',
  ],
  ['declined by who asked', {}, settle('decline', 'u-1', 'operator'), null],
  ['declined by another operator', {}, settle('decline', 'u-3', 'operator'), 'role'],
  ['declined by a supervisor', {}, settle('decline'), null],
] as const)('settled %s', (_, changes, request, code) => {
  const of = facts({ correction: ASKED, ...(changes as Partial<CorrectionFacts>) });
  expect(codeOf(of, request)).toBe(code);
});

test('who asks changes nothing; the second person moves counts and place', () => {
  expect(eventsOf(facts(), to('not-taken'))).toMatchObject([
    { kind: 'correction.asked', correction: 'C1-100', before: 'passed', after: 'not-taken' },
  ]);
  const moved = eventsOf(facts({ correction: ASKED }), settle('confirm'));
  expect(moved).toMatchObject([
    {
      ...{ kind: 'correction.confirmed', askedBy: 'u-1', before: 'passed', after: 'not-taken' },
      recount: { fromMs: CROSSING.countedMs, toMs: null, notTaken: 1 },
    },
    { kind: 'presence.set', person: 'P-1', place: 'beyond-first', crossing: null },
  ]);
});

test('what somebody did since stands: an older crossing moves nobody', () => {
  const older = { ...CROSSING, isLast: false, isNewest: false };
  const kinds = (crossing: RecordedCrossing, correction = ASKED) =>
    eventsOf(facts({ correction, crossing }), settle('confirm')).map(({ kind }) => kind);
  expect(kinds(older)).toEqual(['correction.confirmed']);
  const back = { ...ASKED, before: 'not-taken', after: 'passed' };
  const not = { ...older, passage: 'not-taken', countedMs: null } as const;
  expect(kinds(not, back)).toEqual(['correction.confirmed']);
  expect(kinds({ ...not, isNewest: true }, back)).toEqual(['correction.confirmed', 'presence.set']);
});

test('a day return that was decided wrongly takes its own word back', () => {
  const correction = { ...ASKED, fact: 'day-return', before: 'left', after: 'stayed' } as const;
  expect(eventsOf(facts({ correction, dayReturn: RETURN }), settle('confirm'))).toMatchObject([
    { kind: 'correction.confirmed', recount: null, voids: 'C1-71', place: 'loop' },
    { kind: 'presence.set', place: 'loop' },
  ]);
  const stays = { ...RETURN, outcome: 'stayed', place: 'loop' } as DecidedReturn;
  const other = { ...correction, before: 'stayed', after: 'left' };
  const left = eventsOf(facts({ correction: other, dayReturn: stays }), settle('confirm'));
  expect(left).toMatchObject([{ voids: null }, { kind: 'presence.set', place: 'beyond-first' }]);
});

test('a head count is an entry, and never below those who are there by name', () => {
  const count = (counted: number) =>
    ({ name: 'area.count', input: { area: 'loop', counted, reason: 'seen' } }) as PeopleRequest;
  const of = { count: { area: 'loop', named: 3, anonymous: 1 } } as RequestFacts;
  const code = (request: PeopleRequest, with_ = of) => {
    const refused = refusePeople(with_, request, MOMENT);
    return refused === null || refused.ok ? null : refused.fault.code;
  };
  expect(code(count(5))).toBeNull();
  expect(code(count(4))).toBe('no-change');
  expect(code(count(2))).toBe('below-named');
  expect(code(count(2), { ...of, count: null })).toBe('not-found');
  const list = new EventList(MOMENT);
  actOnPeople(list, of, count(5), REASON, MOMENT);
  expect(list.events).toMatchObject([
    { kind: 'area.counted', data: { area: 'loop', counted: 5, named: 3, anonymous: 1 } },
  ]);
});
