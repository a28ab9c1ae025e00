import { randomBytes } from 'node:crypto';
import { type Browser, chromium, type Page } from '@playwright/test';
import { openAccess } from '../../src/main/engine/access/open-access.ts';
import { word } from '../e2e/kit/words.ts';
import { chromiumArgs } from '../kit/chromium-args.ts';
import { realClock } from '../kit/real-clock.ts';

const USER = { name: 'bench', secret: 'gates-to-pages-9' };
const VIEWPORT = { width: 1920, height: 1080 };

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.TWOLINE_CHROMIUM;
  const args = [...chromiumArgs];
  return chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}

/** The operator whom `signIn` signs in. */
export async function addUser(dataDir: string): Promise<void> {
  const clock = realClock(Date.now());
  const opened = openAccess({ dir: dataDir, training: false, clock, random: randomBytes });
  if (!opened.ok) throw new Error(opened.fault.text);
  const added = await opened.value.addUser({ ...USER, role: 'operator' });
  opened.value.close();
  if (!added.ok) throw new Error(added.fault.text);
}

/** The console's page on a screen, in English. */
export async function signIn(
  browser: Browser,
  url: string,
  screen: 'lanes' | 'watch',
): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript(() => localStorage.setItem('twoline.language', 'en'));
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel(word('sign-in.name', {}, 'en')).fill(USER.name);
  await page.evaluate((of) => {
    location.hash = `#/${of}`;
  }, screen);
  await page.getByLabel(word('sign-in.secret', {}, 'en')).fill(USER.secret);
  await page.getByRole('button', { name: word('sign-in.submit', {}, 'en') }).click();
  return page;
}
