import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScanJoiner, type Scanned } from '../../../src/main/engine/devices/scanner/codec.ts';
import { MOST_SCANNED } from '../../../src/shared/domain/device-report.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import { seededRng } from '../../../src/shared/lib/rng.ts';
import { reportsOf } from '../../../src/training/readers/scanner-device.ts';

/** What the reports gave, nothings left out. */
function scanned(...reports: readonly Uint8Array[]): Scanned[] {
  const joiner = new ScanJoiner();
  return reports.map((report) => joiner.take(report)).filter(({ kind }) => kind !== 'nothing');
}

/** A report of 64 bytes from its first ones and its tail: maker's letter, reserved, flags. */
function report(head: string, text: string, tail: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(Buffer.from(head, 'hex'));
  bytes.set(Buffer.from(text), head.length / 2);
  bytes.set(tail, 61);
  return bytes;
}

describe('codes', () => {
  test('a boarding pass’s first report, by the maker’s manual, and its rest', () => {
    const text = `M1GATHERGOOD${'.'.repeat(44)}`;
    const first = report('02385d5130', text, [0x73, 0, 1]);
    const last = report('02035d5130', 'AB\r', [0x73, 0, 0]);
    expect(scanned(first)).toEqual([]);
    expect(scanned(first, last)).toEqual([{ kind: 'text', text: `${text}AB` }]);
  });

  test.each([0, 1])('every text goes round, with %i bytes in front', (shift) => {
    const characters = fc.constantFrom('a', 'Z', '0', '.', ' ', '=', 'é', '粵', '😀');
    const text = fc.array(characters, { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, fc.constantFrom('Q0', 'Q1', 'Q6'), (any, aim) => {
        const gave = scanned(...reportsOf({ aim, text: any.join('') }, shift));
        expect(gave).toEqual([{ kind: 'text', text: any.join('') }]);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['A0', 'Code 39'],
    ['C1', 'Code 128'],
    ['E4', 'EAN/UPC'],
    ['L0', 'PDF417'],
    ['d1', 'Data Matrix'],
    ['z0', 'Aztec'],
    ['X0', 'X'],
  ])('%s is refused as %s, once, however long it is', (aim, name) => {
    const text = `only QR codes are read here, and this is another code (${name})`;
    const gave = scanned(...reportsOf({ aim, text: 'x'.repeat(200) }));
    expect(gave).toEqual([{ kind: 'refused', text }]);
  });

  test('a code that changes its kind in the middle is refused whole', () => {
    const [first] = reportsOf({ aim: 'Q1', text: 'x'.repeat(60) });
    const [, last] = reportsOf({ aim: 'C0', text: 'x'.repeat(60) });
    const gave = scanned(must(first, 'first'), must(last, 'last'));
    expect(gave).toMatchObject([{ kind: 'refused' }]);
  });

  test('a code longer than any is refused, and the next one is read', () => {
    const long = reportsOf({ aim: 'Q1', text: 'x'.repeat(MOST_SCANNED + 1) });
    const gave = scanned(...long, ...reportsOf({ aim: 'Q1', text: 'next' }));
    expect(gave).toMatchObject([{ kind: 'refused' }, { kind: 'text', text: 'next' }]);
  });

  test('what is no text is refused', () => {
    expect(scanned(report('02015d5131', '', [0, 0, 0]))).toEqual([{ kind: 'text', text: '\0' }]);
    const broken = report('02015d5131', '', [0, 0, 0]);
    broken[5] = 0xff;
    expect(scanned(broken)).toMatchObject([{ kind: 'refused' }]);
    expect(scanned(report('02015d5131', '\r', [0, 0, 0]))).toMatchObject([{ kind: 'refused' }]);
  });

  test.each([
    ['no flag', '0238005130'],
    ['more bytes than there are', '02395d5130'],
  ])('%s: laid out in another way', (_what, head) => {
    const gave = scanned(report(head, 'x'.repeat(56), [0, 0, 0]));
    expect(gave).toMatchObject([{ kind: 'refused', text: /is its driver right/ }]);
  });

  test('other reports are none of its', () => {
    expect(scanned(report('03385d5130', 'x', [0, 0, 0]), new Uint8Array())).toEqual([]);
  });
});

test('a code that was given up is forgotten', () => {
  const joiner = new ScanJoiner();
  const [first] = reportsOf({ aim: 'Q1', text: 'x'.repeat(60) });
  joiner.take(must(first, 'first'));
  expect(joiner.isOpen).toBe(true);
  joiner.drop();
  expect(joiner.isOpen).toBe(false);
  const [next] = reportsOf({ aim: 'Q1', text: 'next' });
  expect(joiner.take(must(next, 'next'))).toEqual({ kind: 'text', text: 'next' });
});

test('no reports whatever make it throw, or give more than a code holds', () => {
  const rng = seededRng('scanner');
  const joiner = new ScanJoiner();
  const kinds = new Set<string>();
  for (let n = 0; n < 100_000; n += 1) {
    const bytes = Uint8Array.from({ length: 56 + rng.below(12) }, () => rng.below(256));
    // Most of them begin as a code does, so that the rest is looked at.
    if (rng.below(8) > 0) bytes.set([2, rng.below(60), 0x5d, 0x51]);
    if (rng.below(2) > 0) bytes.fill(0x41, 4, 61);
    const one = joiner.take(bytes);
    kinds.add(one.kind);
    if (one.kind === 'text' && one.text.length > MOST_SCANNED) throw new Error('too long');
  }
  expect([...kinds].sort()).toEqual(['nothing', 'refused', 'text']);
});
