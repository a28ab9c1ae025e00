import { LANGUAGES } from '../../src/shared/domain/text.ts';
import { readCsv } from '../kit/read-csv.ts';
import type { Desk } from './kit/desk.ts';
import { savePicture, writeBook } from './kit/picture-book.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';

/** Pictures of docs/ of what only one regime has, and of a lockdown: where little goes on. */
const running = consoleOfFile({ regime: 'xiao-geng-special-zone', trucks: 4, speed: 10 });
const LARGE = { width: 1920, height: 1080 };

/** Fills in a dialog of the screen and sends it with a reason. */
async function record(at: Desk, button: string, fields: Readonly<Record<string, string>>) {
  const { page, word, dialog } = at;
  await page
    .getByRole('button', { name: `${word(button)}…` })
    .first()
    .click();
  for (const [name, text] of Object.entries(fields)) {
    await dialog.getByRole('textbox', { name: word(name), exact: true }).fill(text);
  }
  await dialog.getByRole('textbox', { name: word('app.reason'), exact: true }).fill('據來文');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
}

async function openVirtual({ page, word }: Desk, part: 'filings' | 'presence'): Promise<void> {
  await page.getByRole('radio', { name: word('ledger.tab-virtual'), exact: true }).click();
  await page.getByRole('radio', { name: word(`virtual.shown-${part}`), exact: true }).click();
  await expect(page.locator('#content [aria-busy=true]')).toHaveCount(0);
}

/** Two entities declare and file, and one of them has its answer. */
async function fileSome(at: Desk): Promise<void> {
  const rows = readCsv(running.now.trainingFile('enterprises.csv'));
  await openVirtual(at, 'filings');
  for (const [n, persons] of ['P-104 P-117 P-230', 'P-88 P-91'].entries()) {
    const entity = { 'virtual.enterprise': rows[n + 1]?.[0] ?? '' };
    await record(at, 'virtual.declare-it', { ...entity, 'virtual.persons': persons });
    await record(at, 'virtual.send', { ...entity, 'virtual.reference': `HK-VA-2026/${118 + n}` });
  }
  await at.page.getByRole('row').filter({ hasText: 'HK-VA-2026/118' }).click();
  await record(at, 'virtual.answer', { 'virtual.answer-reference': '深河函-310' });
}

test('areas without gates, in three languages', async ({ desk }) => {
  const first = await desk('supervisor', { screen: 'people' });
  await fileSome(first);
  await first.close();
  for (const language of LANGUAGES) {
    const at = await desk('supervisor', { language, viewport: LARGE, screen: 'people' });
    for (const part of ['filings', 'presence'] as const) {
      await openVirtual(at, part);
      await at.page.locator('#content .tr').first().click();
      await savePicture(at.page, `people-virtual-${part}.${language}`);
    }
    await at.close();
  }
  writeBook();
});

test('how the origin of goods made in the zone is worked out', async ({ desk }) => {
  const rows = readCsv(running.now.trainingFile('consignments.csv'));
  const made = rows.find((row) => row.includes('zone-origin'))?.[0] ?? '';
  for (const language of LANGUAGES) {
    const at = await desk('inspector', { language, viewport: LARGE, screen: 'goods' });
    const { page, word } = at;
    await page.getByRole('radio', { name: word('goods.tab-consignments'), exact: true }).click();
    await page.locator('#content .tr').filter({ hasText: made }).click();
    const figures = page.getByRole('list', { name: word('goodsCheck.figures') });
    await figures.getByRole('listitem').last().scrollIntoViewIfNeeded();
    await savePicture(page, `goods-origin.${language}`);
    await at.close();
  }
  writeBook();
});

test('a lockdown that one person proposes and another confirms', async ({ desk }) => {
  const operator = await desk('operator', { screen: 'lanes' });
  const { word } = operator;
  await operator.page.getByRole('button', { name: `${word('lockdown.begin')}…` }).click();
  await operator.giveReason('警方通報', word('lockdown.begin'));
  await expect(operator.dialog).toHaveCount(0);
  for (const language of LANGUAGES) {
    const at = await desk('supervisor', { language, viewport: LARGE, screen: 'lanes' });
    await expect(at.page.getByText(at.word('lockdown.is-proposed'))).toBeVisible();
    await savePicture(at.page, `lockdown.${language}`);
    await at.close();
  }
  writeBook();
});
