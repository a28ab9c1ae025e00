import type { Page } from '@playwright/test';
import { must } from '../../src/shared/lib/assert.ts';

/** One task of a page's main thread, in ms: by the clock, and what the thread itself worked. */
export interface TracedTask {
  readonly wallMs: number;
  readonly ownMs: number;
}

/** As Chromium writes them: times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const TASKS = 'disabled-by-default-devtools.timeline';

/**
 * Every task of the page's main thread for so many seconds, from the browser's own trace. Where the
 * graphics are software a task waits for them while others draw: its own time leaves that out. Of
 * several pages the busiest one's.
 */
export async function traceTasks(page: Page, seconds: number): Promise<readonly TracedTask[]> {
  const cdp = await must(page.context().browser(), 'browser').newBrowserCDPSession();
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      if (event.name === 'RunTask' || event.name === 'thread_name') events.push(event);
    }
  });
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: [TASKS], excludedCategories: ['*'] },
  });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  return busiest(events);
}

function busiest(events: readonly TraceEvent[]): readonly TracedTask[] {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const threads = new Map<string, TracedTask[]>();
  for (const event of events) {
    if (event.args.name === 'CrRendererMain') threads.set(threadOf(event), []);
  }
  for (const event of events) {
    const { ph, dur = 0, tdur = 0 } = event;
    if (event.name !== 'RunTask' || ph !== 'X') continue;
    threads.get(threadOf(event))?.push({ wallMs: dur / 1000, ownMs: tdur / 1000 });
  }
  const worked = (tasks: readonly TracedTask[]) => tasks.reduce((sum, { ownMs }) => sum + ownMs, 0);
  return [...threads.values()].toSorted((a, b) => worked(b) - worked(a))[0] ?? [];
}
