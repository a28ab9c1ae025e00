import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { pause, type Timers } from '../timers.ts';
import type { HidHandle } from '../usb/hid.ts';
import type { UsbTiming } from '../usb/timing.ts';
import { within } from '../usb/within.ts';
import {
  ask,
  codes,
  firmwareOf,
  isNothing,
  isSdkMode,
  type Lights,
  lit,
  REPORT_BYTES,
  sdkMode,
} from './codec.ts';

/** What lies on the reader: its data and bit count, or nothing. */
export type CardFrames = { readonly data: Uint8Array; readonly bits: Uint8Array } | null;

/** One open reader: one question at a time, each with a time-out. Faults: `hid`, `silent`. */
export class PcproxExchange {
  readonly #handle: HidHandle;
  readonly #timers: Timers;
  readonly #timing: UsbTiming;

  constructor(handle: HidHandle, timers: Timers, timing: UsbTiming) {
    this.#handle = handle;
    this.#timers = timers;
    this.#timing = timing;
  }

  /** Puts the reader into SDK mode and checks that it is. Gives its firmware. */
  async prepare(): Promise<Result<string>> {
    const info = await this.#get(codes.deviceInfo);
    if (!info.ok) return info;
    const before = await this.#get(codes.page0);
    if (!before.ok) return before;
    if (!isSdkMode(before.value)) {
      const put = await this.#put(codes.page0, sdkMode(before.value));
      if (!put.ok) return put;
    }
    const after = await this.#get(codes.page0);
    if (!after.ok) return after;
    if (!isSdkMode(after.value)) return fail('hid', 'the reader does not take SDK mode');
    return ok(firmwareOf(info.value));
  }

  /** Read, changed and written back, so that bits whose meaning nobody knows stay as they are. */
  async light(lights: Lights): Promise<Result<void>> {
    const page = await this.#get(codes.page2);
    return page.ok ? this.#put(codes.page2, lit(page.value, lights)) : page;
  }

  async readCard(): Promise<Result<CardFrames>> {
    const data = await this.#get(codes.cardData);
    if (!data.ok) return data;
    if (isNothing(data.value)) return ok(null);
    const bits = await this.#get(codes.cardBits);
    return bits.ok ? ok({ data: data.value, bits: bits.value }) : bits;
  }

  async #get(code: number): Promise<Result<Uint8Array>> {
    const written = await this.#write(ask(code));
    if (!written.ok) return written;
    const reply = await this.#within(this.#handle.getFeature(REPORT_BYTES));
    if (reply.ok && reply.value.length !== REPORT_BYTES) {
      return fail('hid', `the reader answered ${reply.value.length} bytes instead of 8`);
    }
    return reply;
  }

  async #put(code: number, page: Uint8Array): Promise<Result<void>> {
    for (const bytes of [ask(code), page, ask(codes.endConfiguration)]) {
      const written = await this.#write(bytes);
      if (!written.ok) return written;
    }
    return ok(undefined);
  }

  /** The reader needs a moment after each write (pcprox.py sleeps 1 ms). */
  async #write(bytes: Uint8Array): Promise<Result<void>> {
    const written = await this.#within(this.#handle.sendFeature(bytes));
    if (written.ok) await pause(this.#timers, this.#timing.afterWriteMs);
    return written;
  }

  #within<T>(work: Promise<T>): Promise<Result<T>> {
    return within(this.#timers, this.#timing.answerTimeoutMs, work);
  }
}
