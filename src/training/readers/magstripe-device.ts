/** A MagTek reader of magnetic stripes, as bytes: one report of 337 bytes a swipe. */
import { END_COLLECTION, SendingDevice } from './hid-device.ts';

const REPORT_BYTES = 337;
const TRACK_2_AT = 117;

export class MagstripeDevice extends SendingDevice {
  readonly vendorId = 0x0801;
  readonly productId = 0x0002;
  readonly product = 'USB Swipe Reader (virtual)';
  readonly usagePage = 0xff00;
  readonly usage = 0x01;
  readonly descriptor = Uint8Array.from([
    ...[0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08],
    ...[0x09, 0x20, 0x96, 0x51, 0x01, 0x81, 0x02, END_COLLECTION],
  ]);

  /** A card is swiped; `spoilt` where track 2 could not be read. */
  swipe(number: string, spoilt = false): void {
    this.onReport(swipeReport(`;${number}=9912?`, spoilt));
  }
}

export function swipeReport(track2: string, spoilt = false): Uint8Array {
  const report = new Uint8Array(REPORT_BYTES);
  report[1] = spoilt ? 1 : 0;
  report[4] = spoilt ? 0 : track2.length;
  if (!spoilt) report.set(new TextEncoder().encode(track2), TRACK_2_AT);
  return report;
}
