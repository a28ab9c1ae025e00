import type {
  BoardEvent,
  BoardHealth,
  CommandProgress,
  GateBoard,
  GateCommand,
  GateReport,
  TripFigures,
} from '../../src/main/engine/devices/ports.ts';
import type { BoardId } from '../../src/shared/domain/ids.ts';

/** Real ms after the open command at which the gate shows it, and the leaf opens and closes. */
const SHOWN_MS = 2;
const LEAF_OPENS_MS = 150;
const LEAF_CLOSES_MS = 350;

/** A report before its board has given it an index. */
type NewEvent = Pick<BoardEvent, 'door'> &
  (
    | { readonly kind: 'swipe'; readonly credential: string; readonly direction: 'in' | 'out' }
    | { readonly kind: 'remote-open' }
    | { readonly kind: 'door'; readonly state: 'opened' | 'closed' }
  );

/**
 * A board without its socket: it reports what a board reports of a crossing, in its order, so that
 * the engine behind the drivers can be measured alone.
 */
export class LaneBoard implements GateBoard {
  readonly board: BoardId;
  readonly #wallMs: () => number;
  readonly #report: (report: GateReport) => void;
  #index: number;
  #underWay = 0;

  constructor(
    board: BoardId,
    lastIndex: number,
    wallMs: () => number,
    report: (report: GateReport) => void,
  ) {
    this.board = board;
    this.#index = lastIndex;
    this.#wallMs = wallMs;
    this.#report = report;
  }

  /** The report of a badge held to a door's reader. */
  swipe(door: number, direction: 'in' | 'out', credential: string): BoardEvent {
    return this.event({ kind: 'swipe', door, credential, direction });
  }

  event(of: NewEvent): BoardEvent {
    this.#index += 1;
    const asked = of.kind === 'swipe' ? { granted: false, reason: 5 } : { granted: true };
    return {
      ...{ board: this.board, index: this.#index, deviceAtMs: Math.round(this.#wallMs()) },
      ...{ ageMs: 0, delivery: 'pushed', inOrder: true },
      ...asked,
      ...of,
    } as BoardEvent;
  }

  /** Crossings whose leaf has not closed yet. */
  underWay(): number {
    return this.#underWay;
  }

  send(command: GateCommand): void {
    const { id, door } = command;
    const tell = (stage: CommandProgress['stage']) =>
      this.#report({ kind: 'command', board: this.board, command: id, stage, shownBy: 'relay' });
    this.#underWay += 1;
    tell('sent');
    tell('accepted');
    setTimeout(() => {
      this.#report(this.event({ kind: 'remote-open', door }));
      tell('confirmed');
    }, SHOWN_MS);
    setTimeout(() => {
      this.#report(this.event({ kind: 'door', door, state: 'opened' }));
    }, LEAF_OPENS_MS);
    setTimeout(() => {
      this.#report(this.event({ kind: 'door', door, state: 'closed' }));
      this.#underWay -= 1;
    }, LEAF_CLOSES_MS);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  storeCards(): void {}

  trips(): TripFigures {
    throw new Error('nobody asks a lane board how it answers');
  }

  health(): BoardHealth {
    throw new Error('nobody asks a lane board how it is');
  }
}
