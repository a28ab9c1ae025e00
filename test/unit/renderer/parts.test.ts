import { expect, test } from 'vitest';
import { hrefOf, parseRoute } from '../../../src/renderer/actions/route.ts';
import { keysText } from '../../../src/renderer/app/keys-text.ts';
import { priorityToSound, TONES } from '../../../src/renderer/live/tones.ts';
import { rowAfterKey } from '../../../src/renderer/ui/row-after-key.ts';
import { spanText } from '../../../src/renderer/words/make-words.ts';
import type { QueueRow } from '../../../src/shared/contract/views.ts';
import { ageState } from '../../../src/shared/domain/age-state.ts';

test.each([
  [0, true, 'fresh'],
  [10_000, true, 'fresh'],
  [10_001, true, 'uncertain'],
  [30_000, true, 'uncertain'],
  [30_001, true, 'stale'],
  [null, true, 'offline'],
  [500, false, 'uncertain'],
  [30_000, false, 'uncertain'],
  [30_001, false, 'offline'],
  [null, false, 'offline'],
] as const)('heard %s ms ago, online %s: %s', (ageMs, online, state) => {
  expect(ageState(ageMs, online)).toBe(state);
});

test('keys walk a list and stop at its ends', () => {
  expect(rowAfterKey('ArrowDown', -1, 3)).toBe(0);
  expect(rowAfterKey('ArrowDown', 2, 3)).toBe(2);
  expect(rowAfterKey('ArrowUp', -1, 3)).toBe(2);
  expect(rowAfterKey('PageDown', 0, 100)).toBe(15);
  expect(rowAfterKey('End', 0, 100)).toBe(99);
  expect(rowAfterKey('x', 0, 100)).toBeNull();
  expect(rowAfterKey('ArrowDown', 0, 0)).toBeNull();
});

test('a route is read as it was written, and what is unknown is Watch', () => {
  const params = { lane: 'loop/east 1', state: 'passed' };
  expect(parseRoute(hrefOf('crossings', params))).toEqual({ screen: 'crossings', params });
  expect(parseRoute('#/nowhere').screen).toBe('watch');
  expect(parseRoute('').screen).toBe('watch');
});

test('bindings are shown as they stand on the keyboard', () => {
  expect(keysText('$mod+k')).toBe('Ctrl K');
  expect(keysText('g')).toBe('G');
  expect(keysText('[Shift]+?')).toBe('?');
});

test('a time of waiting', () => {
  expect(spanText(42_900)).toBe('00:42');
  expect(spanText(3_792_000)).toBe('1:03:12');
  expect(spanText(-5)).toBe('00:00');
});

function incident(priority: 1 | 2 | 3 | 4, more: object = {}): QueueRow {
  return { type: 'incident', priority, timing: 'live', state: 'raised', ...more } as QueueRow;
}

test('the highest new alarm sounds; late and taken-up ones are silent', () => {
  expect(priorityToSound([incident(3), incident(2), incident(4)])).toBe(2);
  expect(priorityToSound([incident(1, { timing: 'late' })])).toBeNull();
  expect(priorityToSound([incident(1, { state: 'acknowledged' }), incident(4)])).toBe(4);
  expect(priorityToSound([])).toBeNull();
});

test('each priority has a tone of its own', () => {
  const tones = Object.values(TONES).map((notes) => JSON.stringify(notes));
  expect(new Set(tones).size).toBe(4);
});
