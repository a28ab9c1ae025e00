import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hkDayStart } from '../../../src/shared/lib/hk-time.ts';
import { seedNumber } from '../../../src/training/chance.ts';
import { writePeople } from '../../../src/training/people/files.ts';
import type { Population } from '../../../src/training/people/holder.ts';
import { weekdayDemand } from '../../../src/training/plan/weekday.ts';
import { Course } from '../../../src/training/world/course.ts';
import { Crowd } from '../../../src/training/world/crowd.ts';
import { DayBook } from '../../../src/training/world/day-book.ts';

const SLOW = { timeout: 120_000 };
const MB = 1024 * 1024;
const population: Population = { seed: seedNumber('size'), people: 1_000_000, year: 2026 };

test('a million people and their day take under 16 MB beside the program', SLOW, () => {
  const before = process.memoryUsage().arrayBuffers;
  const plan = { population, demand: weekdayDemand };
  const crowd = new Crowd(population);
  const course = new Course(plan, crowd);
  const book = new DayBook(plan, crowd, course, hkDayStart('2026-03-02'));
  const called: number[] = [];
  book.due(
    hkDayStart('2026-03-02') + 30 * 60_000,
    (index) => called.push(index),
    () => undefined,
  );
  expect((process.memoryUsage().arrayBuffers - before) / MB).toBeLessThan(16);
  expect(called.length).toBeGreaterThan(1000);
});

test('people are written as they are made, whatever their number', SLOW, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'twoline-size-'));
  try {
    let most = 0;
    const start = process.memoryUsage().heapUsed;
    await writePeople(folder, { ...population, people: 100_000 }, () => {
      most = Math.max(most, process.memoryUsage().heapUsed - start);
    });
    expect(statSync(join(folder, 'permits.csv')).size / MB).toBeGreaterThan(14);
    expect(most / MB).toBeLessThan(128);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
