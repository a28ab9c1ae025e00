import { onTestFinished } from 'vitest';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import type { Regime } from '../../src/shared/regime/regime-file.ts';
import { inputsOf } from './cargo-bench.ts';
import type { Holder } from './small-zone.ts';
import { stepBench } from './step-bench.ts';

/** The step at a zone for persons, with their permits in force, until the test is over. */
export function peopleBench(
  holders: readonly Holder[] = [{ n: 1 }, { n: 2 }],
  regime?: string | Regime,
) {
  const bench = inputsOf(stepBench(1, undefined, regime), holders, {});
  onTestFinished(() => bench.close());
  return {
    ...bench,
    /** Goes through a door: 1 in, 2 out (first line), 3 in, 4 out (second line). */
    crosses(n: number, door = 1) {
      bench.badge(n, door);
      bench.goes(door);
    },
    /** What the tables differ in from those made anew out of the journal: nothing. */
    differences() {
      const scratch = openScratch(':memory:');
      rebuildProjections(bench.db, scratch, bench.journal.seq);
      const found = compareProjections(bench.db, scratch);
      scratch.close();
      return found;
    },
  };
}

export type PeopleBench = ReturnType<typeof peopleBench>;
