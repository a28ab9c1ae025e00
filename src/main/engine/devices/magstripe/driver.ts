import type { SiteMagstripeReader } from '../../../../shared/domain/site-reader.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { credentialOfText } from '../usb/badge-text.ts';
import type { ReaderFamily, ReaderSession, SessionParts } from '../usb/family.ts';
import { NO_BADGE } from '../usb/texts.ts';
import { track2Number } from './codec.ts';

/** MagTek's readers that report as HID; those that type (0801:0001) are keyboard readers. */
const VENDOR_ID = 0x0801;
const PRODUCT_ID = 0x0002;

/** Readers of magnetic stripes: each swipe is a read. */
export const magstripeFamily: ReaderFamily<SiteMagstripeReader> = {
  called: 'MagTek',
  on: 'hid',
  isOne: ({ vendorId, productId }) => vendorId === VENDOR_ID && productId === PRODUCT_ID,
  open: (reader, parts) => new MagstripeSession(reader, parts),
};

class MagstripeSession implements ReaderSession {
  readonly #reader: SiteMagstripeReader;
  readonly #parts: SessionParts;

  constructor(reader: SiteMagstripeReader, parts: SessionParts) {
    this.#reader = reader;
    this.#parts = parts;
  }

  async begin(): Promise<Result<string>> {
    const { handle, sink } = this.#parts;
    handle.listen(
      (report) => this.#take(report),
      (words) => sink.failed('hid', words),
    );
    return ok('');
  }

  async end(): Promise<void> {}

  #take(report: Uint8Array): void {
    const { badges, sink } = this.#parts;
    const { badge, length } = this.#reader;
    const number = track2Number(report);
    const fits = !number.ok || number.value.length === length;
    const whole = fits ? number : fail('text', NO_BADGE);
    const read = whole.ok ? credentialOfText(whole.value, badge, badges) : whole;
    if (read.ok) sink.read(read.value);
    else sink.complain(read.fault.text);
  }
}
