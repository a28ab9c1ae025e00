import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Load, nextSpeed } from '../../../src/training/clock/governor.ts';

const calm: Load = { p95Ms: 20, longestQueue: 0, longestBefore: 0, engineHere: true };

function after(beats: number, asked: number, speed: number, load: Load): number {
  let now = speed;
  for (let i = 0; i < beats; i += 1) now = nextSpeed(asked, now, load);
  return now;
}

test('the speed rises to what was asked for while decisions come in time', () => {
  expect(after(40, 60, 1, calm)).toBe(60);
  expect(after(200, 600, 1, { ...calm, longestQueue: 5 })).toBe(600);
});

test('late decisions bring it down to real time and no further', () => {
  expect(after(100, 600, 600, { ...calm, p95Ms: 501 })).toBe(1);
  expect(after(100, 0.5, 0.5, { ...calm, p95Ms: 5000 })).toBe(0.5);
});

test('growing queues slow it down, shrinking ones hold it', () => {
  const load = { ...calm, longestQueue: 40, longestBefore: 40 };
  expect(nextSpeed(600, 300, load)).toBeLessThan(300);
  expect(nextSpeed(600, 300, { ...load, longestBefore: 41 })).toBe(300);
  expect(after(1000, 600, 600, load)).toBe(20);
});

test('without an engine the zone waits at real time', () => {
  expect(nextSpeed(60, 60, { ...calm, engineHere: false })).toBe(1);
});

test('whatever the load, the speed stays between real time and what was asked for', () => {
  const loads = fc.record({
    p95Ms: fc.double({ min: 0, max: 1e5, noNaN: true }),
    longestQueue: fc.nat(1000),
    longestBefore: fc.nat(1000),
    engineHere: fc.boolean(),
  });
  const asked = fc.double({ min: 0.1, max: 3600, noNaN: true });
  fc.assert(
    fc.property(asked, fc.array(loads, { maxLength: 60 }), (most, all) => {
      let speed = Math.min(1, most);
      for (const load of all) {
        const next = nextSpeed(most, speed, load);
        expect(next).toBeGreaterThanOrEqual(Math.min(1, most));
        expect(next).toBeLessThanOrEqual(most);
        // A step down of more than a sixth could make an event that is being read look late.
        if (load.engineHere) expect(next).toBeGreaterThanOrEqual(Math.min(1, most, speed * 0.83));
        speed = next;
      }
    }),
  );
});
