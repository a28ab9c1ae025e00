import { freeSpot } from './free-spot.ts';
import { collection, type FeatureCollection, point } from './geojson.ts';
import type { Box } from './place-plates.ts';
import { flat, type Ground } from './prepared.ts';
import type { Projection } from './projection.ts';
import { inside } from './shapes.ts';

export interface OutsideOptions {
  readonly projection: Projection;
  readonly scale: number;
  /** The names of what lies beyond the first and the second line. */
  readonly outsides: { readonly first: string; readonly second: string };
}

/** Height of a name with room round it, at scale 1. */
const NAME_PX = 33;
/** Names of places are spaced out. */
const SPACED = 1.4;

/** About how wide a name is at scale 1: a Chinese letter takes twice a Latin one. */
export function nameWidth(name: string): number {
  let width = 0;
  for (const letter of name) width += letter > '\u2e7f' ? 13.5 : 7.2;
  return width;
}

/** The names of the two outsides, each on its side of the water where nothing else stands. */
export function outsideNames(
  ground: Ground,
  { projection, scale, outsides }: OutsideOptions,
  boxes: readonly Box[],
): FeatureCollection {
  const taken = [...boxes];
  return collection(
    [outsides.first, outsides.second].flatMap((name, i) => {
      const size = { w: nameWidth(name) * SPACED * scale, h: NAME_PX * scale };
      const spot = freeSpot(size, projection.screen, taken, (at) => {
        const place = flat(projection.unproject(at));
        const inArea = ground.areas.some((area) => inside(place, area));
        return !inArea && inside(place, ground.home) === (i === 1);
      });
      if (!spot) return [];
      taken.push({ middle: spot, size: { w: size.w * 2, h: size.h * 3 } });
      return [point(i, projection.unproject(spot), { name })];
    }),
  );
}
