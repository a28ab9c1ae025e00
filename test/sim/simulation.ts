import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import type { SiteLane } from '../../src/shared/domain/site.ts';
import { boardsOf } from '../../src/shared/domain/site-board.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { value } from '../kit/journal-kit.ts';
import type { InvariantName, Violation } from './check/invariant.ts';
import { Watch } from './check/watch.ts';
import { MemoryNetwork } from './host/memory-network.ts';
import { Calendar } from './host/virtual-clock.ts';
import { VirtualHost } from './host/virtual-host.ts';
import { type Plan, planOf, type RunName } from './plan.ts';
import { RunningScene } from './scene.ts';
import { Faults } from './zone/faults.ts';
import { Holders } from './zone/holders.ts';
import { People } from './zone/people.ts';
import { SimBoard } from './zone/sim-board.ts';
import { SimCentre } from './zone/sim-centre.ts';
import { SimDisk } from './zone/sim-disk.ts';
import { type PlantedParts, SimEngine } from './zone/sim-engine.ts';
import { SimFiles } from './zone/sim-files.ts';
import { FIRST_SERIAL, loadSimSite } from './zone/sim-site.ts';
import { Staff } from './zone/staff.ts';
import type { FaultName } from './zone/strikes.ts';

export interface RunOptions extends RunName {
  readonly planted?: PlantedParts | undefined;
  readonly only?: InvariantName | undefined;
  /** Goes on after the first violation. */
  readonly keepsGoing?: boolean | undefined;
}

export interface Outcome {
  readonly violations: readonly Violation[];
  readonly hours: number;
  readonly tasks: number;
  readonly steps: number;
  readonly events: number;
  readonly headHash: string;
  readonly badges: number;
  readonly passages: number;
  readonly commands: number;
  readonly boots: number;
  readonly faults: ReadonlyMap<FaultName, number>;
  readonly checked: ReadonlyMap<InvariantName, number>;
  readonly log: readonly string[];
}

const HOUR_MS = 3_600_000;
/** What costs more is checked so often where much was written meanwhile, else more rarely. */
const INTERVAL_MS = 1_200_000;
const MUCH_EVENTS = 1_000;
const QUIET_INTERVAL_MS = 6 * INTERVAL_MS;
/** Once all is mended: so long until everything has come to its end. */
const SETTLES_WITHIN_MS = 900_000;
const SETTLES_EVERY_MS = 5_000;
/** The last order brings every gate under control, twice: a board may have been off at first. */
const STAFF_LEAVES_AFTER_MS = [30_000, 60_000];
/** A door's mode on the wire. */
const CONTROLLED = 3;

/** One run of one seed, from an empty folder to a settled zone. */
export async function simulate(options: RunOptions): Promise<Outcome> {
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const dir = mkdtempSync(join(base, 'twoline-sim-'));
  const simulation = new Simulation(options, dir);
  try {
    return await simulation.run();
  } finally {
    simulation.close();
    rmSync(dir, { recursive: true, force: true });
    rmSync(`${dir}/data.emergency.ndjson`, { force: true });
  }
}

class Simulation {
  readonly #options: RunOptions;
  readonly #dataDir: string;
  readonly #plan: Plan;
  readonly #host = new VirtualHost();
  readonly #calendar: Calendar;
  readonly #lanes: readonly SiteLane[];
  readonly #network: MemoryNetwork;
  readonly #boards: readonly SimBoard[];
  readonly #centre: SimCentre;
  readonly #engine: SimEngine;
  readonly #people: People;
  readonly #staff: Staff;
  readonly #faults: Faults;
  readonly #watch: Watch;
  #segments: Segments | null = null;
  /** The journal's head when its files were last looked for. */
  #readAt: number | null = null;
  #held: unknown = null;
  #heldLength = 0;
  #steps = 0;
  #checkedMs = 0;
  #checkedSeq = 0;

  constructor(options: RunOptions, dir: string) {
    this.#options = options;
    this.#dataDir = join(dir, 'data');
    const plan = planOf(options);
    this.#plan = plan;
    const rng = seededRng(`run ${options.seed}`);
    const host = this.#host;
    this.#calendar = new Calendar(host, plan.startMs);
    this.#network = new MemoryNetwork(host, rng.fork('network'));
    const { loaded, files } = { loaded: loadSimSite(dir, plan.boards), files: new SimFiles(host) };
    this.#lanes = loaded.site.lanes;
    const holders = new Holders(plan.people, rng.fork('holders'), files);
    this.#centre = new SimCentre(host, rng.fork('centre'));
    const disk = new SimDisk();
    const common = { host, calendar: this.#calendar, network: this.#network };
    this.#boards = boardsOf(loaded.site, 'uhppote').map(({ address }, i) => {
      const own = { rng: rng.fork(`board ${i}`), eventMemory: plan.eventMemory };
      return new SimBoard(FIRST_SERIAL + i, address, { ...common, ...own });
    });
    this.#watch = new Watch(
      (report) =>
        new RunningScene({
          ...{ host, report, boards: this.#boards, centre: this.#centre },
          ...{ engine: () => this.#engine, reader: () => this.#reader() },
        }),
      options.only ?? null,
    );
    this.#engine = new SimEngine({
      ...{ ...common, loaded, dataDir: this.#dataDir, files, centre: this.#centre, disk },
      ...{ rng: rng.fork('engine'), planted: options.planted ?? {} },
      watch: {
        handed: (board, command) => this.#watch.handed(board, command),
        handedIn: (event) => this.#watch.handedIn(event),
        crashed: (text) => this.#watch.report('crashed', text),
      },
    });
    const boards = new Map(this.#boards.map((board) => [board.serial, board]));
    const { people: count, paceMs } = plan;
    const { site } = loaded;
    this.#people = new People({ host, site, boards, count, paceMs, rng: rng.fork('people') });
    this.#staff = new Staff({
      ...{ host, site, engine: this.#engine, rng: rng.fork('staff'), count },
      screen: () => this.#reader()?.live.db ?? null,
      placeOf: (n) => this.#people.placeOf(n),
      acknowledged: (name, answer) => this.#watch.acknowledged(name, answer),
    });
    this.#faults = new Faults({
      ...{ host, calendar: this.#calendar, boards: this.#boards, engine: this.#engine, disk },
      ...{ centre: this.#centre, holders, people: this.#people, rng: rng.fork('faults') },
    });
    this.#network.onSent = (sent) => {
      if (sent.owner === this.#engine.process) this.#watch.sent(sent);
    };
  }

  async run(): Promise<Outcome> {
    const rejected = (why: unknown) => this.#crashed(why);
    process.on('unhandledRejection', rejected);
    this.#host.install();
    try {
      for (const board of this.#boards) void board.device.start();
      this.#engine.start();
      this.#people.start();
      this.#staff.start();
      this.#faults.start(this.#plan);
      await this.#go(this.#options.hours * HOUR_MS);
      await this.#settle();
    } catch (error) {
      this.#crashed(error);
    } finally {
      this.#host.uninstall();
      process.off('unhandledRejection', rejected);
    }
    return this.#outcome();
  }

  #crashed(why: unknown): void {
    this.#watch.report('crashed', String((why as Error).stack ?? why));
  }

  close(): void {
    this.#host.uninstall();
    this.#engine.kill();
    this.#watch.close();
    this.#segments?.close();
  }

  #go(untilMs: number): Promise<void> {
    return this.#host.runUntil(untilMs, () => this.#look());
  }

  /** After every task; true ends the run. */
  #look(): boolean {
    for (const board of this.#boards) board.look();
    this.#faults.look();
    if (this.#reader() === null) return this.#failed();
    const seq = this.#engine.seq();
    if (seq !== null && seq !== this.#watch.seq) {
      this.#steps += 1;
      this.#watch.step(seq);
    }
    const { held } = this.#centre.store;
    if (held !== this.#held || held.length !== this.#heldLength) {
      this.#held = held;
      this.#heldLength = held.length;
      this.#watch.centre();
    }
    if (this.#isInterval()) this.#watch.interval();
    return this.#failed();
  }

  #isInterval(): boolean {
    const { nowMs } = this.#host;
    const { seq } = this.#watch;
    const forMs = nowMs - this.#checkedMs;
    if (forMs < INTERVAL_MS || seq === this.#checkedSeq) return false;
    if (forMs < QUIET_INTERVAL_MS && seq - this.#checkedSeq < MUCH_EVENTS) return false;
    this.#checkedMs = nowMs;
    this.#checkedSeq = seq;
    return true;
  }

  #failed(): boolean {
    return this.#watch.violations.length > 0 && this.#options.keepsGoing !== true;
  }

  /** Mends everything, sends everybody home, and waits for all to come to its end. */
  async #settle(): Promise<void> {
    if (this.#failed()) return;
    this.#people.goHome();
    this.#faults.end();
    const endMs = this.#host.nowMs + SETTLES_WITHIN_MS;
    for (const waitMs of STAFF_LEAVES_AFTER_MS) {
      await this.#go(this.#host.nowMs + waitMs);
      this.#staff.goHome();
    }
    while (!this.#failed() && this.#host.nowMs < endMs && this.#unsettled() !== null) {
      await this.#go(this.#host.nowMs + SETTLES_EVERY_MS);
    }
    if (this.#failed()) return;
    const left = this.#unsettled();
    if (left !== null) this.#watch.report('settles', left);
    this.#watch.interval();
    this.#watch.end();
  }

  /** What is still under way; null when nothing is. */
  #unsettled(): string | null {
    const db = this.#reader()?.live.db ?? null;
    if (this.#engine.state === 'down') this.#engine.start();
    if (this.#engine.state !== 'up' || db === null) return `the engine is ${this.#engine.state}`;
    const one = (sql: string) => db.query<[], { text: string }>(sql).get()?.text ?? null;
    const index = db.query<[string], { last_index: number }>(
      'SELECT last_index FROM board WHERE board = ?',
    );
    for (const board of this.#boards) {
      const { last_index: heard } = index.get(board.serial) ?? { last_index: 0 };
      const made = board.lastIndex();
      if (heard < made) return `event ${made} of board ${board.serial} is not there, only ${heard}`;
    }
    const left =
      one(`SELECT 'crossing ' || key || ' is under way' AS text FROM reservation`) ??
      one(`SELECT 'board ' || board || ' is off line' AS text FROM board WHERE online = 0`) ??
      one(`SELECT 'gap from ' || from_index || ' at ' || board AS text FROM board_gap`) ??
      one(`SELECT 'command ' || command || ' is ' || stage AS text FROM gate_command
           WHERE stage IN ('requested', 'sent', 'accepted')`);
    if (left !== null) return left;
    const odd = this.#uncontrolled();
    if (odd !== null) return odd;
    const held = this.#centre.store.held.length;
    return held === this.#watch.seq ? null : `the centre holds ${held} of ${this.#watch.seq}`;
  }

  /** A gate that is not back under control, though that was ordered last. */
  #uncontrolled(): string | null {
    const modes = this.#reader()?.live.db.query<[string], { mode: string }>(
      'SELECT mode FROM lane_now WHERE lane = ?',
    );
    for (const { id, board: serial, door } of this.#lanes) {
      const board = this.#boards.find((one) => one.serial === serial);
      if (board?.device.door(door).mode !== CONTROLLED) return `gate ${id} is not under control`;
      const shown = modes?.get(id)?.mode;
      if (shown !== 'controlled') return `gate ${id} is under control, shown as ${shown}`;
    }
    return null;
  }

  /** The journal as it is on the disk, in as many files as it has by now. */
  #reader(): Segments | null {
    const seq = this.#engine.seq();
    if (this.#segments === null && seq !== null) {
      this.#segments = value(Segments.open(this.#dataDir));
    }
    // A file is begun with an event, which seals the one before.
    if (this.#segments !== null && seq !== this.#readAt) value(this.#segments.refresh());
    this.#readAt = seq;
    return this.#segments;
  }

  #outcome(): Outcome {
    return {
      violations: this.#watch.violations,
      hours: this.#host.nowMs / HOUR_MS,
      ...{ tasks: this.#host.tasks, steps: this.#steps, events: this.#watch.seq },
      headHash: this.#watch.headHash(),
      ...{ badges: this.#people.badges, passages: this.#people.passages },
      ...{ commands: this.#staff.commands, boots: this.#engine.boots },
      ...{ faults: this.#faults.counts, checked: this.#watch.checked, log: this.#engine.log },
    };
  }
}
