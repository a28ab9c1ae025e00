import { readFileSync } from 'node:fs';
import type { BenchContext } from './context.ts';
import { startLiveZone } from './live-zone.ts';
import type { Figure } from './row.ts';

const BOARDS = 75;
const SETTLE_MS = 5_000;
/** Linux counts a process's time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** What the engine's process takes of one core while 75 boards are only asked how they are. */
export async function measureIdleBoards(context: BenchContext): Promise<Figure[]> {
  const zone = await startLiveZone(context, { name: 'idle', boards: BOARDS });
  try {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const [before, beganMs] = [cpuSeconds(zone.pid), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, context.seconds * 1000));
    const seconds = (performance.now() - beganMs) / 1000;
    const value = ((cpuSeconds(zone.pid) - before) / seconds) * 100;
    const bar = { atMost: 10 };
    const row = { row: 'idle-boards', unit: '% of a core', better: 'less', bare: null } as const;
    return [{ ...row, value, bar, wrong: null }];
  } finally {
    await zone.stop();
  }
}

/** Time that a process has had of any core, all its threads together. */
function cpuSeconds(pid: number): number {
  // The name, in brackets, may have blanks: the figures begin behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
