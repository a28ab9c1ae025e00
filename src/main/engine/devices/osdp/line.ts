/**
 * One wire with its devices. One speaks at a time: the console asks, one device answers. Devices
 * take turns, the longest waiting first; gate commands come first, but never twice running while
 * another device waits to be asked.
 */
import type { SiteOsdpLine } from '../../../../shared/domain/site-board.ts';
import type { Fault } from '../../../../shared/lib/result.ts';
import { Framer } from '../../../../shared/wire/osdp/framing.ts';
import { MARK, type Received } from '../../../../shared/wire/osdp/packet.ts';
import type { Timer, Timers } from '../timers.ts';
import type { OsdpTiming } from './timing.ts';
import type { OpenWire, Wire } from './transport.ts';

/** What a device is to its line. */
export interface LineMember {
  /** What it would say now: a gate command, something else, or nothing. */
  wants(): 'command' | 'other' | null;
  /** Asks once, by `exchange`. */
  turn(): Promise<void>;
  /** The wire is there; or why it cannot be had: until it can, nobody has a turn. */
  onLine(fault: Fault | null): void;
}

export interface LineParts {
  readonly place: SiteOsdpLine;
  readonly timers: Timers;
  readonly timing: OsdpTiming;
  readonly openWire: OpenWire;
}

/** Without anybody to ask: how soon it is looked again whether a pause has ended. */
const LOOK_EVERY_MS = 10;
const BITS_PER_BYTE = 10;

export class Line {
  readonly #parts: LineParts;
  readonly #framer = new Framer();
  /** The next to have a turn first. */
  #members: LineMember[] = [];
  #wire: Wire | null = null;
  #running: Promise<void> | null = null;
  #awaited: { fits(packet: Received): boolean; take(packet: Received | null): void } | null = null;
  #wake: (() => void) | null = null;
  #wasCommand = false;
  #strangers = 0;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** Bytes that were no packet, and packets that answered no question. */
  counts(): { readonly garbage: number; readonly strangers: number } {
    return { garbage: this.#framer.garbage(), strangers: this.#strangers };
  }

  /** How many take turns. */
  devices(): number {
    return this.#members.length;
  }

  join(member: LineMember): void {
    this.#members.push(member);
    if (this.#wire !== null) member.onLine(null);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** The last one to leave closes the wire. */
  async leave(member: LineMember): Promise<void> {
    this.#members = this.#members.filter((one) => one !== member);
    if (this.#members.length > 0) return;
    this.#answer(null);
    this.wake();
    await this.#running;
  }

  /** Somebody has something to say. */
  wake(): void {
    this.#wake?.();
  }

  async #run(): Promise<void> {
    const { openWire, place, timing } = this.#parts;
    while (this.#members.length > 0) {
      const events = {
        onBytes: (bytes: Uint8Array) => this.#onBytes(bytes),
        onEnd: () => this.#onEnd(),
      };
      const opened = await openWire(place, events, timing);
      if (opened.ok) {
        this.#wire = opened.value;
        for (const member of this.#members) member.onLine(null);
        await this.#serve();
        await opened.value.close();
        this.#wire = null;
      } else {
        for (const member of this.#members) member.onLine(opened.fault);
        await this.#idle(timing.retryAfterMs);
      }
    }
  }

  async #serve(): Promise<void> {
    while (this.#wire !== null && this.#members.length > 0) {
      const member = this.#next();
      if (member === null) {
        await this.#idle(LOOK_EVERY_MS);
        continue;
      }
      this.#members = [...this.#members.filter((one) => one !== member), member];
      await member.turn();
    }
  }

  #next(): LineMember | null {
    const waiting = this.#members.filter((member) => member.wants() !== null);
    const command = waiting.find((member) => member.wants() === 'command');
    const other = waiting.find((member) => member.wants() === 'other');
    const isCommand = command !== undefined && (!this.#wasCommand || other === undefined);
    this.#wasCommand = isCommand;
    return (isCommand ? command : other) ?? null;
  }

  #idle(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer: Timer = this.#parts.timers.after(ms, () => this.#wake?.());
      this.#wake = () => {
        timer.cancel();
        this.#wake = null;
        resolve();
      };
    });
  }

  /** Sends a packet and gives the first that fits as its answer; null where none came in time. */
  exchange(bytes: Uint8Array, fits: (packet: Received) => boolean): Promise<Received | null> {
    const { place, timers, timing } = this.#parts;
    const wire = this.#wire;
    if (wire === null) return Promise.resolve(null);
    // What has begun and not ended answers an earlier question.
    this.#framer.reset();
    const marked = Uint8Array.of(MARK, ...bytes);
    const slowMs = 'path' in place ? (marked.length * BITS_PER_BYTE * 1000) / place.baudRate : 0;
    return new Promise((resolve) => {
      const timer = timers.after(timing.replyTimeoutMs + slowMs, () => this.#answer(null));
      const take = (packet: Received | null): void => {
        timer.cancel();
        this.#awaited = null;
        resolve(packet);
      };
      this.#awaited = { fits, take };
      wire.send(marked);
    });
  }

  #answer(packet: Received | null): void {
    this.#awaited?.take(packet);
  }

  #onBytes(bytes: Uint8Array): void {
    for (const packet of this.#framer.push(bytes)) {
      if (this.#awaited?.fits(packet) === true) this.#answer(packet);
      else this.#strangers += 1;
    }
  }

  #onEnd(): void {
    this.#wire = null;
    this.#answer(null);
    this.wake();
  }
}
