/**
 * A reader on USB as bytes. No system behind it, so that it serves a test's memory and a kernel's
 * virtual device alike.
 */
export interface HidDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly product: string;
  readonly usagePage: number;
  readonly usage: number;
  /** What the kernel is told of its reports. */
  readonly descriptor: Uint8Array;
  /** Where its input reports go, each with its number first where it has one. */
  onReport: (report: Uint8Array) => void;
  /** A feature report without its number, which is 0 for one that has none. */
  write(report: Uint8Array, reportId: number): void;
  read(reportId: number): Uint8Array;
}

/** What most readers are: they send, and are asked for nothing. */
export abstract class SendingDevice implements HidDevice {
  abstract readonly vendorId: number;
  abstract readonly productId: number;
  abstract readonly product: string;
  abstract readonly usagePage: number;
  abstract readonly usage: number;
  abstract readonly descriptor: Uint8Array;
  onReport: (report: Uint8Array) => void = () => {};

  write(_report: Uint8Array, reportId: number): void {
    throw new Error(`no feature report ${reportId}`);
  }

  read(reportId: number): Uint8Array {
    throw new Error(`no feature report ${reportId}`);
  }
}

/** A boot keyboard: 8 bytes, no report number. */
export const bootKeyboard: readonly number[] = [
  ...[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00],
  ...[0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01],
  ...[0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65],
  ...[0x81, 0x00],
];

export const END_COLLECTION = 0xc0;
