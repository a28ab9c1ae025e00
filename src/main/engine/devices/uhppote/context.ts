import type { SiteUhppoteBoard } from '../../../../shared/domain/site-board.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { BoardSetUp, GateSink } from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { BoardClock } from './board-clock.ts';
import type { Exchange } from './exchange.ts';
import type { LoopTurns } from './loop-turns.ts';
import type { Slots } from './slots.ts';
import type { UhppoteTiming } from './timing.ts';

/** What the site file says of a board, and what the journal holds of it. */
export type UhppoteSetUp = BoardSetUp &
  Pick<SiteUhppoteBoard, 'address' | 'port' | 'badgeNumbers' | 'cardCapacity' | 'settings'>;

/** What the parts of one board's driver share. */
export interface BoardContext {
  readonly setUp: UhppoteSetUp;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly timing: UhppoteTiming;
  readonly sink: GateSink;
  readonly exchange: Exchange;
  readonly boardClock: BoardClock;
  /** Turns of the loop, shared by all boards of the driver, for what is long to go through. */
  readonly turns: LoopTurns;
  /** Turns at reading a backlog, shared by all boards of the driver. */
  readonly backlogSlots: Slots;
  /** Counts a datagram that proved to be false. */
  readonly onGarbage: () => void;
}
