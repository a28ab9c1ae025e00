import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Ballast } from '../../src/main/engine/store/ballast.ts';
import { percentFree, SpaceWatch, spaceOf } from '../../src/main/engine/store/disk-space.ts';
import { judgeSyncs, measureSyncs } from '../../src/main/engine/store/storage-selftest.ts';
import { DiskCare } from '../../src/main/engine/upkeep/disk-care.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { realClock } from '../kit/real-clock.ts';
import { until } from '../kit/waiting.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-room-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('the room is what the file system says of the folder', async () => {
  const space = await spaceOf(dir);
  expect(space.totalBytes).toBeGreaterThan(space.freeBytes);
  expect(percentFree(space)).toBeGreaterThan(0);
  expect(percentFree({ freeBytes: 0, totalBytes: 0 })).toBe(100);
  await expect(spaceOf(join(dir, 'absent'))).rejects.toThrow('ENOENT');
});

test('each worse level is told once, and again only after it was clearly better', () => {
  const watch = new SpaceWatch({ lowPercent: 20, veryLowPercent: 10 });
  const at = (percent: number) => watch.take({ freeBytes: percent, totalBytes: 100 });
  expect([at(50), at(20)]).toEqual([null, null]);
  expect([at(19.9), at(15), at(10)]).toEqual(['low', null, null]);
  expect([at(9), at(3)]).toEqual(['very-low', null]);
  // Coming and going at the limit is not told again.
  expect([at(11), at(9)]).toEqual([null, null]);
  expect([at(12), at(9)]).toEqual([null, 'very-low']);
  expect([at(21.9), at(19)]).toEqual([null, null]);
  expect([at(22), watch.level, at(19)]).toEqual([null, 'enough', 'low']);
  const sudden = new SpaceWatch({ lowPercent: 20, veryLowPercent: 10 });
  expect(sudden.take({ freeBytes: 1, totalBytes: 100 })).toBe('very-low');
});

test('ballast: written whole, freed at once, written again', async () => {
  const path = join(dir, 'ballast.bin');
  const ballast = new Ballast(path, 3_500_000, randomBytes);
  expect(ballast.free()).toBe(0);
  expect(await Promise.all([ballast.fill(), ballast.fill()])).toEqual([true, true]);
  expect(readdirSync(dir)).toEqual(['ballast.bin']);
  expect(statSync(path).size).toBe(3_500_000);
  const { ino } = statSync(path);
  expect(await ballast.fill()).toBe(true);
  expect(statSync(path).ino).toBe(ino);
  expect(ballast.free()).toBe(3_500_000);
  expect(existsSync(path)).toBe(false);
  expect(await ballast.fill()).toBe(true);
});

test('ballast that is still being written makes room too, and is given up', async () => {
  const ballast = new Ballast(join(dir, 'ballast.bin'), 50_000_000, randomBytes);
  const filling = ballast.fill();
  const part = join(dir, 'ballast.bin.part');
  await until('some of it', () => existsSync(part) && statSync(part).size > 0);
  expect(ballast.free()).toBeGreaterThan(0);
  expect(readdirSync(dir)).toEqual([]);
  expect(await filling).toBe(false);
  expect(readdirSync(dir)).toEqual([]);
});

test('ballast that cannot be written, or is not wanted, leaves nothing', async () => {
  const nowhere = new Ballast(join(dir, 'absent', 'ballast.bin'), 1_000, randomBytes);
  expect(await nowhere.fill()).toBe(false);
  const none = new Ballast(join(dir, 'ballast.bin'), 0, randomBytes);
  expect(await none.fill()).toBe(false);
  const stopped = new Ballast(join(dir, 'ballast.bin'), 50_000_000, randomBytes);
  const filling = stopped.fill();
  await stopped.stop();
  expect(await filling).toBe(false);
  expect(readdirSync(dir)).toEqual([]);
});

test('a full disk and a used-up quota free the ballast; a locked file does not', async () => {
  const noted: NewEvent[] = [];
  const care = new DiskCare({
    ...{ dataDir: dir, clock: realClock(Date.now()), randomBytes, log: () => undefined },
    settings: { lowPercent: 20, veryLowPercent: 10, ballastMegabytes: 1 },
    spaceOf: async () => ({ freeBytes: 90, totalBytes: 100 }),
    note: (event) => noted.push(event),
    everyMs: 0,
  });
  const failsWith = (code: string) =>
    care.cannotWrite(Object.assign(new Error('it fails'), { code }));
  const ballast = () =>
    until('ballast', () => {
      care.look();
      return readdirSync(dir).join() === 'ballast.bin';
    });
  await ballast();
  failsWith('SQLITE_READONLY');
  failsWith('SQLITE_IOERR_FSYNC');
  care.canWrite();
  expect([readdirSync(dir), noted]).toEqual([['ballast.bin'], []]);
  for (const code of ['SQLITE_FULL', 'SQLITE_IOERR_WRITE']) {
    await ballast();
    failsWith(code);
    expect(readdirSync(dir)).toEqual([]);
    care.canWrite();
    expect(noted.splice(0)).toEqual([{ kind: 'disk.ballast-freed', data: { megabytes: 1 } }]);
  }
  await care.stop();
});

test('the disk is measured as the journal uses it, and nothing is left behind', () => {
  const times = measureSyncs(dir);
  expect(times.syncs).toBe(400);
  expect(times.p50Ms).toBeGreaterThan(0);
  expect(times.p99Ms).toBeGreaterThanOrEqual(times.p50Ms);
  expect(times.slowestMs).toBeGreaterThanOrEqual(times.p99Ms);
  expect(readdirSync(dir)).toEqual([]);
  writeFileSync(join(dir, 'file'), '');
  expect(() => measureSyncs(join(dir, 'file'))).toThrow('ENOTDIR');
});

test('a disk is slow by its slowest hundredth, and implausible by its half', () => {
  /** A disk whose every hundredth sync, but the first, takes longer. */
  const disk = (ms: number, slowMs: number) => {
    let [calls, atMs] = [0, 0];
    return measureSyncs(dir, () => {
      calls += 1;
      if (calls % 2 === 0) atMs += calls % 180 === 0 ? slowMs : ms;
      return atMs;
    });
  };
  expect(disk(1, 21)).toMatchObject({ p50Ms: 1, p99Ms: 1, slowestMs: 21 });
  expect(judgeSyncs(disk(1, 21))).toBe('good');
  expect(judgeSyncs(disk(21, 21))).toBe('slow');
  expect(judgeSyncs(disk(0.051, 21))).toBe('good');
  expect(judgeSyncs(disk(0.049, 21))).toBe('implausible');
  expect(judgeSyncs({ syncs: 400, p50Ms: 0.3, p99Ms: 20.1, slowestMs: 30 })).toBe('slow');
});
