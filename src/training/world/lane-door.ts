import type { BoardId } from '../../shared/domain/ids.ts';
import type { SiteLane } from '../../shared/domain/site.ts';
import type { TrainingBoard } from '../boards/training-board.ts';

/** One gate as people meet it. */
export interface LaneDoor {
  /** Holds a badge to the reader, or to that of the other side; false where it is dark. */
  swipe(card: number, isOtherSide?: boolean): boolean;
  /** Stays open by order: whoever comes can go. */
  isFree(): boolean;
  /** Goes through, taking so many real ms; false where the gate has shut again. */
  pass(heldMs: number): Promise<boolean>;
  /** Breaks through. */
  force(heldMs: number): Promise<void>;
}

/** A board in the world: its power and cable, beside what the engine sees of it. */
export interface WorldBoard {
  readonly serial: BoardId;
  readonly board: TrainingBoard;
  powered: boolean;
  plugged: boolean;
}

/** Normally open, as on the wire. */
const MODE_FREE = 1;

/** The gate of a lane on its board. The relay's openings are told by the board's own log. */
export function laneDoorOf(lane: SiteLane, at: WorldBoard): LaneDoor {
  const { board } = at;
  const own = lane.direction === 'out' ? 'out' : 'in';
  const other = own === 'in' ? 'out' : 'in';
  return {
    swipe(card, isOtherSide) {
      if (!at.powered) return false;
      // What follows is heard from the board's log of openings, not awaited here.
      void board.swipe(lane.door, isOtherSide === true ? other : own, card, 1);
      return true;
    },
    isFree: () => board.door(lane.door).mode === MODE_FREE && board.door(lane.door).relayOn,
    pass: (heldMs) => board.personPasses(lane.door, heldMs),
    force: (heldMs) => board.doorForced(lane.door, heldMs),
  };
}
