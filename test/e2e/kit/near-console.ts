import type { Browser, Page } from '@playwright/test';
import { nodeTimers as timers } from '../../../src/main/launch/timers.ts';
import { serve } from '../../../src/shared/contract/transport/server.ts';
import type { Role } from '../../../src/shared/domain/role.ts';
import type { Language } from '../../../src/shared/domain/text.ts';
import { callerOf } from '../../kit/caller.ts';
import { openRelayHost } from '../../kit/relay-host.ts';
import type { SmallZone } from '../../kit/small-zone.ts';

const PAGE = new URL('../../../out/renderer', import.meta.url).pathname;
const SIZE = { width: 1_366, height: 768 };

/**
 * The built page in browsers of its own, over the real browser host, on an engine in this process:
 * for what only a test can hand to an engine, such as USB devices that lie in its memory.
 */
export async function nearConsole(browser: Browser, zone: SmallZone, role: Role) {
  const { session } = callerOf(role);
  const backend = { ...zone.engine.backend, sessionOf: () => session };
  const relay = await openRelayHost((carrier, workstation) => {
    serve(carrier, { backend, workstation, timers });
  }, PAGE);
  relay.engineReady = true;
  const pages: Page[] = [];
  return {
    /** A page that is signed in, on a screen. */
    async open(language: Language, screen: string): Promise<Page> {
      const context = await browser.newContext({ viewport: SIZE });
      const page = await context.newPage();
      pages.push(page);
      await page.addInitScript((to) => localStorage.setItem('twoline.language', to), language);
      await page.goto(relay.host.launchUrl());
      await page.evaluate((to) => {
        location.hash = `#/${to}`;
      }, screen);
      return page;
    },
    async close(): Promise<void> {
      for (const page of pages) await page.context().close();
      await relay.host.close();
    },
  };
}
