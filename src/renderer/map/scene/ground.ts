import type { Line } from '../../../shared/domain/line.ts';
import type { Position } from '../../../shared/domain/site.ts';
import { collection, type FeatureCollection, line, point, polygon } from './geojson.ts';
import { along, dot, lengthOf, minus, type Px, turned, unit } from './px.ts';
import { centroid, closedRing, type MapSite } from './shapes.ts';

/** The words that the ground carries, in the language of the screen. */
export interface GroundWords {
  lineName(line: 'first' | 'second' | 'inner'): string;
  beyondFirst: string;
  beyondSecond: string;
}

/** Far enough to lie outside every screen, in degrees. */
const FAR_DEG = 3;

function flat([lng, lat]: Position): Px {
  return { x: lng, y: lat };
}

/** The step from the longest water towards the areas, square to its course; null without water. */
function homeward(site: MapSite): { path: readonly Px[]; step: Px } | null {
  const longest = [...site.map.water].sort((a, b) => b.length - a.length)[0];
  const path = longest?.map(flat) ?? [];
  const first = path[0];
  const last = path.at(-1);
  if (first === undefined || last === undefined) return null;
  const areas = centroid(site.areas.map((area) => centroid(area.outline.map(flat))));
  const square = turned(unit(minus(last, first)));
  const towards = dot(minus(areas, centroid(path)), square) >= 0;
  return { path, step: towards ? square : { x: -square.x, y: -square.y } };
}

/** The land on this side of the water, a shade lighter: the side that the areas lie on. */
export function homeLand(site: MapSite): readonly Position[] {
  const home = homeward(site);
  const first = home?.path[0];
  const last = home?.path.at(-1);
  if (!home || !first || !last) return [];
  const ends = [along(last, home.step, FAR_DEG), along(first, home.step, FAR_DEG)];
  return closedRing([...home.path, ...ends].map(({ x, y }): Position => [x, y]));
}

/** The point of a path that is farthest from all gates, and the way out of the zone there. */
function freestPoint(path: readonly Px[], gates: readonly Px[], areas: Px): [Px, Px] | null {
  let best: [Px, Px] | null = null;
  let bestGap = -1;
  for (let i = 1; i < path.length - 1; i += 1) {
    const [before, at, after] = [path[i - 1], path[i], path[i + 1]];
    if (!before || !at || !after) continue;
    const gap = Math.min(...gates.map((gate) => lengthOf(minus(at, gate))));
    if (gap <= bestGap) continue;
    const square = turned(unit(minus(after, before)));
    const out = dot(square, minus(at, areas)) >= 0 ? square : { x: -square.x, y: -square.y };
    best = [at, out];
    bestGap = gap;
  }
  return best;
}

interface LineSpot {
  readonly line: Line;
  readonly at: Position;
  /** From there outwards, in ems of the name's letters on the screen. */
  readonly shift: readonly [number, number];
}

/** Where each line's name stands: on the outer side of its line, away from the gates. */
export function lineSpots(site: MapSite): readonly LineSpot[] {
  const gates = site.checkpoints.map(({ position }) => flat(position));
  const areas = centroid(site.areas.map((area) => centroid(area.outline.map(flat))));
  return site.map.lines.flatMap(({ line: name, path }) => {
    const free = name === 'inner' ? null : freestPoint(path.map(flat), gates, areas);
    if (!free) return [];
    const [at, out] = free;
    // Latitude grows upwards, the screen downwards.
    return [{ line: name, at: [at.x, at.y], shift: [out.x * 2, -out.y * 1.5] }];
  });
}

/** What never moves: land, water, areas, lines and the lines' names. */
export function groundData(
  site: MapSite,
  words: GroundWords,
): Readonly<Record<'home' | 'water' | 'areas' | 'lines' | 'lineNames', FeatureCollection>> {
  return {
    home: collection([polygon(0, homeLand(site))]),
    water: collection(site.map.water.map((path, id) => line(id, path))),
    areas: collection(site.areas.map((area, id) => polygon(id, closedRing(area.outline)))),
    lines: collection(
      site.map.lines.map(({ line: name, path }, id) => line(id, path, { line: name })),
    ),
    lineNames: collection(
      lineSpots(site).map(({ line: name, at, shift }, id) =>
        point(id, at, { name: words.lineName(name), shift }),
      ),
    ),
  };
}
