/**
 * One Modbus I/O module: connected to and set up, looked at about ten times a second, one request
 * at a time. It tells nothing by itself and remembers nothing: what happens between two looks is
 * seen by the second, and what happens while it is away is not known.
 */

import type { Fault } from '../../../../shared/lib/result.ts';
import type {
  BoardHealth,
  DriverDeps,
  GateBoard,
  GateCommand,
  StoredCard,
  TripFigures,
} from '../ports.ts';
import { tell } from '../telling.ts';
import type { Timer, Timers } from '../timers.ts';
import { Commands } from './commands.ts';
import type { BoardContext, ModbusSetUp } from './context.ts';
import type { DoorTold } from './door-watch.ts';
import { Exchange } from './exchange.ts';
import { textAt } from './faults.ts';
import { Gate } from './gate.ts';
import { placesOf, type Read, readsOf, Seen } from './plan.ts';
import { prepareModule } from './set-up.ts';
import { Teller } from './teller.ts';
import type { ModbusTiming } from './timing.ts';

export interface BoardParts {
  readonly setUp: ModbusSetUp;
  readonly deps: DriverDeps;
  readonly timers: Timers;
  readonly timing: ModbusTiming;
  /** Real ms after start at which this module is first looked at: spreads the modules. */
  readonly offsetMs: number;
}

interface Levels {
  readonly fire: boolean;
  readonly forceLock: boolean;
  readonly tamper: boolean;
}

export class ModbusBoard implements GateBoard {
  readonly board: ModbusSetUp['board'];
  readonly #parts: BoardParts;
  readonly #context: BoardContext;
  readonly #gates = new Map<number, Gate>();
  readonly #reads: readonly Read[];
  readonly #teller: Teller;
  readonly #commands: Commands;
  readonly #version: string;
  #running = false;
  #timer: Timer | null = null;
  #round: Promise<void> = Promise.resolve();
  /** Set up and connected: commands may leave. */
  #ready = false;
  #online = false;
  #said: { readonly text: string; readonly monoMs: number } | null = null;
  #wasReady = false;
  #goodMonoMs = 0;
  /** When the last look was taken; null where the next one follows an absence. */
  #lookedMonoMs: number | null = null;
  #heardMonoMs: number | null = null;
  #blindMonoMs: number | null = null;
  /** The watchdog's flag stays up, and nothing is known that takes it down. */
  #flagged = false;
  #levels: Levels | null = null;
  #garbage = 0;

  constructor(parts: BoardParts) {
    const { setUp, deps, timers, timing } = parts;
    const { address, port, unit } = setUp;
    const { clock, sink } = deps;
    this.#parts = parts;
    this.board = setUp.board;
    this.#version = `${setUp.map.name}, unit ${unit}`;
    const exchange = new Exchange({
      ...{ place: { address, port, unit }, clock, timing },
      onAwaited: (change) => sink.awaited(change),
      onGone: () => this.#onGone(),
      onHeard: () => {
        this.#heardMonoMs = clock.monoMs();
      },
      onGarbage: () => {
        this.#garbage += 1;
      },
    });
    this.#context = { setUp, clock, sink, timers, timing, exchange, seen: new Seen() };
    for (const door of setUp.doors) {
      const map = setUp.map.doors.find((one) => one.door === door.door);
      if (map !== undefined) this.#gates.set(door.door, new Gate(this.#context, door, map));
    }
    this.#reads = readsOf(placesOf(setUp.map));
    this.#teller = new Teller(this.#context);
    this.#commands = new Commands(this.#context, this.#gates, () => this.#ready);
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#goodMonoMs = this.#context.clock.monoMs();
    this.#schedule(this.#parts.offsetMs);
  }

  /** Ends what is open for one crossing only, then lets the module go to its own silence. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#timer?.cancel();
    const { clock, exchange } = this.#context;
    if (!this.#ready) exchange.close();
    await this.#round;
    const gates = this.#ready ? [...this.#gates.values()] : [];
    await Promise.all(
      gates.map((gate) => {
        gate.watch.endOpening(clock.monoMs());
        return gate.settle();
      }),
    );
    exchange.close();
  }

  send(command: GateCommand): void {
    this.#commands.send(command);
  }

  /** A module decides nothing, so it holds no cards. */
  storeCards(_cards: readonly StoredCard[]): void {}

  trips(): TripFigures {
    return this.#context.exchange.trips.figures();
  }

  health(): BoardHealth {
    const last = Math.max(0, ...this.#gates.keys());
    const contact = (door: number) => {
      const input = this.#gates.get(door)?.map.inputs.contact;
      const isOpen = input === undefined ? undefined : this.#context.seen.happens(input);
      return isOpen === undefined ? undefined : isOpen ? 'open' : 'closed';
    };
    return {
      board: this.board,
      lastHeardMonoMs: this.#heardMonoMs,
      blindMonoMs: this.#blindMonoMs,
      driftMs: null,
      version: this.#wasReady ? this.#version : null,
      lastIndex: this.#teller.lastIndex(),
      missing: 0,
      garbage: this.#garbage,
      strangers: 0,
      storedCards: null,
      doors: Array.from({ length: last }, (_, i) => contact(i + 1)),
    };
  }

  #schedule(afterMs: number): void {
    this.#timer = this.#context.timers.after(afterMs, () => {
      if (!this.#running) return;
      const { clock, timing } = this.#context;
      const startedMs = clock.monoMs();
      this.#round = this.#goRound().then((fault) => {
        if (!this.#running) return;
        this.#judge(fault);
        const restMs = timing.lookEveryMs - (clock.monoMs() - startedMs);
        const isAway = fault !== null && !this.#context.exchange.connected();
        this.#schedule(isAway ? timing.retryAfterMs : Math.max(restMs, timing.lookEveryMs / 4));
      });
    });
  }

  /** One turn: connects, sets up, looks, as far as it comes. Null where all went well. */
  async #goRound(): Promise<Fault | null> {
    const { exchange } = this.#context;
    const connected = await exchange.connect();
    if (!connected.ok) return connected.fault;
    if (!this.#ready) {
      const prepared = await prepareModule(this.#context, [...this.#gates.values()]);
      if (!prepared.ok) return prepared.fault;
      if (!this.#running) return null;
      this.#flagged = prepared.value.flagged;
      const read = await this.#readAll();
      if (read !== null) return read;
      this.#nowReady(prepared.value.tripped);
    } else {
      const read = await this.#readAll();
      if (read !== null) return read;
    }
    this.#goodMonoMs = this.#context.clock.monoMs();
    this.#take();
    for (const gate of this.#gates.values()) {
      await gate.settle();
      if (gate.showsMode()) gate.tellMode();
    }
    return null;
  }

  async #readAll(): Promise<Fault | null> {
    const { exchange, seen, setUp } = this.#context;
    for (const read of this.#reads) {
      const answer = await exchange.read(read, { urgency: 'look' });
      if (!answer.ok) return answer.fault;
      seen.take(read, answer.value);
    }
    const status = setUp.map.watchdog?.status ?? null;
    if (this.#ready && !this.#flagged && status !== null && seen.value(status) !== 0) {
      this.#ready = false;
      this.#lookedMonoMs = null;
      return { code: 'tripped', text: 'its watchdog tripped: it is set up anew' };
    }
    return null;
  }

  #nowReady(tripped: boolean): void {
    const { clock, setUp } = this.#context;
    const texts: string[] = [];
    if (this.#wasReady) {
      const seconds = Math.ceil((clock.monoMs() - this.#goodMonoMs) / 1000);
      texts.push(`it was away for ${seconds} s, and what happened at its gates then is not known`);
    } else if (setUp.lastIndex > 0) {
      texts.push('what happened at its gates before this start is not known');
    }
    if (tripped) texts.push('its watchdog had tripped, and its outputs were at their safe values');
    this.#ready = true;
    this.#wasReady = true;
    this.#online = true;
    this.#said = null;
    const [first, second] = texts;
    const text = first === undefined || second === undefined ? first : textAt(first, second);
    const { board } = this;
    tell(this.#context, { kind: 'board-state', board, online: true, version: this.#version, text });
  }

  #onGone(): void {
    this.#ready = false;
    this.#lookedMonoMs = null;
    this.#context.seen.clear();
  }

  /** Offline after a time without a whole look; said again only where the cause is another. */
  #judge(fault: Fault | null): void {
    const { clock, setUp, timing } = this.#context;
    const nowMs = clock.monoMs();
    if (fault === null || nowMs - this.#goodMonoMs < timing.offlineAfterMs) return;
    this.#ready = false;
    this.#lookedMonoMs = null;
    const { address, port, unit } = setUp;
    const text = textAt(fault.text, `${address}:${port}, unit ${unit}`).slice(0, 300);
    const isSaid =
      this.#said !== null &&
      (this.#said.text === text || nowMs - this.#said.monoMs < timing.offlineAfterMs);
    if (!this.#online && isSaid) return;
    this.#online = false;
    this.#said = { text, monoMs: nowMs };
    tell(this.#context, { kind: 'board-state', board: this.board, online: false, text });
  }

  /** Takes up one look: what it shows of the doors and of the board itself. */
  #take(): void {
    const { clock, seen } = this.#context;
    const nowMs = clock.monoMs();
    const live = this.#lookedMonoMs !== null;
    const ageMs = nowMs - (this.#lookedMonoMs ?? this.#goodMonoMs);
    this.#lookedMonoMs = nowMs;
    // Who goes through works a sensor for a moment only: between these two looks it may have been.
    if (!live || ageMs > this.#context.timing.unseenAfterMs) this.#blindMonoMs = nowMs;
    let emergency = false;
    for (const gate of this.#gates.values()) {
      const levels = seen.levels(gate.map.inputs);
      emergency ||= levels.emergency === true;
      for (const told of gate.watch.look(levels, nowMs, live)) {
        this.#teller.tell(gate.door, eventOf(told), ageMs, told.late);
      }
    }
    this.#takeOwn(emergency, ageMs, live);
  }

  #takeOwn(emergency: boolean, ageMs: number, live: boolean): void {
    const { seen, setUp } = this.#context;
    const { fire, forceLock, tamper } = seen.levels(setUp.map.inputs);
    const now: Levels = {
      fire: fire === true || emergency,
      forceLock: forceLock === true,
      tamper: tamper === true,
    };
    const before = this.#levels;
    this.#levels = now;
    if (before?.fire !== now.fire || before.forceLock !== now.forceLock) {
      const { board } = this;
      const levels = { fire: now.fire, forceLock: now.forceLock };
      tell(this.#context, { kind: 'input-levels', board, ...levels });
    }
    const alarm = { kind: 'alarm', reason: 0 } as const;
    if (now.tamper && before?.tamper !== true) {
      this.#teller.tell(0, { ...alarm, alarm: 'tamper' }, ageMs, !live);
    }
    // One from a door's own box was told of that door.
    if (fire === true && !emergency && before?.fire !== true) {
      this.#teller.tell(0, { ...alarm, alarm: 'fire' }, ageMs, !live);
    }
  }
}

function eventOf({ what }: DoorTold) {
  if (what === 'tamper') return { kind: 'alarm', alarm: 'tamper', reason: 0 } as const;
  if (what === 'emergency') return { kind: 'alarm', alarm: 'fire', reason: 0 } as const;
  return { kind: 'door', state: what } as const;
}
