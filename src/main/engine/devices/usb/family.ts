import type { Credential } from '../../../../shared/domain/credential.ts';
import type { SiteUsbReader } from '../../../../shared/domain/site-reader.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import type { BadgeRules } from '../../../../shared/wire/badges.ts';
import type { Told } from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { Closable, HidHandle, HidRow } from './hid.ts';
import type { UsbTiming } from './timing.ts';

/** What a family tells of an open reader. */
export interface SessionSink {
  read(credential: Credential): void;
  /** What a code says, at most `MOST_SCANNED` characters. */
  scan(text: string): void;
  /** A read that gave nothing, in words; they stand until the next that does. */
  complain(text: string): void;
  /** The reader is of no use any more: it is let go and opened anew. */
  failed(code: 'hid' | 'silent', words: string): void;
}

/** One open reader. */
export interface ReaderSession {
  /** Sets the reader up and begins to read. Gives what else is known of the model, or ''. */
  begin(): Promise<Result<string>>;
  /** Shows what was decided of whoever badged last; absent where the family has no light. */
  tell?(told: Told): void;
  /** Ends what it began; the handle is closed by others. */
  end(): Promise<void>;
}

export interface SessionParts<H extends Closable = HidHandle> {
  readonly handle: H;
  readonly row: HidRow;
  readonly sink: SessionSink;
  readonly badges: BadgeRules;
  readonly timers: Timers;
  readonly timing: UsbTiming;
}

/** One kind of reader: which devices are of it, and how an open one is read. */
export interface ReaderFamily<
  R extends SiteUsbReader = SiteUsbReader,
  H extends Closable = HidHandle,
> {
  /** Where its devices come and go. */
  readonly on: 'hid' | 'serial';
  /** What it is called where the device does not say its name. */
  readonly called: string;
  /** True of a device that says by its descriptor or its numbers that it is one. */
  isOne(row: HidRow): boolean;
  open(reader: R, parts: SessionParts<H>): ReaderSession;
}

/**
 * The device that a site's reader is, among those that are free. The site file may name its vendor
 * and product: then that outranks what the descriptor says.
 */
export function rowOf(
  reader: SiteUsbReader,
  family: Pick<ReaderFamily, 'isOne'>,
  rows: readonly HidRow[],
): HidRow | undefined {
  const { vendor, product, serial } = reader;
  const named = vendor !== undefined || product !== undefined;
  const isIt = (number: number, wanted: string | undefined): boolean =>
    wanted === undefined || number === Number.parseInt(wanted, 16);
  const fitting = rows.filter((row) => {
    const itself = isIt(row.vendorId, vendor) && isIt(row.productId, product);
    return itself && (serial === undefined || row.serialNumber === serial);
  });
  return fitting.find((row) => family.isOne(row)) ?? (named ? fitting[0] : undefined);
}
