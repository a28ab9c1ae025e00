import { expect, test } from 'vitest';
import type { DueCrossing, OpenException } from '../../../src/main/engine/core/facts.ts';
import { decideDue } from '../../../src/main/engine/core/rules/due.ts';
import { given } from '../../kit/given-when-then.ts';
import { command, due, exception, MOMENT } from './core-facts.ts';

function when(crossings: readonly DueCrossing[], exceptions: readonly OpenException[] = []) {
  return given({ crossings, exceptions }).when((all) => decideDue(all, MOMENT));
}

test('nothing due writes nothing', () => when([]).thenNothing());

test('opened, all was heard, and nobody went through: not taken', () => {
  const told = when([due({ state: 'opened' })]).thenTold('crossing.not-taken');
  expect(told.data('crossing.not-taken')).toMatchObject({
    crossing: 'X1-50',
    why: 'nobody-passed',
  });
});

test('opened, and the board was away since or keeps something back: unknown', () => {
  for (const stage of ['confirmed', 'accepted'] as const) {
    const opened = due({ state: 'opened', heard: false, command: command({ stage }) });
    const told = when([opened]).thenTold('crossing.unknown', 'incident.raised');
    expect(told.data('crossing.unknown')).toMatchObject({ crossing: 'X1-50', why: 'gate-silent' });
    expect(told.data('incident.raised')).toMatchObject({ type: 'passage-unknown', lane: 'f-in-1' });
  }
});

test('never opened, and the command’s end is known: not taken', () => {
  for (const stage of ['failed', 'expired', 'confirmed'] as const) {
    const told = when([due({ command: command({ stage }) })]);
    expect(told.thenTold('crossing.not-taken').data('crossing.not-taken').why).toBe('not-opened');
  }
  when([due({ command: null })]).thenTold('crossing.not-taken');
});

test('the gate never said what became of the command: unknown, and a person must look', () => {
  for (const stage of ['requested', 'sent', 'accepted', 'unknown'] as const) {
    const told = when([due({ command: command({ stage }) })]);
    told.thenTold('crossing.unknown', 'incident.raised');
    expect(told.data('crossing.unknown').why).toBe('gate-silent');
    expect(told.data('incident.raised')).toMatchObject({
      type: 'passage-unknown',
      timing: 'live',
      crossing: 'X1-50',
      lane: 'f-in-1',
    });
  }
});

test('an exception nobody decided lapses, with the time it waited', () => {
  const told = when([], [exception({ waitedMs: 300_000.7 })]).thenTold('exception.resolved');
  expect(told.data('exception.resolved')).toMatchObject({ outcome: 'lapsed', waitedMs: 300_001 });
});

test('each is settled by itself', () => {
  const two = [due({ state: 'opened' }), due({ command: command({ stage: 'sent' }) })];
  when(two, [exception()]).thenTold(
    ...(['crossing.not-taken', 'crossing.unknown', 'incident.raised'] as const),
    'exception.resolved',
  );
});
