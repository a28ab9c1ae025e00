/**
 * A pcProx reader as bytes: what it answers to 8-byte feature reports, and what it would type.
 * Source: micolous/pcprox, protocol.md.
 */

import type { Badge } from '../../shared/wire/badges.ts';
import { bootKeyboard, END_COLLECTION, type HidDevice } from './hid-device.ts';

const CONFIGURATION = 0x80;
const LAST_PAGE = 0x82;
const DEVICE_INFO = 0x8a;
const CARD_BITS = 0x8e;
const CARD_DATA = 0x8f;

export class PcproxDevice implements HidDevice {
  readonly vendorId = 0x0c27;
  readonly productId = 0x3bfa;
  readonly product = 'RFIDeas USB Keyboard (virtual)';
  readonly usagePage = 1;
  readonly usage = 6;
  /** A boot keyboard with an 8-byte feature report, no report numbers. */
  readonly descriptor = Uint8Array.from([
    ...bootKeyboard,
    ...[0x06, 0x00, 0xff, 0x09, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x08],
    ...[0xb1, 0x02, END_COLLECTION],
  ]);
  onReport: (report: Uint8Array) => void = () => {};
  /** As shipped: one parity bit stripped at each end, keystrokes on, Enter after the number. */
  readonly #pages = [
    Uint8Array.of(0, 0, 0x11, 16, 26, 0, 0x28, 0),
    Uint8Array.of(0, 10, 20, 20, 1, 1, 0, 0),
    Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0),
  ];
  #badge: Badge | null = null;
  #bitsReady = false;
  #asked = 0;
  /** The page that the next write fills, after a configuration code that was not read. */
  #filling: number | null = null;
  #typed = 0;
  #reads = 0;

  /** A badge is laid on the reader; in keyboard mode it is typed. */
  hold(badge: Badge): void {
    this.#badge = badge;
    this.#bitsReady = false;
    if (this.keystrokesHalted()) return;
    this.#typed += 1;
    this.#type(badge);
  }

  lift(): void {
    this.#badge = null;
    this.#bitsReady = false;
  }

  keystrokesHalted(): boolean {
    return ((this.#pages[0]?.[7] ?? 0) & 0x80) !== 0;
  }

  /** How often a badge was typed instead of kept. */
  typed(): number {
    return this.#typed;
  }

  /** How many replies were fetched so far. */
  reads(): number {
    return this.#reads;
  }

  /** Page 0-2 as it stands. */
  page(number: number): Uint8Array {
    return Uint8Array.from(this.#pages[number] ?? []);
  }

  /** A written feature report of 8 bytes. */
  write(report: Uint8Array): void {
    const filling = this.#filling;
    this.#filling = null;
    if (filling !== null) {
      this.#pages[filling]?.set(report.subarray(0, 8));
      return;
    }
    this.#asked = report[0] ?? 0;
    const page = this.#asked - CONFIGURATION;
    if (this.#asked >= CONFIGURATION && this.#asked <= LAST_PAGE) this.#filling = page;
  }

  /** The feature report that is read after a write. */
  read(): Uint8Array {
    this.#filling = null;
    this.#reads += 1;
    const reply = new Uint8Array(8);
    if (this.#asked >= CONFIGURATION && this.#asked <= LAST_PAGE) {
      return this.page(this.#asked - CONFIGURATION);
    }
    if (this.#asked === DEVICE_INFO) reply.set([0, 0, 0x30, 0x07, 0, 0x34, 0x12, 0]);
    if (this.#asked === CARD_DATA && this.#badge !== null) {
      this.#bitsReady = true;
      this.#writeCard(reply, this.#badge);
    }
    if (this.#asked === CARD_BITS && this.#badge !== null && this.#bitsReady) {
      const count = this.#badge.bits - this.#lead() - this.#trail();
      reply[0] = count;
      reply[1] = count;
    }
    return reply;
  }

  /** Types the card number and Enter: usages 1E-27 are the digits, 28 is Enter. */
  #type(badge: Badge): void {
    const digits = [...String((badge.value >> 1n) & 0xffffn)].map(Number);
    for (const usage of [...digits.map((digit) => (digit === 0 ? 0x27 : 0x1d + digit)), 0x28]) {
      this.onReport(Uint8Array.of(0, 0, usage, 0, 0, 0, 0, 0));
      this.onReport(new Uint8Array(8));
    }
  }

  #lead(): number {
    return (this.#pages[0]?.[2] ?? 0) & 0x0f;
  }

  #trail(): number {
    return (this.#pages[0]?.[2] ?? 0) >> 4;
  }

  #writeCard(reply: Uint8Array, badge: Badge): void {
    const bits = badge.bits - this.#lead() - this.#trail();
    let rest = (badge.value >> BigInt(this.#trail())) & ((1n << BigInt(bits)) - 1n);
    for (let i = 0; i < 8; i += 1) {
      reply[i] = Number(rest & 0xffn);
      rest >>= 8n;
    }
  }
}
