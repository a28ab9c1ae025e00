import { lostEvents } from './burst.ts';
import type { Badge } from './children/messages.ts';
import type { BenchContext } from './context.ts';
import { cpuSeconds } from './cpu.ts';
import { HOLDERS, startLiveZone } from './live-zone.ts';
import type { Figure } from './row.ts';
import { cardOf } from './zone.ts';

const BOARDS = 75;
const DOORS = 4;
const SWIPES_PER_SECOND = 500;
const SETTLE_MS = 3_000;

/**
 * 500 badges a second over 300 doors while every board is asked how it is: each must be in the
 * journal, decided live. Nobody knows them, so that no gate is held by one when the next comes.
 */
export async function measureSwipes(context: BenchContext): Promise<Figure[]> {
  const zone = await startLiveZone(context, { name: 'swipes', boards: BOARDS });
  try {
    const badges = strangers(context.burstSeconds);
    const before = cpuSeconds(zone.pid);
    await zone.boards.play(badges);
    const share = ((cpuSeconds(zone.pid) - before) / context.burstSeconds) * 100;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const wrong = lostEvents(zone.db, await zone.boards.tell());
    const live = zone.db
      .query<[], { n: number }>("SELECT count(*) AS n FROM crossing WHERE timing = 'live'")
      .get();
    const decided = live?.n ?? 0;
    if (decided !== badges.length) {
      wrong.push(`${badges.length} badges became ${decided} live crossings`);
    }
    const both = { bare: null, wrong: wrong.join('; ') || null } as const;
    const value = decided / context.burstSeconds;
    return [
      {
        ...{ ...both, row: 'swipes', unit: 'badges/s', better: 'more', value },
        bar: { atLeast: SWIPES_PER_SECOND },
      },
      {
        ...{ ...both, row: 'swipes-share', unit: '% of a core', better: 'less', value: share },
        bar: { atMost: 100 },
      },
    ];
  } finally {
    await zone.stop();
  }
}

function strangers(seconds: number): Badge[] {
  return Array.from({ length: seconds * SWIPES_PER_SECOND }, (_, n): Badge => {
    const door = 1 + (Math.floor(n / BOARDS) % DOORS);
    const direction = door % 2 === 1 ? 'in' : 'out';
    const card = cardOf(HOLDERS + n);
    return { atMs: (n * 1000) / SWIPES_PER_SECOND, board: n % BOARDS, door, direction, card };
  });
}
