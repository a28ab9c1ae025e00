import { expect, test } from 'vitest';
import {
  BURST_MS,
  KeyFilter,
  type KeyPress,
  SHORTCUT_WAIT_MS,
} from '../../../src/renderer/app/key-filter.ts';

function key(name: string, atMs: number, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key: name,
    atMs,
    lateMs: 0,
    modified: false,
    repeat: false,
    composing: false,
    inField: false,
    ...more,
  };
}

function letters(text: string): string[] {
  return text.split('');
}

/** What a field or a shortcut gets from keys with these gaps, as the page's listener would act. */
function play(keys: readonly string[], gapMs: number, more: Partial<KeyPress> = {}) {
  const filter = new KeyFilter();
  const seen = { typed: '', passed: '', shortcuts: '', scans: 0 };
  const settle = () => {
    const quiet = filter.quiet();
    if (quiet.act === 'type') seen.typed += quiet.text;
    if (quiet.act === 'shortcut') seen.shortcuts += quiet.key;
    if (quiet.act === 'scan') seen.scans += 1;
  };
  let atMs = 1_000;
  for (const name of keys) {
    const decision = filter.press(key(name, atMs, more));
    if (decision.act === 'type') seen.typed += decision.text;
    if (decision.act === 'pass' || (decision.act === 'type' && decision.after === 'pass')) {
      seen.passed += name;
    }
    const waitMs = filter.waitMs();
    if (waitMs !== null && waitMs < gapMs) settle();
    atMs += gapMs;
  }
  settle();
  return seen;
}

test('a scan into a field is swallowed with its Enter', () => {
  const seen = play([...letters('0012345678'), 'Enter'], 5, { inField: true });
  expect(seen).toEqual({ typed: '', passed: '', shortcuts: '', scans: 1 });
});

test('a scan told of late by a busy machine leaves nothing in the field', () => {
  const filter = new KeyFilter();
  const inField = { inField: true };
  filter.press(key('0', 1_000, inField));
  expect(filter.quiet()).toEqual({ act: 'type', text: '0' });
  expect(filter.press(key('1', 1_008, inField))).toEqual({ act: 'retake', count: 1 });
  for (const [at, name] of letters('234').entries()) {
    expect(filter.press(key(name, 1_016 + at * 8, inField))).toEqual({ act: 'hold' });
  }
  expect(filter.quiet()).toEqual({ act: 'scan', length: 5 });
});

test('a shortcut waits as much longer as the machine is late, up to half a second', () => {
  const waits = (lateMs: number, inField = false) => {
    const filter = new KeyFilter();
    filter.press(key('5', 1_000, { lateMs, inField }));
    return filter.waitMs();
  };
  expect([waits(0), waits(200), waits(9_000), waits(-3)]).toEqual(
    [0, 200, 500, 0].map((lateMs) => SHORTCUT_WAIT_MS + lateMs),
  );
  // A letter is written at once: it can be taken back.
  expect(waits(200, true)).toBe(BURST_MS);
});

test('a shift between its keys does not let a late scan keep its first letter', () => {
  const filter = new KeyFilter();
  const inField = { inField: true };
  filter.press(key('a', 1_000, inField));
  filter.quiet();
  expect(filter.press(key('Shift', 1_004, inField))).toEqual({ act: 'pass' });
  expect(filter.press(key('B', 1_008, inField))).toEqual({ act: 'retake', count: 1 });
});

test('fingers that roll, told of late, lose no letter; slower ones are left alone', () => {
  const filter = new KeyFilter();
  const inField = { inField: true };
  filter.press(key('t', 1_000, inField));
  filter.quiet();
  expect(filter.press(key('h', 1_025, inField))).toEqual({ act: 'retake', count: 1 });
  expect(filter.quiet()).toEqual({ act: 'type', text: 'th' });
  expect(filter.press(key('e', 1_080, inField))).toEqual({ act: 'hold' });
  expect(filter.quiet()).toEqual({ act: 'type', text: 'e' });
});

test('a scan outside fields fires no shortcut, even when it is of shortcut letters', () => {
  const seen = play([...letters('gglaa'), 'Enter'], BURST_MS);
  expect(seen).toEqual({ typed: '', passed: '', shortcuts: '', scans: 1 });
});

test('a reader that shifts for capitals is a scan all the same', () => {
  const seen = play(['Shift', 'S', 'Shift', 'P', '-', '2', '0', '4', 'Enter'], 8, {
    inField: true,
  });
  expect(seen.typed).toBe('');
  expect(seen.scans).toBe(1);
});

test('an Enter that comes a little late still belongs to the scan', () => {
  const filter = new KeyFilter();
  for (const [n, name] of letters('123456').entries()) {
    filter.press(key(name, n * 5, { inField: true }));
  }
  expect(filter.press(key('Enter', 25 + 50, { inField: true }))).toEqual({ act: 'hold' });
  expect(filter.quiet()).toEqual({ act: 'scan', length: 6 });
});

test('a scan of three keys with Enter is one too', () => {
  expect(play(['1', '2', '3', 'Enter'], 10, { inField: true })).toMatchObject({
    typed: '',
    passed: '',
    scans: 1,
  });
});

test('what a person types reaches the field, letter by letter', () => {
  expect(play(letters('supervisor'), 90, { inField: true }).typed).toBe('supervisor');
});

test('two fingers rolling over quick keys are not a scan', () => {
  const filter = new KeyFilter();
  filter.press(key('a', 0, { inField: true }));
  filter.press(key('b', 12, { inField: true }));
  expect(filter.waitMs()).toBe(BURST_MS);
  expect(filter.quiet()).toEqual({ act: 'type', text: 'ab' });
});

test('Enter after typed letters first gives them to the field, then passes', () => {
  const filter = new KeyFilter();
  filter.press(key('a', 0, { inField: true }));
  expect(filter.press(key('Enter', 25, { inField: true }))).toEqual({
    act: 'type',
    text: 'a',
    after: 'pass',
  });
});

test('a letter on its own is a shortcut, after the wait', () => {
  const filter = new KeyFilter();
  expect(filter.press(key('g', 1_000))).toEqual({ act: 'hold' });
  expect(filter.waitMs()).toBe(SHORTCUT_WAIT_MS);
  expect(filter.quiet()).toEqual({ act: 'shortcut', key: 'g' });
});

test('a letter shortly after another is no shortcut: a slow reader fires nothing', () => {
  expect(play([...letters('8821g'), 'Enter'], 45)).toEqual({
    typed: '',
    passed: '',
    shortcuts: '',
    scans: 0,
  });
});

test('nothing is held back while an input method composes', () => {
  const filter = new KeyFilter();
  expect(filter.press(key('Process', 0, { composing: true, inField: true }))).toEqual({
    act: 'pass',
  });
  expect(filter.waitMs()).toBeNull();
});

test('keys with Ctrl, repeated keys, arrows, lone Enter and lone Space pass at once', () => {
  const filter = new KeyFilter();
  expect(filter.press(key('k', 0, { modified: true }))).toEqual({ act: 'pass' });
  expect(filter.press(key('a', 500, { repeat: true, inField: true }))).toEqual({ act: 'pass' });
  expect(filter.press(key('ArrowDown', 1_000))).toEqual({ act: 'pass' });
  expect(filter.press(key('Enter', 1_500))).toEqual({ act: 'pass' });
  expect(filter.press(key(' ', 2_000))).toEqual({ act: 'pass' });
});
