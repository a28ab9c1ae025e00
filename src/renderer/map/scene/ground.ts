import type { Position } from '../../../shared/domain/site.ts';
import {
  collection,
  type Feature,
  type FeatureCollection,
  line,
  point,
  polygon,
} from './geojson.ts';
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
function homeLand(site: MapSite): FeatureCollection {
  const home = homeward(site);
  const first = home?.path[0];
  const last = home?.path.at(-1);
  if (!home || !first || !last) return collection([]);
  const ends = [along(last, home.step, FAR_DEG), along(first, home.step, FAR_DEG)];
  const ring = [...home.path, ...ends].map(({ x, y }): Position => [x, y]);
  return collection([polygon(0, closedRing(ring))]);
}

/** Where the names of the two outsides stand: to both sides of the areas, off everything else. */
function outsides(site: MapSite, words: GroundWords): Feature[] {
  const points = site.areas.flatMap((area) => area.outline.map(flat));
  const step = homeward(site)?.step ?? { x: 0, y: -1 };
  const middle = centroid(points);
  const spread = Math.max(0, ...points.map((p) => Math.abs(dot(minus(p, middle), step))));
  const aside = turned(step);
  const west = aside.x < 0 ? aside : { x: -aside.x, y: -aside.y };
  const wide = Math.max(0, ...points.map((p) => Math.abs(dot(minus(p, middle), west))));
  const at = (ahead: number, aslant: number): Position => {
    const p = along(along(middle, step, ahead), west, aslant);
    return [p.x, p.y];
  };
  return [
    point(0, at(-spread * 0.8, wide * 0.75), { name: words.beyondFirst, line: 0, shift: [0, 0] }),
    point(1, at(spread * 0.75, -wide * 0.9), { name: words.beyondSecond, line: 0, shift: [0, 0] }),
  ];
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

/** The lines' names, each beside its line on the outer side, away from the gates. */
function lineNames(site: MapSite, words: GroundWords): Feature[] {
  const gates = site.checkpoints.map(({ position }) => flat(position));
  const areas = centroid(site.areas.map((area) => centroid(area.outline.map(flat))));
  return site.map.lines.flatMap(({ line: name, path }, i) => {
    const free = name === 'inner' ? null : freestPoint(path.map(flat), gates, areas);
    if (!free) return [];
    const [at, out] = free;
    // In ems of the letters; latitude grows upwards, the screen downwards.
    const shift = [out.x * 2, -out.y * 1.5];
    return [point(2 + i, [at.x, at.y], { name: words.lineName(name), line: 1, shift })];
  });
}

/** What never moves: land, water, areas, lines and the names of the outsides. */
export function groundData(
  site: MapSite,
  words: GroundWords,
): Readonly<Record<'home' | 'water' | 'areas' | 'lines' | 'places', FeatureCollection>> {
  return {
    home: homeLand(site),
    water: collection(site.map.water.map((path, id) => line(id, path))),
    areas: collection(site.areas.map((area, id) => polygon(id, closedRing(area.outline)))),
    lines: collection(
      site.map.lines.map(({ line: name, path }, id) => line(id, path, { line: name })),
    ),
    places: collection([...outsides(site, words), ...lineNames(site, words)]),
  };
}
