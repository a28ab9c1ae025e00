import type {
  BoardEvent,
  GateBoard,
  GateCommand,
  GateReport,
} from '../../../src/main/engine/devices/ports.ts';
import { createDevices, type Devices } from '../../../src/main/engine/devices/start-devices.ts';
import type { Serial } from '../../../src/main/engine/devices/usb/serial.ts';
import { type Operations, startOperations } from '../../../src/main/engine/operations.ts';
import type { OperationsParts } from '../../../src/main/engine/operations-parts.ts';
import { type OpenJournal, openJournal } from '../../../src/main/engine/segments/open-journal.ts';
import type { LoadedSite } from '../../../src/main/engine/site/load-site.ts';
import type { Checkpointer } from '../../../src/main/engine/store/checkpointer.ts';
import type { WritableDb } from '../../../src/main/engine/store/database.ts';
import type { CentrePort, JournalSource } from '../../../src/main/engine/sync/centre-port.ts';
import { journalSource } from '../../../src/main/engine/sync/journal-source.ts';
import { REAL_LIMITS } from '../../../src/main/engine/sync/sync-limits.ts';
import { realTimers } from '../../../src/main/engine/sync/timers.ts';
import { startUploader } from '../../../src/main/engine/sync/uploader.ts';
import { fail, ok, type Result } from '../../../src/shared/lib/result.ts';
import { type Rng, seededRng } from '../../../src/shared/lib/rng.ts';
import { FakeHid } from '../../kit/fake-hid.ts';
import type { MemoryNetwork } from '../host/memory-network.ts';
import { type Calendar, clockOf } from '../host/virtual-clock.ts';
import type { VirtualHost, VirtualProcess } from '../host/virtual-host.ts';
import type { SimCentre } from './sim-centre.ts';
import type { SimDisk } from './sim-disk.ts';
import type { SimFiles } from './sim-files.ts';

/**
 * Faulty parts that a test puts in the place of good ones, to see that the simulation finds them.
 * Each is given the good part and the engine's boot.
 */
export interface PlantedParts {
  journal?(opened: OpenJournal, boot: string): OpenJournal;
  boards?(boards: ReadonlyMap<string, GateBoard>, boot: string): ReadonlyMap<string, GateBoard>;
  report?(report: GateReport, handIn: (report: GateReport) => Promise<void>): Promise<void>;
  line?(port: CentrePort, source: JournalSource): CentrePort;
  boot?(boot: string): string;
}

/** What is told of an engine while it runs. */
export interface EngineWatch {
  /** A command is handed to a board's driver. */
  handed(board: string, command: GateCommand): void;
  /** A driver hands in an event; what it gets is called once it was told that it is durable. */
  handedIn(event: BoardEvent): () => void;
  crashed(text: string): void;
}

export interface EngineDeps {
  readonly host: VirtualHost;
  readonly calendar: Calendar;
  readonly network: MemoryNetwork;
  readonly loaded: LoadedSite;
  readonly dataDir: string;
  readonly files: SimFiles;
  readonly centre: SimCentre;
  readonly disk: SimDisk;
  readonly rng: Rng;
  readonly watch: EngineWatch;
  readonly planted: PlantedParts;
}

export type EngineState = 'down' | 'starting' | 'up' | 'stopping';

const AGAIN_MS = 5_000;
const CHECKPOINT_EVERY_MS = 60_000;
/** Within one thread no word of a commit is lost: what looks for lost ones looks seldom. */
const LIMITS = { ...REAL_LIMITS, tickMs: 5_000 };
/** This machine's own ports are no part of the zone, and looking at them takes real time. */
const NO_SERIAL: Serial = {
  list: () => Promise.resolve(ok([])),
  open: (path) => Promise.resolve(fail('absent', 'there is no such port', path)),
  mayOpen: () => Promise.resolve(ok(null)),
};
const BOARD_EVENTS = new Set(['swipe', 'remote-open', 'door', 'button', 'alarm']);

/** The console's engine with its restarts: the whole of it, on this simulated machine. */
export class SimEngine {
  readonly #deps: EngineDeps;
  #process: VirtualProcess | null = null;
  #opened: OpenJournal | null = null;
  #operations: Operations | null = null;
  #closers: (() => void)[] = [];
  /** It was to start while it still stopped. */
  #startsAgain = false;
  state: EngineState = 'down';
  boot = '';
  boots = 0;
  kills = 0;
  readonly log: string[] = [];

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    deps.files.onOpened = (db) => this.#closers.push(() => db.close());
  }

  get process(): VirtualProcess | null {
    return this.#process;
  }

  /** The journal's head as the engine has it in memory; null while it has none open. */
  seq(): number | null {
    return this.#opened?.journal.seq ?? null;
  }

  /**
   * Without drivers where it is `safe`. Does nothing where it runs already; where it still stops,
   * it starts once that is over.
   */
  start(safe = false): void {
    if (this.state === 'stopping') this.#startsAgain = true;
    if (this.state !== 'down') return;
    const { host, rng, planted } = this.#deps;
    this.boots += 1;
    const boot = `boot-${this.boots}-${rng.below(1_000_000)}`;
    this.boot = planted.boot?.(boot) ?? boot;
    this.state = 'starting';
    const process = host.begin(this.boot);
    this.#process = process;
    host.after(0, () => void this.#open(process, safe), process);
  }

  async #open(process: VirtualProcess, safe: boolean): Promise<void> {
    const { host, calendar, loaded, dataDir, rng, watch } = this.#deps;
    const random = rng.fork(this.boot);
    const started = await startOperations({
      ...{ dataDir, loaded, boot: this.boot, safe },
      clock: clockOf(host, calendar, process),
      log: (line) => void this.log.push(line),
      randomBytes: (size) => Buffer.from(Array.from({ length: size }, () => random.below(256))),
      parts: this.#parts(),
    });
    if (this.#process !== process) return;
    if (started.ok) {
      this.#operations = started.value;
      this.state = 'up';
      return;
    }
    this.log.push(JSON.stringify(started.fault));
    if (!started.fault.code.startsWith('store-')) watch.crashed(JSON.stringify(started.fault));
    this.#end();
    host.after(AGAIN_MS, () => this.start(), host.world);
  }

  /** Stops it as the shell does; resolves nothing: look at `state`. */
  stop(): void {
    const process = this.#process;
    const operations = this.#operations;
    if (process === null || operations === null || this.state !== 'up') return;
    this.state = 'stopping';
    const stop = async () => {
      await operations.stop();
      if (this.#process === process) this.#end();
    };
    this.#deps.host.after(0, () => void stop(), process);
  }

  /** Gets no turn for so long, and does not know it. */
  stall(ms: number): void {
    if (this.#process !== null) this.#deps.host.stall(this.#process, ms);
  }

  /** Out of safe mode: killed and started, since it has nothing to finish. */
  restart(): void {
    this.kill();
    this.start();
  }

  /** As `kill -9` does: nothing is said, nothing is finished. */
  kill(): void {
    if (this.#process === null) return;
    this.kills += 1;
    this.#end();
  }

  #end(): void {
    if (this.#process !== null) this.#deps.host.kill(this.#process);
    this.#process = null;
    this.#operations = null;
    this.#opened = null;
    this.state = 'down';
    this.#deps.disk.gone();
    for (const close of this.#closers.splice(0)) close();
    if (!this.#startsAgain) return;
    this.#startsAgain = false;
    const { host } = this.#deps;
    host.after(AGAIN_MS, () => this.start(), host.world);
  }

  /** A person's command, as their window hands it in; null when there is nobody to take it. */
  command(
    name: string,
    input: object,
    role: 'operator' | 'supervisor',
    told: (answer: Result<unknown>) => void,
  ): boolean {
    const operations = this.#operations;
    if (operations === null || this.#process === null || this.state !== 'up') return false;
    const workstation = 'w-1';
    const session = { user: `sim-${role}`, name: role, role, workstation };
    const ask = async () => {
      const caller = { workstation, session } as never;
      told(await operations.backend.command(name, input, caller));
    };
    this.#deps.host.after(0, () => void ask(), this.#process);
    return true;
  }

  #parts(): OperationsParts {
    return {
      openJournal: (...given) => this.#openJournal(...given),
      createDevices: (...given) => this.#createDevices(...given),
      startCentre: (_centre, _training, deps) => ok(this.#startUpload(deps)),
      startCheckpointer: () => this.#checkpointer(),
      loader: this.#deps.files,
      loaderTiming: { watchMs: 1_000, againMs: 5_000, toldMs: 60_000, restMs: 600_000 },
    };
  }

  #openJournal(...given: Parameters<typeof openJournal>): Result<OpenJournal> {
    const opened = openJournal(...given);
    if (!opened.ok) return opened;
    const { disk, planted } = this.#deps;
    disk.opened(opened.value.db);
    this.#closers.push(() => opened.value.segments.close());
    this.#opened = planted.journal?.(opened.value, this.boot) ?? opened.value;
    return ok(this.#opened);
  }

  #createDevices(...given: Parameters<typeof createDevices>): Devices {
    const [site, historyOf, deps, readerSink] = given;
    const { network, watch, planted } = this.#deps;
    const { sink } = deps;
    const handIn = async (report: GateReport) => {
      const isOfBoard = BOARD_EVENTS.has(report.kind);
      const durable = isOfBoard ? watch.handedIn(report as BoardEvent) : null;
      await sink.report(report);
      if (this.state !== 'stopping') durable?.();
    };
    const report = (said: GateReport) => planted.report?.(said, handIn) ?? handIn(said);
    const awaited = (change: 1 | -1) => sink.awaited(change);
    const own = { ...deps, sink: { report, awaited } };
    const devices = createDevices(site, historyOf, own, readerSink, {
      openSocket: network.openSocket,
      hid: new FakeHid(),
      serial: NO_SERIAL,
    });
    const watched = new Map([...devices.boards].map(([id, board]) => [id, this.#watched(board)]));
    return {
      ...{ start: devices.start, stop: devices.stop, unlisted: devices.unlisted },
      attached: devices.attached,
      tellReaders: devices.tellReaders,
      boards: planted.boards?.(watched, this.boot) ?? watched,
    };
  }

  #watched(board: GateBoard): GateBoard {
    return {
      board: board.board,
      start: () => board.start(),
      stop: () => board.stop(),
      storeCards: (cards) => board.storeCards(cards),
      health: () => board.health(),
      trips: () => board.trips(),
      send: (command) => {
        this.#deps.watch.handed(board.board, command);
        board.send(command);
      },
    };
  }

  #startUpload(deps: Parameters<OperationsParts['startCentre']>[2]) {
    const { centre, planted } = this.#deps;
    const source = journalSource(deps.segments);
    const port = centre.connect();
    return startUploader({
      ...{ journal: source, centre: planted.line?.(port, source) ?? port, clock: deps.clock },
      ...{ timers: realTimers, rng: seededRng(deps.boot), limits: LIMITS },
      ...{ ackedSeq: deps.ackedSeq, onState: deps.onState, onAcked: deps.onAcked },
    });
  }

  /** The checkpointer's thread, in this one: it only copies, so when does not matter. */
  #checkpointer(): Checkpointer {
    const db: WritableDb | undefined = this.#opened?.db;
    let copied = -1;
    const timer = setInterval(() => {
      const seq = this.seq();
      if (seq === copied) return;
      try {
        db?.pragma('wal_checkpoint(PASSIVE)');
        copied = seq ?? -1;
      } catch {
        // Locked or full: the next one copies more.
      }
    }, CHECKPOINT_EVERY_MS);
    const end = () => {
      clearInterval(timer);
      return Promise.resolve();
    };
    return {
      walPages: () => 0,
      cut: () => undefined,
      stop: end,
      finish: end,
    };
  }
}
