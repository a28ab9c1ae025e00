/** What a board is and does, without its network: a UT0311-L04 as the device facts describe it. */
import { must } from '../../shared/lib/assert.ts';
import type { EventFields, StatusFields } from '../../shared/wire/uhppote/messages.ts';
import { CardMemory } from './card-memory.ts';
import { Door, type DoorModeByte } from './door.ts';
import { EventMemory } from './event-memory.ts';
import { LocalRules } from './local-rules.ts';
import { type OpenedBy, type Opening, OpeningLog } from './openings.ts';
import { reasons } from './reasons.ts';
import { RemoteControl } from './remote-control.ts';
import { BoardSettings } from './settings.ts';
import { TaskRunner } from './tasks.ts';

export interface CoreOptions {
  readonly serial: number;
  readonly wallMs: () => number;
  readonly monoMs: () => number;
  readonly silenceMs: number;
  readonly eventMemory: number;
  readonly cardCapacity: number;
  readonly openTooLongMs: number;
  readonly onEvent: (event: EventFields) => void;
  readonly onOpened: (opening: Opening) => void;
}

const SWIPE = 1;
const DOOR = 2;
const ALARM = 3;
/** The card field of a remote open: nobody's card (uhppote-simulator). */
const REMOTE_OPEN_CARD = 3_922_570_474;
const OPENINGS_KEPT = 100_000;

export interface SwipeSeen {
  readonly index: number;
  readonly granted: boolean;
  readonly atMonoMs: number;
}

interface LastSwipe extends SwipeSeen {
  readonly card: number;
}

export class BoardCore {
  readonly options: CoreOptions;
  readonly doors: readonly Door[] = [new Door(), new Door(), new Door(), new Door()];
  readonly events: EventMemory;
  readonly cards: CardMemory;
  readonly control: RemoteControl;
  readonly openings: OpeningLog;
  readonly settings = new BoardSettings();
  readonly tasks: TaskRunner;
  readonly #rules: LocalRules;
  /** Board time minus the zone's, on the calendar. */
  clockOffsetMs = 0;
  recordsSpecial = false;
  listener = { address: '0.0.0.0', port: 0, autoSendS: 0 };
  eventIndex = 0;
  /** Where it was told to be on the network; null for where it is. */
  toldAddress: { readonly address: string; mask: string; gateway: string } | null = null;
  fire = false;
  forceLock = false;
  /** Doors whose mode stays as it is, whatever the board is told. */
  readonly jammed = new Set<number>();
  /** Its settings stay as they are, though it says yes. */
  settingsJammed = false;
  #powered = true;
  #sequence = 0;
  readonly #lastSwipe = new Map<number, LastSwipe>();

  constructor(options: CoreOptions) {
    this.options = options;
    this.events = new EventMemory(options.eventMemory);
    this.cards = new CardMemory(options.cardCapacity);
    this.control = new RemoteControl(options.monoMs, options.silenceMs);
    this.openings = new OpeningLog(OPENINGS_KEPT, options.onOpened);
    const { cards, doors, settings } = this;
    const clockMs = () => this.clockMs();
    this.#rules = new LocalRules({ settings, cards, doors, clockMs });
    this.tasks = new TaskRunner(this);
  }

  door(number: number): Door {
    return must(this.doors[number - 1], `door ${number}`);
  }

  powered(): boolean {
    return this.#powered;
  }

  clockMs(): number {
    return this.options.wallMs() + this.clockOffsetMs;
  }

  /** Whole seconds, as the board shows and stamps its time. */
  shownMs(): number {
    return Math.floor(this.clockMs() / 1000) * 1000;
  }

  record(event: Omit<EventFields, 'index' | 'at'>): number {
    const stored = this.events.add({ ...event, at: this.shownMs() });
    this.options.onEvent(stored);
    return stored.index;
  }

  #recordDoor(door: number, type: number, reason: number, granted = true): number {
    return this.record({ type, granted, door, direction: 1, card: 0, reason });
  }

  /** A badge is held to a reader: the host is asked by the event, or the board decides alone. */
  swipe(door: number, direction: 1 | 2, card: number): SwipeSeen | null {
    if (!this.#powered) return null;
    this.tasks.run();
    const reason = this.control.hostDecides()
      ? reasons.deniedPcControl
      : this.#rules.judge(door, card);
    const granted = reason === reasons.swipeOk && this.door(door).unlock();
    const type = granted ? DOOR : SWIPE;
    const index = this.record({ type, granted, door, direction, card, reason });
    const seen = { index, granted, atMonoMs: this.options.monoMs() };
    this.#lastSwipe.set(door, { ...seen, card });
    if (granted) {
      this.#rules.passed(door, card);
      this.#opened(door, 'local', null);
    }
    return seen;
  }

  /** A code at a keypad: whoever knows one of the door's codes comes in. False where not. */
  enterCode(door: number, code: number): boolean {
    const { keypads, passcodes } = this.settings;
    if (!this.#powered || !keypads.has(door) || code === 0) return false;
    if (passcodes.get(door)?.includes(code) !== true) return false;
    if (this.#rules.isInterlocked(door) || !this.door(door).unlock()) return false;
    this.#recordDoor(door, DOOR, reasons.superPassword);
    this.#opened(door, 'local', null);
    return true;
  }

  /**
   * The host's open-door. The board says yes and makes its event even where the mode, the force
   * lock or the interlock keeps the relay shut (uhppote-simulator, run; of the interlock it is not
   * known).
   */
  openRemotely(door: number, askedMonoMs: number): void {
    const shut = this.forceLock || this.#rules.isInterlocked(door);
    const opened = !shut && this.door(door).unlock();
    this.record({
      type: DOOR,
      granted: true,
      door,
      direction: 1,
      card: REMOTE_OPEN_CARD,
      reason: reasons.remoteOpen,
    });
    if (opened) this.#opened(door, 'remote', askedMonoMs);
  }

  pressButton(door: number): boolean {
    if (!this.#powered || this.tasks.buttonsOff.has(door)) return false;
    if (this.#rules.isInterlocked(door)) {
      if (this.recordsSpecial) this.#recordDoor(door, DOOR, reasons.buttonInterlock, false);
      return false;
    }
    if (!this.door(door).unlock()) return false;
    if (this.recordsSpecial) this.#recordDoor(door, DOOR, reasons.button);
    this.#opened(door, 'button', null);
    return true;
  }

  setMode(door: number, mode: DoorModeByte, delayS: number): void {
    const one = this.door(door);
    const before = one.mode;
    one.delayS = delayS;
    if (this.jammed.has(door)) return;
    one.mode = mode;
    if (mode === 1 && before !== 1) this.#opened(door, 'held', null);
  }

  #opened(door: number, by: OpenedBy, askedMonoMs: number | null): void {
    const swiped = this.#lastSwipe.get(door);
    this.#lastSwipe.delete(door);
    this.openings.add({
      serial: this.options.serial,
      door,
      by,
      atMonoMs: this.options.monoMs(),
      atWallMs: this.options.wallMs(),
      askedMonoMs,
      card: swiped?.card ?? null,
      swipeIndex: swiped?.index ?? null,
      swipeMonoMs: swiped?.atMonoMs ?? null,
    });
  }

  /** The leaf moves: by somebody let through, or by force. */
  contactOpens(door: number): void {
    const one = this.door(door);
    const forced = !one.relayOn();
    one.openContact(this.options.openTooLongMs, () => {
      if (this.#powered) this.#recordDoor(door, ALARM, reasons.openTooLong, false);
    });
    if (!this.#powered) return;
    if (forced) this.#recordDoor(door, ALARM, reasons.forcedOpen, false);
    else if (this.recordsSpecial) this.#recordDoor(door, DOOR, reasons.doorOpen);
  }

  contactCloses(door: number): void {
    const one = this.door(door);
    if (!one.contactOpen()) return;
    one.closeContact();
    if (this.#powered && this.recordsSpecial) this.#recordDoor(door, DOOR, reasons.doorClosed);
  }

  setFire(on: boolean): void {
    if (on && !this.fire && this.#powered) this.#recordDoor(1, ALARM, reasons.fire, false);
    this.fire = on;
  }

  /**
   * Power goes: relays let go. Events, cards and the clock stay. What else a real board forgets is
   * not known, so this one forgets all that a host can set again.
   */
  powerOff(): void {
    this.#powered = false;
    for (const door of this.doors) {
      door.powered = false;
      door.stop();
    }
    this.control.set(false);
    this.recordsSpecial = false;
    this.listener = { address: '0.0.0.0', port: 0, autoSendS: 0 };
    this.settings.restoreDefaults();
  }

  /** Back as it left the factory, but for what it remembers: its cards, its events, its clock. */
  restoreDefaults(): void {
    this.settings.restoreDefaults();
    this.tasks.buttonsOff.clear();
    this.control.set(false);
    this.recordsSpecial = false;
    this.listener = { address: '0.0.0.0', port: 0, autoSendS: 0 };
    for (let door = 1; door <= this.doors.length; door += 1) this.setMode(door, 3, 5);
  }

  powerOn(): void {
    if (this.#powered) return;
    this.#powered = true;
    for (const door of this.doors) door.powered = true;
    this.#recordDoor(1, ALARM, reasons.powerOn, false);
  }

  stop(): void {
    for (const door of this.doors) door.stop();
  }

  status(event: EventFields = this.events.last()): StatusFields {
    const [one, two, three, four] = this.doors.map((door) => door.contactOpen());
    const [b1, b2, b3, b4] = this.doors.map((door) => door.buttonPressed);
    let relays = 0;
    for (const [i, door] of this.doors.entries()) if (door.relayOn()) relays |= 1 << i;
    this.#sequence += 1;
    return {
      ...event,
      door1Open: one ?? false,
      door2Open: two ?? false,
      door3Open: three ?? false,
      door4Open: four ?? false,
      button1: b1 ?? false,
      button2: b2 ?? false,
      button3: b3 ?? false,
      button4: b4 ?? false,
      systemError: 0,
      clock: this.shownMs(),
      sequence: this.#sequence,
      specialInfo: 0,
      relays,
      inputs: (this.forceLock ? 1 : 0) | (this.fire ? 2 : 0),
    };
  }
}
