/**
 * rf IDEAS pcProx readers (USB 0C27:3BFA) as pure functions over bytes. Every message is an 8-byte
 * feature report without a number; unused bytes are 0; integers are little endian; a reply of eight
 * zero bytes means "nothing". Source: micolous/pcprox, protocol.md.
 */
import type { Credential } from '../../../../shared/domain/credential.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import { type BadgeRules, credentialOfBadge } from '../../../../shared/wire/badges.ts';

export const VENDOR_ID = 0x0c27;
export const PRODUCT_ID = 0x3bfa;
export const REPORT_BYTES = 8;

/** What byte 0 of a written report asks for. */
export const codes = {
  page0: 0x80,
  /** Lights: byte 0 bit 0 red, bit 1 green; byte 1 bit 1 (bAppCtrlsLED) says that they are ours. */
  page2: 0x82,
  /** Device info: protocol.md's table and pcprox.py use 8A, its heading says 8C. */
  deviceInfo: 0x8a,
  /** Bit count of the card: filled only after the card data were asked for. */
  cardBits: 0x8e,
  cardData: 0x8f,
  /** Ends a configuration; parameter 0 saves nothing in the reader's memory. */
  endConfiguration: 0x90,
} as const;

/** Page 0, byte 2: how many parity bits the reader strips, leading (low half) and trailing. */
const STRIP_BYTE = 2;
/** Page 0, byte 7, bit 7 (bHaltKBSnd): no keystrokes are typed ("SDK mode"). */
const FLAGS_BYTE = 7;
const HALT_KEYSTROKES = 0x80;

/** The 8 bytes that ask for something. */
export function ask(code: number, parameter = 0): Uint8Array {
  const bytes = new Uint8Array(REPORT_BYTES);
  bytes[0] = code;
  bytes[1] = parameter;
  return bytes;
}

export function isNothing(reply: Uint8Array): boolean {
  return reply.every((byte) => byte === 0);
}

/** `7.3.0`: byte 3 major, byte 2 high half minor, low half release. */
export function firmwareOf(deviceInfo: Uint8Array): string {
  const low = deviceInfo[2] ?? 0;
  return `${deviceInfo[3] ?? 0}.${low >> 4}.${low & 0x0f}`;
}

/**
 * The reader's page 0 with keystrokes halted and nothing stripped, all its other bits kept: with
 * the parity bits in, we can check what the reader never checks.
 */
export function sdkMode(page0: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(page0);
  changed[STRIP_BYTE] = 0;
  changed[FLAGS_BYTE] = (changed[FLAGS_BYTE] ?? 0) | HALT_KEYSTROKES;
  return changed;
}

export function isSdkMode(page0: Uint8Array): boolean {
  return page0[STRIP_BYTE] === 0 && ((page0[FLAGS_BYTE] ?? 0) & HALT_KEYSTROKES) !== 0;
}

const LIGHTS = 0b11;
const OURS = 0b10;

/** Which of its two lights a reader shows; null gives them back to it. */
export type Lights = { readonly red: boolean; readonly green: boolean } | null;

/** The reader's page 2 with these lights, all its other bits kept. */
export function lit(page2: Uint8Array, lights: Lights): Uint8Array {
  const changed = Uint8Array.from(page2);
  const bits = lights === null ? 0 : Number(lights.red) | (Number(lights.green) << 1);
  changed[0] = ((changed[0] ?? 0) & ~LIGHTS) | bits;
  changed[1] = ((changed[1] ?? 0) & ~OURS) | (lights === null ? 0 : OURS);
  return changed;
}

/**
 * The badge behind card data and bit count (nothing stripped). Faults: `no-bits`, `bad-length`,
 * `parity`, `format-not-said`.
 */
export function credentialOf(
  cardData: Uint8Array,
  cardBits: Uint8Array,
  rules: BadgeRules,
): Result<Credential> {
  const bits = cardBits[0] ?? 0;
  if (bits === 0) return fail('no-bits', 'the reader has not counted the bits yet');
  let value = 0n;
  for (let i = Math.ceil(bits / 8) - 1; i >= 0; i -= 1) {
    value = (value << 8n) | BigInt(cardData[i] ?? 0);
  }
  return credentialOfBadge({ value: value & ((1n << BigInt(bits)) - 1n), bits }, rules);
}
