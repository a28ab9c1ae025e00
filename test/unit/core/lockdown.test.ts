import { expect, test } from 'vitest';
import type { RequestFacts } from '../../../src/main/engine/core/facts.ts';
import type { RequestInput, TypedText } from '../../../src/main/engine/core/input.ts';
import type { OpenLockdown } from '../../../src/main/engine/core/lockdown-facts.ts';
import { decideBoardReport } from '../../../src/main/engine/core/rules/board-report.ts';
import { decideRequest } from '../../../src/main/engine/core/rules/request.ts';
import type { Authority } from '../../../src/shared/domain/authority.ts';
import { given, type Told } from '../../kit/given-when-then.ts';
import { laneAt, MOMENT } from './core-facts.ts';

const LANES = [laneAt(1), laneAt(2), laneAt(3), laneAt(4)];
const TEXT: TypedText = { body: '接報', saltHex: '00'.repeat(16), saltedHash: 'ab'.repeat(32) };
const HENGQIN = { first: 'macao', home: 'mainland' } as NonNullable<
  NonNullable<RequestFacts['lockdown']>['eachSide']
>;
type Modes = Readonly<Record<string, 'locked' | 'held' | 'controlled'>>;

const open = (change: Partial<OpenLockdown> = {}) =>
  ({
    ...{ lockdown: 'K1-7', state: 'proposed', area: null, exits: 'controlled' },
    ...{ proposedBy: 'U-1', proposedSide: null, lanes: [], lockedBefore: [] },
    ...change,
  }) as OpenLockdown;

interface Asked {
  readonly now?: OpenLockdown | null;
  readonly user?: string;
  readonly side?: Authority | null;
  readonly eachSide?: typeof HENGQIN | null;
  readonly modes?: Modes;
  readonly onFire?: readonly string[];
  readonly lanes?: typeof LANES;
  readonly shut?: boolean;
  readonly role?: 'operator' | 'supervisor';
}

function ask(name: RequestInput['name'], input: object, asked: Asked = {}) {
  const { eachSide = null, lanes = LANES, modes = {}, now = null, role = 'supervisor' } = asked;
  const { onFire = [], shut = false, side = null, user = 'U-2' } = asked;
  const facts = {
    ...{ at: LANES[0] ?? null, mode: null, exception: null, again: null, incident: null, shut },
    ...{ permit: null, badge: null, person: null, owed: null, erasure: null, muster: null, lanes },
    ...{ places: [], areas: ['loop' as RequestFacts['areas'][number]] },
    lockdown: { now, eachSide, modes: new Map(Object.entries(modes)), onFire: new Set(onFire) },
  } as unknown as RequestFacts;
  const actor = { type: 'person', user, role, workstation: 'w-1' };
  const request = { kind: 'request', name, input, actor, role, text: TEXT, side };
  let answer: unknown;
  const told: Told = given(facts).when((all) => {
    const decision = decideRequest(all, request as unknown as RequestInput, MOMENT);
    answer = decision.answer;
    return decision.list;
  });
  return { told, answer };
}

const one = { lockdown: 'K1-7' };
/** What waits, where a test says nothing else. */
const confirm = (asked: Asked, what = asked.now?.state === 'ending' ? 'end' : 'begin') =>
  ask('lockdown.confirm', { ...one, what }, asked);
const orders = ({ told }: { told: Told }) =>
  told.all('gate.requested').map(({ action, lane }) => `${lane} ${action}`);
const refusedAs = (code: string) => ({ ok: false, fault: { code } });

test('one person proposes: it is written down, and nothing is shut', () => {
  const { answer, told } = ask('lockdown.propose', { area: null, exits: 'controlled' });
  told.thenTold('text.kept', 'lockdown.proposed');
  expect(answer).toEqual({ ok: true, value: { lockdown: 'K1-101' } });
  const nowhere = ask('lockdown.propose', { area: 'mars', exits: 'controlled' });
  expect(nowhere.answer).toMatchObject(refusedAs('not-found'));
  const twice = ask('lockdown.propose', { area: null, exits: 'locked' }, { now: open() });
  expect(twice.answer).toMatchObject(refusedAs('lockdown-open'));
});

test('another one confirms: ways in are shut, ways out where it was said so', () => {
  const begun = confirm({ now: open() });
  expect(orders(begun)).toEqual(['f-in-1 lock', 's-in-1 lock']);
  expect(begun.told.data('lockdown.begun')).toMatchObject({
    ...{ lanes: ['f-in-1', 's-in-1'], lockedBefore: [], proposedBy: 'U-1' },
  });
  expect(begun.told.data('incident.raised')).toMatchObject({ type: 'lockdown', priority: 1 });
  const whole = confirm({ now: open({ exits: 'locked' }) });
  expect(orders(whole)).toHaveLength(4);
  const passage = laneAt(1, { direction: 'across', from: 'yard' as never, to: 'loop' as never });
  const into = { lanes: [passage, laneAt(2)] };
  expect(orders(confirm({ ...into, now: open() }))).toEqual([]);
  const area = 'loop' as never;
  expect(orders(confirm({ ...into, now: open({ area }) }))).toEqual(['f-in-1 lock']);
  expect(orders(confirm({ ...into, now: open({ area, exits: 'locked' }) }))).toHaveLength(2);
});

test('whoever proposed cannot confirm, nor can anybody confirm what is not there', () => {
  const alone = confirm({ now: open(), user: 'U-1' });
  alone.told.thenNothing();
  expect(alone.answer).toMatchObject(refusedAs('second-person'));
  expect(confirm({}).answer).toMatchObject(refusedAs('not-open'));
  expect(confirm({ now: open({ lockdown: 'K1-9' as never }) }).answer).toMatchObject(
    refusedAs('not-open'),
  );
  expect(confirm({ now: open({ state: 'in-force' }) }).answer).toMatchObject(
    refusedAs('no-change'),
  );
});

test('where the regime says so, one of each side: the same side twice is refused', () => {
  const eachSide = HENGQIN;
  const scope = { area: null, exits: 'controlled' };
  const none = ask('lockdown.propose', scope, { eachSide });
  expect(none.answer).toMatchObject(refusedAs('second-side'));
  const proposed = ask('lockdown.propose', scope, { eachSide, side: 'macao' });
  expect(proposed.told.data('lockdown.proposed')).toMatchObject({
    ...{ side: 'macao', other: 'mainland' },
  });
  const now = open({ proposedSide: 'macao' });
  expect(confirm({ now, eachSide, side: 'macao' }).answer).toMatchObject(refusedAs('second-side'));
  expect(confirm({ now, eachSide }).answer).toMatchObject(refusedAs('second-side'));
  expect(orders(confirm({ now, eachSide, side: 'mainland' }))).toHaveLength(2);
  // Proposed while the regime asked for no sides: nobody has spoken for the other one yet.
  const unsided = confirm({ now: open(), eachSide, side: 'mainland' });
  expect(unsided.answer).toMatchObject(refusedAs('second-side'));
});

test('where it burns ways out stay open at its beginning, and ways in shut at its end', () => {
  const onFire = ['f-in-1', 'f-out-1'];
  const begun = confirm({ now: open({ exits: 'locked' }), onFire });
  expect(orders(begun)).toEqual(['f-in-1 lock', 's-in-1 lock', 's-out-1 lock']);
  expect(begun.told.data('lockdown.begun')).toMatchObject({ lanes: { length: 4 } });
  const lanes = LANES.map(({ lane }) => lane.id);
  const ended = confirm({ now: open({ state: 'ending', lanes }), onFire });
  expect(orders(ended)).toEqual(['s-in-1 control', 's-out-1 control']);
});

test('it ends by two; what was locked before, or a fire opened, is left as it is', () => {
  const lanes = ['f-in-1', 'f-out-1', 's-in-1'] as unknown as OpenLockdown['lanes'];
  const holds = open({ state: 'in-force', lanes, lockedBefore: [lanes[2] as never] });
  const asked = ask('lockdown.end', one, { now: holds });
  asked.told.thenTold('text.kept', 'lockdown.end-proposed');
  const ending = { ...holds, state: 'ending' as const };
  expect(confirm({ now: ending, user: 'U-1' }).answer).toMatchObject(refusedAs('second-person'));
  const ended = confirm({ now: ending, modes: { 'f-out-1': 'held' } });
  expect(ended.told.data('lockdown.ended')).toMatchObject({ lanes, proposedBy: 'U-1' });
  expect(orders(ended)).toEqual(['f-in-1 control']);
  const twice = ask('lockdown.end', one, { now: ending });
  expect(twice.answer).toMatchObject(refusedAs('no-change'));
});

test('nobody confirms another thing than what they were shown', () => {
  const early = confirm({ now: open() }, 'end');
  early.told.thenNothing();
  expect(early.answer).toMatchObject(refusedAs('not-what-waits'));
  const late = confirm({ now: open({ state: 'ending' }) }, 'begin');
  late.told.thenNothing();
  expect(late.answer).toMatchObject(refusedAs('not-what-waits'));
});

test('what is proposed is taken back by one person', () => {
  const begin = ask('lockdown.withdraw', one, { now: open() });
  expect(begin.told.data('lockdown.withdrawn')).toMatchObject({ what: 'begin' });
  const end = ask('lockdown.withdraw', one, { now: open({ state: 'ending' }) });
  expect(end.told.data('lockdown.withdrawn')).toMatchObject({ what: 'end' });
  const holds = ask('lockdown.withdraw', one, { now: open({ state: 'in-force' }) });
  expect(holds.answer).toMatchObject(refusedAs('no-change'));
});

test('nobody opens a lane that it shuts; a supervisor still lets people out', () => {
  const gate = (action: string, asked: Asked = {}) =>
    ask('gate.command', { lane: 'f-in-1', action }, { shut: true, ...asked }).answer;
  for (const action of ['open', 'hold', 'control', 'reverse']) {
    expect(gate(action)).toMatchObject(refusedAs('lockdown'));
  }
  expect(gate('lock')).toMatchObject({ ok: true });
  expect(gate('open', { shut: false })).toMatchObject({ ok: true });
});

test('a board that comes back is told again; where there is a fire ways out stay open', () => {
  const comesBack = (fire: boolean, held = '') =>
    given({
      ...{ fire, lanes: LANES, board: '1' as never, openIncidents: [] },
      ...{ isShut: () => true, isOrderedOpen: (lane: string) => lane === held },
    }).when((facts) =>
      decideBoardReport(facts, { kind: 'board-state', board: '1', online: true } as never, MOMENT),
    );
  expect(orders({ told: comesBack(false) })).toHaveLength(4);
  expect(orders({ told: comesBack(true) })).toEqual(['f-in-1 lock', 's-in-1 lock']);
  // An evacuation, or a supervisor, has let people out since.
  const evacuated = orders({ told: comesBack(false, 'f-out-1') });
  expect(evacuated).toEqual(['f-in-1 lock', 's-in-1 lock', 's-out-1 lock']);
});
