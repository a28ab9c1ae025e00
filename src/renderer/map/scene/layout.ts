import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import type { Position } from '../../../shared/domain/site.ts';
import { arrowOutline } from './arrow.ts';
import { flowWidth } from './flow.ts';
import {
  collection,
  type Feature,
  type FeatureCollection,
  line,
  point,
  polygon,
} from './geojson.ts';
import { type Box, placePlates } from './place-plates.ts';
import { CELL, laneNumber, layPlate, type Plate } from './plates.ts';
import { dot, minus, type Px, type Size, turned } from './px.ts';
import { innerPoint, type Lie, lies, type MapSite } from './shapes.ts';

/** How the present camera turns places into points of the screen and back. */
export interface Projection {
  project(at: Position): Px;
  unproject(at: Px): Position;
  readonly screen: Size;
}

export interface LayoutOptions {
  readonly projection: Projection;
  /** Size of letters and lines: 1 at a desk, larger on a wall. */
  readonly scale: number;
  /** Size of plates on top of that: larger the nearer the camera. */
  readonly near: number;
  readonly chosen: CheckpointId | null;
  /** Boxes on the screen that plates keep clear of: the areas' numbers. */
  readonly kept: readonly Box[];
  readonly checkpointName: (id: CheckpointId) => string;
  readonly laneName: (id: LaneId) => string;
  /** Persons a minute of each group of lanes, and how to say it below a checkpoint's name. */
  readonly perMinute: (lanes: readonly LaneId[]) => number;
  readonly figures: (id: CheckpointId) => string;
}

/** One checkpoint on the screen, for the keyboard and for hit tests. */
export interface PlacedPlate {
  readonly checkpoint: CheckpointId;
  readonly box: Box;
}

export interface Layout {
  readonly data: Readonly<
    Record<'leaders' | 'arrows' | 'plates' | 'lanes' | 'names', FeatureCollection>
  >;
  readonly placed: readonly PlacedPlate[];
}

/** A chosen checkpoint's plate is this much larger. */
const CHOSEN_LARGER = 1.55;
/** Lanes wear their numbers from this size on. */
const NUMBERED_FROM = 1.3;
/** Height of the name below a plate, at scale 1. */
const NAME_PX = 34;
const GAP_PX = 24;
/** The two flows of a gate pass this far from its middle. */
const ASIDE_PX = 9;

/** The part of a site that the layout needs again and again, made once. */
export interface Ground {
  readonly lies: readonly Lie[];
  readonly plates: readonly Plate[];
  /** By lane: the number of its feature. */
  readonly laneIds: ReadonlyMap<LaneId, number>;
  readonly areaMiddles: ReadonlyMap<string, Px>;
}

export function prepare(site: MapSite): Ground {
  const flat = ([lng, lat]: Position): Px => ({ x: lng, y: -lat });
  return {
    lies: lies(site),
    plates: site.checkpoints.map(({ id }) =>
      layPlate(site.lanes.filter((lane) => lane.checkpoint === id)),
    ),
    laneIds: new Map(site.lanes.map((lane, index) => [lane.id, index])),
    areaMiddles: new Map(site.areas.map((area) => [area.id, innerPoint(area.outline.map(flat))])),
  };
}

/** Which way the people of a group walk on the screen. */
function wayOf(ground: Ground, lie: Lie, from: string, to: string): Px {
  const a = ground.areaMiddles.get(from);
  const b = ground.areaMiddles.get(to);
  const { outward } = lie;
  if (a && b) {
    const ahead = dot(minus(b, a), outward) >= 0;
    return ahead ? outward : { x: -outward.x, y: -outward.y };
  }
  return b ? { x: -outward.x, y: -outward.y } : outward;
}

/** Where a plate would stand: outside its line; beside an inner passage. */
function sideOf(lie: Lie): Px {
  return lie.inner ? turned(lie.outward) : lie.outward;
}

interface Standing {
  readonly index: number;
  readonly lie: Lie;
  readonly plate: Plate;
  readonly size: number;
  readonly anchor: Px;
  /** The plate's middle, without its name. */
  readonly middle: Px;
  readonly block: Box;
}

/** Plates may cover this part of the screen; where there are more lanes they are drawn smaller. */
const COVERED = 0.11;
const SMALLEST = 0.5;

/** How much smaller plates must be for the map to be seen between them; 1 = not at all. */
function crowding(ground: Ground, { scale, near, projection }: LayoutOptions): number {
  const { w, h } = projection.screen;
  const area = ground.plates.reduce((sum, plate) => sum + plate.size.w * plate.size.h, 0);
  const covered = (area * (scale * near) ** 2) / Math.max(1, w * h);
  return Math.min(1, Math.max(SMALLEST, Math.sqrt(COVERED / Math.max(covered, 1e-6))));
}

function standings(ground: Ground, options: LayoutOptions): readonly Standing[] {
  const { scale, chosen, projection } = options;
  const near = options.near * crowding(ground, options);
  const parts = ground.lies.flatMap((lie, index) => {
    const plate = ground.plates[index];
    if (!plate) return [];
    const size = scale * near * (lie.checkpoint.id === chosen ? CHOSEN_LARGER : 1);
    const anchor = projection.project(lie.checkpoint.position);
    const name = options.checkpointName(lie.checkpoint.id);
    const block = {
      w: Math.max(plate.size.w * size, name.length * 7 * scale),
      h: plate.size.h * size + NAME_PX * scale,
    };
    return [{ index, lie, plate, size, anchor, block }];
  });
  const wishes = parts.map(({ lie, anchor, block }) => ({
    anchor,
    side: sideOf(lie),
    size: block,
    gap: GAP_PX * scale,
  }));
  const middles = placePlates(wishes, projection.screen, options.kept);
  return parts.map((part, i) => {
    const at = middles[i] ?? part.anchor;
    const middle = { x: at.x, y: at.y - (NAME_PX * scale) / 2 };
    return { ...part, middle, block: { middle: at, size: part.block } };
  });
}

function ring(corners: readonly Px[], { unproject }: Projection): Position[] {
  const points = corners.map(unproject);
  const first = points[0];
  return first ? [...points, first] : points;
}

function rectangle({ x, y }: Px, { w, h }: Size): readonly Px[] {
  const [l, r, t, b] = [x - w / 2, x + w / 2, y - h / 2, y + h / 2];
  return [
    { x: l, y: t },
    { x: r, y: t },
    { x: r, y: b },
    { x: l, y: b },
  ];
}

function laneFeatures(
  { plate, size, middle }: Standing,
  ground: Ground,
  options: LayoutOptions,
): Feature[] {
  const at = options.projection.unproject(middle);
  const numbered = size / options.scale >= NUMBERED_FROM ? 1 : 0;
  return plate.lanes.flatMap((lane, i) => {
    const cell = plate.cells[i];
    const id = ground.laneIds.get(lane.id);
    if (!cell || id === undefined) return [];
    return [
      point(id, at, {
        size,
        offset: [cell.x, cell.y],
        numbered,
        number: laneNumber(options.laneName(lane.id), i),
        // In ems of the number's letters (6.5 px at size 1), below the lane's bar.
        numberOffset: [cell.x / 6.5, (cell.y + CELL.h * 0.36) / 6.5],
      }),
    ];
  });
}

function nameFeature(
  { index, lie, plate, size, middle }: Standing,
  { projection, scale, checkpointName, figures, chosen }: LayoutOptions,
): Feature {
  const { id } = lie.checkpoint;
  const letters = id === chosen ? 1.15 : 1;
  const below = (plate.size.h * size) / 2 + 4 * scale;
  const told = figures(id);
  return point(index, projection.unproject(middle), {
    name: checkpointName(id),
    figures: told === '' ? '' : `\n${told}`,
    letters,
    textOffset: [0, below / (13 * scale * letters)],
    // The priority's shape sits on the plate's upper right corner.
    size: scale * 1.25,
    offset: [(plate.size.w * size) / 2, (-plate.size.h * size) / 2].map(
      (px) => px / (scale * 1.25),
    ),
  });
}

/** The arrows of every gate's flows at this moment: their width is persons a minute. */
export function arrowData(ground: Ground, options: LayoutOptions): FeatureCollection {
  const { projection, scale, perMinute } = options;
  const arrows = ground.lies.flatMap((lie, index) => {
    const anchor = projection.project(lie.checkpoint.position);
    return (ground.plates[index]?.groups ?? []).map((group, i) => {
      const thick = flowWidth(perMinute(group.lanes.map((lane) => lane.id)));
      const way = wayOf(ground, lie, group.from, group.to);
      const outline = arrowOutline(anchor, way, thick, ASIDE_PX, scale);
      return polygon(index * 10 + i, ring(outline, projection));
    });
  });
  return collection(arrows);
}

/** Places every checkpoint's plate for the present camera and makes what the map draws of it. */
export function layOut(ground: Ground, options: LayoutOptions): Layout {
  const { projection } = options;
  const all = standings(ground, options);
  return {
    data: {
      leaders: collection(
        all.map(({ index, anchor, middle }) =>
          line(index, [projection.unproject(anchor), projection.unproject(middle)]),
        ),
      ),
      arrows: arrowData(ground, options),
      plates: collection(
        all.map(({ index, plate, size, middle }) => {
          const box = { w: plate.size.w * size, h: plate.size.h * size };
          return polygon(index, ring(rectangle(middle, box), projection));
        }),
      ),
      lanes: collection(all.flatMap((standing) => laneFeatures(standing, ground, options))),
      names: collection(all.map((standing) => nameFeature(standing, options))),
    },
    placed: all.map(({ lie, block }) => ({ checkpoint: lie.checkpoint.id, box: block })),
  };
}
