import type { Browser, Page } from '@playwright/test';
import { word } from '../e2e/kit/words.ts';
import { BarePage } from './bare-page.ts';
import type { Badge, Leaf } from './children/messages.ts';
import { addUser, launchBrowser, signIn } from './console-page.ts';
import type { BenchContext } from './context.ts';
import { type SeenTile, takeTiles, watchTiles } from './dom-watch.ts';
import { percentile } from './figures.ts';
import { startLiveZone } from './live-zone.ts';
import type { Figure } from './row.ts';
import { cardOf, laneAt } from './zone.ts';

const BOARDS = 75;
const EVENTS_PER_SECOND = 134;
/** As of the burst: a crossing from its badge to its shut leaf. */
const EVENTS_PER_CROSSING = 9;
/** Long enough that the open leaf and the shut one are shown each for itself. */
const HELD_MS = 1_500;
/** A change later than this was another one, or none came. */
const GIVEN_UP_MS = 10_000;
const WARM_SECONDS = 5;

/** A leaf that moves at a gate to the words on its lane's tile, in Chromium, all lanes shown. */
export async function measureGateToDom(context: BenchContext): Promise<Figure[]> {
  const options = { name: 'dom', boards: BOARDS, host: true, prepare: addUser };
  const zone = await startLiveZone(context, options);
  const browser = await launchBrowser();
  const bare = await BarePage.open(browser);
  try {
    const page = await openLanes(browser, zone.url ?? '');
    await page.evaluate(watchTiles);
    await zone.boards.play(plan(WARM_SECONDS, 0));
    const from = WARM_SECONDS * EVENTS_PER_SECOND;
    bare.begin((1000 * EVENTS_PER_CROSSING) / (2 * EVENTS_PER_SECOND));
    const { leaves } = await zone.boards.play(plan(context.seconds, from));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const times = delays(leaves, await page.evaluate(takeTiles));
    const lost = leaves.length - times.length;
    const wrong = lost === 0 ? null : `${lost} of ${leaves.length} changes were never shown`;
    const both = { unit: 'ms', better: 'less', wrong } as const;
    const least = await bare.times();
    const at = (share: number) => ({
      value: percentile(times, share),
      bare: percentile(least, share),
    });
    return [
      { ...both, ...at(0.5), row: 'gate-to-dom-p50', bar: {} },
      { ...both, ...at(0.95), row: 'gate-to-dom-p95', bar: { atMost: 200 } },
    ];
  } finally {
    await bare.close();
    await browser.close();
    await zone.stop();
  }
}

/** The page of lanes with every tile on it. */
async function openLanes(browser: Browser, url: string): Promise<Page> {
  const page = await signIn(browser, url, 'lanes');
  await page
    .locator('.lanes-item .lane-state')
    .nth(BOARDS * 4 - 1)
    .waitFor({ timeout: 60_000 });
  return page;
}

function plan(seconds: number, from: number): Badge[] {
  const perSecond = EVENTS_PER_SECOND / EVENTS_PER_CROSSING;
  return Array.from({ length: Math.floor(seconds * perSecond) }, (_, n): Badge => {
    const door = 1 + 2 * (Math.floor(n / BOARDS) % 2);
    const at = { atMs: (n * 1000) / perSecond, board: n % BOARDS, door, heldMs: HELD_MS };
    return { ...at, direction: 'in', card: cardOf(from + n) };
  });
}

/** For each leaf that moved, how long until its lane's tile first said so. */
function delays(leaves: readonly Leaf[], tiles: readonly SeenTile[]): number[] {
  const shown = {
    open: word('domain.door-open', {}, 'en'),
    closed: word('domain.door-closed', {}, 'en'),
  };
  const byLane = Map.groupBy(tiles, ({ lane }) => lane);
  return leaves.flatMap(({ board, door, to, atMs }) => {
    const tile = byLane.get(laneAt(board, door))?.find((seen) => {
      const afterMs = seen.atMs - atMs;
      return afterMs > -1 && afterMs < GIVEN_UP_MS && seen.text.endsWith(shown[to]);
    });
    return tile === undefined ? [] : [Math.max(0, tile.atMs - atMs)];
  });
}
