import { expect, test } from 'vitest';
import { ask, expectRefused, unseen } from './ask-request.ts';

test.each([
  ['passed', 'loop'],
  ['not-taken', 'beyond-first'],
])('passage.answer: %s puts whom the ledger lost by it at %s', (passage, place) => {
  const input = { crossing: 'X1-50', passage };
  const { told } = ask('passage.answer', input, { unknownPassage: unseen() });
  told.thenTold('text.kept', 'presence.set');
  expect(told.data('presence.set')).toEqual({
    ...{ person: 'H-1', place, crossing: 'X1-50', reason: 'T1-100' },
  });
});

test('passage.answer: of who was seen since, or has no name, only the passage is settled', () => {
  for (const who of [{ isDoubt: false }, { isDoubt: false, person: null }]) {
    const input = { crossing: 'X1-50', passage: 'passed' };
    const { told } = ask('passage.answer', input, { unknownPassage: unseen(who) });
    told.thenTold('text.kept', 'passage.answered');
    expect(told.data('passage.answered')).toEqual({
      ...{ crossing: 'X1-50', lane: 'f-in-1', from: 'beyond-first', to: 'loop', askedMs: 5 },
      ...{ person: 'H-1', ...who, isDoubt: undefined, passage: 'passed' },
      reason: 'T1-100',
    });
  }
});

test('passage.answer: goods that the ledger has not so are told of, if they went through', () => {
  const odd = { goodsShort: ['E-1 900190 piece'], itemsOdd: ['C-1 I-1 out'] };
  for (const isDoubt of [true, false]) {
    const settle = (passage: string) => {
      const unknownPassage = unseen({ ...odd, isDoubt });
      return ask('passage.answer', { crossing: 'X1-50', passage }, { unknownPassage }).told.kinds;
    };
    expect(settle('passed').filter((kind) => kind === 'incident.raised')).toHaveLength(2);
    expect(settle('not-taken')).not.toContain('incident.raised');
  }
});

test('passage.answer: of a passage that is not unknown nobody has to say anything', () => {
  const input = { crossing: 'X1-50', passage: 'passed' };
  expectRefused(ask('passage.answer', input, { unknownPassage: null }), 'not-open');
});
