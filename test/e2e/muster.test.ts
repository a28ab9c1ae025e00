import { type } from './kit/keys.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';

consoleOfFile();

test('a muster is begun and ended by keys alone, and its counts stand large', async ({ desk }) => {
  const one = await desk('supervisor', { screen: 'muster' });
  const { page, word, dialog } = one;
  const byPalette = async (title: string) => {
    await page.keyboard.press('Control+k');
    await expect(dialog).toBeVisible();
    await type(page, title);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };
  const reason = async (text: string) => {
    await dialog.getByRole('textbox').last().focus();
    await type(page, text);
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
  };
  await expect(one.content('muster')).toContainText(word('muster.none-text'));
  await byPalette(word('muster.begin'));
  await reason('a drill');
  await expect(one.content('muster')).toContainText(word('muster.why-ordered'));
  const unlisted = page.locator('.muster-count', { hasText: word('muster.unlisted') });
  await expect(unlisted).toContainText('0');
  await expect(page.getByRole('button', { name: word('muster.mark') })).toBeVisible();
  await byPalette(word('muster.end'));
  await reason('all are out');
  await expect(page.getByRole('button', { name: word('muster.begin') })).toBeVisible();
});
