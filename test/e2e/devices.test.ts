import type { Locator, Page } from '@playwright/test';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile({ speed: 10 });
const LANE = 'loop-east-bridge-in-1';
const CUT_S = 45;

/** Notes every state of age that an element shows from now on, one after another. */
function noteAges(row: Locator): Promise<void> {
  return row.evaluate((element) => {
    const ages: string[] = [];
    Object.assign(window, { ages });
    const look = () => {
      const found = /\bage-dot-(\w+)/.exec(element.innerHTML)?.[1];
      if (found !== undefined && ages.at(-1) !== found) ages.push(found);
    };
    look();
    new MutationObserver(look).observe(element, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
}

const agesOf = (row: Locator) =>
  row.page().evaluate(() => (window as unknown as { ages: string[] }).ages);

test('a board cut from the network: doubted by age, offline, never well, then its backlog', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const { board, checkpoint } = zone.lane(LANE);
  const one = await desk('operator', { screen: 'devices' });
  const lanes = await desk('operator', { screen: 'lanes' });
  const { page, word } = one;
  const row = page.getByRole('row').filter({ hasText: board });
  const group = lanes.page.getByRole('group', { name: zone.checkpointName(checkpoint) });
  const tile = group.getByRole('option').first();
  await expect(row).toContainText(word('domain.age-fresh'));
  await expect(tile).toContainText(word('domain.mode-controlled'));
  await noteAges(row);
  await noteAges(tile);
  await running.now.order({ do: 'network-cut', board, seconds: CUT_S });
  const holder = zone.holder('hk-resident');
  // It decides alone after 30 s and remembers what it saw.
  const alone = zone.swipe(LANE, holder.credential, 0);
  // One word for it, wherever it stands, and by its age alone.
  for (const place of [row, tile]) {
    await expect(place).toContainText(word('domain.age-offline'), { timeout: 40_000 });
  }
  await row.click();
  const panel = page.getByRole('complementary', { name: word('devices.detail') });
  await expect(panel).toContainText(board);
  // What it did not answer is counted beside what it did before.
  await expect(panel).toContainText(word('devices.unanswered'));
  await expect(panel).toContainText(/[1-9]\d* \/ [\d,]+/);
  expect(['passed', 'turned-away', 'not-taken']).toContain(await alone);

  await expect(row).toContainText(word('domain.age-fresh'), { timeout: 90_000 });
  await expect(tile).toContainText(word('domain.mode-controlled'), { timeout: 90_000 });
  for (const place of [row, tile]) {
    const ages = await agesOf(place);
    expect(ages.slice(0, 3)).toEqual(['fresh', 'uncertain', 'offline']);
    // Heard again, it stays doubted until it is set up; well it is only before and after.
    expect(ages.filter((age) => age === 'fresh')).toHaveLength(2);
    expect(ages.at(-1)).toBe('fresh');
  }

  await one.show('incidents');
  const incident = page
    .getByRole('row')
    .filter({ hasText: word('domain.incident-board-offline') })
    .filter({ hasText: zone.checkpointName(checkpoint) });
  await expect(incident.first()).toBeVisible();
  await one.show('crossings');
  const refresh = page.getByRole('button', { name: word('crossings.refresh') });
  const late = page.getByRole('row').filter({ hasText: holder.permit });
  await expect(async () => {
    await refresh.click();
    await expect(late).toContainText(word('domain.timing-late'), { timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
});

test('the centre stopped: shown with its age; started again: in step', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const one = await desk('operator', { screen: 'devices' });
  const { page, word } = one;
  const centre = page.getByRole('button', { name: word('app.centre') });
  await expect(centre).toContainText(word('app.centre-in-step'));
  await running.now.order({ do: 'stop-centre' });
  await zone.swipe('lmc-road-in-1', zone.holder('hk-resident').credential);
  await expect(centre).toContainText(word('app.centre-lost'), { timeout: 90_000 });
  // An age in minutes and seconds, not a time of day.
  await expect(centre).toContainText(/最久 \d\d:\d\d/);
  const seconds = async () => {
    const [, minutes = '', rest = ''] = /最久 (\d+):(\d\d)/.exec(await centre.innerText()) ?? [];
    return Number(minutes) * 60 + Number(rest);
  };
  const before = await seconds();
  expect(before).toBeLessThan(180);
  await expect.poll(seconds).toBeGreaterThan(before);
  await centre.click();
  await expect(one.dialog).toContainText(word('app.centre-lost-text'));
  await one.dialog.getByRole('button', { name: word('app.close') }).click();

  await running.now.order({ do: 'start-centre' });
  await expect(centre).toContainText(word('app.centre-in-step'), { timeout: 120_000 });
});

test('what a board cannot hand over is owed, till a supervisor signs that it is lost', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const lane = 'san-tin-exit-out-1';
  const { board } = zone.lane(lane);
  const operator = await desk('operator', { screen: 'devices' });
  const one = await desk('supervisor', { screen: 'devices' });
  const { dialog, page, word } = one;
  const rowOn = (at: Page) => at.getByRole('row').filter({ hasText: board });
  await running.now.order({ do: 'spoil-events', board, count: 7 });
  // Only a later event tells that those before it are missing.
  await running.now.order({ do: 'force-door', lane });
  const panelOf = (at: Page) => at.getByRole('complementary', { name: word('devices.detail') });
  for (const at of [operator.page, page]) await rowOn(at).click();
  const doIt = word('actions.lost');
  await expect(panelOf(page).getByRole('button', { name: doIt })).toBeVisible({ timeout: 60_000 });
  const fact = (at: Page, name: string) =>
    panelOf(at)
      .locator('.fact', { has: at.getByText(word(name), { exact: true }) })
      .locator('dd');
  await expect(fact(operator.page, 'devices.missing')).toHaveText('7', { timeout: 60_000 });
  await expect(panelOf(operator.page).getByRole('button', { name: doIt })).toHaveCount(0);

  await panelOf(page).getByRole('button', { name: doIt }).click();
  await expect(dialog).toContainText(word('actions.lost-text', { n: 7 }));
  await expect(dialog.getByRole('button', { name: doIt, exact: true })).toBeDisabled();
  await one.giveReason('The memory chip is broken', doIt);
  await expect(page.getByText(word('actions.lost-done'))).toBeVisible();
  await expect(panelOf(page).getByRole('button', { name: doIt })).toHaveCount(0);
  for (const at of [operator.page, page]) {
    await expect(fact(at, 'devices.missing')).toHaveText('0');
    await expect(fact(at, 'devices.lost')).toHaveText('7');
  }
});
