import { expect } from 'vitest';
import { readHead } from '../../src/main/engine/journal/read.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import type { StepBench } from './step-bench.ts';

/** The read models of every file are what the journal makes of them anew. */
export function expectRebuilt({ segments }: Pick<StepBench, 'segments'>): void {
  for (const [i, { db }] of segments.all.entries()) {
    const scratch = openScratch(':memory:');
    rebuildProjections(db, scratch, readHead(db).seq, segments.all[i - 1]?.db ?? null);
    expect(compareProjections(db, scratch)).toEqual([]);
    scratch.close();
  }
}
