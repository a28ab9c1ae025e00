/**
 * The part of a HID library that the drivers need, and node-hid behind it. node-hid is loaded when
 * it is first needed, so that a machine without its system libraries still runs the console. Its
 * errors may be plain strings (node-hid 3.4, on unplug).
 */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';

/** A device, or one of the collections of one: a device that has several stands in several rows. */
export interface HidRow {
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string;
  readonly product: string;
  /** What its descriptor says that it is: 1 and 6 is a keyboard. */
  readonly usagePage: number;
  readonly usage: number;
  /** Another one once it was plugged in anew, also at the same path; '' where nobody can tell. */
  readonly since: string;
}

export interface HidHandle {
  /** A feature report without its number, which is 0 where the device numbers none. */
  sendFeature(bytes: Uint8Array, reportId?: number): Promise<void>;
  /** So many bytes, without the report's number. */
  getFeature(length: number, reportId?: number): Promise<Uint8Array>;
  /**
   * Reading starts with this, and so does hearing of an unplugged device. A numbered report has its
   * number first. Once a handle.
   */
  listen(onReport: (report: Uint8Array) => void, onError: (words: string) => void): void;
  close(): Promise<void>;
}

export interface Closable {
  close(): Promise<void>;
}

/** Where devices come and go: HID, or the serial ports. */
export interface Bus<H extends Closable> {
  /** Everything that is attached. Faults: `no-library`, `hid`. */
  list(): Promise<Result<readonly HidRow[]>>;
  /** Faults: `no-rights`, `no-library`, `no-line`, `hid`. */
  open(path: string): Promise<Result<H>>;
  /** Whether this user may open it; it is not opened. Faults: `no-rights`. */
  mayOpen(path: string): Promise<Result<null>>;
}

/** Whatever was thrown, as words. */
export function wordsOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return error instanceof Error ? error.message : String(error);
}

const NO_LIBRARY =
  'USB readers cannot be used: a system library is missing. Mend it with: ' +
  'sudo apt-get install libusb-1.0-0 libudev1';
const NO_RIGHTS =
  'this user may not open the reader. Mend it with: sudo install -m 644 ' +
  'native/udev/70-twoline.rules /etc/udev/rules.d/ && sudo udevadm control --reload && ' +
  'sudo udevadm trigger, then plug the reader in again';

export type Hid = Bus<HidHandle>;

type NodeHid = typeof import('node-hid');

/** node-hid for this machine. */
export function nodeHid(): Hid {
  let loaded: Promise<NodeHid> | null = null;
  const load = (): Promise<NodeHid> => {
    loaded ??= import('node-hid').then((module) => {
      const inner = (module as { readonly default?: NodeHid }).default;
      return inner ?? module;
    });
    return loaded;
  };
  return {
    list: async () => {
      try {
        const hid = await load();
        return ok(await Promise.all(rowsOf(await hid.devicesAsync()).map(datedRow)));
      } catch (error) {
        const code = (error as { readonly code?: unknown } | null)?.code;
        const missing = code === 'ERR_DLOPEN_FAILED' || /\.so|dlopen/.test(wordsOf(error));
        if (missing) return fail('no-library', `${NO_LIBRARY} (${wordsOf(error)})`);
        return fail('hid', `USB readers cannot be listed: ${wordsOf(error)}`);
      }
    },
    open: async (path) => {
      try {
        const hid = await load();
        return ok(handleOf(await hid.HIDAsync.open(path)));
      } catch (error) {
        const allowed = await mayOpen(path);
        if (!allowed.ok) return allowed;
        return fail('hid', `the reader cannot be opened: ${wordsOf(error)}`, path);
      }
    },
    mayOpen,
  };
}

/** The system makes a device's file anew each time that it is plugged in. */
export async function datedRow(row: Omit<HidRow, 'since'>): Promise<HidRow> {
  try {
    return { ...row, since: String((await stat(row.path)).ino) };
  } catch {
    return { ...row, since: '' };
  }
}

function rowsOf(devices: Awaited<ReturnType<NodeHid['devicesAsync']>>): Omit<HidRow, 'since'>[] {
  return devices.flatMap(({ path, vendorId, productId, serialNumber, product, ...device }) => {
    if (path === undefined) return [];
    const { usagePage = 0, usage = 0 } = device;
    const names = { serialNumber: serialNumber ?? '', product: product ?? '' };
    return [{ path, vendorId, productId, usagePage, usage, ...names }];
  });
}

async function mayOpen(path: string): Promise<Result<null>> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return ok(null);
  } catch (error) {
    const isForbidden = (error as { readonly code?: unknown }).code === 'EACCES';
    return isForbidden ? fail('no-rights', NO_RIGHTS, path) : ok(null);
  }
}

type NodeHandle = Awaited<ReturnType<NodeHid['HIDAsync']['open']>>;

/** Feature reports carry their number first, in both directions. */
function handleOf(device: NodeHandle): HidHandle {
  let failed: (words: string) => void = () => {};
  device.on('error', (error: unknown) => failed(wordsOf(error)));
  return {
    sendFeature: async (bytes, reportId = 0) => {
      await device.sendFeatureReport([reportId, ...bytes]);
    },
    getFeature: async (length, reportId = 0) => {
      const report = await device.getFeatureReport(reportId, length + 1);
      return Uint8Array.from(report.subarray(1, length + 1));
    },
    listen: (onReport, onError) => {
      failed = onError;
      device.on('data', (report: Uint8Array) => onReport(Uint8Array.from(report)));
    },
    close: () => device.close(),
  };
}
