import { createHash } from 'node:crypto';
import { must } from '../../src/shared/lib/assert.ts';
import { seedNumber } from '../../src/training/chance.ts';
import { isOther, tripsOn } from '../../src/training/freight/trips.ts';
import type { Desk } from './kit/desk.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { expectWorded, inEachLanguage } from './kit/worded.ts';

/** Trucks come from 06:30 on, about one every five minutes of the calendar: 80 s from midnight. */
test.use(MAPLESS);
const running = consoleOfFile({ people: 60, trucks: 60, speed: 300 });
const DAY = Date.parse('2026-03-02') / 86_400_000;
const PATIENT_MS = 240_000;
/** Which column of a balance tells what was used. */
const USED = 4;
/** Lists that have rows from the beginning; what stands in the others differs from run to run. */
const FULL = ['enterprises', 'consignments'];
const OTHERS = ['custody', 'deferrals', 'audits', 'vehicles'];

async function tab({ page, word }: Desk, name: string): Promise<void> {
  await page.getByRole('radio', { name: word(`goods.tab-${name}`), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(word(`goods.tab-${name}`));
}

/** Looks again until the list has a row of this text. */
async function rowOf({ page, word }: Desk, text: string) {
  const row = page.locator('#content .tr').filter({ hasText: text }).first();
  await expect(async () => {
    await page.getByRole('button', { name: word('goods.refresh') }).click();
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: PATIENT_MS });
  return row;
}

/** Walks down the list, the newest first, until the row of this text is drawn. */
async function walkTo({ page }: Desk, text: string) {
  const rows = page.locator('#content .tr');
  await rows.first().click();
  const row = rows.filter({ hasText: text }).first();
  await expect(async () => {
    if (!(await row.isVisible())) await page.keyboard.press('PageDown');
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  return row;
}

/** The first truck that comes with goods which are released first, as its zone has planned it. */
function firstReleased(): string {
  const freight = { seed: seedNumber('e2e'), people: 60, trucks: 60, fromDay: DAY };
  const trip = tripsOn(freight, DAY).find((one) => {
    return one.way === 'in' && one.class === 'registered-enterprise' && !isOther(one.truck);
  });
  return String(must(trip, 'a truck of a registered enterprise').truck + 1).padStart(3, '0');
}

test('goods are released first where the lock is whole; an auditor makes the draw again', async ({
  desk,
}) => {
  test.setTimeout(PATIENT_MS * 2);
  const truck = firstReleased();
  const one = await desk('supervisor', { screen: 'goods' });
  const { page, word, dialog } = one;
  // Before it comes: what is not sealed as declared is not released first.
  await tab(one, 'vehicles');
  await page.getByRole('button', { name: word('goods.lock-title') }).click();
  const field = (name: string) => dialog.getByRole('textbox', { name: word(name), exact: true });
  await field('goods.vehicle').fill(`TV-${truck}`);
  await field('goods.lock-number').fill(`LOCK-${truck}`);
  await field('app.reason').fill('Read at the yard');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await tab(one, 'audits');
  await page.getByRole('radio', { name: word('goods.audit-all'), exact: true }).click();
  await (await rowOf(one, `TC-${DAY}-${truck}-in`)).click();
  const side = page.getByRole('complementary', { name: word('goods.detail') });
  const text = (await side.getByTestId('draw-text').textContent()) ?? '';
  expect(text.split('\n')[0]).toBe('twoline-audit-draw-1');
  expect(text.split('\n')[4]).toBe(await side.getByRole('heading').first().textContent());
  // As any other program makes it: the regime audits 5 of 100.
  const number = createHash('sha256').update(text).digest().readUInt32BE(0);
  const drawn = number * 10_000 < 500 * 2 ** 32 ? 'yes' : 'no';
  const facts = (name: string) => side.locator('.fact').filter({ hasText: word(name) });
  await expect(facts('goods.again-number')).toContainText(number.toLocaleString('en'));
  await expect(facts('goods.drawn').first()).toContainText(word(`goods.drawn-${drawn}`));
  await expect(side).toContainText(word('goods.again-same'));
  expect(await one.seriousFindings()).toEqual([]);
});

test('a truck’s crossing, what it carried, whose it is, and what became of its sample', async ({
  desk,
}) => {
  test.setTimeout(PATIENT_MS * 2);
  const one = await desk('supervisor', { screen: 'goods' });
  const { page, word, dialog } = one;
  const side = page.getByRole('complementary', { name: word('goods.detail') });

  // Research goods are let in at once, and their sample must come out again.
  await tab(one, 'custody');
  const inZone = await rowOf(one, word('domain.custody-in'));
  // Nobody comes or leaves from here on: what is looked at stays where it is.
  await running.now.order({ do: 'pause' });
  await inZone.click();
  const item = await side.getByRole('heading').textContent();
  const crossed = side.getByRole('button', { name: word('goods.show-consignment') });
  const consignment = (await crossed.textContent()) ?? '';

  await tab(one, 'vehicles');
  const vehicle = `TV-${consignment.split('-')[2]}`;
  await (await walkTo(one, vehicle)).click();
  await expect(side).toContainText(word('goods.state-passed'));
  await expect(side.getByRole('img')).toHaveAttribute('aria-label', /100/);
  await side.getByRole('button', { name: consignment }).click();

  await expect(side.getByRole('heading', { level: 2 }).first()).toHaveText(consignment);
  await expect(side).toContainText(`CCRN-${consignment.slice('TC-'.length)}`);
  await expect(side.getByRole('table', { name: word('goods.lines') })).toContainText(item ?? '');
  await expect(side.getByRole('table', { name: word('goods.passages') })).toContainText(vehicle);
  expect(await one.seriousFindings()).toEqual([]);

  await side.getByRole('button', { name: word('goods.enterprise') }).click();
  const balance = side.getByRole('table', { name: word('goods.balance') });
  const used = balance.getByRole('button', { name: word('goods.use-title') }).first();
  await used.click();
  await dialog.getByLabel(word('goods.use-quantity')).fill('1');
  await dialog.getByLabel(word('app.reason')).fill('Used up in the laboratory');
  await dialog.getByRole('button', { name: word('goods.use-title'), exact: true }).click();
  await expect(page.getByText(word('goods.use-done')).first()).toBeVisible();
  const usable = page.getByRole('button', { name: word('goods.use-title') });
  const row = balance.getByRole('row').filter({ has: usable }).first();
  await expect(row.getByRole('cell').nth(USED)).toHaveText('1');
  expect(await one.seriousFindings()).toEqual([]);

  const custody = side.getByRole('table', { name: word('goods.custody') });
  await custody.getByRole('button', { name: `${word('goods.custody-title')} ${item}` }).click();
  await dialog.getByRole('button', { name: word('goods.custody-next') }).click();
  await page.getByRole('option', { name: word('domain.custody-destroyed') }).click();
  await dialog.getByLabel(word('app.reason')).fill('Destroyed under supervision');
  await dialog.getByRole('button', { name: word('goods.custody-title'), exact: true }).click();
  await expect(page.getByText(word('goods.custody-done')).first()).toBeVisible();
  await expect(side.getByText(item ?? '', { exact: true })).toHaveCount(0);
  await running.now.order({ do: 'resume' });
});

test('every list, and what stands first on it: words in each language, axe', async ({ desk }) => {
  test.setTimeout(PATIENT_MS * 2);
  const one = await desk('inspector', { screen: 'goods' });
  const { page, word } = one;
  for (const name of FULL) {
    await tab(one, name);
    await page.locator('#content .tr').first().click();
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    await inEachLanguage(one, (language) => expectWorded(one, language));
  }
  for (const name of OTHERS) {
    await tab(one, name);
    await expect(page.locator('#content [aria-busy=true]')).toHaveCount(0);
    await inEachLanguage(one, (language) => expectWorded(one, language));
  }
  await expect(page.getByRole('button', { name: word('goods.lock-title') })).toHaveCount(0);
});
