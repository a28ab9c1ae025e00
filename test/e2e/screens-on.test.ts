import { SCREENS } from '../../src/renderer/actions/route.ts';
import { LANGUAGES } from '../../src/shared/domain/text.ts';
import { FIRST_SCREENS, testScreens } from './kit/each-screen.ts';
import { strangeLetters } from './kit/letters.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { expectWords, said } from './kit/worded.ts';
import { word } from './kit/words.ts';

const running = consoleOfFile({ speed: 10 });

testScreens(running, SCREENS.slice(FIRST_SCREENS));

test('sign-in: every word in each language, nothing serious for axe', async ({ desk }) => {
  const one = await desk(null);
  expect(await one.seriousFindings()).toEqual([]);
  for (const language of LANGUAGES) {
    await one.page.locator(`button[lang="${language}"]`).click();
    await expect(one.page.locator('html')).toHaveAttribute('lang', language);
    await expect(
      one.page.getByRole('button', { name: word('sign-in.submit', {}, language) }),
    ).toBeVisible();
    await expectWords(one, language);
    // Nothing of it need be left out.
    expect(strangeLetters(await said(one), language)).toEqual([]);
  }
});

test('dialogs, palette and help: nothing serious for axe', async ({ desk }) => {
  const one = await desk('supervisor', { screen: 'lanes' });
  const { page, dialog, word: say } = one;
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  expect(await one.seriousFindings()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Shift+?');
  await expect(dialog).toContainText(say('app.help-title'));
  expect(await one.seriousFindings()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('#content').getByRole('option').first().click();
  await page.getByRole('button', { name: `${say('domain.action-open')}…` }).click();
  await expect(dialog).toBeVisible();
  expect(await one.seriousFindings()).toEqual([]);
});
