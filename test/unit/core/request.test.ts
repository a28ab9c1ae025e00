import { expect, test } from 'vitest';
import type { RequestFacts } from '../../../src/main/engine/core/facts.ts';
import { OPEN_WITHIN_MS, SEND_WITHIN_MS } from '../../../src/main/engine/core/timing.ts';
import type { PermitId, PersonId } from '../../../src/shared/domain/ids.ts';
import type { PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import { given as facts, hk, crossing as wayOut } from '../regime/given.ts';
import { ask, expectRefused, person, TEXT, unseen } from './ask-request.ts';
import { exception, laneAt, MOMENT, REGIME } from './core-facts.ts';

/** The referred crossing as it stands when the supervisor decides. */
function again(changes: Partial<PersonFacts> = {}): RequestFacts['again'] {
  const relied = { permitStatus: 'active' as const, datasets: { permits: 3 } };
  return { crossing: facts(changes), regime: REGIME, relied };
}

test('gate.command: requested of the lane’s board, with a deadline and the reason’s id', () => {
  const { told, answer, kept } = ask(
    'gate.command',
    { lane: 'f-in-1', action: 'lock' },
    {
      at: laneAt(1),
    },
  );
  told.thenTold('text.kept', 'gate.requested');
  expect(told.data('gate.requested')).toMatchObject({
    command: 'G1-101',
    action: 'lock',
    lane: 'f-in-1',
    crossing: null,
    reason: 'T1-100',
    deadlineMono: MOMENT.monoMs + SEND_WITHIN_MS,
  });
  expect(answer).toEqual({ ok: true, value: { command: 'G1-101' } });
  expect(kept).toEqual({ id: 'T1-100', text: TEXT });
});

test('what a person types stands beside the journal: in it are its id, length and hash', () => {
  const { told } = ask('gate.command', { lane: 'f-in-1', action: 'open' }, { at: laneAt(1) });
  expect(told.data('text.kept')).toEqual({
    ...{ text: 'T1-100', length: 3, saltedHash: TEXT.saltedHash },
  });
  expect(JSON.stringify(told.events)).not.toContain(TEXT.body);
});

test('gate.command: no such lane; holding open needs a supervisor', () => {
  expectRefused(ask('gate.command', { lane: 'x', action: 'open' }, {}), 'not-found');
  const hold = { lane: 'f-in-1', action: 'hold' };
  expectRefused(ask('gate.command', hold, { at: laneAt(1) }, { role: 'operator' }), 'role');
  ask('gate.command', hold, { at: laneAt(1) }).told.thenTold('text.kept', 'gate.requested');
});

test('gate.command: what a supervisor locked or held, no operator opens or gives back', () => {
  const at = laneAt(1);
  const locked = { at, mode: { now: 'locked', orderedBy: 'supervisor' } } as const;
  for (const action of ['open', 'control', 'lock']) {
    const input = { lane: 'f-in-1', action };
    expectRefused(ask('gate.command', input, locked, { role: 'operator' }), 'role');
    ask('gate.command', input, locked).told.thenTold('text.kept', 'gate.requested');
    const over = { at, mode: { now: 'controlled', orderedBy: 'supervisor' } } as const;
    const own = { at, mode: { now: 'locked', orderedBy: 'operator' } } as const;
    const fire = { at, mode: { now: 'held', orderedBy: 'console' } } as const;
    expectRefused(ask('gate.command', input, fire, { role: 'operator' }), 'role');
    ask('gate.command', input, fire).told.thenTold('text.kept', 'gate.requested');
    for (const facts of [over, own]) {
      const asked = ask('gate.command', input, facts, { role: 'operator' });
      asked.told.thenTold('text.kept', 'gate.requested');
    }
  }
  for (const action of ['open', 'lock', 'control']) {
    const asked = ask(
      'gate.command',
      { lane: 'f-in-1', action },
      { at: laneAt(1) },
      {
        role: 'operator',
      },
    );
    expect(asked.answer).toMatchObject({ ok: true });
  }
});

test('exception.admit: the crossing goes on as if the rule had admitted', () => {
  const { told, answer } = ask(
    'exception.admit',
    { exception: 'E1-60' },
    {
      ...{ exception: exception(), again: again() },
      person: person('beyond-first'),
    },
  );
  told.thenTold('text.kept', 'crossing.admitted', 'gate.requested', 'exception.resolved');
  expect(told.data('crossing.admitted')).toMatchObject({
    crossing: 'X1-59',
    exception: 'E1-60',
    person: 'H-1',
    rule: 'first-in-special-pass',
    deadlineMono: MOMENT.monoMs + OPEN_WITHIN_MS,
    reasons: [{ is: 'not-watchlisted' }],
  });
  expect(told.data('gate.requested')).toMatchObject({ crossing: 'X1-59', action: 'open' });
  expect(told.data('exception.resolved')).toMatchObject({
    ...{ outcome: 'admit', reason: 'T1-100', waitedMs: 20_000 },
  });
  expect(answer).toEqual({ ok: true, value: { seq: 103 } });
});

test('exception.admit corrects the ledger first: who stands at a gate is on its near side', () => {
  const elsewhere = [person('loop'), person('beyond-second'), person('loop', true)];
  for (const who of [...elsewhere, person('beyond-first', true)]) {
    const { told } = ask(
      'exception.admit',
      { exception: 'E1-60' },
      {
        ...{ exception: exception(), again: again() },
        person: who,
      },
    );
    told.thenTold(
      ...(['text.kept', 'presence.set', 'crossing.admitted'] as const),
      ...(['gate.requested', 'exception.resolved'] as const),
    );
    expect(told.data('presence.set')).toEqual({
      ...{ person: 'H-1', place: 'beyond-first', crossing: 'X1-59', reason: 'T1-100' },
    });
  }
});

test('exception.admit of somebody whom the ledger had lost answers that passage', () => {
  const { told } = ask(
    'exception.admit',
    { exception: 'E1-60' },
    {
      ...{ exception: exception(), again: again(), unknownPassage: unseen() },
      person: person('beyond-first', true),
    },
  );
  expect(told.data('presence.set')).toMatchObject({ place: 'beyond-first', crossing: 'X1-50' });
});

test('exception.admit of somebody never seen, or nobody known, corrects nothing', () => {
  for (const who of [person(null), null]) {
    const { told } = ask(
      'exception.admit',
      { exception: 'E1-60' },
      {
        ...{ exception: exception(), again: again() },
        person: who,
      },
    );
    expect(told.kinds).not.toContain('presence.set');
  }
});

test('exception.admit begins what the rule obliges to, as of now', () => {
  const watched = { exception: exception(), again: again({ watchlisted: true }) };
  const { told } = ask('exception.admit', { exception: 'E1-60' }, watched);
  expect(told.data('crossing.admitted')).toMatchObject({
    obligations: ['joint-record', 'presence-day', 'due-back'],
    dueBackMs: hk('2026-03-10T00:00:00'),
    overstay: false,
  });
});

test('exception.admit on a way out with an expired permit is an overstay, and noted as one', () => {
  const late = hk('2027-01-05T12:00:00');
  const out = { ...wayOut('first', 'out'), atMs: late, watchlisted: true };
  const reasons = [
    { is: 'permit-valid', detail: 'expired', params: {} },
    { is: 'not-watchlisted', detail: 'listed', params: {} },
  ] as const;
  const open = exception({ lane: laneAt(2), from: out.from, to: out.to, reasons });
  const known = { exception: open, again: again(out) };
  const { told } = ask('exception.admit', { exception: 'E1-60' }, known);
  told.thenTold(
    ...(['text.kept', 'crossing.admitted', 'crossing.overstay'] as const),
    ...(['gate.requested', 'exception.resolved'] as const),
  );
  expect(told.data('crossing.admitted').overstay).toBe(true);
  expect(told.data('crossing.overstay')).toEqual({
    ...{ crossing: 'X1-59', person: 'H-1', area: 'loop' },
  });
});

test('exception.admit at a locked lane is refused: its gate would stay shut', () => {
  const reasons = [{ is: 'lane-takes', detail: 'locked', params: {} }] as const;
  const locked = { exception: exception({ reasons }), again: again({ laneLocked: true }) };
  expectRefused(ask('exception.admit', { exception: 'E1-60' }, locked), 'lane-locked');
  const unlocked = { ...locked, again: again() };
  expect(ask('exception.admit', { exception: 'E1-60' }, unlocked).answer?.ok).toBe(true);
});

test('exception.refuse: resolved, and no gate is told anything', () => {
  const { told } = ask('exception.refuse', { exception: 'E1-60' }, { exception: exception() });
  told.thenTold('text.kept', 'exception.resolved');
  expect(told.data('exception.resolved')).toMatchObject({ outcome: 'refuse', reason: 'T1-100' });
});

test('an exception that is decided or lapsed cannot be decided again', () => {
  for (const name of ['exception.admit', 'exception.refuse'] as const) {
    expectRefused(ask(name, { exception: 'E1-60' }, {}), 'not-open');
  }
});

test('incident.raise: by hand, with the priority and the place that the person gives', () => {
  const input = { checkpoint: 'second-1', lane: 's-in-1', priority: 1 };
  const { told, answer } = ask('incident.raise', input, { at: laneAt(3) });
  told.thenTold('text.kept', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    type: 'reported-by-person',
    priority: 1,
    lane: 's-in-1',
    checkpoint: 'second-1',
    note: 'T1-100',
    timing: 'live',
  });
  expect(answer).toEqual({ ok: true, value: { incident: 'I1-101' } });
});

test('incident.acknowledge and incident.resolve, once each', () => {
  const open = (state: 'raised' | 'acknowledged' | 'resolved') =>
    ({ incident: { incident: 'I1-7', state } }) as unknown as Partial<RequestFacts>;
  const input = { incident: 'I1-7' };
  const none = { text: null };
  const taken = ask('incident.acknowledge', input, open('raised'), none);
  taken.told.thenTold('incident.acknowledged');
  expect(taken.answer).toEqual({ ok: true, value: { seq: 100 } });
  expectRefused(ask('incident.acknowledge', input, open('acknowledged'), none), 'no-change');
  for (const state of ['raised', 'acknowledged'] as const) {
    const { told } = ask('incident.resolve', input, open(state));
    told.thenTold('text.kept', 'incident.resolved');
    expect(told.data('incident.resolved')).toEqual({ incident: 'I1-7', reason: 'T1-100' });
  }
  for (const name of ['incident.acknowledge', 'incident.resolve'] as const) {
    expectRefused(ask(name, input, open('resolved')), 'not-open');
    expectRefused(ask(name, input, {}), 'not-found');
  }
});

test('permit.suspend and permit.reinstate: only where that changes something', () => {
  const known = (suspendedHere: boolean) => ({
    permit: { permit: 'SP-1' as PermitId, suspendedHere },
  });
  const input = { permit: 'SP-1' };
  const { told } = ask('permit.suspend', input, known(false));
  told.thenTold('text.kept', 'permit.suspended');
  expect(told.data('permit.suspended')).toEqual({ permit: 'SP-1', reason: 'T1-100' });
  ask('permit.reinstate', input, known(true)).told.thenTold('text.kept', 'permit.reinstated');
  expectRefused(ask('permit.suspend', input, known(true)), 'no-change');
  expectRefused(ask('permit.reinstate', input, known(false)), 'no-change');
  expectRefused(ask('permit.suspend', input, {}), 'not-found');
});

test('zone.evacuate: ways out held, ways in locked, of an area or of the whole zone', () => {
  const lanes = [laneAt(1), laneAt(2), laneAt(3), laneAt(4)];
  const actions = (area: string | null, all = lanes) => {
    const { told } = ask('zone.evacuate', { area }, { lanes: all });
    return told.all('gate.requested').map(({ lane, action }) => `${lane} ${action}`);
  };
  const every = ['f-in-1 lock', 'f-out-1 hold', 's-in-1 lock', 's-out-1 hold'];
  expect(actions(null)).toEqual(every);
  expect(actions('loop')).toEqual(every);
  const passage = laneAt(1, { direction: 'across', from: 'yard' as never, to: 'loop' as never });
  expect(actions(null, [passage])).toEqual(['f-in-1 hold']);
  expect(actions('loop', [passage, laneAt(2)])).toEqual(['f-in-1 lock', 'f-out-1 hold']);
  const other = laneAt(2, { from: 'yard' as never });
  expect(actions('loop', [other])).toEqual([]);
  const { told } = ask('zone.evacuate', { area: null }, { lanes });
  expect(told.data('evacuation.ordered')).toEqual({ area: null, lanes: 4, reason: 'T1-100' });
  expect(told.data('incident.raised')).toMatchObject({ type: 'evacuation', priority: 1 });
  expectRefused(ask('zone.evacuate', { area: 'mars' }, { lanes }), 'not-found');
});

test('badge.replace: only of a permit that is there, by a badge that nobody has', () => {
  const known = (takenBy: string | null = null, now = 'h10301/1/7') =>
    ({ badge: { inDataset: 'h10301/1/7', now, takenBy } }) as Partial<RequestFacts>;
  const input = { permit: 'SP-1', credential: 'h10301/1/8' };
  const { told } = ask('badge.replace', input, known());
  told.thenTold('text.kept', 'badge.replaced');
  expect(told.data('badge.replaced')).toEqual({ ...input, was: 'h10301/1/7', reason: 'T1-100' });
  expectRefused(ask('badge.replace', input, known('SP-2')), 'badge-taken');
  expectRefused(ask('badge.replace', input, known(null, 'h10301/1/8')), 'no-change');
  expectRefused(ask('badge.replace', input, {}), 'not-found');
});

test('presence.set: a person decides where somebody is, and which passage that settles', () => {
  const input = { person: 'H-1' as PersonId, place: 'loop' };
  const { told } = ask('presence.set', input, {
    ...{ person: person('beyond-first', true), unknownPassage: unseen() },
  });
  told.thenTold('text.kept', 'presence.set');
  expect(told.data('presence.set')).toEqual({
    ...{ person: 'H-1', place: 'loop', crossing: 'X1-50', reason: 'T1-100' },
  });
  expectRefused(ask('presence.set', input, {}), 'not-found');
  const nowhere = { person: 'H-1', place: 'san-tin' };
  expectRefused(ask('presence.set', nowhere, { person: person('loop') }), 'not-found');
});

test('board.declare-lost: what a board owes is lost, with the reason; if any', () => {
  const input = { board: '423187757' };
  const owed = [
    { from: 3, to: 5 },
    { from: 9, to: 9 },
  ];
  const { told, answer } = ask('board.declare-lost', input, { owed });
  told.thenTold('text.kept', 'board.lost', 'board.lost');
  const text = 'declared lost by a person';
  expect(told.events.slice(1).map(({ data }) => data)).toEqual(
    owed.map((range) => ({ board: '423187757', ...range, text, cleared: false, reason: 'T1-100' })),
  );
  expect(answer).toEqual({ ok: true, value: { lost: owed } });
  expectRefused(ask('board.declare-lost', input, { owed: [] }), 'no-change');
  expectRefused(ask('board.declare-lost', input, {}), 'not-found');
});

test('a refused command keeps no text: what was typed with it is not stored', () => {
  const refused = ask('exception.admit', { exception: 'E1-60' }, {});
  expect(refused.kept).toBeNull();
});
