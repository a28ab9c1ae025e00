/**
 * One UHPPOTE board: set up when it answers, asked for its status every second (which also keeps
 * remote control alive: after 30 s of silence a board decides alone), its events followed, its
 * commands confirmed by what the gate shows.
 */
import { encodeRequest } from '../../../../shared/wire/uhppote/codec.ts';
import type { BoardReply, StatusFields } from '../../../../shared/wire/uhppote/messages.ts';
import type {
  BoardEvent,
  BoardHealth,
  DriverDeps,
  GateBoard,
  GateCommand,
  StoredCard,
  TripFigures,
} from '../ports.ts';
import { joined, tell } from '../telling.ts';
import { pause, type Timer, type Timers } from '../timers.ts';
import { BoardClock } from './board-clock.ts';
import { CardStore } from './cards.ts';
import { ClockKeeper } from './clock-keeper.ts';
import { Commands } from './commands.ts';
import type { BoardContext, UhppoteSetUp } from './context.ts';
import { EVERY_BOARD } from './discovery.ts';
import { Doors } from './doors.ts';
import { EventLog } from './event-log.ts';
import { Exchange } from './exchange.ts';
import type { Range } from './gaps.ts';
import type { LoopTurns } from './loop-turns.ts';
import type { Pace } from './pace.ts';
import { Reminder } from './reminder.ts';
import { type Listener, prepareBoard } from './set-up.ts';
import { Settings, type SettingsShown } from './settings.ts';
import type { Slots } from './slots.ts';
import type { UhppoteTiming } from './timing.ts';
import type { BoardLink, UhppoteTransport } from './transport.ts';

export interface BoardParts {
  readonly setUp: UhppoteSetUp;
  readonly deps: DriverDeps;
  readonly timers: Timers;
  readonly timing: UhppoteTiming;
  readonly transport: UhppoteTransport;
  readonly turns: LoopTurns;
  readonly backlogSlots: Slots;
  readonly pace: Pace;
  /** Real ms after start at which this board's first status is asked for: spreads the boards. */
  readonly offsetMs: number;
}

export class UhppoteBoard implements GateBoard {
  readonly board: UhppoteSetUp['board'];
  readonly #parts: BoardParts;
  readonly #context: BoardContext;
  readonly #link: BoardLink;
  readonly #events: EventLog;
  readonly #doors: Doors;
  readonly #settings: Settings;
  readonly #commands: Commands;
  readonly #cards: CardStore;
  readonly #clockKeeper: ClockKeeper;
  readonly #reminder: Reminder;
  #running = false;
  #localPort = 0;
  #listener: Listener = { address: '0.0.0.0', port: 0 };
  #tick: Timer | null = null;
  #ticking = false;
  #preparing = false;
  #online = false;
  #saidOffline = false;
  #answeredMonoMs: number | null = null;
  #heardMonoMs: number | null = null;
  /** What the last status said, asked for at this moment; whether the one before was answered. */
  #said: { readonly askedMonoMs: number; readonly index: number } | null = null;
  #isAnswering = false;
  #toldMonoMs: number | null = null;
  #version: string | null = null;
  #relays = 0;
  #inputs: number | null = null;
  #contacts: BoardHealth['doors'];
  #refreshedMonoMs = 0;
  #doorCheckedMonoMs = 0;
  #doorTurn = 0;
  #settingsShown: SettingsShown = { differing: '', text: undefined };
  #garbage = 0;
  #strangers = 0;

  constructor(parts: BoardParts) {
    const { setUp, deps, pace, timers, timing, transport } = parts;
    this.#parts = parts;
    this.board = setUp.board;
    const serial = Number(setUp.board);
    const onGarbage = (): void => {
      this.#garbage += 1;
    };
    this.#link = {
      serial,
      address: setUp.address,
      port: setUp.port,
      onReply: (reply) => this.#onReply(reply),
      onGarbage,
      onStranger: () => {
        this.#strangers += 1;
      },
      onOther: (other) => this.#tellOffline(`another board, ${other}, answers`),
    };
    const send = (bytes: Uint8Array): void => transport.send(this.#link, bytes);
    const onAwaited = (change: 1 | -1): void => deps.sink.awaited(change);
    this.#context = {
      setUp,
      clock: deps.clock,
      sink: deps.sink,
      timers,
      timing,
      exchange: new Exchange({ serial, clock: deps.clock, timers, timing, pace, send, onAwaited }),
      boardClock: new BoardClock(deps.clock, timing.driftLimitMs),
      ...{ turns: parts.turns, backlogSlots: parts.backlogSlots },
      onGarbage,
    };
    this.#doors = new Doors(this.#context);
    this.#settings = new Settings(this.#context);
    this.#events = new EventLog(
      this.#context,
      (event) => this.#onEvent(event),
      (event) => this.#reminder.onPast(event),
    );
    this.#cards = new CardStore(this.#context, () => this.#tellShown());
    this.#clockKeeper = new ClockKeeper(this.#context);
    this.#reminder = new Reminder({
      context: this.#context,
      settings: this.#settings,
      listener: () => this.#listener,
      onShown: (shown) => {
        if (this.#online) this.#tellOnline(shown);
      },
    });
    const board = {
      poll: () => this.#poll(),
      relays: () => this.#relays,
      spokenIndex: () => this.#events.spokenIndex(),
    };
    this.#commands = new Commands(this.#context, board, this.#doors);
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await this.#open();
  }

  async #open(): Promise<void> {
    const { timers, timing } = this.#parts;
    const opened = await this.#parts.transport.open(this.#link);
    if (!this.#running) return;
    if (!opened.ok) {
      const { text } = opened.fault;
      tell(this.#context, { kind: 'board-state', board: this.board, online: false, text });
      this.#tick = timers.after(timing.offlineAfterMs, () => void this.#open());
      return;
    }
    this.#localPort = opened.value;
    this.#refreshedMonoMs = this.#context.clock.monoMs();
    this.#answeredMonoMs = null;
    this.#schedule(this.#parts.offsetMs);
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#tick?.cancel();
    this.#events.disconnect();
    this.#cards.disconnect();
    this.#context.exchange.close();
    await this.#parts.transport.close(this.#link);
  }

  send(command: GateCommand): void {
    this.#commands.send(command);
  }

  storeCards(cards: readonly StoredCard[], madeMs?: number): void {
    void this.#cards.want(cards, madeMs ?? null);
  }

  giveUp(ranges: readonly Range[]): void {
    this.#events.giveUp(ranges);
  }

  trips(): TripFigures {
    return this.#context.exchange.trips.figures();
  }

  health(): BoardHealth {
    return {
      board: this.board,
      lastHeardMonoMs: this.#heardMonoMs,
      toldMonoMs: this.#told(),
      blindMonoMs: this.#reminder.blindMonoMs(),
      driftMs: this.#context.boardClock.driftMs(),
      version: this.#version,
      lastIndex: this.#events.lastIndex(),
      missing: this.#events.missing(),
      garbage: this.#garbage,
      strangers: this.#strangers,
      storedCards: this.#cards.count(),
      cardList: this.#cards.list(),
      doors: this.#contacts,
    };
  }

  #schedule(afterMs: number): void {
    this.#tick = this.#parts.timers.after(afterMs, () => {
      if (!this.#running) return;
      this.#schedule(this.#context.timing.statusEveryMs);
      void this.#onTick();
    });
  }

  async #onTick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    const startedMonoMs = this.#context.clock.monoMs();
    await this.#poll();
    this.#judgeSilence(startedMonoMs);
    this.#ticking = false;
    if (!this.#online) return;
    await this.#reminder.remind();
    await this.#upkeep();
  }

  /**
   * Up to when all that it saw is in the journal: when it was asked for the status by which it
   * spoke of nothing that is not.
   */
  #told(): number | null {
    if (this.#said !== null && this.#events.isTold(this.#said.index)) {
      this.#toldMonoMs = this.#said.askedMonoMs;
    }
    return this.#toldMonoMs;
  }

  /** Asks for the status; everything it shows is taken up. Null when the board does not answer. */
  async #poll(): Promise<StatusFields | null> {
    const { exchange, timing } = this.#context;
    const options = { urgency: 'status', timeoutMs: timing.statusTimeoutMs } as const;
    const askedMonoMs = this.#context.clock.monoMs();
    const status = await exchange.request('get-status', {}, options);
    // After one without an answer the next may be its late one, which says how things were then.
    const isSure = this.#isAnswering;
    this.#isAnswering = status.ok;
    if (!status.ok || !this.#running) return null;
    this.#answeredMonoMs = this.#context.clock.monoMs();
    if (isSure) this.#said = { askedMonoMs, index: status.value.index };
    this.#relays = status.value.relays;
    const { door1Open, door2Open, door3Open, door4Open } = status.value;
    const open = [door1Open, door2Open, door3Open, door4Open];
    this.#contacts = open.map((isOpen) => (isOpen ? 'open' : 'closed'));
    this.#onInputs(status.value.inputs);
    this.#clockKeeper.see(status.value.clock, () => this.#events.lastIndex());
    if (this.#online) this.#followIndex(status.value.index);
    else void this.#prepare();
    return status.value;
  }

  #judgeSilence(nowMonoMs: number): void {
    const { timing } = this.#context;
    const silentMs = nowMonoMs - (this.#answeredMonoMs ?? Number.NEGATIVE_INFINITY);
    if (silentMs < timing.offlineAfterMs) return;
    if (!this.#online && this.#saidOffline) return;
    this.#online = false;
    this.#saidOffline = true;
    this.#events.disconnect();
    this.#doors.forget();
    this.#cards.disconnect();
    this.#tellOffline('no answer');
    // Whichever board is there says its serial number: a wrong one in the site file shows itself.
    this.#parts.transport.send(this.#link, encodeRequest('get-device', EVERY_BOARD, {}));
  }

  #tellOffline(what: string): void {
    const { address, port } = this.#context.setUp;
    const text = `${what} at ${address}:${port}: see the site file, the power and the network`;
    if (this.#online) return;
    tell(this.#context, { kind: 'board-state', board: this.board, online: false, text });
  }

  #tellOnline(shown: SettingsShown): void {
    this.#settingsShown = shown;
    this.#tellShown();
  }

  /** All that there is to say of a board that is there, in one text. */
  #tellShown(): void {
    if (!this.#online) return;
    const text = joined([this.#cards.leftText(), this.#settingsShown.text]);
    const version = this.#version ?? undefined;
    tell(this.#context, { kind: 'board-state', board: this.board, online: true, version, text });
  }

  /** First remote control, then events, then the rest: a board that just answered is set up. */
  async #prepare(): Promise<void> {
    if (this.#preparing) return;
    this.#preparing = true;
    const { timers, timing } = this.#context;
    const { transport } = this.#parts;
    while (this.#running && !this.#online) {
      const address = await transport.ownAddress(this.#link.address, this.#link.port);
      this.#listener = { address, port: this.#localPort };
      const parts = { events: this.#events, doors: this.#doors, settings: this.#settings };
      const prepared = await prepareBoard(this.#context, parts, this.#listener);
      if (prepared !== null) {
        this.#version = prepared.version;
        this.#reminder.isPrepared();
        this.#online = true;
        this.#saidOffline = false;
        this.#tellOnline(prepared);
        this.#cards.connect();
      } else {
        await pause(timers, timing.retryAfterMs);
        // Still silent: the next status that is answered begins anew.
        if (this.#silentFor(timing.offlineAfterMs)) break;
      }
    }
    this.#preparing = false;
  }

  #silentFor(ms: number): boolean {
    return this.#context.clock.monoMs() - (this.#answeredMonoMs ?? 0) > ms;
  }

  #followIndex(index: number): void {
    if (index > this.#events.lastIndex()) this.#events.hint(index, 'polled');
    // Below ours the board was cleared; a late reply could look the same, so the board is asked.
    else if (index < this.#events.lastIndex()) void this.#events.connect();
  }

  #onInputs(inputs: number): void {
    const levels = inputs & 0b11;
    if (this.#inputs === levels) return;
    this.#inputs = levels;
    const forceLock = (levels & 0b01) !== 0;
    const fire = (levels & 0b10) !== 0;
    tell(this.#context, { kind: 'input-levels', board: this.board, fire, forceLock });
  }

  /** Small repeated duties, all below reads and commands. */
  async #upkeep(): Promise<void> {
    const { clock, setUp, timing } = this.#context;
    const nowMs = clock.monoMs();
    if (nowMs - this.#refreshedMonoMs >= timing.pcControlEveryMs) {
      this.#refreshedMonoMs = nowMs;
      await this.#reminder.repeat();
      await this.#checkSettings();
    }
    if (nowMs - this.#doorCheckedMonoMs >= timing.doorCheckEveryMs && setUp.doors.length > 0) {
      this.#doorCheckedMonoMs = nowMs;
      const door = setUp.doors[this.#doorTurn % setUp.doors.length];
      this.#doorTurn += 1;
      if (door !== undefined) await this.#doors.read(door.door, 'housekeeping');
    }
  }

  #onReply(reply: BoardReply): void {
    this.#heardMonoMs = this.#context.clock.monoMs();
    const answered = !reply.pushed && this.#context.exchange.onReply(reply);
    // A pushed event reads as a status that nobody asked for.
    if (reply.name === 'get-status' && !answered) this.#events.hint(reply.fields.index, 'pushed');
  }

  #onEvent(event: BoardEvent): void {
    if (event.kind === 'door' && event.state === 'opened') {
      this.#commands.onDoorOpened(event.door, event.index);
    }
    this.#reminder.onEvent(event);
  }

  /** A setting that differs is told the board; where it stays so, or agrees again, that is said. */
  async #checkSettings(): Promise<void> {
    const shown = await this.#settings.check();
    if (shown === null || shown.differing === this.#settingsShown.differing || !this.#online)
      return;
    this.#tellOnline(shown);
  }
}
