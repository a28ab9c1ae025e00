import { setPriority } from 'node:os';
import { expect, test } from 'vitest';
import { runAll, seedsFrom } from '../sim/campaign.ts';
import type { RunName } from '../sim/plan.ts';
import { RUN_HOURS } from '../sim/zone/bustle.ts';

/** A thousand hours of the same seeds everywhere. More: `npm run test:sim -- --hours N`. */
const RUNS = Number(process.env.TWOLINE_SIM_RUNS ?? 40);

/** Two processors have half of the nights each, every other seed; each half finds all it must. */
export function testEveryOther(first: 1 | 2): void {
  // It alone here has no real time to keep: whoever runs beside it goes first.
  setPriority(10);
  test('bad days and nights: every invariant holds after every step', async () => {
    const { figures, failures } = await runAll(everyOther(first), () => false);
    process.stdout.write(`\n${figures.inWords()}\n`);
    expect(failures.join('\n')).toBe('');
    expect(figures.missing()).toEqual([]);
  });
}

function* everyOther(first: number): Generator<RunName> {
  for (const run of seedsFrom(1, RUN_HOURS)) {
    if (run.seed > RUNS) return;
    if (run.seed % 2 === first % 2) yield run;
  }
}
