import { type HolderClass, shareOf } from '../people/classes.ts';
import { type Mix, weekdayOf } from './weekday.ts';

/** The mean day: so many crossings for each permit holder. */
export const CROSSINGS_PER_HOLDER = 3;
/** More errands than this fit into nobody's day. */
const MAX_ERRANDS = 4;

/** Who comes, Monday … Sunday: part of each class. Weekends belong to residents and visitors. */
const COMES: Readonly<Record<HolderClass, readonly number[]>> = {
  'special-pass': [0.8, 0.78, 0.78, 0.8, 0.84, 0.85, 0.76],
  'hk-resident': [0.72, 0.68, 0.68, 0.7, 0.78, 0.92, 0.88],
  'mainland-visitor': [0.5, 0.48, 0.48, 0.52, 0.64, 0.93, 0.93],
  'other-visitor': [0.5, 0.48, 0.48, 0.52, 0.64, 0.9, 0.9],
  official: [0.8, 0.8, 0.8, 0.8, 0.8, 0.5, 0.4],
  'escorted-visitor': [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
};
/** Whom the figures tell apart; pass holders and officials come to work, whoever else travels. */
const KIND_OF: Readonly<Partial<Record<HolderClass, keyof Mix>>> = {
  'hk-resident': 'residents',
  'mainland-visitor': 'mainland',
  'other-visitor': 'others',
};
/** Of the days on which an official comes: shows visitors round, and does no errands. */
export const ESCORT_SHARE = 0.5;
/** Classes whose days have errands; officials only when they escort nobody. */
const ERRANDS: Readonly<Record<HolderClass, number>> = {
  // Night staff have none, and the shortest visits have no room for one.
  'special-pass': 1,
  'hk-resident': 0.98,
  'mainland-visitor': 1,
  'other-visitor': 1,
  official: 1 - ESCORT_SHARE,
  'escorted-visitor': 0,
};

/** One day's crowd. */
export interface Attendance {
  /** The chance that somebody of the class comes. */
  readonly comes: (holderClass: HolderClass) => number;
  /** Round trips out of the day's area (lunch, a meeting), the mean of those who come. */
  readonly errands: number;
}

/**
 * Turns a day's demand into who comes and how often they go to and fro, so that the crossings of
 * all holders add up to holders × 3 × factor. Everyone who comes crosses twice; errands, two
 * crossings each, make up the rest. On a day too quiet for that, fewer come. `mix` makes one kind
 * of travellers more likely to come than another, and leaves the sum as it is.
 */
export function attendanceOf(dayNumber: number, factor: number, mix?: Mix): Attendance {
  const weekday = weekdayOf(dayNumber);
  const target = CROSSINGS_PER_HOLDER * factor;
  const usual = (name: HolderClass) => {
    const kind = KIND_OF[name];
    const beside = mix === undefined || kind === undefined ? 1 : mix[kind];
    return Math.min(1, (COMES[name][weekday] ?? 0) * beside);
  };
  let coming = 0;
  let errand = 0;
  for (const name of Object.keys(COMES) as HolderClass[]) {
    // A visitor comes only when the escort does and escorts that day.
    const met = name === 'escorted-visitor' ? usual('official') * ESCORT_SHARE : 1;
    coming += shareOf(name) * usual(name) * met;
    errand += shareOf(name) * usual(name) * ERRANDS[name];
  }
  const fewer = Math.min(1, target / (2 * coming));
  const left = target - 2 * coming * fewer;
  return {
    comes: (name) => usual(name) * fewer,
    errands: Math.min(MAX_ERRANDS, Math.max(0, left / (2 * errand * fewer || 1))),
  };
}
