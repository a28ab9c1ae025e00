import type { BenchContext } from './context.ts';
import { cpuSeconds } from './cpu.ts';
import { startLiveZone } from './live-zone.ts';
import type { Figure } from './row.ts';

const BOARDS = 75;
const SETTLE_MS = 5_000;

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
