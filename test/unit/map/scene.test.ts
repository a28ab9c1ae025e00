import { describe, expect, test } from 'vitest';
import { mayAsk } from '../../../src/renderer/map/engine/host-guard.ts';
import { laneOwnName } from '../../../src/renderer/map/lane-name.ts';
import { mapScale } from '../../../src/renderer/map/live/map-scale.ts';
import { DrawnCount, showsArea } from '../../../src/renderer/map/live/proof.ts';
import { areaFill } from '../../../src/renderer/map/scene/area-fill.ts';
import {
  FLOW_FULL,
  FLOW_MAX_PX,
  FLOW_MIN_PX,
  flowWidth,
} from '../../../src/renderer/map/scene/flow.ts';
import { laneNumber } from '../../../src/renderer/map/scene/plates.ts';
import { nextPlace } from '../../../src/renderer/map/scene/walk.ts';

describe('how full an area is', () => {
  const area = (inside: number) => ({ inside, soft: 90, hard: 100 });

  test.each([
    [0, 'calm', 0],
    [89, 'calm', 0.89],
    [90, 'near', 0.9],
    [99, 'near', 0.99],
    [100, 'full', 1],
    [140, 'full', 1],
  ] as const)('%i of 100 is %s', (inside, level, ratio) => {
    expect(areaFill(area(inside))).toEqual({ level, ratio });
  });

  test('a figure that may be old is in doubt, never well', () => {
    expect(areaFill(area(10), false).level).toBe('doubt');
    expect(areaFill(area(100), false).level).toBe('doubt');
  });

  test('an area that takes nobody is full', () => {
    expect(areaFill({ inside: 0, soft: 0, hard: 0 })).toEqual({ level: 'full', ratio: 1 });
  });
});

describe('the width of a flow', () => {
  test('nobody is a hairline, the most is the widest, more is no wider', () => {
    expect(flowWidth(0)).toBe(FLOW_MIN_PX);
    expect(flowWidth(FLOW_FULL)).toBe(FLOW_MAX_PX);
    expect(flowWidth(FLOW_FULL * 9)).toBe(FLOW_MAX_PX);
  });

  test('it grows with every person, and one is seen', () => {
    const widths = [0, 1, 2, 5, 20, 60, 120].map(flowWidth);
    expect([...widths].sort((a, b) => a - b)).toEqual(widths);
    expect(new Set(widths).size).toBe(widths.length);
    expect(flowWidth(1)).toBeGreaterThan(FLOW_MIN_PX + 1);
  });

  test('nonsense is a hairline', () => {
    expect(flowWidth(Number.NaN)).toBe(FLOW_MIN_PX);
    expect(flowWidth(-3)).toBe(FLOW_MIN_PX);
  });
});

describe('walking between places with the arrow keys', () => {
  const places = new Map([
    ['north', { x: 50, y: 0 }],
    ['west', { x: 0, y: 50 }],
    ['middle', { x: 50, y: 55 }],
    ['east', { x: 100, y: 50 }],
    ['south', { x: 48, y: 100 }],
  ]);

  test.each([
    ['middle', 'up', 'north'],
    ['middle', 'down', 'south'],
    ['middle', 'left', 'west'],
    ['middle', 'right', 'east'],
    ['north', 'down', 'middle'],
    ['north', 'up', null],
    ['west', 'right', 'middle'],
  ] as const)('from %s %s leads to %s', (from, way, to) => {
    expect(nextPlace(places, from, way)).toBe(to);
  });

  test('with no place yet, or a vanished one, it begins at the top', () => {
    expect(nextPlace(places, null, 'down')).toBe('north');
    expect(nextPlace(places, 'gone', 'up')).toBe('north');
    expect(nextPlace(new Map(), null, 'up')).toBeNull();
  });

  test('every place can be reached from every other', () => {
    for (const start of places.keys()) {
      const reached = new Set([start]);
      const open = [start];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const way of ['up', 'down', 'left', 'right'] as const) {
          const next = nextPlace(places, at, way);
          if (next === null || reached.has(next)) continue;
          reached.add(next);
          open.push(next);
        }
      }
      expect([...reached].sort()).toEqual([...places.keys()].sort());
    }
  });
});

describe('names and numbers of lanes', () => {
  test('the number that people call a lane by', () => {
    expect(laneNumber('通道 07', 0)).toBe('07');
    expect(laneNumber('Out 12', 0)).toBe('12');
    expect(laneNumber('East gate', 4)).toBe('5');
  });

  test('the checkpoint is not said twice', () => {
    expect(laneOwnName('Loop West Bridge In 1', 'Loop West Bridge')).toBe('In 1');
    expect(laneOwnName('出區 2', '河套西橋')).toBe('出區 2');
    expect(laneOwnName('East', 'East')).toBe('East');
  });
});

describe('the scale of the screen', () => {
  test('letters never shrink below reading, a wall is larger', () => {
    expect(mapScale({ w: 900, h: 460 })).toEqual({ letters: 0.95, plates: 0.7 });
    const wall = mapScale({ w: 3_000, h: 1_900 });
    expect(wall.letters).toBeGreaterThan(2.5);
    expect(mapScale({ w: 3_000, h: 1_900 }, true).letters).toBeGreaterThan(wall.letters);
    expect(mapScale({ w: 9_000, h: 9_000 }).letters).toBe(4.5);
  });
});

describe('what the map may ask for', () => {
  const own = 'https://console.example/index.html';

  test('the page itself and the hosts that the site names, nothing else', () => {
    expect(mayAsk('/worker.js', [], own)).toBe(true);
    expect(mayAsk('data:image/png;base64,', [], own)).toBe(true);
    expect(mayAsk('https://tiles.example/1/2/3.pbf', [], own)).toBe(false);
    expect(mayAsk('https://tiles.example/1/2/3.pbf', ['tiles.example'], own)).toBe(true);
    expect(mayAsk('https://evil.example/tiles.example', ['tiles.example'], own)).toBe(false);
  });
});

describe('the proof that the map is drawn', () => {
  test('an empty canvas, the two lands and nothing opaque prove nothing', () => {
    expect(showsArea([0, 0, 0, 0])).toBe(false);
    expect(showsArea([0x12, 0x15, 0x17, 255])).toBe(false);
    expect(showsArea([0x19, 0x1d, 0x20, 255])).toBe(false);
    expect(showsArea([0x51, 0x60, 0x6b, 128])).toBe(false);
    expect(showsArea([])).toBe(false);
  });

  test('an area of any fill proves it', () => {
    expect(showsArea([0x24, 0x2a, 0x2f, 255])).toBe(true);
    expect(showsArea([0x51, 0x60, 0x6b, 255])).toBe(true);
    expect(showsArea([0x20, 0x26, 0x2a, 255])).toBe(true);
  });
});

describe('watching a map that was drawn', () => {
  const told = (...sights: Parameters<DrawnCount['see']>[0][]) => {
    const count = new DrawnCount();
    return sights.map((sight) => count.see(sight));
  };

  test('two empty looks in a row are a lost picture, one is not', () => {
    expect(told('area', 'nothing', 'area', 'nothing')).toEqual([null, null, null, null]);
    expect(told('nothing', 'nothing', 'nothing')).toEqual([null, false, null]);
  });

  test('a slow machine is not a lost picture, a dead one is', () => {
    expect(told('slow', 'slow', 'slow', 'area')).toEqual([null, null, null, null]);
    const dead = told(...new Array<'slow'>(10).fill('slow'));
    expect(dead.filter((one) => one !== null)).toEqual([false]);
  });

  test('a picture that is back is told', () => {
    expect(told('nothing', 'nothing', 'area', 'area')).toEqual([null, false, true, null]);
  });
});
