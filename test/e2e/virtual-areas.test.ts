import { readCsv } from '../kit/read-csv.ts';
import type { Desk } from './kit/desk.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { expectWorded, inEachLanguage } from './kit/worded.ts';
import { word } from './kit/words.ts';

const running = consoleOfFile({ regime: 'xiao-geng-special-zone', trucks: 4, speed: 1 });

/** An entity of the zone, as its file of enterprises names it. */
function entity(): string {
  return readCsv(running.now.trainingFile('enterprises.csv'))[1]?.[0] ?? '';
}

async function openTab({ page }: Desk): Promise<void> {
  await page.getByRole('radio', { name: word('ledger.tab-virtual'), exact: true }).click();
  await expect(page.getByRole('grid', { name: word('virtual.filing-list') })).toBeVisible();
}

const field = ({ dialog }: Desk, name: string) =>
  dialog.getByRole('textbox', { name: word(name), exact: true });

/** Gives the reason and sends by the keys of every such dialog, from whichever field. */
async function send({ dialog }: Desk, reason: string): Promise<void> {
  await dialog.getByRole('textbox').last().fill(reason);
  await dialog.getByRole('textbox').first().press('Control+Enter');
  await expect(dialog).toHaveCount(0);
}

test('what an entity declares is filed with the other side, and its answer taken down', async ({
  desk,
}) => {
  const one = await desk('supervisor', { screen: 'people' });
  const { page, dialog } = one;
  await openTab(one);
  await expect(page.getByText(word('virtual.filing-none'))).toBeVisible();
  await page.getByRole('radio', { name: word('virtual.shown-presence'), exact: true }).click();
  await page.getByRole('button', { name: `${word('virtual.declare-it')}…` }).click();
  await field(one, 'virtual.enterprise').fill(entity());
  await field(one, 'virtual.persons').fill('P-1 P-2 不是編號');
  await expect(dialog).toContainText(word('virtual.persons-wrong', { id: '不是編號' }));
  await field(one, 'virtual.persons').fill('P-1 P-2');
  expect(await one.seriousFindings()).toEqual([]);
  await send(one, 'as its letter of today says');
  const declared = page.getByRole('row').filter({ hasText: entity() });
  await declared.click();
  const side = page.getByRole('complementary', { name: word('virtual.presence-detail') });
  await expect(side).toContainText('P-2');
  await expect(side).toContainText(/(?<!-)supervisor · /);

  await side.getByRole('button', { name: `${word('virtual.send')}…` }).click();
  await field(one, 'virtual.reference').fill('no spaces here');
  await dialog.getByRole('textbox').last().fill('sent by the portal');
  const doIt = dialog.getByRole('button', { name: word('virtual.send'), exact: true });
  await expect(doIt).toBeDisabled();
  await field(one, 'virtual.reference').fill('HK-2026/118');
  await send(one, 'sent by the portal');

  await page.getByRole('radio', { name: word('virtual.shown-filings'), exact: true }).click();
  await page.getByRole('button', { name: word('virtual.refresh') }).click();
  const filed = page.getByRole('row').filter({ hasText: 'HK-2026/118' });
  await expect(filed).toContainText(word('virtual.state-waiting'));
  await expect(filed).toContainText('2026-03-07');
  await filed.click();
  const filing = page.getByRole('complementary', { name: word('virtual.filing-detail') });
  await filing.getByRole('button', { name: `${word('virtual.answer')}…` }).click();
  await dialog.getByRole('button', { name: word('virtual.outcome') }).click();
  await page.getByRole('option', { name: word('virtual.state-rejected') }).click();
  await field(one, 'virtual.answer-reference').fill('深河函-7');
  await send(one, 'their letter of today');
  await expect(filed).toContainText(word('virtual.state-rejected'));
  await expect(filing).toContainText('深河函-7');
  await expect(filing.getByRole('button', { name: `${word('virtual.answer')}…` })).toHaveCount(0);
});

test('an inspector reads it in each language and changes nothing; an operator has none', async ({
  desk,
}) => {
  const one = await desk('inspector', { screen: 'people' });
  const { page } = one;
  await openTab(one);
  await page.getByRole('row').filter({ hasText: 'HK-2026/118' }).click();
  for (const part of ['presence', 'filings']) {
    await page.getByRole('radio', { name: one.word(`virtual.shown-${part}`), exact: true }).click();
    await inEachLanguage(one, async (language) => {
      await expectWorded(one, language);
      const sends = page.getByRole('button', { name: word('virtual.send', {}, language) });
      await expect(sends).toHaveCount(0);
    });
  }
  const operator = await desk('operator', { screen: 'people' });
  const tabs = operator.page.getByRole('radio', { name: word('ledger.tab-due-back') });
  await expect(tabs).toBeVisible();
  const none = operator.page.getByRole('radio', { name: word('ledger.tab-virtual') });
  await expect(none).toHaveCount(0);
});
