import type { CDPSession, Page } from '@playwright/test';
import { residentMegabytes } from './resident.ts';

/** What a page's main thread has done since it was opened, and what it holds; seconds and bytes. */
interface Metrics {
  readonly ScriptDuration: number;
  readonly TaskDuration: number;
  readonly JSHeapUsedSize: number;
  readonly Nodes: number;
  readonly JSEventListeners: number;
}

/** What a page holds once nothing is left to sweep, so many minutes after the first look. */
export interface Held {
  readonly minute: number;
  readonly heapMegabytes: number;
  /** Elements and texts of the document, and what listens to them. */
  readonly nodes: number;
  readonly listeners: number;
  /** Of its whole process. */
  readonly residentMegabytes: number;
}

/** What a page did in a time. */
export interface Work {
  readonly seconds: number;
  /** Shares of that time in percent: scripts, and all that the main thread did. */
  readonly scriptPercent: number;
  readonly taskPercent: number;
  readonly held: readonly Held[];
}

const MEGABYTE = 1024 * 1024;

/** A look: what the page had done before our sweep and after it, on the page's own clock. */
interface Look {
  readonly before: Metrics;
  readonly after: Metrics;
  readonly sweptMs: readonly [number, number];
}

/** Measures a page by what its browser counts. */
export class PageMeter {
  readonly #page: Page;
  readonly #cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.#page = page;
    this.#cdp = cdp;
  }

  static async open(page: Page): Promise<PageMeter> {
    const cdp = await page.context().newCDPSession(page);
    // The thread's own time: what others do on a busy machine is not the page's.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new PageMeter(page, cdp);
  }

  /** Looks on for so long, in so many equal parts; what is held is looked at between them. */
  async during(seconds: number, parts: number, told?: (held: Held) => void): Promise<Work> {
    const beganMs = performance.now();
    const looks = [await this.#look()];
    const held: Held[] = [];
    for (let part = 1; part <= parts; part += 1) {
      const untilMs = beganMs + (part * seconds * 1000) / parts;
      await new Promise((resolve) => setTimeout(resolve, untilMs - performance.now()));
      const look = await this.#look();
      looks.push(look);
      const now = await this.#held(look.after, (performance.now() - beganMs) / 60_000);
      held.push(now);
      told?.(now);
    }
    return { ...shares(looks), held };
  }

  async #look(): Promise<Look> {
    const before = await this.#metrics();
    const fromMs = await this.#pageMs();
    await this.#cdp.send('HeapProfiler.collectGarbage');
    return { before, sweptMs: [fromMs, await this.#pageMs()], after: await this.#metrics() };
  }

  async #metrics(): Promise<Metrics> {
    const { metrics } = await this.#cdp.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as never;
  }

  #pageMs(): Promise<number> {
    return this.#page.evaluate(() => performance.now());
  }

  async #held(metrics: Metrics, minute: number): Promise<Held> {
    return {
      minute,
      heapMegabytes: metrics.JSHeapUsedSize / MEGABYTE,
      nodes: metrics.Nodes,
      listeners: metrics.JSEventListeners,
      residentMegabytes: await this.#resident(),
    };
  }

  /** Of the largest of the browser's pages: the console's is the only large one. */
  async #resident(): Promise<number> {
    const browser = this.#page.context().browser();
    const cdp = await browser?.newBrowserCDPSession();
    const told = await cdp?.send('SystemInfo.getProcessInfo');
    await cdp?.detach();
    const pages = told?.processInfo.filter(({ type }) => type === 'renderer') ?? [];
    return Math.max(...pages.map(({ id }) => residentMegabytes(id)));
  }
}

/** The page's work between the looks, without the looks. */
function shares(looks: readonly Look[]): Omit<Work, 'held'> {
  const between = (of: keyof Metrics) =>
    looks.slice(1).reduce((sum, look, n) => sum + look.before[of] - (looks[n]?.after[of] ?? 0), 0);
  const seconds = looks
    .slice(1)
    .reduce((sum, look, n) => sum + (look.sweptMs[0] - (looks[n]?.sweptMs[1] ?? 0)) / 1000, 0);
  const percent = (of: keyof Metrics) => (100 * between(of)) / seconds;
  return {
    seconds,
    scriptPercent: percent('ScriptDuration'),
    taskPercent: percent('TaskDuration'),
  };
}

/** By how much something grows in a minute: the slope of the straight line that fits best. */
export function growthOf(held: readonly Held[], of: (one: Held) => number): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const atMean = mean(held.map(({ minute }) => minute));
  const valueMean = mean(held.map(of));
  const across = held.map((one) => (one.minute - atMean) * (of(one) - valueMean));
  return mean(across) / mean(held.map(({ minute }) => (minute - atMean) ** 2));
}
