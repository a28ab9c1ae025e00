/**
 * Readers of magnetic stripes as MagTek's USB HID SureSwipe: one report of 337 bytes a swipe, sent
 * also where nothing could be read. Source: MagTek's manual.
 */
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { UNKNOWN_REPORT } from '../usb/texts.ts';

const REPORT_BYTES = 337;
/** Track 2: its decode status (bit 0 = error), its length, its text with both sentinels. */
const STATUS_AT = 1;
const LENGTH_AT = 4;
const TRACK_AT = 117;
const MOST_TRACK_BYTES = 110;

const MISREAD = 'the stripe was read with an error: swipe the card again';

/** The number on track 2: what stands between `;` and `=` or `?`. Faults: `layout`, `stripe`. */
export function track2Number(report: Uint8Array): Result<string> {
  if (report.length !== REPORT_BYTES) return fail('layout', UNKNOWN_REPORT);
  const length = report[LENGTH_AT] ?? 0;
  const isError = ((report[STATUS_AT] ?? 0) & 1) !== 0;
  if (isError || length > MOST_TRACK_BYTES) return fail('stripe', MISREAD);
  const text = String.fromCharCode(...report.subarray(TRACK_AT, TRACK_AT + length));
  const number = /^;(\d{1,19})(?:=[^?]*)?\?$/.exec(text)?.[1];
  return number === undefined ? fail('stripe', MISREAD) : ok(number);
}
