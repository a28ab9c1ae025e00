import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ConsoleId } from '../../../src/shared/domain/ids.ts';
import { BEYOND } from '../../../src/shared/domain/place.ts';
import { SiteShape } from '../../../src/shared/domain/site.ts';
import { loadRegime } from '../../../src/shared/regime/resolve.ts';
import { SHIPPED_REGIMES } from '../../../src/shared/regime/shipped.ts';
import { boardsFor, trainingSerial } from '../../../src/training/site/lanes.ts';
import { trainingSite } from '../../../src/training/site/training-site.ts';
import { ANY_CODE_KEY } from '../../kit/fake/zone.ts';

function site(lanes: number, people = 20_000, trucks = 0) {
  return trainingSite({
    trucks,
    consoleId: 'training-1' as ConsoleId,
    lanes,
    people,
    boards: Array.from({ length: boardsFor(lanes, trucks) }, (_, i) => ({
      serial: trainingSerial(i),
      address: '127.0.0.1',
      port: 40_000 + i,
    })),
    clock: { address: '127.0.0.1', port: 39_000 },
    centre: null,
    codeKey: ANY_CODE_KEY,
  });
}

test('the default site has 24 lanes at nine checkpoints on both lines and an inner passage', () => {
  const made = site(24);
  expect(SiteShape.safeParse(JSON.parse(JSON.stringify(made))).success).toBe(true);
  expect(made.lanes).toHaveLength(24);
  expect(made.checkpoints.length).toBe(9);
  expect(new Set(made.checkpoints.map(({ line }) => line))).toEqual(
    new Set(['first', 'second', 'inner']),
  );
  expect(made.areas.every(({ fictional }) => fictional)).toBe(true);
  expect(made.boards).toHaveLength(6);
});

test.each([1, 2, 3, 7, 20, 24, 25, 99, 300])(
  '%i lanes: ids unique, doors unique, ways lead',
  (n) => {
    const made = site(n);
    expect(made.lanes).toHaveLength(n);
    expect(new Set(made.lanes.map(({ id }) => id)).size).toBe(n);
    expect(new Set(made.lanes.map(({ board, door }) => `${board}/${door}`)).size).toBe(n);
    const places = new Set<string>([...BEYOND, ...made.areas.map(({ id }) => id)]);
    const checkpoints = new Map(made.checkpoints.map((one) => [one.id, one]));
    for (const lane of made.lanes) {
      expect(places.has(lane.from) && places.has(lane.to) && lane.from !== lane.to).toBe(true);
      const { line } = checkpoints.get(lane.checkpoint)!;
      const beyond = line === 'inner' ? null : `beyond-${line}`;
      if (lane.direction === 'in') expect(lane.from).toBe(beyond);
      if (lane.direction === 'out') expect(lane.to).toBe(beyond);
      expect(lane.direction === 'across').toBe(line === 'inner');
      expect(lane.onFailure).toBe(lane.direction === 'out' ? 'free' : 'shut');
      if (lane.direction === 'in') expect(lane.offline).toBe('deny');
      expect(lane.passage).toBe('door');
    }
  },
);

test('one lane of a bridge can be turned, and comes with the first lanes', () => {
  for (const lanes of [24, 300]) {
    const turnable = site(lanes).lanes.filter(({ reversible }) => reversible === true);
    expect(turnable.map(({ id }) => id)).toEqual(['loop-west-bridge-in-2']);
  }
});

test('every case of the lanes is decided by exactly one rule of its regime', () => {
  for (const lanes of [2, 24, 300]) {
    const made = site(lanes);
    const path = `resources/regimes/${made.regime}.json`;
    const loaded = loadRegime(readFileSync(path, 'utf8'), path, made);
    expect(loaded.ok ? [] : [loaded.fault.text]).toEqual([]);
  }
});

test('areas take the people that the zone has', () => {
  for (const people of [10, 20_000, 1_000_000]) {
    for (const { capacity } of site(24, people).areas) {
      expect(capacity.hard).toBeGreaterThan(capacity.soft);
      expect(capacity.hard).toBeLessThanOrEqual(Math.max(50, people));
    }
  }
});

test('trucks have two first-line lanes on a board of their own, and their data', () => {
  const made = site(24, 20_000, 5);
  const own = made.lanes.slice(24);
  expect(own.map(({ direction, takes }) => [direction, takes])).toEqual([
    ['in', ['vehicle']],
    ['out', ['vehicle']],
  ]);
  expect(new Set(own.map(({ board }) => board))).toEqual(new Set([made.boards.at(-1)?.serial]));
  expect(made.lanes.slice(0, 24)).toEqual(site(24).lanes);
  expect(made.checkpoints.some(({ id }) => id === own[0]?.checkpoint)).toBe(true);
  expect(Object.keys(made.datasets)).toContain('slots');
  expect(Object.keys(site(24).datasets)).not.toContain('slots');
  expect(made.goods?.auditWithinDays).toBeGreaterThan(0);
});

test.each(SHIPPED_REGIMES)('every case that its lanes present resolves under %s', (regime) => {
  for (const lanes of [1, 24, 300]) {
    const text = readFileSync(`resources/regimes/${regime}.json`, 'utf8');
    expect(loadRegime(text, regime, site(lanes)).ok).toBe(true);
  }
});
