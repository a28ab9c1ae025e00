import { along, dot, lengthOf, minus, type Px, type Size } from './px.ts';

/** One plate to be placed on the screen: where its checkpoint lies and which way is free. */
export interface PlateWish {
  readonly anchor: Px;
  /** A step of length 1 towards where the plate should stand. */
  readonly side: Px;
  /** The plate and its name together. */
  readonly size: Size;
  /** How far from the anchor the plate's nearer edge begins. */
  readonly gap: number;
  /** Placed before all others: the one that a person chose. */
  readonly first: boolean;
}

export interface Box {
  readonly middle: Px;
  readonly size: Size;
}

/** Room kept between two plates. */
const MARGIN = 5;
/** A gate's arrows need a square of this many gaps, which other plates keep clear of. */
const GATE = 1.5;
/** Directions and distances that are tried for each plate. */
const WAYS = 24;
const STEPS = 18;
/** Each plate is placed anew this often, knowing where the others went. */
const ROUNDS = 3;
/** More plates than these are placed once, in one order: trying more would take too long. */
const MANY = 24;
const STEP_PER_GAP = 0.6;
/** How many pixels of distance it costs to stand on the wrong side. */
const ASIDE_PX = 150;
/** How many pixels of distance it costs to be covered wholly, or to leave the screen. */
export const COVERED_PX = 4_000;

/** Farther from its gate than this many gaps a plate hardly ever stands. */
const NEAR_GAPS = 12;

/** From a box's middle to its edge in this direction. */
function reach(size: Size, side: Px): number {
  const byX = side.x === 0 ? Number.POSITIVE_INFINITY : size.w / 2 / Math.abs(side.x);
  const byY = side.y === 0 ? Number.POSITIVE_INFINITY : size.h / 2 / Math.abs(side.y);
  return Math.min(byX, byY);
}

/** The share of box `a`, with its margin, that box `b` covers. */
export function covered(a: Box, b: Box): number {
  const w = (a.size.w + b.size.w) / 2 + MARGIN - Math.abs(a.middle.x - b.middle.x);
  const h = (a.size.h + b.size.h) / 2 + MARGIN - Math.abs(a.middle.y - b.middle.y);
  if (w <= 0 || h <= 0) return 0;
  return (Math.min(w, a.size.w) * Math.min(h, a.size.h)) / (a.size.w * a.size.h);
}

/** The share of a box that lies outside the screen, about. */
function outside({ middle, size }: Box, screen: Size): number {
  const x = Math.max(0, size.w / 2 - middle.x, middle.x + size.w / 2 - screen.w) / size.w;
  const y = Math.max(0, size.h / 2 - middle.y, middle.y + size.h / 2 - screen.h) / size.h;
  return x + y;
}

interface Placed {
  readonly box: Box;
  /** What the place costs, in pixels of distance. */
  readonly cost: number;
}

function bestPlace(wish: PlateWish, screen: Size, taken: readonly Box[]): Placed {
  const { anchor, side, size, gap } = wish;
  let best: Box = { middle: anchor, size };
  let bestCost = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < WAYS; turn += 1) {
    const angle = Math.atan2(side.y, side.x) + (turn * 2 * Math.PI) / WAYS;
    const way = { x: Math.cos(angle), y: Math.sin(angle) };
    const near = gap + reach(size, way);
    for (let step = 0; step < STEPS; step += 1) {
      const further = step * gap * STEP_PER_GAP;
      const middle = along(anchor, way, near + further);
      const box = { middle, size };
      let cost = further + near * 0.3 + (1 - dot(way, side)) * ASIDE_PX;
      if (cost >= bestCost) break;
      cost += outside(box, screen) * COVERED_PX;
      for (const other of taken) cost += covered(box, other) * COVERED_PX;
      if (cost < bestCost) {
        best = box;
        bestCost = cost;
      }
    }
  }
  return { box: best, cost: bestCost };
}

/** Places the plates one after the other, a few times over; `order` holds their numbers. */
function placeInOrder(
  order: readonly number[],
  wishes: readonly PlateWish[],
  screen: Size,
  { kept, lines }: Obstacles,
  rounds: number,
): readonly Placed[] {
  const gates = wishes.map(({ anchor, gap }) => ({
    middle: anchor,
    size: { w: gap * GATE, h: gap * GATE },
  }));
  const crossed = wishes.map(({ anchor, gap }) =>
    lines.filter(({ middle }) => lengthOf(minus(middle, anchor)) < gap * NEAR_GAPS),
  );
  const placed = new Map<number, Placed>();
  for (let round = 0; round < rounds; round += 1) {
    for (const index of order) {
      const wish = wishes[index];
      if (!wish) continue;
      const others = gates.filter((_, i) => i !== index);
      const taken = [...kept, ...others, ...(crossed[index] ?? [])];
      for (const [i, { box }] of placed) if (i !== index) taken.push(box);
      placed.set(index, bestPlace(wish, screen, taken));
    }
  }
  return wishes.flatMap((_, i) => placed.get(i) ?? []);
}

type Rank = (wish: PlateWish) => number;

/** The orders that are tried: large ones first, and from each side of the screen. */
const RANKS: readonly Rank[] = [
  ({ size }) => -size.w * size.h,
  ({ anchor }) => anchor.x,
  ({ anchor }) => -anchor.x,
  ({ anchor }) => anchor.y,
  ({ anchor }) => -anchor.y,
];

function inOrder(wishes: readonly PlateWish[], rank: Rank): readonly number[] {
  return wishes
    .map((wish, index) => ({ index, first: wish.first ? 0 : 1, rank: rank(wish) }))
    .sort((a, b) => a.first - b.first || a.rank - b.rank || a.index - b.index)
    .map(({ index }) => index);
}

/** What plates keep clear of besides each other. */
export interface Obstacles {
  readonly kept: readonly Box[];
  /** The zone's lines as rows of small boxes: a name across a line can be read on neither side. */
  readonly lines: readonly Box[];
}

/**
 * Where each plate stands, as its middle, in the order of `wishes`. Each takes the nearest free
 * place round its gate, its free side first; none covers another, a kept box, a line or another
 * gate, and none leaves the screen, as long as there is room. The same input gives the same answer.
 */
export function placePlates(
  wishes: readonly PlateWish[],
  screen: Size,
  obstacles: Obstacles = { kept: [], lines: [] },
): readonly Px[] {
  const many = wishes.length > MANY;
  let best: readonly Placed[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const rank of many ? RANKS.slice(0, 1) : RANKS) {
    const order = inOrder(wishes, rank);
    const placed = placeInOrder(order, wishes, screen, obstacles, many ? 1 : ROUNDS);
    const cost = placed.reduce((sum, one) => sum + one.cost, 0);
    if (cost < bestCost) {
      best = placed;
      bestCost = cost;
    }
  }
  return best.map(({ box }) => box.middle);
}
