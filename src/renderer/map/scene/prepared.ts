import type { LaneId } from '../../../shared/domain/ids.ts';
import type { Position } from '../../../shared/domain/site.ts';
import { homeLand, lineSpots } from './ground.ts';
import { layPlate, NUMBERED_CELL, type Plate } from './plates.ts';
import type { Px } from './px.ts';
import { innerPoint, type Lie, lies, type MapSite } from './shapes.ts';

/** The part of a site that the layout needs again and again, made once. */
export interface Ground {
  readonly lies: readonly Lie[];
  readonly plates: readonly Plate[];
  /** The same with room for the lanes' numbers. */
  readonly numbered: readonly Plate[];
  readonly lineSpots: readonly Position[];
  /** The courses of the zone's lines. */
  readonly lines: readonly (readonly Position[])[];
  /** By lane: the number of its feature. */
  readonly laneIds: ReadonlyMap<LaneId, number>;
  readonly areaMiddles: ReadonlyMap<string, Px>;
  /** The areas and the land behind them: where the names of the outsides may not, or may, stand. */
  readonly areas: readonly (readonly Px[])[];
  readonly home: readonly Px[];
}

/** A place with y downwards, as on the screen. */
export function flat([lng, lat]: Position): Px {
  return { x: lng, y: -lat };
}

export function prepare(site: MapSite): Ground {
  const lanes = site.checkpoints.map(({ id }) =>
    site.lanes.filter((lane) => lane.checkpoint === id),
  );
  return {
    lies: lies(site),
    plates: lanes.map((some) => layPlate(some)),
    numbered: lanes.map((some) => layPlate(some, NUMBERED_CELL)),
    lineSpots: lineSpots(site).map(({ at }) => at),
    lines: site.map.lines.map(({ path }) => path),
    laneIds: new Map(site.lanes.map((lane, index) => [lane.id, index])),
    areaMiddles: new Map(site.areas.map((area) => [area.id, innerPoint(area.outline.map(flat))])),
    areas: site.areas.map((area) => area.outline.map(flat)),
    home: homeLand(site).map(flat),
  };
}
