import { dot, lengthOf, minus, type Px, turned } from './px.ts';

export type Way = 'up' | 'down' | 'left' | 'right';

const STEPS: Readonly<Record<Way, Px>> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
};

/** Going aside costs this much more than going ahead. */
const ASIDE = 2;

/**
 * The place that an arrow key leads to: the nearest one ahead, aside counted double. Null when
 * there is none ahead. With no present place the first one in reading order is taken.
 */
export function nextPlace<K>(places: ReadonlyMap<K, Px>, present: K | null, way: Way): K | null {
  const from = present === null ? undefined : places.get(present);
  if (from === undefined) return firstPlace(places);
  const step = STEPS[way];
  const aside = turned(step);
  let best: K | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const [key, at] of places) {
    const gap = minus(at, from);
    const ahead = dot(gap, step);
    if (key === present || ahead <= 0) continue;
    const cost = lengthOf({ x: ahead, y: dot(gap, aside) * ASIDE });
    if (cost < bestCost) {
      best = key;
      bestCost = cost;
    }
  }
  return best;
}

/** The top place; of two at the same height the left one. */
export function firstPlace<K>(places: ReadonlyMap<K, Px>): K | null {
  let best: K | null = null;
  let bestAt: Px | null = null;
  for (const [key, at] of places) {
    if (bestAt === null || at.y < bestAt.y || (at.y === bestAt.y && at.x < bestAt.x)) {
      best = key;
      bestAt = at;
    }
  }
  return best;
}
