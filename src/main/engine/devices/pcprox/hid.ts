/**
 * The part of a HID library that the driver needs, and node-hid behind it. node-hid is loaded when
 * it is first needed, so that a machine without its system libraries still runs the console. Its
 * errors may be plain strings (node-hid 3.4, on unplug).
 */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';

export interface HidRow {
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string;
  readonly product: string;
}

export interface HidHandle {
  /** 8 bytes, without the report number. */
  sendFeature(bytes: Uint8Array): Promise<void>;
  getFeature(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface Hid {
  /** Faults: `no-library`, `hid`. */
  list(vendorId: number, productId: number): Promise<Result<readonly HidRow[]>>;
  /** Faults: `no-rights`, `hid`. */
  open(path: string): Promise<Result<HidHandle>>;
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
    list: async (vendorId, productId) => {
      try {
        const hid = await load();
        return ok(rowsOf(await hid.devicesAsync(vendorId, productId)));
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
        if (!allowed) return fail('no-rights', NO_RIGHTS, path);
        return fail('hid', `the reader cannot be opened: ${wordsOf(error)}`, path);
      }
    },
  };
}

/** A device with several collections has several rows with one path: one of them is enough. */
function rowsOf(devices: Awaited<ReturnType<NodeHid['devicesAsync']>>): HidRow[] {
  const rows = new Map<string, HidRow>();
  for (const device of devices) {
    if (device.path === undefined || rows.has(device.path)) continue;
    rows.set(device.path, {
      path: device.path,
      vendorId: device.vendorId,
      productId: device.productId,
      serialNumber: device.serialNumber ?? '',
      product: device.product ?? '',
    });
  }
  return [...rows.values()];
}

async function mayOpen(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    return (error as { readonly code?: unknown }).code !== 'EACCES';
  }
}

type NodeHandle = Awaited<ReturnType<NodeHid['HIDAsync']['open']>>;

/** Feature reports carry the report's number first: 0, since the reader numbers none. */
function handleOf(device: NodeHandle): HidHandle {
  device.on('error', () => {});
  return {
    sendFeature: async (bytes) => {
      await device.sendFeatureReport([0, ...bytes]);
    },
    getFeature: async () => {
      const report = await device.getFeatureReport(0, 9);
      return Uint8Array.from(report.subarray(1, 9));
    },
    close: () => device.close(),
  };
}
