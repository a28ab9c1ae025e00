/**
 * A gate board to practise on: answers byte for byte over real UDP, decides alone when nobody
 * speaks to it, and keeps its own log of openings. The simulated world moves its readers, doors,
 * inputs, power and cable; the engine knows it by its socket only.
 */
import type { Rng } from '../../shared/lib/rng.ts';
import { seededRng } from '../../shared/lib/rng.ts';
import { decodeRequest, encodePushed } from '../../shared/wire/uhppote/codec.ts';
import type {
  EventFields,
  MessageName,
  StoredCardFields,
} from '../../shared/wire/uhppote/messages.ts';
import { answer } from './answers.ts';
import { BoardCore } from './board-core.ts';
import { BoardNetwork, type Faults, noFaults, type OpenSocket, type Peer } from './network.ts';
import { machineMonoMs, type OpenedBy, type Opening } from './openings.ts';
import type { BoardSettings } from './settings.ts';

export interface TrainingBoardOptions {
  readonly serial: number;
  /** The zone's calendar, ms since 1970; may run faster than real time. */
  readonly wallMs: () => number;
  /** Real ms on the machine's monotonic clock. */
  readonly monoMs?: (() => number) | undefined;
  readonly address?: string | undefined;
  /** 0 takes a free one. */
  readonly port?: number | undefined;
  /** Events kept; the oldest 8 go when it is over. */
  readonly eventMemory?: number | undefined;
  readonly cardCapacity?: number | undefined;
  /** Silence after which the board decides alone, real ms. */
  readonly silenceMs?: number | undefined;
  /** A contact open this long, real ms, is reported. */
  readonly openTooLongMs?: number | undefined;
  /** `6.62` boards start pushed events with 0x19. */
  readonly version?: string | undefined;
  readonly rng?: Rng | undefined;
  readonly openSocket?: OpenSocket | undefined;
  /** Called for each opening as it happens, for a log that outlives this process. */
  readonly onOpening?: ((opening: Opening) => void) | undefined;
}

export interface SwipeOutcome {
  readonly opened: boolean;
  readonly by: OpenedBy | null;
  /** Index of the swipe's event; 0 where the board has no power. */
  readonly index: number;
  readonly swipedMonoMs: number;
  readonly openedMonoMs: number | null;
}

interface Waiter {
  readonly resolve: (opening: Opening | null) => void;
  readonly timer: NodeJS.Timeout;
}

/** An event as `backfill` takes it: the board's record without its index. */
export type PastEvent = Omit<EventFields, 'index'>;

const BUTTON_MS = 200;

export class TrainingBoard {
  readonly serial: number;
  readonly #address: string;
  readonly #version: string;
  readonly #options: TrainingBoardOptions;
  readonly #core: BoardCore;
  readonly #network: BoardNetwork;
  readonly #waiters = new Map<number, Waiter[]>();
  readonly #received = new Map<MessageName, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #autoSend: NodeJS.Timeout | null = null;
  #port = 0;
  #lastPeer: Peer | null = null;
  #unknown = 0;
  #hangsOn: readonly MessageName[] | 'all' = [];

  constructor(options: TrainingBoardOptions) {
    this.#options = options;
    this.serial = options.serial;
    this.#address = options.address ?? '127.0.0.1';
    this.#version = options.version ?? '8.92';
    const rng = options.rng ?? seededRng(`board ${options.serial}`);
    const onBytes = (bytes: Uint8Array, from: Peer) => this.#onBytes(bytes, from);
    this.#network = new BoardNetwork(rng, onBytes, options.openSocket);
    this.#core = new BoardCore({
      serial: options.serial,
      wallMs: options.wallMs,
      monoMs: options.monoMs ?? machineMonoMs,
      silenceMs: options.silenceMs ?? 30_000,
      eventMemory: options.eventMemory ?? 256,
      cardCapacity: options.cardCapacity ?? 20_000,
      openTooLongMs: options.openTooLongMs ?? 20_000,
      onEvent: (event) => this.#push(event),
      onOpened: (opening) => this.#onOpened(opening),
    });
  }

  /** Listens. Throws where the port cannot be had. */
  async start(): Promise<{ readonly address: string; readonly port: number }> {
    this.#port = await this.#network.listen(this.#address, this.#options.port ?? 0);
    return { address: this.#address, port: this.#port };
  }

  async stop(): Promise<void> {
    this.#core.stop();
    if (this.#autoSend !== null) clearInterval(this.#autoSend);
    for (const timer of this.#timers) clearTimeout(timer);
    for (const waiters of this.#waiters.values()) {
      for (const waiter of waiters.splice(0)) {
        clearTimeout(waiter.timer);
        waiter.resolve(null);
      }
    }
    await this.#network.close();
  }

  // What the world does -------------------------------------------------------------------------

  /** Holds a badge to a reader; resolves when the relay opens, or after `waitMs` real ms. */
  swipe(door: number, direction: 'in' | 'out', card: number, waitMs = 5000): Promise<SwipeOutcome> {
    const swipedMonoMs = this.monoMs();
    let settle: (opening: Opening | null) => void = () => {};
    const opening = new Promise<Opening | null>((resolve) => {
      settle = resolve;
    });
    const waiter: Waiter = {
      resolve: settle,
      timer: setTimeout(() => this.#giveUp(door, waiter), waitMs),
    };
    this.#waitersAt(door).push(waiter);
    const seen = this.#core.swipe(door, direction === 'in' ? 1 : 2, card);
    if (seen === null) this.#giveUp(door, waiter);
    return opening.then((found) => ({
      opened: found !== null,
      by: found?.by ?? null,
      index: seen?.index ?? 0,
      swipedMonoMs,
      openedMonoMs: found?.atMonoMs ?? null,
    }));
  }

  /**
   * Somebody goes through: the leaf opens and closes after `heldMs`. False, and nothing moves,
   * where the relay is shut.
   */
  async personPasses(door: number, heldMs = 400): Promise<boolean> {
    if (!this.#core.door(door).relayOn()) return false;
    this.#core.contactOpens(door);
    await this.#after(heldMs);
    this.#core.contactCloses(door);
    return true;
  }

  /** Somebody breaks through a shut gate. */
  async doorForced(door: number, heldMs = 400): Promise<void> {
    this.#core.contactOpens(door);
    await this.#after(heldMs);
    this.#core.contactCloses(door);
  }

  /** The leaf is opened and stays open; after a while the board complains. */
  holdOpen(door: number): void {
    this.#core.contactOpens(door);
  }

  letClose(door: number): void {
    this.#core.contactCloses(door);
  }

  /** The exit button beside a door. False where the mode keeps it shut. */
  pressButton(door: number): boolean {
    const one = this.#core.door(door);
    one.buttonPressed = true;
    void this.#after(BUTTON_MS).then(() => {
      one.buttonPressed = false;
    });
    return this.#core.pressButton(door);
  }

  /** Somebody types a code at a door's keypad. False where it opens nothing. */
  enterCode(door: number, code: number): boolean {
    return this.#core.enterCode(door, code);
  }

  setFire(on: boolean): void {
    this.#core.setFire(on);
  }

  setForceLock(on: boolean): void {
    this.#core.forceLock = on;
  }

  // What befalls the board ----------------------------------------------------------------------

  /** No power: no events, no answers, relays shut; remote control and listener are forgotten. */
  powerCut(): void {
    this.#core.powerOff();
    this.#network.plugged = false;
    this.#setAutoSend(0);
  }

  powerOn(): void {
    this.#network.plugged = true;
    this.#core.powerOn();
  }

  /** The cable: the board lives on, records, and after its silence time decides alone. */
  unplug(): void {
    this.#network.plugged = false;
  }

  plug(): void {
    this.#network.plugged = true;
  }

  /** Faults of the network, for what the board receives and what it sends. */
  setFaults(faults: {
    readonly incoming?: Partial<Faults>;
    readonly outgoing?: Partial<Faults>;
  }): void {
    this.#network.setFaults(
      { ...noFaults, ...faults.incoming },
      { ...noFaults, ...faults.outgoing },
    );
  }

  /** A hung board hears and does what it is told, but does not answer these functions. */
  hangOn(functions: readonly MessageName[] | 'all'): void {
    this.#hangsOn = functions;
  }

  /** A jammed door keeps its mode, though the board says yes to every order. */
  jamMode(door: number, isJammed: boolean): void {
    if (isJammed) this.#core.jammed.add(door);
    else this.#core.jammed.delete(door);
  }

  /** A board that says yes to every setting and keeps those it has. */
  jamSettings(isJammed: boolean): void {
    this.#core.settingsJammed = isJammed;
  }

  /** Sends noise to the listener, or to whoever spoke last. */
  sendNoise(count: number): void {
    const to = this.#core.listener.port > 0 ? this.#core.listener : this.#lastPeer;
    if (to !== null) this.#network.sendNoise(to, count);
  }

  /** Puts the board's clock off by that much more, on the calendar. */
  shiftClock(ms: number): void {
    this.#core.clockOffsetMs += ms;
  }

  /** Board time minus the zone's, on the calendar, ms. */
  clockOffsetMs(): number {
    return this.#core.clockOffsetMs;
  }

  /** Events as nobody heard them; nothing is pushed. Of a spoilt one the board never answers. */
  backfill(events: readonly PastEvent[], isSpoilt = false): void {
    for (const event of events) this.#core.events.add(event, isSpoilt);
  }

  /** A technician clears the event memory: indexes start again from 1. */
  clearEvents(): void {
    this.#core.events.clear();
  }

  // What can be looked at -----------------------------------------------------------------------

  monoMs(): number {
    return this.#core.options.monoMs();
  }

  openings(): readonly Opening[] {
    return this.#core.openings.all();
  }

  /** Well-formed requests heard, by function. */
  received(name: MessageName): number {
    return this.#received.get(name) ?? 0;
  }

  /** Datagrams that were no request for this board. */
  ignored(): number {
    return this.#unknown;
  }

  /** Where it pushes its events to. */
  listener(): Peer {
    return this.#core.listener;
  }

  lastIndex(): number {
    return this.#core.events.last().index;
  }

  firstIndex(): number {
    return this.#core.events.first().index;
  }

  /** The card as it is stored; number 0 where it is not. */
  storedCard(card: number): StoredCardFields {
    return this.#core.cards.find(card);
  }

  storedCards(): number {
    return this.#core.cards.count();
  }

  settings(): Readonly<BoardSettings> {
    return this.#core.settings;
  }

  hostDecides(): boolean {
    return this.#core.control.hostDecides();
  }

  door(number: number) {
    const door = this.#core.door(number);
    return {
      relayOn: door.relayOn(),
      contactOpen: door.contactOpen(),
      mode: door.mode,
      delayS: door.delayS,
    };
  }

  // Inside --------------------------------------------------------------------------------------

  #waitersAt(door: number): Waiter[] {
    const found = this.#waiters.get(door);
    if (found !== undefined) return found;
    const made: Waiter[] = [];
    this.#waiters.set(door, made);
    return made;
  }

  #giveUp(door: number, waiter: Waiter): void {
    const waiters = this.#waitersAt(door);
    const at = waiters.indexOf(waiter);
    if (at < 0) return;
    waiters.splice(at, 1);
    clearTimeout(waiter.timer);
    waiter.resolve(null);
  }

  #onOpened(opening: Opening): void {
    this.#options.onOpening?.(opening);
    const waiter = this.#waitersAt(opening.door).shift();
    if (waiter === undefined) return;
    clearTimeout(waiter.timer);
    waiter.resolve(opening);
  }

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.add(timer);
    });
  }

  #onBytes(bytes: Uint8Array, from: Peer): void {
    const request = decodeRequest(bytes);
    // Serial 0 is everybody's: how boards are discovered.
    const ours = request.ok && [0, this.serial].includes(request.value.serial);
    if (!request.ok || !ours) {
      this.#unknown += 1;
      return;
    }
    const { name } = request.value;
    this.#lastPeer = from;
    this.#received.set(name, this.received(name) + 1);
    this.#core.control.onMessage();
    const identity = { serial: this.serial, address: this.#address, version: this.#version };
    const reply = answer(request.value, this.#core, identity);
    if (name === 'set-listener') this.#setAutoSend(this.#core.listener.autoSendS);
    const hangs = this.#hangsOn === 'all' || this.#hangsOn.includes(name);
    if (!hangs && reply !== null) this.#network.send(reply, from);
  }

  #push(event: EventFields): void {
    const bytes = encodePushed(this.serial, this.#core.status(event), this.#version === '6.62');
    this.#network.send(bytes, this.#core.listener);
  }

  #setAutoSend(everyS: number): void {
    if (this.#autoSend !== null) clearInterval(this.#autoSend);
    this.#autoSend = null;
    if (everyS === 0) return;
    this.#autoSend = setInterval(() => this.#push(this.#core.events.last()), everyS * 1000);
  }
}
