import type { Hid, HidHandle, HidRow } from '../../src/main/engine/devices/usb/hid.ts';
import { fail, ok } from '../../src/shared/lib/result.ts';
import type { HidDevice } from '../../src/training/readers/hid-device.ts';

interface Plugged {
  readonly row: HidRow;
  readonly device: HidDevice;
  /** Told of the unplugging, where somebody listens. */
  errors: ((words: string) => void)[];
}

/** node-hid's words, which are a plain string. */
const GONE = 'could not read from HID device: hid_read_timeout: device disconnected';

/** USB in a test's memory: byte-level readers that are plugged in and out. */
export class FakeHid implements Hid {
  readonly #plugged = new Map<string, Plugged>();
  #plugs = 0;
  /** What listing or opening answers instead, as a machine without rights or libraries would. */
  listFault: { readonly code: string; readonly text: string } | null = null;
  openFault: { readonly code: string; readonly text: string } | null = null;
  /** `mute`: reports asked for never come; `broken`: whoever listens is soon told an error. */
  illness: 'none' | 'mute' | 'broken' = 'none';
  mayOpenFault: { readonly code: string; readonly text: string } | null = null;
  opened = 0;
  listed = 0;

  plug(path: string, serialNumber: string, device: HidDevice): void {
    const { vendorId, productId, product, usagePage, usage } = device;
    this.#plugs += 1;
    const since = String(this.#plugs);
    const row = { path, serialNumber, vendorId, productId, product, usagePage, usage, since };
    this.#plugged.set(path, { row, device, errors: [] });
  }

  /** Plugged in so that the system lists it before all others. */
  plugFirst(path: string, serialNumber: string, device: HidDevice): void {
    const others = [...this.#plugged];
    this.#plugged.clear();
    this.plug(path, serialNumber, device);
    for (const [other, plugged] of others) this.#plugged.set(other, plugged);
  }

  unplug(path: string): void {
    const found = this.#plugged.get(path);
    this.#plugged.delete(path);
    for (const error of found?.errors ?? []) error(GONE);
  }

  /** Its open handles fail; it stays listed. */
  fail(path: string): void {
    for (const error of this.#plugged.get(path)?.errors ?? []) error(GONE);
  }

  /** Gone without a word, as over a suspended bus. */
  vanish(path: string): void {
    this.#plugged.delete(path);
  }

  async list() {
    this.listed += 1;
    if (this.listFault !== null) return fail(this.listFault.code, this.listFault.text);
    return ok([...this.#plugged.values()].map(({ row }) => row));
  }

  async mayOpen() {
    const fault = this.mayOpenFault;
    return fault === null ? ok(null) : fail(fault.code, fault.text);
  }

  async open(path: string) {
    if (this.openFault !== null) return fail(this.openFault.code, this.openFault.text);
    const found = this.#plugged.get(path);
    if (found === undefined) return fail('hid', `no device at ${path}`);
    this.opened += 1;
    return ok(this.#handleOf(path, found));
  }

  #handleOf(path: string, found: Plugged): HidHandle {
    const there = async (): Promise<HidDevice> => {
      if (this.illness === 'mute') await new Promise(() => {});
      if (this.#plugged.get(path) !== found) throw GONE;
      return found.device;
    };
    return {
      sendFeature: async (bytes, reportId = 0) => (await there()).write(bytes, reportId),
      getFeature: async (_length, reportId = 0) => (await there()).read(reportId),
      listen: (onReport, onError) => {
        found.device.onReport = onReport;
        found.errors.push(onError);
        if (this.illness === 'broken') setTimeout(() => onError(GONE), 5);
      },
      close: async () => {
        found.errors = [];
        found.device.onReport = () => {};
      },
    };
  }
}
