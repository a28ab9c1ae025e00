/**
 * How badge numbers are laid out in the bits that a badge sends, and how readers pack those bits.
 * Bit 0 is the one sent first, the most significant of the badge's value. Source of the formats:
 * proxmark3, client/src/wiegand_formats.c.
 */
import type { Badges37, Credential } from '../domain/credential.ts';
import { fail, ok, type Result } from '../lib/result.ts';

/** A badge as the air carries it: its bits as one number, the bit sent first most significant. */
export interface Badge {
  readonly value: bigint;
  readonly bits: number;
}

/** Bits `from` to `to`, both included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface Parity {
  /** The bit that makes the number of ones among itself and `over` even, or odd. */
  readonly bit: number;
  readonly odd: boolean;
  readonly over: readonly number[];
}

interface Format {
  readonly bits: number;
  readonly facility: Span | null;
  readonly card: Span;
  /** In the order of computing: a later one may count an earlier one's bit. */
  readonly parities: readonly Parity[];
}

function bitsOf({ from, to }: Span, isOver: (bit: number) => boolean = () => true): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(isOver);
}

/** The two halves that the plain formats have: the first even, the last odd. */
function halves(bits: number, even: Span, odd: Span): readonly Parity[] {
  return [
    { bit: 0, odd: false, over: bitsOf(even) },
    { bit: bits - 1, odd: true, over: bitsOf(odd) },
  ];
}

/** H10302 and H10304 count alike; bit 18 counts twice. */
const parities37 = halves(37, { from: 1, to: 18 }, { from: 18, to: 35 });

const formats = {
  h10301: {
    ...{ bits: 26, facility: { from: 1, to: 8 }, card: { from: 9, to: 24 } },
    parities: halves(26, { from: 1, to: 12 }, { from: 13, to: 24 }),
  },
  h10306: {
    ...{ bits: 34, facility: { from: 1, to: 16 }, card: { from: 17, to: 32 } },
    parities: halves(34, { from: 1, to: 16 }, { from: 17, to: 32 }),
  },
  h10302: { bits: 37, facility: null, card: { from: 1, to: 35 }, parities: parities37 },
  h10304: {
    ...{ bits: 37, facility: { from: 1, to: 16 }, card: { from: 17, to: 35 } },
    parities: parities37,
  },
  'c1000-35': {
    ...{ bits: 35, facility: { from: 2, to: 13 }, card: { from: 14, to: 33 } },
    parities: [
      { bit: 1, odd: false, over: bitsOf({ from: 2, to: 33 }, (bit) => bit % 3 !== 1) },
      { bit: 34, odd: true, over: bitsOf({ from: 1, to: 32 }, (bit) => bit % 3 !== 0) },
      { bit: 0, odd: true, over: bitsOf({ from: 1, to: 34 }) },
    ],
  },
  'c1000-48': {
    ...{ bits: 48, facility: { from: 2, to: 23 }, card: { from: 24, to: 46 } },
    parities: [
      { bit: 1, odd: false, over: bitsOf({ from: 3, to: 46 }, (bit) => bit % 3 !== 2) },
      { bit: 47, odd: true, over: bitsOf({ from: 2, to: 45 }, (bit) => bit % 3 !== 1) },
      { bit: 0, odd: true, over: bitsOf({ from: 1, to: 47 }) },
    ],
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
export const FORMAT_NAMES = Object.keys(formats) as readonly FormatName[];

/** A raw number of more bits than this has no place in a credential. */
const MOST_BITS = 64;

/** What a site says of its badges, since the badges do not say it. */
export interface BadgeRules {
  /** Which of the two formats of 37 bits it issues: nothing in the bits tells them apart. */
  readonly badges37?: Badges37 | undefined;
}

const bitAt = ({ value, bits }: Badge, bit: number): boolean =>
  ((value >> BigInt(bits - 1 - bit)) & 1n) === 1n;

const maskOf = (bits: number): bigint => (1n << BigInt(bits)) - 1n;

const widthOf = ({ from, to }: Span): number => to - from + 1;

function numberAt({ value, bits }: Badge, span: Span): bigint {
  return (value >> BigInt(bits - 1 - span.to)) & maskOf(widthOf(span));
}

/** The level that a parity bit must have over the others. */
function parityOf(badge: Badge, { odd, over }: Parity): boolean {
  return (over.filter((bit) => bitAt(badge, bit)).length % 2 === 1) !== odd;
}

/** The formats that have this length; of those with 37 bits, the one that the site issues. */
function formatsOf(bits: number, { badges37 }: BadgeRules): FormatName[] {
  const all = FORMAT_NAMES.filter((name) => formats[name].bits === bits);
  return all.length === 1 ? all : all.filter((name) => name === badges37);
}

const isKnown = (bits: number): boolean => FORMAT_NAMES.some((name) => formats[name].bits === bits);

const MISREAD = 'the badge was read with an error: hold it to the reader again';
const NOT_SAID = 'badges of 37 bits come in two formats: name yours in the site file, as badges37';

/**
 * The badge's credential, which names the format that matched. A length that no format has is a raw
 * number; one that a format has must pass that format's parities and is never taken for raw.
 * Faults: `bad-length`, `parity`, `format-not-said`.
 */
export function credentialOfBadge(badge: Badge, rules: BadgeRules): Result<Credential> {
  const { bits, value } = badge;
  if (!Number.isInteger(bits) || bits < 1 || bits > MOST_BITS || value >> BigInt(bits) !== 0n) {
    return fail('bad-length', `a badge of ${bits} bits cannot be read here`);
  }
  if (!isKnown(bits)) return ok(`raw/${value}` as Credential);
  const [name] = formatsOf(bits, rules);
  const { facility, card, parities }: Format = formats[name ?? 'h10302'];
  const holds = parities.every((parity) => bitAt(badge, parity.bit) === parityOf(badge, parity));
  if (!holds) return fail('parity', MISREAD);
  if (name === undefined) return fail('format-not-said', NOT_SAID);
  const first = facility === null ? '' : `${numberAt(badge, facility)}/`;
  return ok(`${name}/${first}${numberAt(badge, card)}` as Credential);
}

/** The largest facility (null where the format has none) and card number of a format. */
export function limitsOf(name: FormatName): {
  readonly facility: number | null;
  readonly card: number;
} {
  const { facility, card }: Format = formats[name];
  const most = (span: Span): number => Number(maskOf(widthOf(span)));
  return { facility: facility && most(facility), card: most(card) };
}

/**
 * The badge that a credential stands for, parities included; null for a raw number and a serial
 * number, whose length the credential does not keep, and for numbers too large for their format.
 */
export function badgeOf(credential: Credential): Badge | null {
  const [name = '', ...numbers] = credential.split('/');
  if (!(name in formats)) return null;
  const { bits, facility, card, parities }: Format = formats[name as FormatName];
  const spans = facility === null ? [card] : [facility, card];
  let value = 0n;
  for (const [i, span] of spans.entries()) {
    const number = BigInt(numbers[i] ?? 0);
    if (number > maskOf(widthOf(span))) return null;
    value |= number << BigInt(bits - 1 - span.to);
  }
  for (const parity of parities) {
    if (parityOf({ value, bits }, parity)) value |= 1n << BigInt(bits - 1 - parity.bit);
  }
  return { value, bits };
}

const FEWEST_CSN_BYTES = 4;
const MOST_CSN_BYTES = 10;

/**
 * The credential of a card's own serial number, its bytes in the order that the reader gives.
 * Fault: `bad-length`.
 */
export function credentialOfCsn(bytes: Uint8Array): Result<Credential> {
  if (bytes.length < FEWEST_CSN_BYTES || bytes.length > MOST_CSN_BYTES) {
    return fail('bad-length', `a badge of ${bytes.length * 8} bits cannot be read here`);
  }
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  return ok(`csn/${digits.join('').toUpperCase()}` as Credential);
}

const NOT_PACKED = 'the reader packs badges in another way than the site file says';

const notPacked = () => fail('container', NOT_PACKED);

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** A badge's bits from the left, the rest of the last byte zero. */
export function leftJustified({ value, bits }: Badge): Uint8Array {
  const length = Math.ceil(bits / 8);
  const shifted = value << BigInt(length * 8 - bits);
  return Uint8Array.from({ length }, (_, i) =>
    Number((shifted >> BigInt(8 * (length - 1 - i))) & 0xffn),
  );
}

/** Longer than any badge: what comes is not looked at further. */
const MOST_BYTES = 16;

/**
 * The bits of an OSDP RAW reply: left-justified, their number told apart. What stands in the unused
 * bits of the last byte is not looked at. Fault: `container`.
 */
export function badgeOfLeftJustified(bytes: Uint8Array, bits: number): Result<Badge> {
  const isCount = Number.isInteger(bits) && bits > 0 && Math.ceil(bits / 8) === bytes.length;
  if (!isCount || bytes.length > MOST_BYTES) return notPacked();
  return ok({ value: numberOf(bytes) >> BigInt(bytes.length * 8 - bits), bits });
}

/** With the number of filler bits as a byte before them ("new PACS", OMNIKEY's leading byte). */
export function withFillerByte(badge: Badge): Uint8Array {
  const bytes = leftJustified(badge);
  return Uint8Array.of(bytes.length * 8 - badge.bits, ...bytes);
}

/** The same back. The filler bits must be zero. Fault: `container`. */
export function badgeOfFillerByte(bytes: Uint8Array): Result<Badge> {
  const [filler = 8, ...rest] = bytes.subarray(0, MOST_BYTES + 2);
  const read = badgeOfLeftJustified(Uint8Array.from(rest), rest.length * 8 - filler);
  if (read.ok && ((rest.at(-1) ?? 0) & ((1 << filler) - 1)) !== 0) return notPacked();
  return read;
}

/** The bit above a card of 26 to 36 bits, which has another one set right above its own. */
const SENTINEL_37 = 37;
const SHORTEST = 26;
/** The only longer card whose packing is known. */
const LONG = 48;

/** The number of a value's highest bit that is one, -1 for 0. */
const topBit = (value: bigint): number => (value === 0n ? -1 : value.toString(2).length - 1);

/**
 * HID's raw number: sentinel bits above the card tell its length. Null for a length that is not
 * packed so.
 */
export function withSentinels({ value, bits }: Badge): bigint | null {
  if (bits === SENTINEL_37) return value;
  if (bits === LONG) return (1n << BigInt(LONG)) | value;
  if (bits < SHORTEST || bits > SENTINEL_37) return null;
  return (1n << BigInt(SENTINEL_37)) | (1n << BigInt(bits)) | value;
}

/** The card inside the sentinels. Fault: `container`. */
export function badgeOfSentinels(raw: bigint): Result<Badge> {
  if (raw < 0n) return notPacked();
  const top = topBit(raw);
  if (top < SENTINEL_37) return ok({ value: raw, bits: SENTINEL_37 });
  const inner = raw ^ (1n << BigInt(top));
  if (top === LONG) return ok({ value: inner, bits: LONG });
  const bits = topBit(inner);
  if (top !== SENTINEL_37 || bits < SHORTEST) return notPacked();
  return ok({ value: inner ^ (1n << BigInt(bits)), bits });
}
