import type { Place } from '../../shared/domain/place.ts';
import type { Leg } from '../plan/itinerary.ts';

/** How a visit to a lane ended; `moved-on` = to be tried at another lane at once. */
export type VisitEnd = 'passed' | 'turned-away' | 'not-taken' | 'moved-on';

/** What goes wrong by the person's own doing. */
export type Mishap = 'none' | 'unknown-card' | 'lent-badge' | 'not-taken' | 'held-open';

/** Somebody's visit to a lane. */
export interface Visit {
  /** The holder's number; -1 for somebody without a badge of their own. */
  readonly index: number;
  /** The badge's number as the board reads it. */
  readonly card: number;
  /** Comes against the way that the site file gives the lane. */
  readonly isOtherSide?: boolean | undefined;
  readonly from: Place;
  readonly to: Place;
  readonly why: Leg['why'];
  /** The day whose plan it belongs to. */
  readonly dayNumber: number;
  /** What the person expects: a plain yes, a plain no, or a supervisor's decision. */
  readonly expects: 'yes' | 'no' | 'supervisor';
  readonly mishap: Mishap;
  /** A badge that nobody was given, for `unknown-card`. */
  readonly strangeCard: number;
  /** Of a vehicle: the half (tag or badge) that is shown right before `card`, the other one. */
  readonly readBefore?: number | undefined;
  /** Stands in the door this long, for `held-open`, real ms. */
  readonly heldMs: number;
  /** Waits for a supervisor this long, real ms, instead of as long as people do. */
  readonly patienceMs?: number | undefined;
  /** Lanes left without an answer so far. */
  moves: number;
  /** Where an instructor asked for this visit: told its end and, if passed, swipe to relay. */
  readonly told?: ((end: VisitEnd, decisionMs: number | null) => void) | undefined;
}
