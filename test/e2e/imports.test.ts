import type { WordKey } from '../../src/shared/locale/tables.ts';
import type { Desk } from './kit/desk.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile();
const HEADER = 'trade,from,to';
const LISTED = 'test-welding,2026-01-01T00:00+08:00,';

const section = ({ page, word }: Desk, title: WordKey) => {
  return page.getByRole('region', { name: word(title), exact: true });
};

/** Chooses a file of this text in a section, and asks for its preview. */
async function preview(desk: Desk, title: WordKey, name: string, lines: readonly string[]) {
  const { word } = desk;
  const where = section(desk, title);
  const buffer = Buffer.from(`${lines.join('\n')}\n`);
  await where.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await where.getByRole('button', { name: word('imports.preview'), exact: true }).click();
  const shown = where.getByRole('region', { name: word('imports.preview-of', { file: name }) });
  await expect(shown).toBeVisible();
  return { where, shown };
}

test('a file is looked at first; good rows come in only where that is said', async ({ desk }) => {
  const one = await desk('administrator', { screen: 'settings' });
  const { page, word, dialog } = one;
  await page.getByRole('button', { name: word('settings.dataset') }).click();
  await page.getByRole('option', { name: word('domain.dataset-admission-list') }).click();
  const bad = [HEADER, LISTED, 'test-other,yesterday,'];
  const { shown, where } = await preview(one, 'settings.data', 'trades.csv', bad);
  await expect(shown).toContainText(word('imports.nothing-yet'));
  await expect(shown.getByRole('row').filter({ hasText: 'from' }).last()).toContainText('3');
  const all = shown.getByRole('button', { name: `${word('settings.load')}…`, exact: true });
  await expect(all).toBeDisabled();
  expect(await one.seriousFindings()).toEqual([]);
  await shown.getByRole('button', { name: word('imports.good-only') }).click();
  await dialog.getByRole('textbox').last().fill('the other follows tomorrow');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(where.locator('.loaded')).toContainText(
    word('settings.refused_other', { count: 1 }),
  );
  const again = await preview(one, 'settings.data', 'again.csv', [HEADER, LISTED]);
  await expect(again.shown).toContainText(word('imports.is-same'));
  await again.shown.getByRole('button', { name: word('imports.nothing') }).click();
  await expect(again.shown).toHaveCount(0);
  // What is exported is what was taken.
  const exports = section(one, 'imports.export');
  await exports.getByRole('button', { name: word('imports.export-what') }).click();
  await page.getByRole('option', { name: word('domain.dataset-admission-list') }).click();
  await exports.getByRole('textbox', { name: word('imports.purpose') }).fill('a test');
  const download = page.waitForEvent('download');
  await exports.getByRole('button', { name: word('imports.export-do'), exact: true }).click();
  expect(await running.now.textOf(await download)).toContain('test-welding');
});

test('sales that nothing is deferred for are named, and nothing is taken', async ({ desk }) => {
  const one = await desk('supervisor', { screen: 'settings' });
  const sold = 'A-1,C-none,,2026-03-02T09:00+08:00,100,HKD';
  const header = 'reference,consignment,crossing,soldAt,soldCents,currency';
  const { shown } = await preview(one, 'imports.sales', 'sales.csv', [header, sold]);
  await expect(shown).toContainText('C-none');
  const take = shown.getByRole('button', { name: one.word('imports.sales-take') });
  await expect(take).toBeDisabled();
});

test('a form is handed out, keyed in by keys, and stands as paper', async ({ desk }) => {
  const [holder] = Zone.of(running.now).holders('hk-resident', 1);
  const one = await desk('supervisor', { screen: 'crossings' });
  const { page, word, dialog } = one;
  const field = (name: string) => dialog.getByRole('textbox', { name, exact: true });
  await page.getByRole('button', { name: word('paper.title') }).press('Enter');
  await expect(dialog).toContainText(word('paper.none'));
  expect(await one.seriousFindings()).toEqual([]);
  await dialog.getByRole('button', { name: word('paper.hand-out') }).press('Enter');
  await field(word('paper.holder')).fill('4711');
  await dialog.getByRole('textbox').last().fill('power cut ahead');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('50');
  await dialog.getByRole('button', { name: word('paper.key-in') }).press('Enter');
  await expect(dialog).toContainText(word('paper.key-in-text'));
  await field(word('paper.number')).fill('7');
  const { wallMs } = await running.now.order({ do: 'state' });
  const minute = new Date(Number(wallMs) + 8 * 3_600_000).toISOString().slice(11, 16);
  await dialog.getByRole('button', { name: word('paper.lane') }).click();
  await page.getByRole('option').nth(1).click();
  await field(word('paper.time')).fill(minute);
  await field(word('paper.permit')).fill(holder?.permit ?? '');
  await field(word('paper.writer')).fill('5822');
  await dialog.getByRole('textbox').last().fill('the console was away');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText(word('paper.missing-some_other', { count: 6 }));
  // The list stands again where the last step stood, and has the focus: a key closes it.
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: word('paper.title') })).toBeFocused();
  await page.getByRole('button', { name: word('crossings.refresh') }).press('Enter');
  const row = page.getByRole('row').filter({ hasText: holder?.permit ?? '' });
  await expect(row.first()).toContainText(word('paper.mark'));
});
