import { expect, test } from 'vitest';
import type { CrossingNow, OpenException } from '../../../src/main/engine/core/facts.ts';
import { decideDue } from '../../../src/main/engine/core/rules/due.ts';
import { given } from '../../kit/given-when-then.ts';
import { command, crossing, exception, MOMENT } from './core-facts.ts';

function when(crossings: readonly CrossingNow[], exceptions: readonly OpenException[] = []) {
  return given({ crossings, exceptions }).when((all) => decideDue(all, MOMENT));
}

test('nothing due writes nothing', () => when([]).thenNothing());

test('opened and nobody went through: not taken', () => {
  const told = when([crossing({ state: 'opened' })]).thenTold('crossing.not-taken');
  expect(told.data('crossing.not-taken')).toMatchObject({
    crossing: 'X1-50',
    why: 'nobody-passed',
  });
});

test('never opened, and the command’s end is known: not taken', () => {
  for (const stage of ['failed', 'expired', 'confirmed'] as const) {
    const told = when([crossing({ command: command({ stage }) })]);
    expect(told.thenTold('crossing.not-taken').data('crossing.not-taken').why).toBe('not-opened');
  }
  when([crossing({ command: null })]).thenTold('crossing.not-taken');
});

test('the gate never said what became of the command: unknown, and a person must look', () => {
  for (const stage of ['requested', 'sent', 'accepted', 'unknown'] as const) {
    const told = when([crossing({ command: command({ stage }) })]);
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
  const two = [crossing({ state: 'opened' }), crossing({ command: command({ stage: 'sent' }) })];
  when(two, [exception()]).thenTold(
    ...(['crossing.not-taken', 'crossing.unknown', 'incident.raised'] as const),
    'exception.resolved',
  );
});
