import { expect, test } from 'vitest';
import { commandOf } from './plan.ts';
import { takesLateForLive } from './planted-bugs.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulation.ts';
import { faultNames } from './zone/strikes.ts';

test('the same seed gives the same journal, byte by byte', async () => {
  for (const run of [
    { seed: 5, hours: 0.5 },
    { seed: 6, hours: 2 },
  ]) {
    const [one, two] = [await simulate(run), await simulate(run)];
    expect(one.violations).toEqual([]);
    expect(one.events).toBeGreaterThan(100);
    expect(two.headHash).toBe(one.headHash);
  }
});

test('a board’s clock that is put on while the console sleeps makes no event live', async () => {
  const without = faultNames.filter((name) => name !== 'board-clock' && name !== 'stall');
  expect((await simulate({ seed: 20_040, hours: 0.09, without })).violations).toEqual([]);
});

test('an event that is written with the clearing of its board counts as durable', async () => {
  const kept: readonly string[] = ['board-cleared', 'disk-full', 'centre-mood'];
  const without = faultNames.filter((name) => !kept.includes(name));
  expect((await simulate({ seed: 70_054, hours: 0.39, without })).violations).toEqual([]);
});

test('a failing run is made smaller, and named by the command that repeats it', async () => {
  const planted = takesLateForLive();
  for (let seed = 1; seed <= 8; seed += 1) {
    const run = { seed, hours: 0.5, planted, only: 'late' } as const;
    const { violations, faults } = await simulate(run);
    const [first] = violations;
    if (first === undefined) continue;
    const { name, violation } = await shrink(run, first);
    expect(name.hours).toBeLessThan(0.5);
    expect(faults.size - (name.without?.length ?? 0)).toBeLessThan(faults.size);
    expect(violation.invariant).toBe('late');
    expect(commandOf(name)).toContain(`--seed ${seed} --hours ${name.hours} --without `);
    const again = await simulate({ ...run, ...name });
    expect(again.violations[0]).toEqual(violation);
    return;
  }
  expect.unreachable('no seed shows the planted bug');
});
