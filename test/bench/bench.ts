import type { BenchContext } from './context.ts';
import { type BenchRow, judge, missed } from './row.ts';
import type { Group } from './rows.ts';

/**
 * Measures group after group. One that cannot be measured gives its rows without a value, and says
 * why; the others go on.
 */
export async function runBench(
  groups: readonly Group[],
  only: string | null,
  context: BenchContext,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const group of groups) {
    context.say(`${group.name} …`);
    const measured = await rowsOf(group, context);
    const wanted = measured.filter(
      ({ row }) => only === null || only === group.name || only === row,
    );
    rows.push(...wanted);
  }
  return rows;
}

async function rowsOf(group: Group, context: BenchContext): Promise<readonly BenchRow[]> {
  try {
    const figures = await group.measure(context);
    for (const { row, wrong } of figures) if (wrong !== null) context.say(`${row}: ${wrong}`);
    return figures.map(judge);
  } catch (error) {
    context.say(`${group.name} could not be measured: ${(error as Error).message}`);
    return group.rows.map(missed);
  }
}
