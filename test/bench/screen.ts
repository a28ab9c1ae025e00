import type { Page } from '@playwright/test';
import { BarePage } from './bare-page.ts';
import { addUser, launchBrowser, signIn } from './console-page.ts';
import type { BenchContext } from './context.ts';
import { crossingPlan, EVENTS_PER_CROSSING } from './crossing-plan.ts';
import { type LiveZone, startLiveZone } from './live-zone.ts';
import { growthOf, type Held, PageMeter, type Work } from './page-meter.ts';
import type { Bar, Figure } from './row.ts';
import { type TracedTask, traceTasks } from './task-trace.ts';

const BOARDS = 75;
const CHECKPOINTS = 20;
const EVENTS_PER_SECOND = 500;
/** About a fifth of a per cent of the badges wait for a person: a queue as of a bad day. */
const STRANGER_EVERY = 200;
/** The page's first seconds of traffic: what it makes once is made. */
const WARM_SECONDS = 20;
const LOOK_SECONDS = 10;
/** How long every task is traced; the trace of more would be larger than what it tells. */
const TRACE_SECONDS = 30;
/** From here on a task is long: whoever presses a key meanwhile notices. */
const LONG_MS = 50;
const MOST_LOOKS = 60;
const DRAWN_WITHIN_MS = 120_000;
/** Growth of less than this long is noise, and is held against no bar. */
const TELLING_SECONDS = 900;

/** Watch with 300 lanes in Chromium while the engine commits 500 events a second. */
export async function measureScreen(context: BenchContext): Promise<Figure[]> {
  const zone = await startLiveZone(context, {
    ...{ name: 'screen', boards: BOARDS, checkpoints: CHECKPOINTS - 1 },
    ...{ host: true, prepare: addUser },
  });
  const browser = await launchBrowser();
  const bare = await BarePage.open(browser);
  try {
    const page = await signIn(browser, zone.url ?? '', 'watch');
    await page.locator('.zone-map[data-drawn="drawn"]').waitFor({ timeout: DRAWN_WITHIN_MS });
    const { screenSeconds } = context;
    const seconds = WARM_SECONDS + screenSeconds + TRACE_SECONDS;
    const at = { boards: BOARDS, perSecond: EVENTS_PER_SECOND, strangerEvery: STRANGER_EVERY };
    const played = zone.boards.play(crossingPlan({ ...at, seconds }));
    bare.begin((1000 * EVENTS_PER_CROSSING) / (2 * EVENTS_PER_SECOND));
    await new Promise((resolve) => setTimeout(resolve, WARM_SECONDS * 1000));
    const seen = await watched(context, zone, page, bare);
    await Promise.race([played, new Promise((resolve) => setTimeout(resolve, 1_000))]);
    return figures(seen, screenSeconds);
  } finally {
    await bare.close();
    await browser.close();
    await zone.stop();
  }
}

interface Seen {
  readonly work: Work;
  readonly bare: Work;
  readonly tasks: readonly TracedTask[];
  readonly eventsPerSecond: number;
  readonly wrong: string | null;
}

async function watched(
  { screenSeconds, say }: BenchContext,
  { db }: LiveZone,
  page: Page,
  barePage: BarePage,
): Promise<Seen> {
  const head = db.query<[], { seq: number }>('SELECT max(seq) AS seq FROM journal');
  const seq = () => head.get()?.seq ?? 0;
  const meters = [await PageMeter.open(page), await PageMeter.open(barePage.page)] as const;
  const parts = Math.min(MOST_LOOKS, Math.max(2, Math.round(screenSeconds / LOOK_SECONDS)));
  const [before, beganMs] = [seq(), performance.now()];
  const [work, bare] = await Promise.all([
    meters[0].during(screenSeconds, parts, (held) => say(heldText(held))),
    meters[1].during(screenSeconds, 1),
  ]);
  const eventsPerSecond = ((seq() - before) * 1000) / (performance.now() - beganMs);
  const tasks = await traceTasks(page, TRACE_SECONDS);
  const drawn = await page.locator('.zone-map').getAttribute('data-drawn');
  const wrong = drawn === 'drawn' ? null : `the map is ${drawn} at the end`;
  return { work, bare, tasks, eventsPerSecond, wrong };
}

function heldText({ minute, heapMegabytes, nodes, listeners, residentMegabytes }: Held): string {
  const [heap, resident] = [heapMegabytes.toFixed(2), residentMegabytes.toFixed(0)];
  const dom = `${nodes} nodes, ${listeners} listeners`;
  return `${minute.toFixed(1)} min: heap ${heap} MB, process ${resident} MB, ${dom}`;
}

function figures({ work, bare, tasks, eventsPerSecond, wrong }: Seen, seconds: number): Figure[] {
  const { held } = work;
  const last = held.at(-1);
  const less = (row: string, unit: string, value: number, bar: Bar, least?: number): Figure => {
    return { row, unit, better: 'less', value, bare: least ?? null, bar, wrong };
  };
  const anHour = (of: (one: Held) => number) => 60 * growthOf(held, of);
  const telling = (atMost: number) => (seconds >= TELLING_SECONDS ? { atMost } : {});
  const own = tasks.map(({ ownMs }) => ownMs);
  const longs = (times: readonly number[]) =>
    times.filter((ms) => ms > LONG_MS).length / (TRACE_SECONDS / 60);
  const waited = longs(tasks.map(({ wallMs }) => wallMs));
  const bar = { atLeast: EVENTS_PER_SECOND * 0.95 };
  return [
    {
      ...{ row: 'screen-events', unit: 'events/s', better: 'more', value: eventsPerSecond },
      ...{ bare: null, bar, wrong },
    },
    less('screen-script', '%', work.scriptPercent, { atMost: 25 }, bare.scriptPercent),
    less('screen-thread', '%', work.taskPercent, { atMost: 50 }, bare.taskPercent),
    less('screen-long-tasks', '/min', longs(own), { atMost: 10 }),
    less('screen-longest-task', 'ms', Math.max(0, ...own), { atMost: 200 }),
    less('screen-waiting-tasks', '/min', waited, {}),
    less('screen-heap', 'MB', last?.heapMegabytes ?? Number.NaN, { atMost: 100 }),
    less(
      'screen-heap-growth',
      'MB/h',
      anHour((one) => one.heapMegabytes),
      telling(10),
    ),
    less('screen-process', 'MB', last?.residentMegabytes ?? Number.NaN, {}),
    less(
      'screen-process-growth',
      'MB/h',
      anHour((one) => one.residentMegabytes),
      {},
    ),
    less(
      'screen-dom-growth',
      '/h',
      anHour((one) => one.nodes + one.listeners),
      telling(500),
    ),
  ];
}
