import type { Size } from '../scene/px.ts';

/** How large things are drawn: letters and lines stay readable where plates may shrink. */
export interface MapScale {
  readonly letters: number;
  readonly plates: number;
}

/** The map's size at which everything is drawn at scale 1. */
const NORMAL: Size = { w: 1050, h: 640 };
const STEPS_PER_ONE = 10;

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** A wall is read from six metres: letters grow more than plates. */
const WALL_LETTERS = 1.5;
const WALL_PLATES = 1.25;

/**
 * The scale of a map of this size, in steps, so that a small change of the window changes nothing.
 */
export function mapScale({ w, h }: Size, wall = false): MapScale {
  const exact = Math.min(w / NORMAL.w, h / NORMAL.h);
  const stepped = Math.round(exact * STEPS_PER_ONE) / STEPS_PER_ONE;
  return {
    letters: within(stepped * (wall ? WALL_LETTERS : 1), 0.95, 4.5),
    plates: within(stepped * (wall ? WALL_PLATES : 1), 0.7, 4.5),
  };
}
