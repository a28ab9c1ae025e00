import { describe, expect, test } from 'vitest';
import { areaSpots, boxesAlong, CALM_PLATE } from '../../../src/renderer/map/scene/area-spot.ts';
import { type LayoutOptions, layOut } from '../../../src/renderer/map/scene/layout.ts';
import { pick } from '../../../src/renderer/map/scene/pick.ts';
import { type Box, covered } from '../../../src/renderer/map/scene/place-plates.ts';
import { layPlate } from '../../../src/renderer/map/scene/plates.ts';
import { prepare } from '../../../src/renderer/map/scene/prepared.ts';
import { innerPoint, inside, lies } from '../../../src/renderer/map/scene/shapes.ts';
import type { Position } from '../../../src/shared/domain/site.ts';
import { fakeSite } from '../../kit/fake/zone.ts';

/** A flat camera over the training zone that shows all of it on a screen of this size. */
function options(w: number, h: number): LayoutOptions {
  const [west, south, east, north] = [114.05, 22.494, 114.1, 22.533];
  const scale = Math.min(w / (east - west), h / (north - south));
  return {
    projection: {
      project: ([lng, lat]) => ({
        x: w / 2 + (lng - (west + east) / 2) * scale,
        y: h / 2 - (lat - (south + north) / 2) * scale,
      }),
      unproject: ({ x, y }): Position => [
        (west + east) / 2 + (x - w / 2) / scale,
        (south + north) / 2 - (y - h / 2) / scale,
      ],
      screen: { w, h },
    },
    scale: 1,
    near: 0.8,
    chosen: null,
    kept: [],
    outsides: { first: '一線以外', second: '二線以外' },
    checkpointName: (id) => id,
    laneName: (id) => id,
    perMinute: () => 3,
    figures: () => '入 3 · 出 3',
  };
}

function overlap(a: Box, b: Box): boolean {
  return (
    Math.abs(a.middle.x - b.middle.x) < (a.size.w + b.size.w) / 2 &&
    Math.abs(a.middle.y - b.middle.y) < (a.size.h + b.size.h) / 2
  );
}

describe('the plates of the training zone', () => {
  test.each([
    [24, 960, 500],
    [24, 1_370, 700],
    [120, 960, 500],
    [120, 1_370, 700],
    [300, 1_370, 700],
    [300, 2_800, 1_700],
  ])('%i lanes on %i × %i: none covers another, all are on the screen', (lanes, w, h) => {
    const { placed } = layOut(prepare(fakeSite(lanes)), options(w, h));
    for (const [i, { box }] of placed.entries()) {
      expect(box.middle.x - box.size.w / 2).toBeGreaterThanOrEqual(-0.5);
      expect(box.middle.x + box.size.w / 2).toBeLessThanOrEqual(w + 0.5);
      expect(box.middle.y - box.size.h / 2).toBeGreaterThanOrEqual(-0.5);
      expect(box.middle.y + box.size.h / 2).toBeLessThanOrEqual(h + 0.5);
      for (const other of placed.slice(i + 1)) {
        expect([placed[i]?.checkpoint, other.checkpoint, overlap(box, other.box)]).toEqual([
          placed[i]?.checkpoint,
          other.checkpoint,
          false,
        ]);
      }
    }
  });

  test('every lane is drawn once, by its number in the site', () => {
    const site = fakeSite(300);
    const { data } = layOut(prepare(site), options(1_370, 700));
    const ids = data.lanes.features.map(({ id }) => id).sort((a, b) => a - b);
    expect(ids).toEqual(site.lanes.map((_, index) => index));
  });

  test('a chosen checkpoint is larger and its lanes wear their numbers', () => {
    const site = fakeSite(120);
    const ground = prepare(site);
    const chosen = site.checkpoints[0]?.id ?? null;
    const calm = layOut(ground, options(1_370, 700));
    const marked = layOut(ground, { ...options(1_370, 700), chosen });
    const width = (layout: typeof calm) =>
      layout.placed.find(({ checkpoint }) => checkpoint === chosen)?.box.size.w ?? 0;
    expect(width(marked)).toBeGreaterThan(width(calm) * 1.3);
    const numbered = marked.data.lanes.features.filter(
      ({ properties }) => properties.numbered === 1,
    );
    expect(new Set(numbered.map(({ id }) => site.lanes[id]?.checkpoint))).toEqual(
      new Set([chosen]),
    );
  });

  test('the same camera gives the same picture', () => {
    const ground = prepare(fakeSite(120));
    expect(layOut(ground, options(960, 500))).toEqual(layOut(ground, options(960, 500)));
  });
});

describe('names and lines', () => {
  /** Boxes along the zone's lines that something on the screen lies over. */
  function crossed(site: ReturnType<typeof fakeSite>, of: LayoutOptions, boxes: readonly Box[]) {
    const lines = site.map.lines.flatMap(({ path }) =>
      boxesAlong(path.map(of.projection.project), 1),
    );
    return boxes.map((box) => lines.filter((line) => overlap(box, line)).length);
  }

  test.each([
    [24, 960, 500],
    [24, 1_370, 700],
    [120, 1_370, 700],
  ])('%i lanes on %i × %i: hardly a checkpoint’s name lies over a line', (lanes, w, h) => {
    const site = fakeSite(lanes);
    const of = options(w, h);
    const { placed } = layOut(prepare(site), of);
    const counts = crossed(
      site,
      of,
      placed.map(({ box }) => box),
    );
    expect(counts.filter((n) => n > 1)).toEqual([]);
  });

  test.each([
    [960, 500],
    [1_370, 700],
    [2_800, 1_700],
  ])('an area’s figures on %i × %i stand in it, clear of its lines where it has room', (w, h) => {
    const site = fakeSite(24);
    const of = options(w, h);
    const middles = site.areas.map(({ outline }): Position => {
      const { x, y } = innerPoint(outline.map(([lng, lat]) => ({ x: lng, y: lat })));
      return [x, y];
    });
    const spots = areaSpots(site, middles, of.projection, 1);
    const boxAt = (at: Position) => ({ middle: of.projection.project(at), size: CALM_PLATE });
    const gates = site.checkpoints.map(({ position }) => ({
      middle: of.projection.project(position),
      size: { w: 40, h: 40 },
    }));
    const hidden = (at: Position) =>
      gates.reduce((sum, gate) => sum + covered(boxAt(at), gate), 0) +
      (crossed(site, of, [boxAt(at)])[0] ?? 0) / 20;
    for (const [i, area] of site.areas.entries()) {
      const [lng, lat] = spots[i] ?? [0, 0];
      expect(
        inside(
          { x: lng, y: lat },
          area.outline.map(([x, y]) => ({ x, y })),
        ),
      ).toBe(true);
    }
    const [small, large] = site.areas.map((_, i) => spots[i] ?? [0, 0]) as [Position, Position];
    expect(hidden(small)).toBeLessThanOrEqual(hidden(middles[0] ?? [0, 0]));
    expect(crossed(site, of, [boxAt(large)])).toEqual([0]);
  });
});

describe('a plate', () => {
  const site = fakeSite(300);

  test('has a cell for each lane, none over another, ways in before ways out', () => {
    for (const { id } of site.checkpoints) {
      const lanes = site.lanes.filter((lane) => lane.checkpoint === id);
      const plate = layPlate(lanes);
      expect(plate.cells.length).toBe(lanes.length);
      expect(new Set(plate.cells.map(({ x, y }) => `${x},${y}`)).size).toBe(lanes.length);
      const ways = plate.lanes.map(({ direction }) => direction);
      expect(ways.lastIndexOf('in')).toBeLessThan(
        ways.includes('out') ? ways.indexOf('out') : ways.length,
      );
      for (const { x, y } of plate.cells) {
        expect(Math.abs(x)).toBeLessThan(plate.size.w / 2);
        expect(Math.abs(y)).toBeLessThan(plate.size.h / 2);
      }
    }
  });
});

describe('the lie of the land', () => {
  const site = fakeSite(24);

  test('outwards is away from the areas at both lines', () => {
    const rings = site.areas.map(({ outline }) =>
      outline.map(([lng, lat]) => ({ x: lng, y: lat })),
    );
    for (const { checkpoint, outward, inner } of lies(site)) {
      if (inner) continue;
      const [lng, lat] = checkpoint.position;
      const far = { x: lng + outward.x * 0.0025, y: lat - outward.y * 0.0025 };
      expect([checkpoint.id, rings.some((ring) => inside(far, ring))]).toEqual([
        checkpoint.id,
        false,
      ]);
    }
  });

  test('an area wears its figures inside itself', () => {
    for (const { outline } of site.areas) {
      const ring = outline.map(([lng, lat]) => ({ x: lng, y: lat }));
      expect(inside(innerPoint(ring), ring)).toBe(true);
    }
  });
});

describe('what lies under the pointer', () => {
  const site = fakeSite(120);
  const { placed } = layOut(prepare(site), options(1_370, 700));

  test('the middle of a lane’s cell is that lane', () => {
    for (const { checkpoint, cells } of placed) {
      for (const { lane, middle } of cells) {
        expect(pick(placed, middle)).toEqual({ checkpoint, lane });
      }
    }
    expect(placed.flatMap(({ cells }) => cells).length).toBe(site.lanes.length);
  });

  test('the name belongs to the plate and to no lane; the open map to nothing', () => {
    const first = placed[0];
    if (!first) throw new Error('no plate');
    const { middle, size } = first.box;
    const corner = { x: middle.x - size.w / 2 + 1, y: middle.y - size.h / 2 + 1 };
    expect(pick(placed, corner)?.checkpoint).toBe(first.checkpoint);
    expect(pick(placed, { x: -5, y: -5 })).toBeNull();
  });
});
