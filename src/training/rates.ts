/**
 * Every stated rate of ordinary trouble, in one place. Shares of holders are drawn when people are
 * made, shares of days and of crossings as they happen, all from the seed.
 */

/** Of all permit holders, whatever their class. Drawn in this order; nobody has two of them. */
export const HOLDER_TROUBLE = {
  /** The permit has ended before this year began. */
  expired: 0.004,
  suspended: 0.002,
  revoked: 0.001,
  'watch-listed': 0.001,
  /** Never consented to joint inspection: told by special passes only. */
  'no-consent': 0.001,
  /** Has not the clearance that everyone else of the class has. */
  'no-clearance': 0.004,
} as const;
export type HolderTrouble = keyof typeof HOLDER_TROUBLE;

/** Of those whom a regime asks a roster or a health test of. Nobody has both. */
export const REGIME_TROUBLE = {
  /** Left out of the institution's roster. */
  unlisted: 0.005,
  /** Never was at the station. */
  untested: 0.01,
} as const;

/** Of all permits: ends on some day of this year, as ordinary permits do. */
export const ENDS_THIS_YEAR = 0.02;

/** Standing clearances at a line, by class and line; the rest of the class has none there. */
export const CLEARANCE_SHARE = {
  'special-pass': { first: 0, second: 0.25 },
  'hk-resident': { first: 0.3, second: 0 },
  'mainland-visitor': { first: 1, second: 0.4 },
  'other-visitor': { first: 0.2, second: 1 },
  official: { first: 0, second: 0 },
  'escorted-visitor': { first: 0, second: 0 },
} as const;

/** Of a day that somebody attends. */
export const DAY_TROUBLE = {
  /** A special pass tries the second line without clearance. */
  secondLineAttempt: 0.004,
  /** Comes or stays outside the permit's hours (special passes). */
  outsideHours: 0.002,
} as const;

/** Of a crossing. */
export const CROSSING_TROUBLE = {
  /** Shows a badge that nobody was given, then the right one. */
  unknownCard: 0.001,
  /** Hands the badge to a colleague who follows. Of the day's entries with a special pass only. */
  lentBadge: 0.002,
  /** Gets the gate opened and does not go. */
  notTaken: 0.0005,
  /** Stands in the door. */
  heldOpen: 0.0002,
} as const;

/** Times a day, whatever the number of people. */
export const DAILY_FAULTS = {
  doorForced: 3,
  /** A board without power for a while; its events before the cut are its backlog. */
  powerCut: 1,
  /** A board that nobody can reach for a while; it goes on deciding and remembering. */
  networkCut: 1,
  clockDrift: 2,
} as const;

/** How long a fault lasts, in minutes of the calendar, drawn between the two. */
export const FAULT_MINUTES = {
  powerCut: [3, 15],
  networkCut: [5, 30],
} as const;
/** Seconds by which a drifting clock is put off, either way. */
export const DRIFT_SECONDS = [8, 90] as const;
/** How long somebody stands in a door, in real seconds: longer than a board puts up with. */
export const HELD_SECONDS = [21, 30] as const;
