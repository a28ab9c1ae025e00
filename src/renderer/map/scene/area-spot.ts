import type { Position } from '../../../shared/domain/site.ts';
import { type Box, COVERED_PX, covered } from './place-plates.ts';
import type { Projection } from './projection.ts';
import { along, lengthOf, minus, type Px, type Size } from './px.ts';
import { inside, type MapSite } from './shapes.ts';

/** The plate of numbers over an area with all that it may say, in CSS pixels at scale 1. */
export const AREA_PLATE: Size = { w: 128, h: 92 };
/** What it always says: this much is kept off lines and arrows where there is room. */
export const CALM_PLATE: Size = { w: 108, h: 64 };
/** A gate with the arrows of its flows. */
const GATE: Size = { w: 40, h: 40 };

/** Steps along a line, and the side of the box that stands for one: pixels at scale 1. */
const STEP_PX = 18;
const GRID = 16;
/** What a pixel of distance from the area's own middle costs. */
const ASIDE = 0.4;

/** A path on the screen as a row of small boxes, to be kept clear of. */
export function boxesAlong(path: readonly Px[], scale: number): readonly Box[] {
  const side = STEP_PX * scale * 0.6;
  const boxes: Box[] = [];
  for (let i = 1; i < path.length; i += 1) {
    const [from, to] = [path[i - 1], path[i]];
    if (!from || !to) continue;
    const step = minus(to, from);
    const steps = Math.max(1, Math.ceil(lengthOf(step) / (STEP_PX * scale)));
    for (let n = 0; n < steps; n += 1) {
      boxes.push({ middle: along(from, step, n / steps), size: { w: side, h: side } });
    }
  }
  return boxes;
}

/**
 * Where an area's name and figures stand: as near its middle as they can without lying over a line
 * or the arrows at a gate; where the area is too small for that, where they cover the least.
 */
function areaSpot(ring: readonly Px[], size: Size, start: Px, taken: readonly Box[]): Px {
  const xs = ring.map(({ x }) => x);
  const ys = ring.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const step = { x: (Math.max(...xs) - left) / GRID, y: (Math.max(...ys) - top) / GRID };
  const costOf = (middle: Px) => {
    let cost = lengthOf(minus(middle, start)) * ASIDE;
    for (const box of taken) cost += covered({ middle, size }, box) * COVERED_PX;
    return cost;
  };
  let best = start;
  let bestCost = costOf(start);
  for (let i = 1; i < GRID; i += 1) {
    for (let j = 1; j < GRID; j += 1) {
      const at = { x: left + step.x * i, y: top + step.y * j };
      if (!inside(at, ring)) continue;
      const cost = costOf(at);
      if (cost >= bestCost) continue;
      best = at;
      bestCost = cost;
    }
  }
  return best;
}

/** Where every area's plate stands for the present camera; `middles` as they lie on the ground. */
export function areaSpots(
  { areas, checkpoints, map }: Pick<MapSite, 'areas' | 'checkpoints' | 'map'>,
  middles: readonly Position[],
  { project, unproject }: Pick<Projection, 'project' | 'unproject'>,
  scale: number,
): readonly Position[] {
  const larger = ({ w, h }: Size): Size => ({ w: w * scale, h: h * scale });
  const taken = [
    ...map.lines.flatMap(({ path }) => boxesAlong(path.map(project), scale)),
    ...checkpoints.map(({ position }) => ({ middle: project(position), size: larger(GATE) })),
  ];
  return areas.flatMap(({ outline }, i) => {
    const middle = middles[i];
    if (!middle) return [];
    const spot = areaSpot(outline.map(project), larger(CALM_PLATE), project(middle), taken);
    return [unproject(spot)];
  });
}
