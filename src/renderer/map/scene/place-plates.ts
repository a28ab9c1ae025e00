import type { Px, Size } from './px.ts';

/** One plate to be placed on the screen: where its checkpoint lies and which way is free. */
export interface PlateWish {
  readonly anchor: Px;
  /** A step of length 1 towards where the plate should stand. */
  readonly side: Px;
  /** The plate and its name together, the name below. */
  readonly size: Size;
  /** How far from the anchor the plate's nearer edge begins. */
  readonly gap: number;
}

export interface Box {
  readonly middle: Px;
  readonly size: Size;
}

const ROUNDS = 80;
/** Room kept between two plates. */
const MARGIN = 6;
/** A gate's arrows need a square of this many gaps, which other plates keep clear of. */
const GATE = 1.4;

/** From a box's middle to its edge in this direction. */
function reach(size: Size, side: Px): number {
  const byX = side.x === 0 ? Number.POSITIVE_INFINITY : size.w / 2 / Math.abs(side.x);
  const byY = side.y === 0 ? Number.POSITIVE_INFINITY : size.h / 2 / Math.abs(side.y);
  return Math.min(byX, byY);
}

function wished({ anchor, side, size, gap }: PlateWish): Px {
  const far = gap + reach(size, side);
  return { x: anchor.x + side.x * far, y: anchor.y + side.y * far };
}

/** How far two boxes lie over each other on each axis; null when they are apart. */
function overlap(a: Box, b: Box): Size | null {
  const w = (a.size.w + b.size.w) / 2 + MARGIN - Math.abs(a.middle.x - b.middle.x);
  const h = (a.size.h + b.size.h) / 2 + MARGIN - Math.abs(a.middle.y - b.middle.y);
  return w > 0 && h > 0 ? { w, h } : null;
}

/** The step that takes box `a` off box `b` by the shorter way. */
function apart(a: Box, b: Box, over: Size): Px {
  if (over.w < over.h) return { x: a.middle.x < b.middle.x ? -over.w : over.w, y: 0 };
  return { x: 0, y: a.middle.y < b.middle.y ? -over.h : over.h };
}

function clamp(value: number, half: number, most: number): number {
  return most < 2 * half ? most / 2 : Math.min(most - half, Math.max(half, value));
}

/** Moves a plate off everything that stays where it is. */
function offKept(at: Px, size: Size, kept: readonly Box[]): Px {
  let middle = at;
  for (const box of kept) {
    const over = overlap({ middle, size }, box);
    if (!over) continue;
    const step = apart({ middle, size }, box, over);
    middle = { x: middle.x + step.x, y: middle.y + step.y };
  }
  return middle;
}

/** Moves plate `i` and whatever it lies over off each other, by half each. */
function offOthers(i: number, wishes: readonly PlateWish[], middles: Px[]): void {
  wishes.forEach((other, j) => {
    const mine = wishes[i];
    const [here, there] = [middles[i], middles[j]];
    if (j === i || !mine || !here || !there) return;
    const box = { middle: here, size: mine.size };
    const over = overlap(box, { middle: there, size: other.size });
    if (!over) return;
    const step = apart(box, { middle: there, size: other.size }, over);
    middles[i] = { x: here.x + step.x / 2, y: here.y + step.y / 2 };
    middles[j] = { x: there.x - step.x / 2, y: there.y - step.y / 2 };
  });
}

/**
 * Where each plate stands, as its middle. Each begins on its free side; those that lie over each
 * other, over a kept box or over another's gate are moved apart, and all stay on the screen. The same
 * input gives the same answer. Where there is no room at all some overlap remains.
 */
export function placePlates(
  wishes: readonly PlateWish[],
  screen: Size,
  kept: readonly Box[] = [],
): readonly Px[] {
  const middles = wishes.map(wished);
  const gates = wishes.map(({ anchor, gap }) => ({
    middle: anchor,
    size: { w: gap * GATE, h: gap * GATE },
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    wishes.forEach(({ size }, i) => {
      const before = middles[i];
      if (before === undefined) return;
      offOthers(i, wishes, middles);
      const others = gates.filter((_, j) => j !== i);
      const free = offKept(middles[i] ?? before, size, [...others, ...kept]);
      const x = clamp(free.x, size.w / 2, screen.w);
      const y = clamp(free.y, size.h / 2, screen.h);
      if (Math.abs(x - before.x) > 0.01 || Math.abs(y - before.y) > 0.01) moved = true;
      middles[i] = { x, y };
    });
    if (!moved) break;
  }
  return middles;
}
