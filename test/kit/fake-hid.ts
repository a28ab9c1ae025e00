import type { Hid, HidHandle } from '../../src/main/engine/devices/pcprox/hid.ts';
import { fail, ok } from '../../src/shared/lib/result.ts';
import type { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';

interface Plugged {
  readonly path: string;
  readonly serialNumber: string;
  readonly device: PcproxDevice;
}

/** USB in a test's memory: byte-level readers that are plugged in and out. */
export class FakeHid implements Hid {
  readonly #plugged = new Map<string, Plugged>();
  /** What listing or opening answers instead, as a machine without rights or libraries would. */
  listFault: { readonly code: string; readonly text: string } | null = null;
  openFault: { readonly code: string; readonly text: string } | null = null;
  opened = 0;

  plug(path: string, serialNumber: string, device: PcproxDevice): void {
    this.#plugged.set(path, { path, serialNumber, device });
  }

  unplug(path: string): void {
    this.#plugged.delete(path);
  }

  async list(vendorId: number, productId: number) {
    if (this.listFault !== null) return fail(this.listFault.code, this.listFault.text);
    const product = 'RFIDeas USB Keyboard';
    return ok(
      [...this.#plugged.values()].map(({ path, serialNumber }) => {
        return { path, serialNumber, vendorId, productId, product };
      }),
    );
  }

  async open(path: string) {
    if (this.openFault !== null) return fail(this.openFault.code, this.openFault.text);
    const found = this.#plugged.get(path);
    if (found === undefined) return fail('hid', `no device at ${path}`);
    this.opened += 1;
    const there = (): PcproxDevice => {
      // node-hid's errors may be plain strings.
      if (this.#plugged.get(path) !== found) throw 'could not send: device disconnected';
      return found.device;
    };
    const handle: HidHandle = {
      sendFeature: async (bytes) => there().write(bytes),
      getFeature: async () => there().read(),
      close: async () => {},
    };
    return ok(handle);
  }
}
