import type { CommandProgress, GateReport } from '../../shared/domain/device-report.ts';
import type { BoardId, CommandId, LaneId } from '../../shared/domain/ids.ts';
import { boardsOf } from '../../shared/domain/site-board.ts';
import type { NewEvent } from '../../shared/journal/events.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type {
  AttachedReaders,
  BoardHealth,
  GateCommand,
  Told,
  TripFigures,
  UnlistedBoard,
} from './devices/ports.ts';
import type { createDevices, Devices } from './devices/start-devices.ts';
import { isEmergencyOrder } from './emergency/orders.ts';
import type { HealthSource } from './feed/health.ts';
import type { BadgeReads } from './feed/views/badge-reads.ts';
import type { DeskReads } from './feed/views/desk-reads.ts';
import type { Intake } from './intake/intake.ts';
import { OutboxRunner } from './outbox/runner.ts';
import type { Gatherer } from './projections/gather/gather.ts';
import type { RegimeSource } from './projections/gather/regimes.ts';
import type { SiteIndex } from './projections/gather/site-index.ts';
import { ReaderLink } from './reader-link.ts';
import type { ReferenceLookup } from './reference/lookup.ts';
import { rosterCards } from './roster-cards.ts';
import type { ReadableDb } from './store/database.ts';

export interface DeviceLinkDeps {
  readonly db: ReadableDb;
  readonly reference: ReferenceLookup;
  readonly regimes: RegimeSource;
  readonly site: SiteIndex;
  readonly clock: Clock;
  readonly boot: string;
  /** The key of the newest command of earlier boots: none up to it is sent. */
  readonly fromKey: number;
  readonly intake: Intake;
  readonly gatherer: Gatherer;
  readonly badgeReads: BadgeReads;
  readonly deskReads: DeskReads;
  /** Started without drivers: no command can be delivered. */
  readonly safe: boolean;
  readonly createDevices: typeof createDevices;
  /** A board began to answer. */
  onBoardOnline(board: string): void;
  /** How an order that was sent beside the outbox goes on. */
  onEmergencyOrder(progress: CommandProgress): void;
  /** What is attached beside the site's readers is not what it was. */
  onAttached(): void;
  /** A person's order leaves for a gate: the mode it is to be in. */
  onModeOrdered(board: string, door: number): void;
}

const FULL_RETRY_MS = 50;

/** Drivers on one side, intake and outbox on the other: reports in, durable commands out. */
export class DeviceLink implements HealthSource {
  readonly #deps: DeviceLinkDeps;
  readonly #devices: Devices;
  readonly #outbox: OutboxRunner;
  readonly #online = new Set<string>();
  /** Lanes at which somebody stands who is to be told, once that is durable. */
  readonly #untold = new Map<LaneId, Told>();
  #running = false;
  #cardsRound = 0;

  constructor(deps: DeviceLinkDeps) {
    this.#deps = deps;
    const sink = {
      report: (report: GateReport) => this.#report(report),
      awaited: (change: 1 | -1) => deps.intake.awaited(change),
    };
    const { site, clock, intake, gatherer, deskReads } = deps;
    const { badgeReads, onAttached } = deps;
    const own = { badgeReads, deskReads, onAttached };
    const readers = new ReaderLink({ site, clock, intake, gatherer, ...own });
    this.#devices = deps.createDevices(
      deps.site.site,
      (board) => this.#history(board),
      { clock: deps.clock, sink },
      readers,
    );
    const { db, boot, fromKey, safe } = deps;
    const boards = safe ? new Map() : this.#outboxBoards();
    this.#outbox = new OutboxRunner(db, boot, fromKey, boards, (...undelivered) => {
      this.#undeliverable(...undelivered);
    });
  }

  #outboxBoards() {
    return new Map(
      [...this.#devices.boards].map(([serial, board]) => {
        const send = (command: GateCommand): void => {
          if (command.action !== 'open') this.#deps.onModeOrdered(serial, command.door);
          board.send(command);
        };
        return [serial, { send }];
      }),
    );
  }

  /** Hands a command to a board beside the outbox; false where the board does not answer now. */
  send(board: string, command: GateCommand): boolean {
    const driver = this.#devices.boards.get(board);
    if (!this.#running || driver === undefined || !this.#online.has(board)) return false;
    driver.send(command);
    return true;
  }

  /** What a board owed was declared lost: it is not asked for again. */
  giveUp(board: string, ranges: readonly { readonly from: number; readonly to: number }[]): void {
    this.#devices.boards.get(board)?.giveUp?.(ranges);
  }

  async start(): Promise<void> {
    this.#running = true;
    void this.storeCards();
    await this.#devices.start();
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    await this.#devices.stop();
  }

  /** Everything up to the last commit is durable: its gate commands may leave. */
  committed(): void {
    if (this.#running || this.#deps.safe) this.#outbox.committed();
    if (this.#untold.size > 0) this.#tellTravellers();
  }

  /** What was decided of somebody who stands at a lane. */
  note(event: NewEvent): void {
    if (event.kind === 'crossing.refused') this.#untold.set(event.data.lane, 'refused');
    else if (event.kind === 'crossing.referred') this.#untold.set(event.data.lane, 'wait');
    else if (event.kind === 'crossing.admitted') this.#untold.set(event.data.lane, 'admitted');
  }

  #tellTravellers(): void {
    for (const [lane, told] of this.#untold) {
      const at = this.#deps.site.lane(lane)?.lane;
      if (this.#running && at !== undefined) {
        // A board tells an admission itself, with its opening.
        if (told !== 'admitted') this.#devices.boards.get(at.board)?.tell?.(at.door, told);
        this.#devices.tellReaders(lane, told);
      }
    }
    this.#untold.clear();
  }

  board(id: string): BoardHealth | null {
    return this.#running ? (this.#devices.boards.get(id)?.health() ?? null) : null;
  }

  trips(board: string): TripFigures | null {
    return this.#running ? (this.#devices.boards.get(board)?.trips() ?? null) : null;
  }

  unlisted(): readonly UnlistedBoard[] {
    return this.#running ? this.#devices.unlisted() : [];
  }

  attached(): AttachedReaders {
    return this.#devices.attached();
  }

  /**
   * Brings every board's own card list in line with what is in force today; the newest call wins.
   */
  async storeCards(): Promise<void> {
    const { clock, gatherer, reference, regimes, site } = this.#deps;
    this.#cardsRound += 1;
    const round = this.#cardsRound;
    const deps = { reference, ledger: gatherer.ledger, regimes };
    const isWanted = () => this.#running && round === this.#cardsRound;
    const boards = boardsOf(site.site, 'uhppote').map(({ serial, cardCapacity: capacity }) => {
      return { board: serial, lanes: site.lanesOf(serial), capacity };
    });
    const madeMs = Math.round(clock.wallMs());
    const roster = await rosterCards(deps, boards, madeMs, isWanted);
    if (roster === null || !isWanted()) return;
    for (const [board, cards] of roster) {
      this.#devices.boards.get(board)?.storeCards(cards, madeMs);
    }
  }

  #history(board: string) {
    const { db, gatherer, site } = this.#deps;
    const known = db
      .query<[string], { last_index: number }>('SELECT last_index FROM board WHERE board = ?')
      .get(board);
    const gaps = db
      .query<[string], { from: number; to: number }>(
        `SELECT from_index AS "from", to_index AS "to" FROM board_gap
         WHERE board = ? ORDER BY from_index`,
      )
      .all(board);
    const modeOf = (door: number) => {
      const at = site.lanesOf(board).find(({ lane }) => lane.door === door);
      return at === undefined ? null : gatherer.ledger.laneMode(at.lane.id);
    };
    const isTurned = (door: number) => site.laneAt(board, door)?.isTurned === true;
    return { lastIndex: known?.last_index ?? 0, gaps, modeOf, isTurned };
  }

  /** Resolves once durable; a full lane is tried again, since a board's events may not be lost. */
  async #report(report: GateReport): Promise<void> {
    const { clock, intake } = this.#deps;
    const receivedMono = clock.monoMs();
    if (report.kind === 'command' && isEmergencyOrder(report.command)) {
      this.#deps.onEmergencyOrder(report);
      return;
    }
    if (report.kind === 'board-state') this.#noteOnline(report.board, report.online);
    for (;;) {
      const answer = await intake.submit({ kind: 'board', report, receivedMono });
      if (answer === null || answer.ok || answer.fault.code !== 'intake-full') return;
      await new Promise((resolve) => setTimeout(resolve, FULL_RETRY_MS));
    }
  }

  #noteOnline(board: string, online: boolean): void {
    if (!online) this.#online.delete(board);
    else if (!this.#online.has(board)) {
      this.#online.add(board);
      this.#deps.onBoardOnline(board);
    }
  }

  #undeliverable(command: CommandId, board: BoardId, text: string): void {
    void this.#report({ kind: 'command', board, command, stage: 'failed', text });
  }
}
