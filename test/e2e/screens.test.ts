import { SCREENS } from '../../src/renderer/actions/route.ts';
import { LANGUAGES } from '../../src/shared/domain/text.ts';
import { FIRST_SCREENS, makeNews, testScreens } from './kit/each-screen.ts';
import { strangeLetters } from './kit/letters.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { expectWords, said } from './kit/worded.ts';

const running = consoleOfFile({ speed: 10 });

testScreens(running, SCREENS.slice(0, FIRST_SCREENS));

test('the wallboard: nothing serious for axe, words in each language', async ({ desk }) => {
  await makeNews(running);
  for (const language of LANGUAGES) {
    // Without a graphics card a wall takes its time to draw: its size says nothing of its words.
    const isWhole = language === 'zh-HK';
    const viewport = isWhole ? { width: 1920, height: 1080 } : { width: 1280, height: 720 };
    const one = await desk('supervisor', { query: 'wall', language, viewport });
    await expect(one.page.locator('.wall-alarm').first()).toBeVisible();
    await expectWords(one, language);
    // Nothing of it need be left out.
    expect(strangeLetters(await said(one), language)).toEqual([]);
    if (isWhole) {
      await expect(one.page.locator('[data-drawn="drawn"]')).toBeVisible({ timeout: 120_000 });
      expect(await one.seriousFindings()).toEqual([]);
    }
    // Three walls that are drawn at once are three times as slow.
    await one.close();
  }
});
