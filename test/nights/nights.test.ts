import { setPriority } from 'node:os';
import { expect, test } from 'vitest';
import { runAll, seedsFrom } from '../sim/campaign.ts';
import { RUN_HOURS } from '../sim/zone/bustle.ts';

/** A thousand hours of the same seeds everywhere. More: `npm run test:sim -- --hours N`. */
const RUNS = Number(process.env.TWOLINE_SIM_RUNS ?? 40);

// It alone here has no real time to keep: whoever runs beside it goes first.
setPriority(10);

test('bad days and nights: every invariant holds after every step', async () => {
  let runs = 0;
  const { figures, failures } = await runAll(seedsFrom(1, RUN_HOURS), () => {
    runs += 1;
    return runs > RUNS;
  });
  process.stdout.write(`\n${figures.inWords()}\n`);
  expect(failures.join('\n')).toBe('');
  expect(figures.missing()).toEqual([]);
});
