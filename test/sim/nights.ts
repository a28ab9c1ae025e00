import { setPriority } from 'node:os';
import { expect, test } from 'vitest';
import { runAll, seedsFrom } from './campaign.ts';
import { RUN_HOURS } from './zone/bustle.ts';

/** A thousand hours of the same seeds everywhere, in halves that run side by side. */
export const HALF = Math.ceil(Number(process.env.TWOLINE_SIM_RUNS ?? 40) / 2);
/** Half of them take minutes of work, and more where others work beside them. */
const LONG = { timeout: 1_800_000 };

/** The test of half of the hours, from a seed on. More: `npm run test:sim -- --hours N`. */
export function testNights(fromSeed: number): void {
  // It alone here has no real time to keep: whoever runs beside it goes first.
  setPriority(10);
  const name = `bad days and nights from seed ${fromSeed}: every invariant holds after every step`;
  test(name, LONG, async () => {
    let runs = 0;
    const { figures, failures } = await runAll(seedsFrom(fromSeed, RUN_HOURS), () => {
      runs += 1;
      return runs > HALF;
    });
    process.stdout.write(`\n${figures.inWords()}\n`);
    expect(failures.join('\n')).toBe('');
    expect(figures.missing()).toEqual([]);
  });
}
