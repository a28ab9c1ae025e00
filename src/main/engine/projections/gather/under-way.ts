import { keyOf } from '../../../../shared/domain/ids.ts';
import { isForVehicles } from '../../../../shared/domain/site.ts';
import type { Reason } from '../../../../shared/regime/requirement.ts';
import type {
  CommandNow,
  CrossingNow,
  DueCrossing,
  LaneFacts,
  LeftCommand,
  LeftCrossing,
  LeftException,
  OpenException,
  OpenIncident,
  UnknownPassage,
  UnseenPassage,
} from '../../core/facts.ts';
import { PASSAGE_MS } from '../../core/timing.ts';
import type { ReadableDb } from '../../store/database.ts';
import { type GoodsReads, goodsReads } from './goods-ledger.ts';
import { type Leaf, mayBeTheirs, SHUT_GRACE_MS } from './sharing.ts';
import type { SiteIndex } from './site-index.ts';
import {
  type CommandColumns,
  type CrossingColumns,
  type OpenExceptionColumns,
  type UnknownColumns,
  underWayStatements,
} from './under-way-statements.ts';

/** Since when a crossing is under way, and up to when, by the boot's clock. */
interface Reserved {
  readonly admittedMono: number;
  readonly deadlineMono: number;
}

/**
 * What is under way: crossings, gate commands, open exceptions and incidents, as the rules read it.
 */
export class UnderWay {
  readonly #site: SiteIndex;
  readonly #regimeId: string;
  readonly #boot: string;
  readonly #sql;
  readonly goods: GoodsReads;

  constructor(db: ReadableDb, site: SiteIndex, regimeId: string, boot: string) {
    this.#site = site;
    this.#regimeId = regimeId;
    this.#boot = boot;
    this.#sql = underWayStatements(db);
    this.goods = goodsReads(db);
  }

  crossing(id: string | null): CrossingNow | null {
    const row = id === null ? undefined : this.#sql.crossing.get(keyOf(id));
    return row === undefined ? null : this.#crossingOf(row);
  }

  /**
   * Whom a door lets through that opened at this monotonic ms: the crossing whose gate opened last
   * and may still have been open, or else the one admitted last. Somebody who left before a late
   * opening must not push everybody after them one place off, nor may one for whom the gate opened
   * and shut again.
   */
  atLane({ id, openS }: LaneFacts['lane'], atMonoMs: number): CrossingNow | null {
    const openSinceMono = atMonoMs - openS * 1000 - SHUT_GRACE_MS;
    const row = this.#sql.atLane.get(id, openSinceMono + PASSAGE_MS);
    return row === undefined ? null : this.#crossingOf(row);
  }

  /**
   * The crossing admitted last at this lane before an event of its board, ms, of those whose
   * passage nobody has seen: still under way, or unknown.
   */
  unseenAt(lane: string, beforeMs: number): Omit<UnseenPassage, 'lastHappenedMs'> | null {
    const row = this.#sql.unseen.all(lane, lane, beforeMs)[0];
    const crossing = row === undefined ? null : this.#crossingOf(row);
    if (row === undefined || crossing === null) return null;
    return { crossing, admittedMs: row.admitted_ms, openedMs: row.opened_ms };
  }

  /** Everybody whose passage a leaf of this lane may have been, the newest first. */
  candidates(lane: string, leaf: Leaf): CrossingNow[] {
    const unseen = this.#sql.unseen.all(lane, lane, leaf.deviceAtMs);
    return mayBeTheirs(unseen, leaf).flatMap((row) => this.#crossingOf(row) ?? []);
  }

  /** Reservations whose deadline has passed on this boot; at most 64 at a time. */
  due(monoMs: number): (DueCrossing & Reserved)[] {
    return this.#sql.due.all(this.#boot, monoMs).flatMap((row) => {
      const crossing = this.#crossingOf(row);
      if (crossing === null) return [];
      const heard = this.#isHeard(crossing.lane.lane.board, keyOf(row.crossing));
      const { admitted_mono: admittedMono, deadline_mono: deadlineMono } = row;
      return [{ ...crossing, heard, admittedMono, deadlineMono }];
    });
  }

  /** True where the board is on line and nothing that it wrote since an event is missing here. */
  #isHeard(board: string, sinceKey: number): boolean {
    const isOnline = this.#sql.online.get(board)?.online === 1;
    return isOnline && this.#sql.hole.get(board, sinceKey) === undefined;
  }

  /** Reservations that an earlier boot left. */
  leftOver(): LeftCrossing[] {
    return this.#sql.leftOver.all(this.#boot).map((row) => ({
      crossing: row.crossing,
      lane: row.lane as LeftCrossing['lane'],
      at: this.#site.lane(row.lane),
      person: row.person as LeftCrossing['person'],
      from: row.from_place,
      to: row.to_place,
    }));
  }

  command(id: string): CommandNow | null {
    const row = this.#sql.command.get(keyOf(id));
    return row === undefined ? null : this.#commandOf(row);
  }

  /** Commands that an earlier boot left without an outcome. */
  pendingCommands(): LeftCommand[] {
    return this.#sql.pending.all(this.#boot).map((row) => ({
      command: row.command,
      lane: row.lane as LeftCommand['lane'],
      at: this.#site.lane(row.lane),
      board: row.board as LeftCommand['board'],
      action: row.action,
      crossing: row.crossing,
    }));
  }

  openException(id: string, monoMs: number): OpenException | null {
    return this.#exceptionOf(this.#sql.exception.get(id), monoMs);
  }

  openExceptionOf(person: string, monoMs: number): OpenException | null {
    return this.#exceptionOf(this.#sql.exceptionOf.get(person), monoMs);
  }

  /** Of a badge that no permit stands behind: whoever holds it still stands at the same lane. */
  unnamedException(lane: string, credential: string, monoMs: number): OpenException | null {
    return this.#exceptionOf(this.#sql.unnamed.get(lane, credential), monoMs);
  }

  /** Exceptions that have waited as long as they may; those of an earlier boot count from start. */
  lapsing(monoMs: number, lapsesMs: number): OpenException[] {
    const rows = this.#sql.lapsing.all(this.#boot, monoMs - lapsesMs, this.#boot, monoMs, lapsesMs);
    return rows.flatMap((row) => this.#exceptionOf(row, monoMs) ?? []);
  }

  /**
   * Before this moment of the boot's clock nothing that is under way now is due or lapses; null
   * where nothing ever will.
   */
  dueFrom(lapsesMs: number): number | null {
    return this.#sql.dueFrom.get(this.#boot, this.#boot, lapsesMs)?.mono ?? null;
  }

  /** Exceptions at lanes that the site file no longer has. */
  exceptionsWithoutLane(): LeftException[] {
    return this.#sql.openExceptions.all().flatMap((row) => {
      if (this.#site.lane(row.lane) !== null) return [];
      const { exception, crossing } = row;
      return [{ exception, crossing, waitedMs: 0 } as LeftException];
    });
  }

  openIncidents(board: string | null, lane: string | null): OpenIncident[] {
    return this.#sql.incidents.all(board, lane);
  }

  incident(id: string) {
    return this.#sql.incident.get(id) ?? null;
  }

  /** A passage of which nobody knows the end, and nobody has told it. */
  unknownPassage(crossing: string): UnknownPassage | null {
    const row = this.#sql.unknown.get(keyOf(crossing));
    if (row === undefined || row.crossing !== crossing) return null;
    const lostBy = row.person === null ? undefined : this.#lostBy(row.person);
    return this.#unknownOf(row, lostBy?.crossing === crossing);
  }

  /** The one by which the ledger lost a person; null where it knows where they are. */
  unknownPassageOf(person: string): UnknownPassage | null {
    const row = this.#lostBy(person);
    return row === undefined ? null : this.#unknownOf(row, true);
  }

  #lostBy(person: string): UnknownColumns | undefined {
    const isLost = this.#sql.isLost.get(person) !== undefined;
    return isLost ? this.#sql.unknownOf.get(person) : undefined;
  }

  #unknownOf(row: UnknownColumns, isDoubt: boolean): UnknownPassage {
    const at = this.#site.laneFrom(row.lane, row.from);
    return { ...row, at, isDoubt, ...this.goods.oddOf(row.crossing) };
  }

  /** Null for a lane that the site file no longer has. */
  #crossingOf(row: CrossingColumns): CrossingNow | null {
    const lane = this.#site.laneFrom(row.lane, row.from_place);
    if (lane === null) return null;
    const command = this.#sql.commandOf.get(keyOf(row.crossing));
    return {
      crossing: row.crossing,
      state: row.state,
      lane,
      from: row.from_place,
      to: row.to_place,
      person: row.person as CrossingNow['person'],
      place: row.place,
      class: row.class as CrossingNow['class'],
      command: command === undefined ? null : this.#commandOf(command),
      sharedLeaves: row.shared_leaves ?? 0,
      jointReadMs: row.joint_read_ms,
      ...(isForVehicles(lane.lane) ? this.goods.oddOf(row.crossing) : {}),
    };
  }

  #commandOf(row: CommandColumns): CommandNow | null {
    const lane = this.#site.lane(row.lane);
    if (lane === null) return null;
    const { command, action, stage, crossing } = row;
    return { command, lane, action, stage, crossing };
  }

  #exceptionOf(row: OpenExceptionColumns | undefined, monoMs: number): OpenException | null {
    const lane = row === undefined ? null : this.#site.laneFrom(row.lane, row.from_place);
    if (row === undefined || lane === null) return null;
    return {
      exception: row.exception as OpenException['exception'],
      crossing: row.crossing as OpenException['crossing'],
      lane,
      person: row.person as OpenException['person'],
      permit: row.permit as OpenException['permit'],
      class: row.class as OpenException['class'],
      place: row.place,
      from: row.from_place,
      to: row.to_place,
      rule: row.rule,
      regime: this.#regimeId,
      regimeVersion: row.regime_version,
      reasons: JSON.parse(row.reasons) as Reason[],
      openedMs: row.opened_ms,
      waitedMs: row.boot === this.#boot ? monoMs - row.opened_mono : monoMs,
    };
  }
}
