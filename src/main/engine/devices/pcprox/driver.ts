import type { SiteUsbReader } from '../../../../shared/domain/site-reader.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import { CardWatch } from '../card-watch.ts';
import type { Told } from '../ports.ts';
import { pause } from '../timers.ts';
import type { ReaderFamily, ReaderSession, SessionParts } from '../usb/family.ts';
import { credentialOf, type Lights, PRODUCT_ID, VENDOR_ID } from './codec.ts';
import { type CardFrames, PcproxExchange } from './exchange.ts';

type SitePcprox = Extract<SiteUsbReader, { driver: 'pcprox' }>;

/** pcProx readers, put into SDK mode and asked for a badge five times a second. */
export const pcproxFamily: ReaderFamily<SitePcprox> = {
  called: 'rf IDEAS pcProx',
  on: 'hid',
  isOne: ({ vendorId, productId }) => vendorId === VENDOR_ID && productId === PRODUCT_ID,
  open: (_reader, parts) => new PcproxSession(parts),
};

/** Green goes, red stays shut, both together: a person decides. */
const LIGHTS: Readonly<Record<Told, NonNullable<Lights>>> = {
  admitted: { red: false, green: true },
  refused: { red: true, green: false },
  wait: { red: true, green: true },
};

/** For how many looks for a badge a light stays; then the reader has its lights back. */
const LIT_LOOKS = 15;

class PcproxSession implements ReaderSession {
  readonly #parts: SessionParts;
  readonly #exchange: PcproxExchange;
  readonly #watch = new CardWatch();
  #running = true;
  #polling: Promise<void> | null = null;
  #told: Told | null = null;
  #litLooks = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#exchange = new PcproxExchange(parts.handle, parts.timers, parts.timing);
  }

  async begin(): Promise<Result<string>> {
    const prepared = await this.#exchange.prepare();
    if (!prepared.ok) return prepared;
    this.#polling = this.#poll();
    return { ok: true, value: `firmware ${prepared.value}` };
  }

  async end(): Promise<void> {
    this.#running = false;
    await this.#polling;
    if (this.#litLooks > 0) await this.#exchange.light(null);
  }

  /** Shown with the next look for a badge: the reader answers one question at a time. */
  tell(told: Told): void {
    this.#told = told;
  }

  async #poll(): Promise<void> {
    const { sink, timers, timing } = this.#parts;
    while (this.#running) {
      const card = await this.#exchange.readCard();
      if (!card.ok) {
        sink.failed(card.fault.code === 'silent' ? 'silent' : 'hid', card.fault.text);
        return;
      }
      this.#take(card.value);
      // A reader that takes no light still reads badges.
      await this.#show();
      await pause(timers, timing.pollEveryMs);
    }
  }

  async #show(): Promise<void> {
    const told = this.#told;
    this.#told = null;
    if (told !== null) {
      const lit = await this.#exchange.light(LIGHTS[told]);
      this.#litLooks = lit.ok ? LIT_LOOKS : 0;
    } else if (this.#litLooks > 0) {
      this.#litLooks -= 1;
      if (this.#litLooks === 0) await this.#exchange.light(null);
    }
  }

  #take(card: CardFrames): void {
    if (card === null) {
      this.#watch.nothing();
      return;
    }
    const { badges, sink } = this.#parts;
    const read = credentialOf(card.data, card.bits, badges);
    if (read.ok) {
      if (this.#watch.seen(read.value)) sink.read(read.value);
    } else if (read.fault.code !== 'no-bits' && this.#watch.seen('unreadable')) {
      sink.complain(read.fault.text);
    }
  }
}
