import { expect, test } from 'vitest';
import { runAll, seedsFrom } from './campaign.ts';
import { commandOf } from './plan.ts';
import { takesLateForLive } from './planted-bugs.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulation.ts';

/** So many seeds, an hour each: the same ones everywhere. More: `npm run test:sim -- --hours N`. */
const RUNS = Number(process.env.TWOLINE_SIM_RUNS ?? 40);
const HOURS_EACH = 1;

test('the same seed gives the same journal, byte by byte', async () => {
  for (const seed of [5, 6]) {
    const [one, two] = [await simulate({ seed, hours: 0.5 }), await simulate({ seed, hours: 0.5 })];
    expect(one.violations).toEqual([]);
    expect(one.events).toBeGreaterThan(100);
    expect(two.headHash).toBe(one.headHash);
  }
});

test('many bad days: every invariant holds after every step', async () => {
  let runs = 0;
  const { figures, failures } = await runAll(seedsFrom(1, HOURS_EACH), () => {
    runs += 1;
    return runs > RUNS;
  });
  process.stdout.write(`\n${figures.inWords()}\n`);
  expect(failures.join('\n')).toBe('');
  expect(figures.missing()).toEqual([]);
});

test('a failing run is made smaller, and named by the command that repeats it', async () => {
  const planted = takesLateForLive();
  for (let seed = 1; seed <= 8; seed += 1) {
    const run = { seed, hours: 1, planted, only: 'late' } as const;
    const { violations, faults } = await simulate(run);
    const [first] = violations;
    if (first === undefined) continue;
    const { name, violation } = await shrink(run, first);
    expect(name.hours).toBeLessThan(1);
    expect(faults.size - (name.without?.length ?? 0)).toBeLessThan(faults.size);
    expect(violation.invariant).toBe('late');
    expect(commandOf(name)).toContain(`--seed ${seed} --hours ${name.hours} --without `);
    const again = await simulate({ ...run, ...name });
    expect(again.violations[0]).toEqual(violation);
    return;
  }
  expect.unreachable('no seed shows the planted bug');
});
