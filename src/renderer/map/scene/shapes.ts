import type { Position, Site, SiteCheckpoint } from '../../../shared/domain/site.ts';
import { dot, lengthOf, mercator, minus, type Px, turned, unit } from './px.ts';

/** What the map needs of a site: the part that `site.describe` gives to every role. */
export type MapSite = Pick<Site, 'areas' | 'checkpoints' | 'lanes' | 'map' | 'name'>;

export function centroid(points: readonly Px[]): Px {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  const n = Math.max(1, points.length);
  return { x: x / n, y: y / n };
}

/** The distance from a point to the segment a-b. */
function toSegment(p: Px, a: Px, b: Px): number {
  const ab = minus(b, a);
  const length2 = dot(ab, ab);
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, dot(minus(p, a), ab) / length2));
  return lengthOf(minus(p, { x: a.x + ab.x * t, y: a.y + ab.y * t }));
}

/** The direction of the path where it passes nearest to the point; null for an empty path. */
function directionNear(p: Px, paths: readonly (readonly Px[])[]): Px | null {
  let best: Px | null = null;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    for (let i = 1; i < path.length; i += 1) {
      const a = path[i - 1];
      const b = path[i];
      if (a === undefined || b === undefined) continue;
      const gap = toSegment(p, a, b);
      if (gap < bestGap) {
        bestGap = gap;
        best = unit(minus(b, a));
      }
    }
  }
  return best;
}

export function inside(p: Px, ring: readonly Px[]): boolean {
  let odd = false;
  let b = ring.at(-1);
  for (const a of ring) {
    if (b !== undefined && a.y > p.y !== b.y > p.y) {
      const x = ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x;
      if (p.x < x) odd = !odd;
    }
    b = a;
  }
  return odd;
}

const GRID = 24;

/** The point inside a ring that is farthest from its edge, by a grid: where its name stands. */
export function innerPoint(ring: readonly Px[]): Px {
  const xs = ring.map((p) => p.x);
  const ys = ring.map((p) => p.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  let best = centroid(ring);
  let bestGap = inside(best, ring) ? edgeGap(best, ring) : -1;
  for (let i = 1; i < GRID; i += 1) {
    for (let j = 1; j < GRID; j += 1) {
      const p = { x: left + (width * i) / GRID, y: top + (height * j) / GRID };
      if (!inside(p, ring)) continue;
      const gap = edgeGap(p, ring);
      if (gap > bestGap) {
        best = p;
        bestGap = gap;
      }
    }
  }
  return best;
}

function edgeGap(p: Px, ring: readonly Px[]): number {
  let gap = Number.POSITIVE_INFINITY;
  let b = ring.at(-1);
  for (const a of ring) {
    if (b !== undefined) gap = Math.min(gap, toSegment(p, a, b));
    b = a;
  }
  return gap;
}

/** How a checkpoint lies: where out of the zone is, as a step of length 1 on a north-up screen. */
export interface Lie {
  readonly checkpoint: SiteCheckpoint;
  /** Away from the zone; for an inner passage from its first area to the other. */
  readonly outward: Px;
  readonly inner: boolean;
}

function areasAt(site: MapSite, checkpoint: SiteCheckpoint): readonly Px[] {
  const ids = new Set<string>();
  for (const lane of site.lanes) {
    if (lane.checkpoint !== checkpoint.id) continue;
    ids.add(lane.from);
    ids.add(lane.to);
  }
  const found = site.areas.filter((area) => ids.has(area.id));
  return (found.length > 0 ? found : site.areas).map((area) =>
    innerPoint(area.outline.map(mercator)),
  );
}

/** Which way is out at each checkpoint: square to its line, away from the areas it opens into. */
export function lies(site: MapSite): readonly Lie[] {
  const paths = new Map<string, (readonly Px[])[]>();
  for (const { line, path } of site.map.lines) {
    paths.set(line, [...(paths.get(line) ?? []), path.map(mercator)]);
  }
  return site.checkpoints.map((checkpoint) => {
    const at = mercator(checkpoint.position);
    const areas = areasAt(site, checkpoint);
    const inner = checkpoint.line === 'inner';
    const [first, second] = areas;
    if (inner && first !== undefined && second !== undefined) {
      return { checkpoint, inner, outward: unit(minus(second, first)) };
    }
    const away = unit(minus(at, centroid(areas)));
    const course = directionNear(at, paths.get(checkpoint.line) ?? []);
    if (course === null) return { checkpoint, inner, outward: away };
    const square = turned(course);
    const outward = dot(square, away) < 0 ? { x: -square.x, y: -square.y } : square;
    return { checkpoint, inner, outward };
  });
}

/** The west-south and east-north corners round everything of a site that must be seen. */
export function boundsOf(site: MapSite): readonly [Position, Position] {
  const points = [
    ...site.areas.flatMap((area) => area.outline),
    ...site.checkpoints.map((checkpoint) => checkpoint.position),
  ];
  const lngs = points.map(([lng]) => lng);
  const lats = points.map(([, lat]) => lat);
  return [
    [Math.min(...lngs), Math.min(...lats)],
    [Math.max(...lngs), Math.max(...lats)],
  ];
}

/** A ring as GeoJSON wants it: its first point again at its end. */
export function closedRing(outline: readonly Position[]): Position[] {
  const first = outline[0];
  const last = outline.at(-1);
  if (first === undefined || last === undefined) return [];
  const closed = first[0] === last[0] && first[1] === last[1];
  return closed ? [...outline] : [...outline, first];
}
