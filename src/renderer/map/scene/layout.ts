import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import type { Position } from '../../../shared/domain/site.ts';
import { boxesAlong } from './area-spot.ts';
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
import { nameWidth, outsideNames } from './outside-names.ts';
import { type Box, placePlates } from './place-plates.ts';
import { laneNumber, NUMBERED_CELL, type Plate } from './plates.ts';
import type { Ground } from './prepared.ts';
import type { Projection } from './projection.ts';
import { along, dot, minus, type Px, type Size, turned } from './px.ts';
import type { Lie } from './shapes.ts';

export interface LayoutOptions {
  readonly projection: Projection;
  /** Size of letters and lines: 1 at a desk, larger on a wall. */
  readonly scale: number;
  /** Size of plates on top of that: larger the nearer the camera. */
  readonly near: number;
  readonly chosen: CheckpointId | null;
  /** Boxes on the screen that plates keep clear of: the areas' numbers. */
  readonly kept: readonly Box[];
  /** The names of what lies beyond the first and the second line. */
  readonly outsides: { readonly first: string; readonly second: string };
  readonly checkpointName: (id: CheckpointId) => string;
  readonly laneName: (id: LaneId) => string;
  /** Persons a minute of each group of lanes, and how to say it below a checkpoint's name. */
  readonly perMinute: (lanes: readonly LaneId[]) => number;
  readonly figures: (id: CheckpointId) => string;
}

/** One checkpoint on the screen, for the keyboard and for hit tests. */
export interface PlacedPlate {
  readonly checkpoint: CheckpointId;
  /** The plate and its name together. */
  readonly box: Box;
  readonly cells: readonly { readonly lane: LaneId; readonly middle: Px }[];
  readonly cell: Size;
}

/** The sources that the layout fills. */
export const LAID_OUT = ['leaders', 'arrows', 'plates', 'lanes', 'names', 'places'] as const;

export interface Layout {
  /** How the plates stand: what the names are written to again while the camera rests. */
  readonly standings: readonly Standing[];
  readonly data: Readonly<Record<(typeof LAID_OUT)[number], FeatureCollection>>;
  readonly placed: readonly PlacedPlate[];
}

/** A chosen checkpoint's plate is this much larger. */
const CHOSEN_LARGER = 1.5;
const CHOSEN_LEAST = 1.3;
/** Lanes wear their numbers from this size on. */
const NUMBERED_FROM = 1.25;
/** A lane's number at size 1, and how far it and the bar stand off the cell's middle. */
const NUMBER_PX = 8.5;
const NUMBER_BELOW = 8;
const BAR_ABOVE = -5;
/** Height of the name and its figures, at scale 1. */
const NAME_PX = 38;
const GAP_PX = 24;
/** About the width of a letter of a name. */
const LETTER_PX = 11;
/** The two flows of a gate pass this far from its middle. */
const ASIDE_PX = 9;

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

/** One plate on the screen. */
export interface Standing {
  readonly index: number;
  readonly lie: Lie;
  readonly plate: Plate;
  readonly size: number;
  readonly anchor: Px;
  /** The plate's middle, without its name. */
  readonly middle: Px;
  /** The name stands above the plate where the plate is above its gate: it meets no arrows. */
  readonly above: boolean;
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

/** On the screen, or so little beside it that its plate still belongs there. */
function isNear({ x, y }: Px, { w, h }: Size, room: number): boolean {
  return x >= -room && y >= -room && x <= w + room && y <= h + room;
}

/** The zone's lines as boxes that no name may lie over. */
function lineBoxes(ground: Ground, { projection, scale }: LayoutOptions): readonly Box[] {
  return ground.lines.flatMap((path) => boxesAlong(path.map(projection.project), scale));
}

function standings(ground: Ground, options: LayoutOptions): readonly Standing[] {
  const { scale, chosen, projection } = options;
  const near = options.near * crowding(ground, options);
  const parts = ground.lies.flatMap((lie, index) => {
    const larger = Math.max(CHOSEN_LARGER, CHOSEN_LEAST / near);
    const relative = near * (lie.checkpoint.id === chosen ? larger : 1);
    const plate = (relative >= NUMBERED_FROM ? ground.numbered : ground.plates)[index];
    if (!plate) return [];
    const size = scale * relative;
    const anchor = projection.project(lie.checkpoint.position);
    if (!isNear(anchor, projection.screen, GAP_PX * scale)) return [];
    const name = options.checkpointName(lie.checkpoint.id);
    const block = {
      w: Math.max(plate.size.w * size, nameWidth(name) * scale),
      h: plate.size.h * size + NAME_PX * scale,
    };
    return [{ index, lie, plate, size, anchor, block }];
  });
  const wishes = parts.map(({ lie, anchor, block }) => ({
    anchor,
    side: sideOf(lie),
    size: block,
    gap: GAP_PX * scale,
    first: lie.checkpoint.id === chosen,
  }));
  const lines = lineBoxes(ground, options);
  const middles = placePlates(wishes, projection.screen, { kept: options.kept, lines });
  return parts.map((part, i) => {
    const at = middles[i] ?? part.anchor;
    const above = at.y < part.anchor.y - part.block.h / 3;
    const shift = ((above ? 1 : -1) * NAME_PX * scale) / 2;
    const middle = { x: at.x, y: at.y + shift };
    return { ...part, above, middle, block: { middle: at, size: part.block } };
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
  const numbered = plate.cell === NUMBERED_CELL;
  return plate.lanes.flatMap((lane, i) => {
    const cell = plate.cells[i];
    const id = ground.laneIds.get(lane.id);
    if (!cell || id === undefined) return [];
    return [
      point(id, at, {
        size,
        offset: [cell.x, cell.y + (numbered ? BAR_ABOVE : 0)],
        numbered: numbered ? 1 : 0,
        number: laneNumber(options.laneName(lane.id), i),
        letters: size * NUMBER_PX,
        // In ems of the number's letters.
        numberOffset: [cell.x / NUMBER_PX, (cell.y + NUMBER_BELOW) / NUMBER_PX],
      }),
    ];
  });
}

function nameFeature(
  { index, lie, plate, size, middle, above }: Standing,
  { projection, scale, checkpointName, figures, chosen }: LayoutOptions,
): Feature {
  const { id } = lie.checkpoint;
  const letters = id === chosen ? 1.15 : 1;
  const off = (above ? -1 : 1) * ((plate.size.h * size) / 2 + 4 * scale);
  const told = figures(id);
  return point(index, projection.unproject(middle), {
    name: checkpointName(id),
    figures: told === '' ? '' : `\n${told}`,
    letters,
    anchor: above ? 'bottom' : 'top',
    textOffset: [0, off / (13 * scale * letters)],
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

/** The names of the plates and the figures under them, at this moment. */
export function nameData(all: readonly Standing[], options: LayoutOptions): FeatureCollection {
  return collection(all.map((standing) => nameFeature(standing, options)));
}

/** Everything that a name of the outsides must not cover. */
function boxesOf(ground: Ground, all: readonly Standing[], options: LayoutOptions): readonly Box[] {
  const { projection, scale, kept } = options;
  const gate = GAP_PX * 2 * scale;
  const gates = all.map(({ anchor }) => ({ middle: anchor, size: { w: gate, h: gate } }));
  const lineNames = ground.lineSpots.map((at) => ({
    middle: projection.project(at),
    size: { w: LETTER_PX * 9 * scale, h: LETTER_PX * 6 * scale },
  }));
  const lines = lineBoxes(ground, options);
  return [...all.map(({ block }) => block), ...gates, ...lineNames, ...lines, ...kept];
}

function placedPlate({ lie, block, plate, size, middle }: Standing): PlacedPlate {
  return {
    checkpoint: lie.checkpoint.id,
    box: block,
    cell: { w: plate.cell.w * size, h: plate.cell.h * size },
    cells: plate.lanes.flatMap((lane, i) => {
      const cell = plate.cells[i];
      if (!cell) return [];
      return [{ lane: lane.id, middle: along(middle, cell, size) }];
    }),
  };
}

/** Places every checkpoint's plate for the present camera and makes what the map draws of it. */
export function layOut(ground: Ground, options: LayoutOptions): Layout {
  const { projection } = options;
  const all = standings(ground, options);
  return {
    standings: all,
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
      names: nameData(all, options),
      places: outsideNames(ground, options, boxesOf(ground, all, options)),
    },
    placed: all.map(placedPlate),
  };
}
