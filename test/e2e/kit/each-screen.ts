import type { Screen } from '../../../src/renderer/actions/route.ts';
import type { RealConsole } from './console.ts';
import type { Desk } from './desk.ts';
import { expect, type FileConsole, test } from './shift.ts';
import { expectWholeTopBar, expectWords, inEachLanguage } from './worded.ts';
import { word } from './words.ts';
import { Zone } from './zone.ts';

/** How many of the screens stand in the first of the two files, which run side by side. */
export const FIRST_SCREENS = 5;

/** Something on every screen: a crossing, somebody who waits, a forced door, a stored reason. */
const told = new WeakSet<RealConsole>();
export async function makeNews(running: FileConsole): Promise<void> {
  if (told.has(running.now)) return;
  told.add(running.now);
  const zone = Zone.of(running.now);
  const [one, two] = zone.holders('special-pass', 2, '06:00-23:00');
  await zone.swipe('lmc-road-in-1', zone.holder('hk-resident').credential);
  zone.swipe('loop-west-bridge-in-1', one?.credential ?? '', 900).catch(() => {});
  zone.swipe('loop-east-bridge-in-1', two?.credential ?? '', 900).catch(() => {});
  await running.now.order({ do: 'force-door', lane: 'san-tin-exit-out-1' });
}

/** Chooses the first thing of the screen's list, so that its panel is looked at too. */
async function chooseFirst({ page }: Desk, screen: Screen): Promise<void> {
  if (screen === 'lanes' || screen === 'exceptions') {
    await page.locator('#content').getByRole('option').first().click();
  }
  if (screen === 'incidents' || screen === 'crossings' || screen === 'devices') {
    await page.locator('#content .tr').first().click();
  }
}

/** One test for each of the screens, on the console of the file. */
export function testScreens(running: FileConsole, screens: readonly Screen[]): void {
  for (const screen of screens) {
    test(`${screen}: every word in each language, switched live; nothing serious for axe`, async ({
      desk,
    }) => {
      await makeNews(running);
      const role = screen === 'settings' ? 'administrator' : 'supervisor';
      const one = await desk(role, { screen });
      const { page } = one;
      await expect(one.content(screen)).toBeVisible();
      if (screen === 'watch') {
        await expect(page.locator('[data-drawn="drawn"]')).toBeVisible({ timeout: 120_000 });
        await expect(page.getByTestId('queue').getByRole('row').first()).toBeVisible();
      }
      await chooseFirst(one, screen);
      expect(await one.seriousFindings()).toEqual([]);
      await inEachLanguage(one, async (language) => {
        const name = word(`app.nav-${screen}`, {}, language);
        await expect(page.getByRole('main', { name, exact: true })).toBeVisible();
        await expectWords(one, language);
        await expectWholeTopBar(one);
      });
    });
  }
}
