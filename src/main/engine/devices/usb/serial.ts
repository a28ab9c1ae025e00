/**
 * Readers on USB that are a serial port. Which ports there are Linux tells in files, so that
 * looking each second costs nothing; elsewhere the serialport library is asked.
 */
import { constants } from 'node:fs';
import { access, readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { NO_PORT_RIGHTS, openSerialPort } from '../serial-port.ts';
import { type Bus, datedRow, type HidRow, wordsOf } from './hid.ts';

export interface SerialHandle {
  send(bytes: Uint8Array): Promise<void>;
  /** Once a handle; `onError` when the port ended by itself. */
  listen(onBytes: (bytes: Uint8Array) => void, onError: (words: string) => void): void;
  close(): Promise<void>;
}

export type Serial = Bus<SerialHandle>;

/** On USB the rate is moot; the maker's own library opens at this one. */
const BAUD = 9600;
const PORT_NAME = /^tty(ACM|USB)\d+$/;
const ENDED = 'the serial port has ended';

/** Where Linux keeps its devices; a test has a tree of its own. */
export interface Roots {
  readonly sys: string;
  readonly dev: string;
}

export function serialPorts(
  platform: NodeJS.Platform = process.platform,
  roots: Roots = { sys: '/sys', dev: '/dev' },
): Serial {
  return {
    list: async () => {
      try {
        return ok(platform === 'linux' ? await fromFiles(roots) : await fromLibrary());
      } catch (error) {
        return fail('hid', `serial ports cannot be listed: ${wordsOf(error)}`);
      }
    },
    open,
    async mayOpen(path) {
      try {
        await access(path, constants.R_OK | constants.W_OK);
        return ok(null);
      } catch (error) {
        const isForbidden = (error as { readonly code?: unknown }).code === 'EACCES';
        return isForbidden ? fail('no-rights', NO_PORT_RIGHTS, path) : ok(null);
      }
    },
  };
}

async function open(path: string): Promise<Result<SerialHandle>> {
  let take: (bytes: Uint8Array) => void = () => {};
  let failed: (words: string) => void = () => {};
  const port = await openSerialPort(path, BAUD, {
    onBytes: (bytes) => take(bytes),
    onEnd: () => failed(ENDED),
  });
  if (!port.ok) return port;
  return ok({
    send: async (bytes) => port.value.send(bytes),
    listen: (onBytes, onError) => {
      take = onBytes;
      failed = onError;
    },
    close: () => port.value.close(),
  });
}

/** `/sys/class/tty/ttyACM0/device` is the interface; the device above it has the numbers. */
async function fromFiles({ dev, sys }: Roots): Promise<HidRow[]> {
  const folder = join(sys, 'class/tty');
  const names = (await readdir(folder)).filter((name) => PORT_NAME.test(name));
  const rows = await Promise.all(names.map((name) => rowOf(folder, name, dev)));
  return rows.filter((row) => row !== null);
}

async function rowOf(folder: string, name: string, dev: string): Promise<HidRow | null> {
  try {
    let device = await realpath(join(folder, name, 'device'));
    // A converter's port has one more folder between than a modem's.
    for (let n = 0; n < 2 && (await textOf(device, 'idVendor')) === ''; n += 1) {
      device = dirname(device);
    }
    const [vendor, product, serialNumber, called] = await Promise.all(
      ['idVendor', 'idProduct', 'serial', 'product'].map((file) => textOf(device, file)),
    );
    if (!vendor || !product) return null;
    const numbers = {
      vendorId: Number.parseInt(vendor, 16),
      productId: Number.parseInt(product, 16),
    };
    const names = { serialNumber: serialNumber ?? '', product: called ?? '' };
    return await datedRow({ path: join(dev, name), ...numbers, ...names, usagePage: 0, usage: 0 });
  } catch {
    // It went while it was looked at.
    return null;
  }
}

async function textOf(device: string, file: string): Promise<string> {
  try {
    return (await readFile(join(device, file), 'utf8')).trim();
  } catch {
    return '';
  }
}

interface ListedPort {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly serialNumber?: string | undefined;
}

async function fromLibrary(): Promise<HidRow[]> {
  const { SerialPort } = await import('serialport');
  const ports = (await SerialPort.list()) as readonly ListedPort[];
  return ports.flatMap(({ path, productId, serialNumber, vendorId }) => {
    if (vendorId === undefined || productId === undefined) return [];
    const numbers = {
      vendorId: Number.parseInt(vendorId, 16),
      productId: Number.parseInt(productId, 16),
    };
    const names = { serialNumber: serialNumber ?? '', product: '' };
    return [{ path, ...numbers, ...names, usagePage: 0, usage: 0, since: '' }];
  });
}
