/**
 * An OSDP device to practise on: a reader with light, sound and display, inputs and outputs, its
 * own log of openings. It answers byte for byte and keeps nothing but what waits for the next
 * question. The world moves its badges, inputs, power and housing.
 */
import { randomBytes } from 'node:crypto';
import type { Bits, Capability } from '../../shared/wire/osdp/fields.ts';
import {
  type Command,
  type CommandName,
  encodeReply,
  nakCodes,
  outputs,
  type Reply,
} from '../../shared/wire/osdp/messages.ts';
import { encodePacket, type Received } from '../../shared/wire/osdp/packet.ts';
import { machineMonoMs, type Opening, OpeningLog } from '../boards/openings.ts';
import { Conversation } from './conversation.ts';

export interface TrainingDeviceOptions {
  readonly address: number;
  /** The zone's calendar, ms since 1970. */
  readonly wallMs: () => number;
  readonly monoMs?: (() => number) | undefined;
  /** Its own key; left out: none yet, as it comes from its maker. */
  readonly key?: Uint8Array | undefined;
  readonly inputs?: number | undefined;
  readonly outputs?: number | undefined;
  /** Functions that it leaves out of its list and does not have. */
  readonly lacks?: readonly number[] | undefined;
  /** False: it tells of its inputs and outputs only when asked. */
  readonly tellsChanges?: boolean | undefined;
}

type Led = Extract<Command, { name: 'led' }>;
type Buzzer = Extract<Command, { name: 'buz' }>;

/** When a device hangs. */
export type Hanging = 'no' | 'now' | 'from-next-out';

/** What waits for the next question; more is forgotten, the oldest first. */
const MOST_WAITING = 64;
const OPENINGS_KEPT = 10_000;
const FIRMWARE = Uint8Array.of(2, 1, 7);

const ABILITIES: readonly Capability[] = [
  { capability: 1, compliance: 2, count: 8 },
  { capability: 2, compliance: 2, count: 2 },
  { capability: 4, compliance: 1, count: 1 },
  { capability: 5, compliance: 1, count: 1 },
  { capability: 6, compliance: 1, count: 1 },
  { capability: 8, compliance: 1, count: 0 },
  { capability: 9, compliance: 1, count: 0 },
];

export class TrainingDevice {
  readonly address: number;
  readonly #options: TrainingDeviceOptions;
  readonly #conversation: Conversation;
  readonly #log: OpeningLog;
  readonly #inputs: Uint8Array;
  readonly #outputs: Uint8Array;
  readonly #permanent: Uint8Array;
  readonly #timed = new Map<number, NodeJS.Timeout>();
  readonly #jammed = new Set<number>();
  readonly #received = new Map<CommandName, number>();
  readonly #abilities: readonly Capability[];
  #waiting: Reply[] = [];
  #waiters: ((opening: Opening) => void)[] = [];
  #tamper = false;
  #powered = true;
  #hangs: Hanging = 'no';
  #busy = 0;
  #led: Led | null = null;
  #buzzer: Buzzer | null = null;
  #text = '';

  constructor(options: TrainingDeviceOptions) {
    this.#options = options;
    this.address = options.address;
    const { address, lacks = [] } = options;
    this.#abilities = ABILITIES.filter(({ capability }) => !lacks.includes(capability));
    this.#conversation = new Conversation({
      address,
      random: () => Uint8Array.from(randomBytes(8)),
      carryOut: (command) => this.#carryOut(command),
    });
    this.#conversation.key = options.key ?? null;
    this.#inputs = new Uint8Array(options.inputs ?? 8);
    this.#outputs = new Uint8Array(options.outputs ?? 2);
    this.#permanent = new Uint8Array(this.#outputs.length);
    this.#log = new OpeningLog(OPENINGS_KEPT, (opening) => this.#waiters.shift()?.(opening));
  }

  stop(): void {
    for (const timer of this.#timed.values()) clearTimeout(timer);
    this.#timed.clear();
  }

  // The line ------------------------------------------------------------------------------------

  /** What it answers to a packet on its line; null for nothing. */
  answer(packet: Received): Uint8Array | null {
    if (!this.#powered) return null;
    if (this.#busy > 0 && packet.address === this.address && !packet.isReply) {
      this.#busy -= 1;
      const code = encodeReply({ name: 'busy' });
      const { address } = this;
      return encodePacket({
        address,
        isReply: true,
        sequence: 0,
        hasCrc: true,
        block: null,
        ...code,
      });
    }
    const answer = this.#conversation.answer(packet);
    return this.#hangs === 'now' ? null : answer;
  }

  // What the world does -------------------------------------------------------------------------

  /** Holds a badge to a reader. Lost where there is no power. */
  hold(bits: Bits, reader = 0): void {
    if (this.#powered) this.#tell({ name: 'raw', reader, format: 1, bits });
  }

  /** Resolves with the next opening, or null after that many real ms. */
  nextOpening(withinMs: number): Promise<Opening | null> {
    return new Promise((resolve) => {
      const waiter = (opening: Opening): void => {
        clearTimeout(timer);
        resolve(opening);
      };
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        resolve(null);
      }, withinMs);
      this.#waiters.push(waiter);
    });
  }

  setInput(input: number, isOn: boolean): void {
    this.#inputs[input] = isOn ? 1 : 0;
    if (this.#options.tellsChanges !== false) this.#tell(this.#inputsReply());
  }

  openHousing(isOpen: boolean): void {
    this.#tamper = isOpen;
    this.#tell({ name: 'lstatr', tamper: isOpen ? 1 : 0, power: 0 });
  }

  // What befalls it -----------------------------------------------------------------------------

  /** No power: outputs fall off, what waited and the secure channel are forgotten. */
  powerCut(): void {
    this.#powered = false;
    this.stop();
    this.#outputs.fill(0);
    this.#permanent.fill(0);
    this.#waiting = [];
    this.#led = null;
    this.#conversation.forget();
  }

  powerOn(): void {
    this.#powered = true;
  }

  /** Hears and does, but does not answer: at once, or from the next command to an output on. */
  hang(hangs: Hanging): void {
    this.#hangs = hangs;
  }

  /** Says that it is busy to so many questions, and does nothing of them. */
  beBusy(times: number): void {
    this.#busy = times;
  }

  /** A jammed output stays as it is, whatever it is told. */
  jam(output: number, isJammed: boolean): void {
    if (isJammed) this.#jammed.add(output);
    else this.#jammed.delete(output);
  }

  // What can be looked at -----------------------------------------------------------------------

  openings(): readonly Opening[] {
    return this.#log.all();
  }

  isOn(output: number): boolean {
    return this.#outputs[output] === 1;
  }

  /** Commands carried out, by name: a repeated packet counts once. */
  received(name: CommandName): number {
    return this.#received.get(name) ?? 0;
  }

  /** The colour that the light was last told to show; null for none. */
  colour(): number | null {
    return this.#led?.onColour ?? null;
  }

  beeps(): number {
    return this.#buzzer?.count ?? 0;
  }

  text(): string {
    return this.#text;
  }

  key(): Uint8Array | null {
    return this.#conversation.key;
  }

  isSecure(): boolean {
    return this.#conversation.isSecure();
  }

  // Inside --------------------------------------------------------------------------------------

  #tell(reply: Reply): void {
    if (!this.#powered) return;
    this.#waiting.push(reply);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }

  #inputsReply(): Reply {
    return { name: 'istatr', levels: this.#inputs.slice() };
  }

  #outputsReply(): Reply {
    return { name: 'ostatr', levels: this.#outputs.slice() };
  }

  #carryOut(command: Command): Reply {
    this.#received.set(command.name, this.received(command.name) + 1);
    switch (command.name) {
      case 'poll':
        return this.#waiting.shift() ?? { name: 'ack' };
      case 'id':
        return {
          ...{ name: 'pdid', vendor: 0x0ab0c0, model: 1, version: 1 },
          ...{ serial: this.address + 1, firmware: FIRMWARE },
        };
      case 'cap':
        return { name: 'pdcap', capabilities: this.#abilities };
      case 'lstat':
        return { name: 'lstatr', tamper: this.#tamper ? 1 : 0, power: 0 };
      case 'istat':
        return this.#inputsReply();
      case 'ostat':
        return this.#outputsReply();
      case 'rstat':
        return { name: 'rstatr', states: Uint8Array.of(0) };
      case 'out':
        return this.#drive(command);
      case 'led':
        this.#led = command;
        return { name: 'ack' };
      case 'buz':
        this.#buzzer = command;
        return { name: 'ack' };
      case 'text':
        this.#text = Buffer.from(command.text).toString('ascii');
        return { name: 'ack' };
      default:
        return { name: 'nak', code: nakCodes.unknownCommand, more: new Uint8Array(0) };
    }
  }

  #drive({ control, output, tenths }: Extract<Command, { name: 'out' }>): Reply {
    if (this.#hangs === 'from-next-out') this.#hangs = 'now';
    if (output >= this.#outputs.length) {
      return { name: 'nak', code: nakCodes.record, more: new Uint8Array(0) };
    }
    if (this.#jammed.has(output)) return { name: 'ack' };
    clearTimeout(this.#timed.get(output));
    this.#timed.delete(output);
    if (control === outputs.onForAWhile) {
      this.#switch(output, true, 'remote');
      this.#timed.set(
        output,
        setTimeout(() => this.#switch(output, this.#permanent[output] === 1, 'held'), tenths * 100),
      );
    } else if (control === outputs.on || control === outputs.off) {
      this.#permanent[output] = control === outputs.on ? 1 : 0;
      this.#switch(output, control === outputs.on, 'held');
    }
    return { name: 'ack' };
  }

  #switch(output: number, isOn: boolean, by: Opening['by']): void {
    const isOpening = isOn && (by === 'remote' || !this.isOn(output));
    this.#outputs[output] = isOn ? 1 : 0;
    if (this.#options.tellsChanges !== false) this.#tell(this.#outputsReply());
    if (!isOpening) return;
    const atMonoMs = (this.#options.monoMs ?? machineMonoMs)();
    this.#log.add({
      ...{ serial: this.address, door: output, by, atMonoMs, askedMonoMs: atMonoMs },
      ...{ atWallMs: this.#options.wallMs(), card: null, swipeIndex: null, swipeMonoMs: null },
    });
  }
}

/** The devices of one line answer a packet, which only one of them takes. */
export function answerOf(devices: readonly TrainingDevice[], packet: Received): Uint8Array | null {
  for (const device of devices) {
    const answer = device.answer(packet);
    if (answer !== null) return answer;
  }
  return null;
}
