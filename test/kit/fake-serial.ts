import type { Serial } from '../../src/main/engine/devices/usb/serial.ts';
import { fail, ok } from '../../src/shared/lib/result.ts';
import type { Twn4Device } from './twn4-device.ts';

interface Plugged {
  readonly serialNumber: string;
  readonly device: Twn4Device;
  /** Told of the unplugging, where somebody listens. */
  errors: ((words: string) => void)[];
}

/** Serial ports in a test's memory: byte-level readers that are plugged in and out. */
export class FakeSerial implements Serial {
  readonly #plugged = new Map<string, Plugged>();
  opened = 0;

  plug(path: string, serialNumber: string, device: Twn4Device): void {
    this.#plugged.set(path, { serialNumber, device, errors: [] });
  }

  unplug(path: string): void {
    const found = this.#plugged.get(path);
    this.#plugged.delete(path);
    for (const error of found?.errors ?? []) error('the serial port has ended');
  }

  async list() {
    return ok(
      [...this.#plugged].map(([path, { device, serialNumber }]) => {
        const { product, productId, vendorId } = device;
        return {
          path,
          serialNumber,
          product,
          productId,
          vendorId,
          usagePage: 0,
          usage: 0,
          since: '',
        };
      }),
    );
  }

  async mayOpen() {
    return ok(null);
  }

  async open(path: string) {
    const found = this.#plugged.get(path);
    if (found === undefined) return fail('no-line', `there is no serial port ${path}`);
    const { device } = found;
    this.opened += 1;
    return ok({
      send: async (bytes: Uint8Array) => {
        if (this.#plugged.get(path) === found) device.receive(bytes);
      },
      listen: (onBytes: (bytes: Uint8Array) => void, onError: (words: string) => void) => {
        found.errors.push(onError);
        // In pieces, as a serial line brings them.
        device.onBytes = (bytes) => {
          for (const byte of bytes) onBytes(Uint8Array.of(byte));
        };
      },
      close: async () => {
        found.errors = [];
        device.onBytes = () => {};
      },
    });
  }
}
