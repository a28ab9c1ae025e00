import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Typed, Typing } from '../../../src/main/engine/devices/wedge/codec.ts';

const SHIFT = 0x02;
const RIGHT_SHIFT = 0x20;
const [ENTER, TAB, KEYPAD_ENTER, CAPS_LOCK, F1] = [0x28, 0x2b, 0x58, 0x39, 0x3a];

const keys = (...down: number[]): Uint8Array =>
  Uint8Array.from([0, 0, ...down, 0, 0, 0, 0, 0, 0].slice(0, 8));
const shifted = (key: number, modifiers = SHIFT): Uint8Array =>
  Uint8Array.of(modifiers, 0, key, 0, 0, 0, 0, 0);
const up = keys();

/** What the reports ended, nothings left out. */
function typed(...reports: readonly Uint8Array[]): Typed[] {
  const typing = new Typing();
  return reports.map((report) => typing.take(report)).filter(({ kind }) => kind !== 'nothing');
}

/** Presses and releases each key. */
const pressed = (codes: readonly number[], modifiers = 0): Uint8Array[] =>
  codes.flatMap((code) => [shifted(code, modifiers), up]);

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('keys', () => {
  test.each([
    ['letters', range(0x04, 0x1d), 0, 'abcdefghijklmnopqrstuvwxyz'],
    ['capitals', range(0x04, 0x1d), SHIFT, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['digits', range(0x1e, 0x27), 0, '1234567890'],
    ['signs above digits', range(0x1e, 0x27), RIGHT_SHIFT, '!@#$%^&*()'],
    ['signs', [0x2c, ...range(0x2d, 0x38)], 0, " -=[]\\#;'`,./"],
    ['signs with Shift', [0x2c, ...range(0x2d, 0x38)], SHIFT, ' _+{}|~:"~<>?'],
    ['the keypad', [...range(0x54, 0x57), ...range(0x59, 0x63)], 0, '/*-+1234567890.'],
  ])('%s', (_what, codes, modifiers, text) => {
    expect(typed(...pressed(codes, modifiers), keys(ENTER))).toEqual([{ kind: 'text', text }]);
  });

  test.each([ENTER, TAB, KEYPAD_ENTER])('key %i ends a text', (end) => {
    expect(typed(...pressed([0x1e]), keys(end))).toEqual([{ kind: 'text', text: '1' }]);
  });

  test('a key that stays down counts once; one that comes to it counts too', () => {
    const reports = [keys(0x1e), keys(0x1e), keys(0x1e, 0x1f), keys(0x1f), up, keys(ENTER)];
    expect(typed(...reports)).toEqual([{ kind: 'text', text: '12' }]);
    expect(typed(keys(0x1e), up, keys(0x1e), up, keys(ENTER))).toEqual([
      { kind: 'text', text: '11' },
    ]);
  });

  test('an end without a text is nothing; Caps Lock is no key of a badge', () => {
    expect(typed(keys(ENTER), up, keys(ENTER))).toEqual([]);
    expect(typed(keys(CAPS_LOCK), up, ...pressed([0x1e]), keys(ENTER))).toEqual([
      { kind: 'text', text: '1' },
    ]);
  });
});

describe('what cannot be relied on', () => {
  test.each([
    ['a key that is no character', [...pressed([0x1e, F1, 0x1f])]],
    ['too many keys at once', [...pressed([0x1e]), keys(1, 1, 1, 1, 1, 1)]],
    ['a key with Control', [...pressed([0x1e]), ...pressed([0x1f], 0x01)]],
    ['a text without end', pressed(Array.from({ length: 65 }, () => 0x1e))],
  ])('%s', (_what, reports) => {
    expect(typed(...reports, keys(ENTER))).toEqual([{ kind: 'spoilt' }]);
    expect(typed(...reports, keys(ENTER), up, ...pressed([0x1e]), keys(ENTER))).toEqual([
      { kind: 'spoilt' },
      { kind: 'text', text: '1' },
    ]);
  });

  test.each([0, 7, 9, 64])('a report of %i bytes', (length) => {
    expect(new Typing().take(new Uint8Array(length))).toEqual({ kind: 'unknown' });
  });
});

test('no reports whatever make it throw, or hold more than a badge has', () => {
  const report = fc.oneof(
    fc.uint8Array({ minLength: 8, maxLength: 8 }),
    fc.integer({ min: 0, max: 0x65 }).map((key) => keys(key)),
    fc.uint8Array({ maxLength: 70 }),
  );
  fc.assert(
    fc.property(fc.array(report, { maxLength: 20 }), (reports) => {
      const ended = [...typed(...reports)];
      const long = ended.some((one) => one.kind === 'text' && one.text.length > 64);
      if (long) throw new Error('too long');
    }),
    { numRuns: 100_000 },
  );
});
