import { musterFile } from '../../src/shared/locale/muster-file.ts';
import { readCsv } from '../kit/read-csv.ts';
import { type } from './kit/keys.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { SPOKEN } from './kit/words.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile();
const say = (word: keyof typeof musterFile) => musterFile[word][SPOKEN];

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

test('the list is handed out as a file, with who is missing and by what names', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const [inside] = zone.holders('hk-resident', 1);
  expect(await zone.swipe('lmc-road-in-1', inside?.credential ?? '')).toBe('passed');
  const one = await desk('supervisor', { screen: 'muster' });
  const { page, word } = one;
  await page.getByRole('button', { name: `${word('muster.begin')}…` }).click();
  await one.giveReason('a drill', word('muster.begin'));
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: word('muster.save') }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^twoline-muster-.+-zh-HK\.csv$/);
  await expect(
    page.getByText(word('muster.saved', { name: file.suggestedFilename() })),
  ).toBeVisible();

  const rows = readCsv((await running.now.textOf(file)).slice(1));
  const figureOf = (name: string) => rows.find(([first]) => first === name)?.[1];
  expect(rows[0]).toEqual([say('title')]);
  expect(figureOf(say('site'))).toBe(zone.site.name[SPOKEN]);
  expect(figureOf(say('where'))).toBe(say('whole-zone'));
  expect(figureOf(say('ended'))).toBe(say('not-ended'));
  const missing = page.locator('.muster-count', { hasText: word('muster.missing') }).locator('dd');
  const shown = (await missing.innerText()).replaceAll(/\D/g, '');
  const figures = rows.filter(([first]) => first === say('missing'));
  expect(figures[0]?.[1]).toBe(shown);
  // Behind the figures: a row for each person, whoever is missing first.
  expect(figures.length - 1).toBe(Number(shown));
  const row = rows.find(([, person]) => person === inside?.person);
  expect(row?.[0]).toBe(say('missing'));
  expect(row?.slice(2, 4).join('')).not.toBe('');
  await page.getByRole('button', { name: `${word('muster.end')}…` }).click();
  await one.giveReason('all are out', word('muster.end'));
});
