import { expect } from 'vitest';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import type { StepBench } from './step-bench.ts';

/** The read models are what the journal makes of them anew. */
export function expectRebuilt({ db, journal }: Pick<StepBench, 'db' | 'journal'>): void {
  const scratch = openScratch(':memory:');
  rebuildProjections(db, scratch, journal.seq);
  expect(compareProjections(db, scratch)).toEqual([]);
  scratch.close();
}
