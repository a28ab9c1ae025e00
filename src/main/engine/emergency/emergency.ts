import type { CommandProgress } from '../../../shared/domain/device-report.ts';
import type { DoorMode } from '../../../shared/domain/gate.ts';
import type { BoardId, LaneId } from '../../../shared/domain/ids.ts';
import type { SiteLane } from '../../../shared/domain/site.ts';
import type { EventData, NewEvent } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { GateCommand } from '../devices/ports.ts';
import { EmergencyLog, type WayBack } from './log.ts';
import { type ModeOrder, ModeOrders } from './orders.ts';

const MAX_WHY = 300;
/** A gate that is not back in its mode after this long is an incident. Real ms. */
const BACK_WITHIN_MS = 10_000;
/** How often a board that answers is told the way back before it is left to a person. */
const MAX_BACK_TRIES = 10;
/** The board's own word on its mode may wait this long to be written down. Real ms. */
const WRITTEN_WITHIN_MS = 10_000;

export interface EmergencyDeps {
  /** Every lane of the site, with what it does alone. */
  lanes(): readonly SiteLane[];
  readonly clock: Clock;
  /** Where it is noted while the journal cannot be: a second path. */
  readonly logPath: string;
  /** The mode that a lane's door is in as the journal has it; null where that is not known. */
  modeOf(lane: string): DoorMode | null;
  /** Hands a command to a board; false where the board does not answer now. */
  send(board: string, command: GateCommand): boolean;
  /** Hands an event in. */
  note(event: NewEvent): void;
}

interface Begun {
  readonly atMs: number;
  readonly why: string;
  readonly back: WayBack;
}

const BACK: Readonly<Record<DoorMode, ModeOrder['action']>> = {
  held: 'hold',
  locked: 'lock',
  controlled: 'control',
};

/**
 * What happens while the journal cannot be written: entries shut, exits free, as each lane's
 * `onFailure` says, sent from memory and noted in a log on a second path. Nothing is decided; what
 * comes in waits. When the journal can be written again, an account of the time between is the
 * first that it is told, and each gate goes back to the mode it was in; one that does not is an
 * incident. What a crash cut off is found in the log and taken up by the next start.
 */
export class Emergency {
  readonly #deps: EmergencyDeps;
  readonly #log: EmergencyLog;
  readonly #orders: ModeOrders;
  #began: Begun | null = null;
  /** Lanes on the way back that the gate has not shown yet; null where nothing is under way. */
  #returning: Set<string> | null = null;
  /** Lanes of this way back that are incidents already. */
  readonly #blamed = new Set<string>();
  #backTimer: NodeJS.Timeout | undefined;

  constructor(deps: EmergencyDeps) {
    this.#deps = deps;
    this.#log = new EmergencyLog(deps.logPath);
    this.#orders = new ModeOrders({
      clock: deps.clock,
      send: (board, command) => deps.send(board, command),
      again: (_, failures) => this.on || failures < MAX_BACK_TRIES,
      onOutcome: (order) => this.#onOutcome(order),
    });
  }

  get on(): boolean {
    return this.#began !== null;
  }

  begin(error: string): void {
    const { clock } = this.#deps;
    if (this.#began === null) {
      const why = error.slice(0, MAX_WHY);
      this.#began = { atMs: Math.round(clock.wallMs()), why, back: this.#modesNow() };
      this.#log.began(this.#began.atMs, why, this.#began.back);
    }
    this.#leaveWayBack();
    for (const lane of this.#deps.lanes()) {
      this.#orders.give(lane, lane.onFailure === 'free' ? 'hold' : 'lock');
    }
  }

  /** Why the second path cannot be used, in words, while there is time to mend it. */
  logFault(): string | null {
    return this.#log.fault();
  }

  /** Takes up what an earlier boot began and did not live to end. */
  resume(): void {
    const last = this.#began === null ? this.#log.unfinished() : null;
    if (last?.state === 'began') this.#began = last;
    if (last?.state === 'returning') this.#goBack(last.back);
  }

  /** What the journal is to be told of the time between, were it to end now. */
  account(): NewEvent | null {
    const began = this.#began;
    if (began === null) return null;
    const { clock } = this.#deps;
    const lanes = this.#deps.lanes();
    const freed = lanes.filter((lane) => lane.onFailure === 'free').length;
    return {
      kind: 'emergency.ended',
      data: {
        fromMs: began.atMs,
        toMs: Math.round(clock.wallMs()),
        shut: lanes.length - freed,
        freed,
        why: began.why,
        lanes: lanes.map((lane) => this.#outcomeOf(lane)),
      },
    };
  }

  /** The journal holds the account: the gates go back. */
  end(): void {
    const began = this.#began;
    if (began === null) return;
    const { clock } = this.#deps;
    const lanes = this.#deps.lanes();
    this.#began = null;
    const back = new Map(lanes.map(({ id }) => [id, began.back.get(id) ?? 'control'] as const));
    this.#log.returning(Math.round(clock.wallMs()), back);
    this.#goBack(back);
  }

  /** A board answers again: what it could not be told, or may have forgotten, is told now. */
  boardAnswers(board: string): void {
    this.#orders.tellBoard(board, ({ outcome }) => this.on || outcome !== 'confirmed');
  }

  heard(progress: CommandProgress): void {
    this.#orders.heard(progress);
  }

  /** A person decided on this gate's mode: the way back is theirs now. */
  personOrders(board: string, door: number): void {
    const lane = this.#deps.lanes().find((one) => one.board === board && one.door === door);
    if (this.on || lane === undefined) return;
    this.#orders.withdraw(lane.id);
    this.#settled(lane.id);
  }

  stop(): void {
    clearTimeout(this.#backTimer);
    this.#orders.stop();
  }

  #goBack(back: WayBack): void {
    this.#leaveWayBack();
    this.#returning = new Set(back.keys());
    for (const lane of this.#deps.lanes()) {
      const action = back.get(lane.id);
      if (action !== undefined && action !== 'open') this.#orders.give(lane, action);
    }
    this.#backTimer = setTimeout(() => this.#blameMissing(), BACK_WITHIN_MS);
  }

  #leaveWayBack(): void {
    clearTimeout(this.#backTimer);
    this.#returning = null;
    this.#blamed.clear();
  }

  #onOutcome(order: ModeOrder): void {
    if (this.on || this.#returning === null) return;
    if (order.outcome === 'confirmed') this.#settled(order.lane.id);
    else this.#blame(order);
  }

  #settled(lane: string): void {
    if (this.#returning?.delete(lane) !== true) return;
    this.#log.settled(lane);
    if (this.#returning.size > 0) return;
    this.#log.ended(Math.round(this.#deps.clock.wallMs()));
    this.#leaveWayBack();
  }

  #blameMissing(): void {
    for (const lane of this.#returning ?? []) {
      const order = this.#orders.of(lane);
      if (order !== null) this.#blame(order);
    }
  }

  #blame({ lane, action, text }: ModeOrder): void {
    if (this.#blamed.has(lane.id)) return;
    this.#blamed.add(lane.id);
    const at: { lane: LaneId; board: BoardId } = { lane: lane.id, board: lane.board };
    const why = text?.slice(0, MAX_WHY) ?? null;
    this.#deps.note({ kind: 'emergency.not-back', data: { ...at, action, text: why } });
  }

  /** What a lane was told, and what its gate has shown; not known of what an earlier boot told. */
  #outcomeOf(lane: SiteLane): EventData<'emergency.ended'>['lanes'][number] {
    const order = lane.onFailure === 'free' ? 'hold' : 'lock';
    return { lane: lane.id, order, outcome: this.#orders.of(lane.id)?.outcome ?? 'unknown' };
  }

  #modesNow(): WayBack {
    return new Map(
      this.#deps.lanes().flatMap(({ id }) => {
        const action = this.#wayBackOf(id) ?? this.#modeNow(id);
        return action === null ? [] : [[id, action] as const];
      }),
    );
  }

  /** A gate still on its way back shows the mode of the last emergency: that is not its own. */
  #wayBackOf(lane: string): ModeOrder['action'] | null {
    const order = this.#orders.of(lane);
    if (order === null) return null;
    const { action, confirmedMonoMs } = order;
    const agoMs = confirmedMonoMs === null ? 0 : this.#deps.clock.monoMs() - confirmedMonoMs;
    return agoMs < WRITTEN_WITHIN_MS ? action : null;
  }

  #modeNow(lane: string): ModeOrder['action'] | null {
    try {
      return BACK[this.#deps.modeOf(lane) ?? 'controlled'];
    } catch {
      // The disk cannot even be read: back to control is what can be said then.
      return null;
    }
  }
}
