import type { SiteUsbReader } from '../../../../shared/domain/site-reader.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { Timer } from '../timers.ts';
import type { ReaderFamily, ReaderSession, SessionParts } from '../usb/family.ts';
import { within } from '../usb/within.ts';
import { ScanJoiner } from './codec.ts';

const BAR_CODE_PAGE = 0x8c;

/** Honeywell and Youjie send bar codes as POS reports only after this, anew after each open. */
const ASKED_FOR_MODE: readonly number[] = [0x0c2e, 0x23d0];
const MODE_REPORT = 0xfe;
const POS_MODE = 1;

const HALF = 'the code was read in part only: hold it to the reader again';

type SiteScanner = Extract<SiteUsbReader, { driver: 'scanner' }>;

/** Bar-code scanners in HID POS mode: QR codes, each of which is told. */
export const scannerFamily: ReaderFamily<SiteScanner> = {
  called: 'bar-code scanner',
  on: 'hid',
  isOne: ({ usagePage }) => usagePage === BAR_CODE_PAGE,
  open: (_reader, parts) => new ScannerSession(parts),
};

class ScannerSession implements ReaderSession {
  readonly #parts: SessionParts;
  readonly #joiner = new ScanJoiner();
  #timer: Timer | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  async begin(): Promise<Result<string>> {
    const { handle, row, sink, timers, timing } = this.#parts;
    handle.listen(
      (report) => this.#take(report),
      (words) => sink.failed('hid', words),
    );
    if (!ASKED_FOR_MODE.includes(row.vendorId)) return ok('');
    const asked = handle.sendFeature(Uint8Array.of(POS_MODE), MODE_REPORT);
    const set = await within(timers, timing.answerTimeoutMs, asked);
    if (set.ok) return ok('');
    if (set.fault.code === 'silent') return set;
    return fail('hid', `the scanner does not take HID POS mode: ${set.fault.text}`);
  }

  async end(): Promise<void> {
    this.#timer?.cancel();
  }

  #take(report: Uint8Array): void {
    const { sink, timers, timing } = this.#parts;
    this.#timer?.cancel();
    const scanned = this.#joiner.take(report);
    if (scanned.kind === 'text') sink.scan(scanned.text);
    if (scanned.kind === 'refused') sink.complain(scanned.text);
    if (!this.#joiner.isOpen) return;
    this.#timer = timers.after(timing.halfMs, () => {
      this.#joiner.drop();
      sink.complain(HALF);
    });
  }
}
