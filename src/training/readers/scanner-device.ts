/**
 * A Honeywell bar-code scanner in HID POS mode, as bytes: it sends codes as such reports only after
 * feature report FE was set to 1.
 */
import { END_COLLECTION, SendingDevice } from './hid-device.ts';

const REPORT_BYTES = 64;
const DATA_BYTES = 56;
const MODE_REPORT = 0xfe;

export interface Code {
  /** AIM letter and modifier: `Q1` is a QR code. */
  readonly aim: string;
  readonly text: string;
}

export class ScannerDevice extends SendingDevice {
  readonly vendorId = 0x0c2e;
  readonly productId = 0x0b8f;
  readonly product = 'Voyager 1400g (virtual)';
  readonly usagePage = 0x8c;
  readonly usage = 0x02;
  readonly descriptor = Uint8Array.from([
    ...[0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02, 0x09, 0x12, 0x15, 0x00, 0x26, 0xff],
    ...[0x00, 0x75, 0x08, 0x95, 0x3f, 0x81, 0x02, 0x85, MODE_REPORT, 0x09, 0x11, 0x75, 0x08],
    ...[0x95, 0x01, 0xb1, 0x02, END_COLLECTION],
  ]);
  #mode = 0;

  /** True once it was told to send POS reports. */
  isPos(): boolean {
    return this.#mode === 1;
  }

  override write(report: Uint8Array, reportId: number): void {
    if (reportId !== MODE_REPORT) throw new Error(`no feature report ${reportId}`);
    this.#mode = report[0] ?? 0;
  }

  override read(reportId: number): Uint8Array {
    if (reportId !== MODE_REPORT) throw new Error(`no feature report ${reportId}`);
    return Uint8Array.of(this.#mode);
  }

  /** A code before the window. `shift`: as scanners that have one more byte in front. */
  scan(code: Code, shift = 0): void {
    if (this.isPos()) for (const report of reportsOf(code, shift)) this.onReport(report);
  }
}

/** The reports of a code, in order. */
export function reportsOf({ aim, text }: Code, shift = 0): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(`${text}\r`);
  const reports: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += DATA_BYTES) {
    const data = bytes.subarray(from, from + DATA_BYTES);
    const report = new Uint8Array(REPORT_BYTES + shift);
    report.set([2, data.length]);
    report.set([0x5d, aim.charCodeAt(0), aim.charCodeAt(1)], 2 + shift);
    report.set(data, 5 + shift);
    report[61 + shift] = 0x73;
    report[63 + shift] = from + DATA_BYTES < bytes.length ? 1 : 0;
    reports.push(report);
  }
  return reports;
}
