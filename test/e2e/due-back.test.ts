import type { Desk } from './kit/desk.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { expectWorded, inEachLanguage } from './kit/worded.ts';
import { word } from './kit/words.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile({ speed: 1 });

async function tab({ page, word: say }: Desk, name: string): Promise<void> {
  await page.getByRole('radio', { name: say(`ledger.tab-${name}`), exact: true }).click();
}
const rowsOf = ({ page, word: say }: Desk, table: string) =>
  page.getByRole('grid', { name: say(`ledger.${table}`) }).getByRole('row');

test('a crossing is put right by two persons: who asked cannot confirm it', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('hk-resident');
  await expect.poll(() => zone.swipe('lmc-road-in-1', holder.credential)).toBe('passed');

  const asking = await desk('operator', { screen: 'crossings' });
  const { page, word: say } = asking;
  await page.getByRole('textbox', { name: say('crossings.permit') }).fill(holder.permit);
  await page.getByRole('row').filter({ hasText: holder.permit }).first().click();
  const panel = page.getByRole('complementary', { name: say('crossings.detail') });
  await panel.getByRole('button', { name: `${say('ledger.correct')}…` }).click();
  await asking.giveReason('Turned back at the gate', say('ledger.correct-ask'));
  await expect(panel).toContainText(say('ledger.correction-asked'));

  await asking.show('people');
  await tab(asking, 'corrections');
  await rowsOf(asking, 'corrections-list').last().click();
  await expect(page.getByText(say('ledger.confirm-own'))).toBeVisible();
  await expect(page.getByRole('button', { name: `${say('ledger.confirm')}…` })).toHaveCount(0);

  const second = await desk('supervisor', { screen: 'people' });
  await tab(second, 'corrections');
  await rowsOf(second, 'corrections-list').last().click();
  expect(await second.seriousFindings()).toEqual([]);
  await second.page.getByRole('button', { name: `${say('ledger.confirm')}…` }).click();
  await second.giveReason('Seen on the camera', say('ledger.confirm'));
  await expect(second.page.getByText(say('ledger.corrections-empty'))).toBeVisible();
  await second.page
    .getByRole('radio', { name: say('ledger.correction-confirmed'), exact: true })
    .click();
  await expect(rowsOf(second, 'corrections-list').last()).toContainText(
    say('ledger.value-not-taken'),
  );
  // Both persons are told by name, never by their ids.
  await rowsOf(second, 'corrections-list').last().click();
  const both = second.page.getByRole('complementary', { name: say('ledger.corrections-detail') });
  await expect(both).toContainText(/(?<!-)operator · /);
  await expect(both).toContainText(/(?<!-)supervisor · /);
});

test('a person is suspended here with a reason, listed, and lifted again', async ({ desk }) => {
  const { person } = Zone.of(running.now).holder('special-pass');
  const one = await desk('supervisor', { screen: 'people' });
  const { page, word: say } = one;
  await tab(one, 'suspensions');
  await page.getByRole('button', { name: `${say('ledger.suspend-new')}…` }).click();
  await one.dialog.getByRole('textbox', { name: say('ledger.column-id') }).fill(person);
  await one.dialog.getByRole('textbox', { name: say('app.reason') }).fill('Badge lent out');
  await one.dialog.getByRole('button', { name: say('ledger.suspend'), exact: true }).click();
  await rowsOf(one, 'suspensions-list').filter({ hasText: person }).click();
  await page.getByRole('button', { name: `${say('ledger.lift')}…` }).click();
  await one.giveReason('Found to be in order', say('ledger.lift'));
  await expect(page.getByText(say('ledger.suspensions-empty'))).toBeVisible();
});

test('every part of it in each language; nothing serious for axe', async ({ desk }) => {
  const one = await desk('supervisor', { screen: 'people' });
  const { page } = one;
  for (const name of ['due-back', 'corrections', 'suspensions']) {
    await page.goto(`${page.url().split('#')[0]}#/people?tab=${name}`);
    await inEachLanguage(one, async (language) => {
      await expect(
        page.getByRole('radio', { name: word(`ledger.tab-${name}`, {}, language), exact: true }),
      ).toBeChecked();
      await expectWorded(one, language);
    });
  }
});
