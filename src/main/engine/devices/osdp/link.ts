/**
 * The conversation with one device: sequence numbers, repeats, its secure channel. A request is
 * repeated under its own number, so that the device answers again without doing it again; a gate
 * command is not repeated even so, and the conversation begins anew when it was not answered.
 */
import type { Clock } from '../../../../shared/lib/clock.ts';
import { type Fault, fail, type Result } from '../../../../shared/lib/result.ts';
import {
  type Command,
  decodeReply,
  encodeCommand,
  nakCodes,
  type Reply,
  replies,
} from '../../../../shared/wire/osdp/messages.ts';
import {
  encodePacket,
  type Packet,
  type Received,
  type SecurityBlock,
} from '../../../../shared/wire/osdp/packet.ts';
import { type Session, seal, unseal } from '../../../../shared/wire/osdp/secure-channel.ts';
import { RoundTrips } from '../round-trips.ts';
import type { Timers } from '../timers.ts';
import { nodeAes } from './aes.ts';
import type { Line, LineMember } from './line.ts';
import { limits, type OsdpTiming } from './timing.ts';

export interface AskOptions {
  /** A gate command: before all else, and sent once. */
  readonly isGateCommand?: boolean | undefined;
  /** Part of setting the device up; all else is for a device that is. */
  readonly isSetUp?: boolean | undefined;
  /** How often it is sent before it counts as unanswered. */
  readonly tries?: number | undefined;
  /** Past this moment (monotonic ms) nothing is sent any more: fault `expired`. */
  readonly deadlineMonoMs?: number | undefined;
  /** Called when the bytes leave. */
  readonly onSent?: (() => void) | undefined;
  /** Says what the packet does for a secure channel that is being made. */
  readonly block?: SecurityBlock | undefined;
}

interface Request {
  readonly command: Command;
  readonly options: AskOptions;
  readonly settle: (result: Result<Reply>) => void;
}

interface InFlight {
  readonly request: Request;
  readonly bytes: Uint8Array;
  readonly sequence: number;
  /** The channel after these bytes. */
  readonly session: Session | null;
  sends: number;
  busySinceMonoMs: number | null;
}

export interface LinkDeps {
  readonly address: number;
  readonly line: Line;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly timing: OsdpTiming;
}

const SILENT = fail('timeout', 'no answer');
const STOPPED = fail('closed', 'the driver of this device has stopped');

export class Link implements LineMember {
  readonly trips: RoundTrips;
  readonly #deps: LinkDeps;
  #commands: Request[] = [];
  #requests: Request[] = [];
  #inFlight: InFlight | null = null;
  #sequence = 0;
  #session: Session | null = null;
  #isUp = false;
  #busyUntilMonoMs = 0;
  #heardMonoMs: number | null = null;
  #noLine: Fault | null = null;
  #closed = false;
  #garbage = 0;

  constructor(deps: LinkDeps) {
    this.#deps = deps;
    this.trips = new RoundTrips(() => deps.clock.monoMs());
  }

  open(): void {
    this.#closed = false;
    this.#deps.line.join(this);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.breakOff();
    for (const { settle } of this.#commands.splice(0)) settle(STOPPED);
    await this.#deps.line.leave(this);
  }

  /** True from `setUp` until the device answers no more, or has lost its place. */
  isUp(): boolean {
    return this.#isUp;
  }

  /** The device is set up: gate commands may go. */
  setUp(): void {
    this.#isUp = true;
    this.#deps.line.wake();
  }

  heardMonoMs(): number | null {
    return this.#heardMonoMs;
  }

  /** Replies that could not be believed or read. */
  garbage(): number {
    return this.#garbage;
  }

  /** Why the wire cannot be had; null where it can. */
  noLine(): Fault | null {
    return this.#noLine;
  }

  /** From the next packet on all is said within this channel. */
  secure(session: Session): void {
    this.#session = session;
  }

  /** Ends what is under way; the next packet is the first of a new conversation, in the open. */
  breakOff(): void {
    const flying = this.#inFlight;
    this.#inFlight = null;
    this.#isUp = false;
    this.#sequence = 0;
    this.#session = null;
    this.#busyUntilMonoMs = 0;
    flying?.request.settle(this.#closed ? STOPPED : SILENT);
    for (const { settle } of this.#requests.splice(0)) settle(this.#closed ? STOPPED : SILENT);
  }

  /**
   * Asks the device. Faults: `timeout`, `expired` (never sent), `busy` (said so until it was too
   * late), `bad-reply`, `full`, `closed`. A command that timed out may still have been heard.
   */
  ask(command: Command, options: AskOptions = {}): Promise<Result<Reply>> {
    if (this.#closed) return Promise.resolve(STOPPED);
    const queue = options.isGateCommand === true ? this.#commands : this.#requests;
    const limit = options.isGateCommand === true ? limits.commands : limits.requests;
    if (queue.length >= limit) {
      return Promise.resolve(fail('full', `${limit} requests already wait for this device`));
    }
    const mayWait = options.isGateCommand === true || options.isSetUp === true || this.#isUp;
    const hasLine = this.#noLine === null || options.isGateCommand === true;
    if (!mayWait || !hasLine) return Promise.resolve(SILENT);
    return new Promise((settle) => {
      const request = { command, options, settle };
      queue.push(request);
      if (options.deadlineMonoMs !== undefined) this.#expireAt(request, options.deadlineMonoMs);
      this.#deps.line.wake();
    });
  }

  #expireAt(request: Request, deadlineMonoMs: number): void {
    const leftMs = Math.max(0, deadlineMonoMs - this.#deps.clock.monoMs());
    this.#deps.timers.after(leftMs + 1, () => {
      const at = this.#commands.indexOf(request);
      if (at < 0) return;
      this.#commands.splice(at, 1);
      request.settle(fail('expired', 'its time had passed before it could be sent'));
    });
  }

  onLine(fault: Fault | null): void {
    this.#noLine = fault;
    if (fault !== null) this.breakOff();
  }

  wants(): 'command' | 'other' | null {
    if (this.#busyUntilMonoMs > this.#deps.clock.monoMs()) return null;
    const flying = this.#inFlight;
    if (flying !== null) return flying.request.options.isGateCommand ? 'command' : 'other';
    if (this.#isUp && this.#commands.length > 0) return 'command';
    return this.#requests.length > 0 ? 'other' : null;
  }

  async turn(): Promise<void> {
    const flying = this.#inFlight ?? this.#begin();
    if (flying === null) return;
    const { deadlineMonoMs = Number.POSITIVE_INFINITY, onSent } = flying.request.options;
    if (this.#deps.clock.monoMs() > deadlineMonoMs) {
      if (flying.sends === 0)
        this.#land(flying, fail('expired', 'its time had passed before it could be sent'));
      else this.#land(flying, fail('busy', 'the device was busy until the time had passed'));
      return;
    }
    flying.sends += 1;
    const sentMonoMs = this.#deps.clock.monoMs();
    const answered = this.#deps.line.exchange(flying.bytes, (packet) => this.#fits(packet, flying));
    if (flying.sends === 1) onSent?.();
    const packet = await answered;
    if (packet === null) this.trips.lost();
    else this.trips.answered(this.#deps.clock.monoMs() - sentMonoMs);
    if (this.#inFlight !== flying) return;
    if (packet === null) this.#unanswered(flying);
    else this.#take(flying, packet);
  }

  #begin(): InFlight | null {
    const request = (this.#isUp ? this.#commands.shift() : undefined) ?? this.#requests.shift();
    if (request === undefined) return null;
    const { bytes, session } = this.#encode(request);
    const sequence = this.#sequence;
    const flying = { request, bytes, sequence, session, sends: 0, busySinceMonoMs: null };
    this.#inFlight = flying;
    return flying;
  }

  #encode({ command, options }: Request) {
    const { code, data } = encodeCommand(command);
    const { address } = this.#deps;
    const sequence = this.#sequence;
    const packet = { address, isReply: false, sequence, hasCrc: true, code, data };
    if (this.#session !== null) return seal(nodeAes, this.#session, packet);
    const open: Packet = { ...packet, block: options.block ?? null };
    return { bytes: encodePacket(open), session: null };
  }

  #fits({ address, code, isReply, sequence }: Received, flying: InFlight): boolean {
    if (!isReply || address !== this.#deps.address) return false;
    // A busy device answers under number 0, whatever it was asked.
    return sequence === flying.sequence || code === replies.busy.code;
  }

  #unanswered(flying: InFlight): void {
    const { isGateCommand, tries = isGateCommand ? 1 : limits.tries } = flying.request.options;
    if (flying.sends >= tries) this.breakOff();
  }

  #land(flying: InFlight, result: Result<Reply>): void {
    this.#inFlight = null;
    flying.request.settle(result);
  }

  #take(flying: InFlight, packet: Received): void {
    const { clock, timing } = this.#deps;
    const nowMonoMs = clock.monoMs();
    if (packet.code === replies.busy.code) {
      this.#heardMonoMs = nowMonoMs;
      flying.busySinceMonoMs ??= nowMonoMs;
      this.#busyUntilMonoMs = nowMonoMs + timing.busyPauseMs;
      if (nowMonoMs - flying.busySinceMonoMs >= timing.busyForMs) this.breakOff();
      return;
    }
    const content = this.#open(flying, packet);
    if (content === null) {
      this.#garbage += 1;
      this.breakOff();
      return;
    }
    this.#heardMonoMs = nowMonoMs;
    const reply = decodeReply(content);
    if (!reply.ok) this.#garbage += 1;
    const nak = reply.ok && reply.value.name === 'nak' ? reply.value.code : null;
    if (nak === nakCodes.check && flying.request.options.isGateCommand !== true) {
      this.#unanswered(flying);
      return;
    }
    this.#sequence = (flying.sequence % 3) + 1;
    const told = reply.ok ? reply : fail('bad-reply', reply.fault.text, reply.fault.where);
    this.#land(flying, told);
    // It has lost its place, or its channel: what it refused so was not done.
    const isOutside = flying.session !== null && packet.block === null;
    if (nak === nakCodes.sequence || isOutside) this.breakOff();
  }

  /** What the packet says, or null where it cannot be believed. */
  #open(flying: InFlight, packet: Received): Pick<Received, 'code' | 'data'> | null {
    const { block, code } = packet;
    if (flying.session === null || (block === null && code === replies.nak.code)) return packet;
    const opened = unseal(nodeAes, flying.session, packet);
    if (!opened.ok) return null;
    this.#session = opened.value.session;
    return { code, data: opened.value.data };
  }
}
