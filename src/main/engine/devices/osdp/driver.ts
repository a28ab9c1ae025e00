/**
 * One OSDP device: set up when it answers, asked for news all the time, its events numbered by us,
 * its commands confirmed by what its outputs show. It remembers nothing: what happens at it while
 * it does not answer is not known, and that is said.
 */
import { type Fault, fail } from '../../../../shared/lib/result.ts';
import { badgeOfLeftJustified, credentialOfBadge } from '../../../../shared/wire/badges.ts';
import type { Command, Reply } from '../../../../shared/wire/osdp/messages.ts';
import type {
  BoardHealth,
  DriverDeps,
  GateBoard,
  GateCommand,
  StoredCard,
  Told,
  TripFigures,
} from '../ports.ts';
import { tell } from '../telling.ts';
import { pause, type Timers } from '../timers.ts';
import { Commands } from './commands.ts';
import type { DeviceContext, OsdpSetUp } from './context.ts';
import { Doors } from './doors.ts';
import { EventNumbers } from './events.ts';
import { Inputs } from './inputs.ts';
import type { Line } from './line.ts';
import { Link } from './link.ts';
import { type Ready, setUpDevice } from './set-up.ts';
import { Teller } from './teller.ts';
import type { OsdpTiming } from './timing.ts';
import { nameOf } from './transport.ts';

export interface DeviceParts {
  readonly setUp: OsdpSetUp;
  readonly deps: DriverDeps;
  readonly timers: Timers;
  readonly timing: OsdpTiming;
  readonly line: Line;
}

const NO_ANSWER = 'no answer: see the power, the line and its address';
const NOT_KNOWN =
  'what happened here until now is not known: this kind of device remembers nothing while it is ' +
  'not asked';

export class OsdpBoard implements GateBoard {
  readonly board: OsdpSetUp['board'];
  readonly #context: DeviceContext;
  readonly #line: Line;
  readonly #link: Link;
  readonly #events: EventNumbers;
  readonly #doors: Doors;
  readonly #inputs: Inputs;
  readonly #commands: Commands;
  readonly #teller: Teller;
  #running: Promise<void> | null = null;
  #stopping = false;
  #online = false;
  #saidOffline = '';
  #sinceMonoMs = 0;
  #version: string | null = null;
  #blindMonoMs: number | null = null;
  /** When it last had its say. */
  #newsMonoMs = 0;
  #statusMonoMs = Number.NEGATIVE_INFINITY;
  #unreadable = 0;

  constructor({ deps, line, setUp, timers, timing }: DeviceParts) {
    this.board = setUp.board;
    this.#line = line;
    const { clock, sink } = deps;
    this.#link = new Link({ address: setUp.pd, line, clock, timers, timing });
    this.#context = { setUp, clock, timers, timing, sink, link: this.#link };
    this.#events = new EventNumbers(this.#context);
    this.#doors = new Doors(this.#context);
    this.#teller = new Teller(this.#context);
    this.#commands = new Commands(this.#context, {
      doors: this.#doors,
      events: this.#events,
      isOnline: () => this.#online,
      readOutputs: () => this.#read({ name: 'ostat' }),
      onAdmitted: (door, openS) => this.#teller.tell(door, 'admitted', openS),
    });
    this.#inputs = new Inputs(this.#context, this.#doors, this.#events, (door, index) => {
      this.#commands.onPassage(door, index);
    });
  }

  async start(): Promise<void> {
    if (this.#running !== null) return;
    this.#stopping = false;
    this.#sinceMonoMs = this.#context.clock.monoMs();
    this.#link.open();
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#link.close();
    this.#inputs.stop();
    await this.#running;
    this.#running = null;
  }

  send(command: GateCommand): void {
    void this.#commands.run(command);
  }

  /** A device knows no cards: it decides nothing. */
  storeCards(_cards: readonly StoredCard[]): void {}

  tell(door: number, told: Told): void {
    this.#teller.tell(door, told);
  }

  trips(): TripFigures {
    return this.#link.trips.figures();
  }

  health(): BoardHealth {
    const { garbage, strangers } = this.#line.counts();
    return {
      board: this.board,
      lastHeardMonoMs: this.#link.heardMonoMs(),
      blindMonoMs: this.#blindMonoMs,
      driftMs: null,
      version: this.#version,
      lastIndex: this.#events.lastIndex(),
      missing: 0,
      garbage: garbage + this.#link.garbage() + this.#unreadable,
      strangers,
      storedCards: null,
      doors: this.#inputs.contacts(),
    };
  }

  async #run(): Promise<void> {
    const { timers, timing } = this.#context;
    while (!this.#stopping) {
      if (this.#link.isUp()) {
        await this.#askForNews();
        continue;
      }
      const fault = await this.#begin();
      if (fault === null || this.#stopping) continue;
      this.#judgeSilence(fault);
      await pause(timers, this.#online ? timing.againAfterMs : timing.retryAfterMs);
    }
  }

  /** Sets the device up and takes what it shows. Null when all went well. */
  async #begin(): Promise<Fault | null> {
    const ready = await setUpDevice(this.#context);
    if (!ready.ok) return ready.fault;
    this.#doors.forget();
    this.#teller.knows(ready.value.capabilities);
    for (const name of ['lstat', 'ostat', 'istat'] as const) {
      const answered = await this.#read({ name }, true);
      if (!answered) return fail('timeout', 'no answer').fault;
    }
    this.#statusMonoMs = this.#context.clock.monoMs();
    this.#blindMonoMs = this.#statusMonoMs;
    this.#newsMonoMs = this.#statusMonoMs;
    this.#link.setUp();
    this.#nowOnline(ready.value);
    return null;
  }

  #nowOnline({ version, warning }: Ready): void {
    this.#version = version;
    if (this.#online) return;
    const isBack = this.#saidOffline !== '' || this.#events.lastIndex() > 0;
    // The more dangerous of the two is said where both are so.
    const text = warning ?? (isBack ? NOT_KNOWN : undefined);
    this.#online = true;
    this.#saidOffline = '';
    tell(this.#context, { kind: 'board-state', board: this.board, online: true, version, text });
  }

  #judgeSilence(fault: Fault): void {
    const { clock, setUp, timing } = this.#context;
    const cause = this.#link.noLine() ?? fault;
    const heardMonoMs = Math.max(this.#link.heardMonoMs() ?? 0, this.#sinceMonoMs);
    const isSilent = clock.monoMs() - heardMonoMs >= timing.offlineAfterMs;
    // A device that answers and is not believed is away at once.
    if (!isSilent && cause.code === 'timeout') return;
    if (!isSilent && this.#online && cause.code === 'no-line') return;
    const at = `device ${setUp.pd} on ${nameOf(setUp.line)}`;
    const text = `${at}: ${cause.code === 'timeout' ? NO_ANSWER : cause.text}`;
    if (!this.#online && this.#saidOffline === text) return;
    this.#online = false;
    this.#saidOffline = text;
    tell(this.#context, { kind: 'board-state', board: this.board, online: false, text });
  }

  /** One question; after an answer with news the next follows at once. */
  async #askForNews(): Promise<void> {
    const { clock, link, timers, timing } = this.#context;
    await this.#events.settled();
    const nowMonoMs = clock.monoMs();
    if (nowMonoMs - this.#statusMonoMs >= timing.statusEveryMs) {
      this.#statusMonoMs = nowMonoMs;
      for (const name of ['istat', 'ostat', 'lstat'] as const) await this.#read({ name });
    }
    const reply = await link.ask({ name: 'poll' });
    if (reply.ok) {
      this.#hasToldNews();
      this.#take(reply.value, false);
    }
    if (!reply.ok || reply.value.name === 'ack') await pause(timers, timing.pollEveryMs);
  }

  /** An input that was worked for a moment, while nobody asked, is told of by no device. */
  #hasToldNews(): void {
    const { clock, timing } = this.#context;
    const nowMonoMs = clock.monoMs();
    const mayBeAwayMs = timing.unseenAfterMs * this.#line.devices();
    if (nowMonoMs - this.#newsMonoMs > mayBeAwayMs) this.#blindMonoMs = nowMonoMs;
    this.#newsMonoMs = nowMonoMs;
  }

  /** Asks for a state and takes it. False where no answer came; one that it cannot give is one. */
  async #read(command: Command, isFirst = false): Promise<boolean> {
    const reply = await this.#link.ask(command, { isSetUp: isFirst });
    if (!reply.ok) return false;
    this.#take(reply.value, isFirst);
    return true;
  }

  #take(reply: Reply, isFirst: boolean): void {
    switch (reply.name) {
      case 'raw':
        this.#onBadge(reply);
        break;
      case 'istatr':
        this.#inputs.onInputs(reply.levels, isFirst);
        break;
      case 'ostatr':
        this.#doors.onOutputs(reply.levels);
        break;
      case 'lstatr':
        this.#inputs.onHousing(reply.tamper !== 0);
        break;
      default:
        break;
    }
  }

  #onBadge({ bits, reader }: Extract<Reply, { name: 'raw' }>): void {
    const { badges, doors } = this.#context.setUp;
    const at = doors.find((door) => door.reader === reader || door.back === reader);
    const badge = badgeOfLeftJustified(bits.bytes, bits.count);
    const read = badge.ok ? credentialOfBadge(badge.value, badges) : badge;
    if (at === undefined || !read.ok) {
      this.#unreadable += 1;
      if (at !== undefined) this.#teller.tell(at.door, 'refused');
      return;
    }
    const { door } = at;
    const back = at.direction === 'in' ? 'out' : 'in';
    const direction = at.back === reader ? back : at.direction;
    const credential = read.value;
    const swipe = { kind: 'swipe', credential, direction, granted: false, reason: 0 } as const;
    this.#events.add({ ...swipe, door });
  }
}
