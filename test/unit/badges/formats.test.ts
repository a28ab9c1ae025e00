import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boardNumberOf, Credential } from '../../../src/shared/domain/credential.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import {
  badgeOf,
  credentialOfBadge,
  credentialOfCsn,
  FORMAT_NAMES,
  type FormatName,
  limitsOf,
} from '../../../src/shared/wire/badges.ts';

const rulesOf = (name: FormatName) => ({
  badges37: name === 'h10304' ? ('h10304' as const) : ('h10302' as const),
});

/** Any card of a format. */
function cardOf(name: FormatName): fc.Arbitrary<Credential> {
  const { facility, card } = limitsOf(name);
  const cards = fc.integer({ min: 0, max: card });
  if (facility === null) return cards.map((no) => `${name}/${no}` as Credential);
  const facilities = fc.integer({ min: 0, max: facility });
  return fc.tuple(facilities, cards).map(([fac, no]) => `${name}/${fac}/${no}` as Credential);
}

describe('published and independently computed badges', () => {
  test.each([
    ['h10301', 26, 0x2f623aen, 'h10301/123/4567'],
    ['h10301', 26, 0x0140949n, 'h10301/10/1188'],
    ['h10302', 37, 0x100eb79a2bn, 'h10302/123456789'],
    ['h10304', 37, 0x1007600c86n, 'h10304/118/1603'],
    ['h10306', 34, 0x200ec0c86n, 'h10306/118/1603'],
    ['c1000-35', 35, 0x60ec00c87n, 'c1000-35/118/1603'],
    ['c1000-48', 48, 0x00a4550148abn, 'c1000-48/42069/42069'],
  ] as const)('%s of %i bits: %s', (name, bits, value, credential) => {
    expect(credentialOfBadge({ value, bits }, rulesOf(name))).toEqual({
      ok: true,
      value: credential,
    });
    expect(badgeOf(credential as Credential)).toEqual({ value, bits });
    expect(Credential.safeParse(credential).success).toBe(true);
  });

  test('37 bits with both parities wrong are refused, whatever the site issues', () => {
    const badge = { value: 0x0000100003n, bits: 37 };
    for (const rules of [{}, rulesOf('h10302'), rulesOf('h10304')]) {
      expect(credentialOfBadge(badge, rules)).toMatchObject({
        fault: { code: 'parity', text: expect.stringContaining('hold it to the reader again') },
      });
    }
  });

  test('37 bits of a site that does not say which format it issues are refused, in words', () => {
    const read = credentialOfBadge({ value: 0x1007600c86n, bits: 37 }, {});
    expect(read).toMatchObject({ fault: { code: 'format-not-said' } });
    expect(read.ok ? '' : read.fault.text).toContain('badges37');
  });

  test('the limits are those of the fields’ bits', () => {
    expect(FORMAT_NAMES.map((name) => [name, limitsOf(name)])).toEqual([
      ['h10301', { facility: 255, card: 65_535 }],
      ['h10306', { facility: 65_535, card: 65_535 }],
      ['h10302', { facility: null, card: 34_359_738_367 }],
      ['h10304', { facility: 65_535, card: 524_287 }],
      ['c1000-35', { facility: 4095, card: 1_048_575 }],
      ['c1000-48', { facility: 4_194_303, card: 8_388_607 }],
    ]);
  });
});

describe.each(FORMAT_NAMES)('%s', (name) => {
  test('every card goes round, and its key is a credential', () => {
    fc.assert(
      fc.property(cardOf(name), (credential) => {
        const badge = must(badgeOf(credential), credential);
        expect(credentialOfBadge(badge, rulesOf(name))).toEqual({ ok: true, value: credential });
        expect(Credential.safeParse(credential).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('a single wrong bit is refused, wherever it is', () => {
    fc.assert(
      fc.property(cardOf(name), (credential) => {
        const { value, bits } = must(badgeOf(credential), credential);
        for (let bit = 0; bit < bits; bit += 1) {
          const wrong = { value: value ^ (1n << BigInt(bit)), bits };
          expect(credentialOfBadge(wrong, rulesOf(name))).toMatchObject({
            fault: { code: 'parity' },
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a number that does not fit is no badge', () => {
    const { facility, card } = limitsOf(name);
    const first = facility === null ? '' : '0/';
    expect(badgeOf(`${name}/${first}${card + 1}` as Credential)).toBeNull();
    const beyond = facility === null ? `${name}/${card + 2}` : `${name}/${facility + 1}/0`;
    expect(badgeOf(beyond as Credential)).toBeNull();
  });
});

/** The bits that each parity of Corporate 1000 covers, as proxmark3 writes them. */
const masks = {
  'c1000-35': { second: 0x1b6db6db6n, last: 0x36db6db6cn, first: 0x3ffffffffn },
  'c1000-48': { second: 0x1b6db6db6db6n, last: 0x36db6db6db6cn, first: 0x7fffffffffffn },
} as const;

test.each(['c1000-35', 'c1000-48'] as const)('%s has the parities of its masks', (name) => {
  const { second, last, first } = masks[name];
  const isOdd = (value: bigint): boolean => value.toString(2).replaceAll('0', '').length % 2 === 1;
  fc.assert(
    fc.property(cardOf(name), (credential) => {
      const { value, bits } = must(badgeOf(credential), credential);
      const at = (bit: number): boolean => ((value >> BigInt(bits - 1 - bit)) & 1n) === 1n;
      expect(at(1)).toBe(isOdd(value & second));
      expect(at(bits - 1)).toBe(!isOdd(value & last));
      expect(at(0)).toBe(!isOdd(value & first));
    }),
  );
});

test('a length that no format has stays a raw number', () => {
  const lengths = Array.from({ length: 64 }, (_, i) => i + 1);
  const known = new Set([26, 34, 35, 37, 48]);
  const raw = fc.constantFrom(...lengths.filter((bits) => !known.has(bits)));
  fc.assert(
    fc.property(raw, fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (bits, any) => {
      const value = any & ((1n << BigInt(bits)) - 1n);
      const read = credentialOfBadge({ value, bits }, {});
      expect(read).toEqual({ ok: true, value: `raw/${value}` });
      expect(Credential.safeParse(`raw/${value}`).success).toBe(true);
    }),
  );
  expect(badgeOf('raw/5' as Credential)).toBeNull();
});

test('no bits whatever make it throw, or give what is no credential', () => {
  const bits = fc.oneof(fc.integer({ min: -1, max: 80 }), fc.constantFrom(26, 34, 35, 37, 48));
  const value = fc.bigInt({ min: 0n, max: (1n << 70n) - 1n });
  const badges37 = fc.constantFrom('h10302', 'h10304', undefined);
  fc.assert(
    fc.property(value, bits, badges37, (any, length, rule) => {
      const fitting = length > 0 ? any & ((1n << BigInt(length)) - 1n) : any;
      const read = credentialOfBadge({ value: fitting, bits: length }, { badges37: rule });
      if (read.ok && !Credential.safeParse(read.value).success) throw new Error(read.value);
    }),
    { numRuns: 100_000 },
  );
});

describe('serial numbers', () => {
  test('are given as the reader sends them', () => {
    const read = credentialOfCsn(Uint8Array.of(0x04, 0xa1, 0xb2, 0xc3));
    expect(read).toEqual({ ok: true, value: 'csn/04A1B2C3' });
    expect(badgeOf('csn/04A1B2C3' as Credential)).toBeNull();
  });

  test.each([0, 3, 11])('of %i bytes are none', (length) => {
    const read = credentialOfCsn(new Uint8Array(length));
    expect(read).toMatchObject({ fault: { code: 'bad-length' } });
  });
});

test.each([
  ['h10301/1/2', '26-bit', 100_002],
  ['h10301/1/2', 'raw', null],
  ['raw/77', '26-bit', 77],
  ['h10302/77', 'raw', null],
  ['h10304/1/2', '26-bit', null],
  ['csn/00000004', 'raw', null],
] as const)('as a board’s number: %s where it counts %s', (credential, numbers, number) => {
  expect(boardNumberOf(credential as Credential, numbers)).toBe(number);
});

test.each([
  ...['h10301/01/2', 'h10301/1', 'h10302/1/2', 'h10302/', 'h10306/100000/1', 'raw/007', 'raw/x'],
  ...['csn/04A1B2', 'csn/04a1b2c3', 'csn/04A1B2C', 'c1000-35/1', 'c1000-36/1/1', 'h10301/1/2 '],
])('%s is no credential', (text) => {
  expect(Credential.safeParse(text).success).toBe(false);
});
