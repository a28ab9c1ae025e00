import { palette } from '../../src/renderer/map/paint/palette.ts';
import type { Desk } from './kit/desk.ts';
import { pixelsOf } from './kit/pixels.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

const running = consoleOfFile({ speed: 2 });
const LANE = 'loop-south-gate-in-1';

const mapOf = ({ page }: Desk) => page.getByTestId('zone-map');
const drawn = ({ page }: Desk) => page.locator('[data-drawn="drawn"]');

/** The figure of an area, as a number of the top bar. */
async function inside({ page, word }: Desk, area: string): Promise<number> {
  const item = page.getByRole('list', { name: word('app.inside') }).getByRole('listitem');
  const text = await item.filter({ hasText: area }).innerText();
  return Number(/(\d+)\s*\//.exec(text)?.[1]);
}

test('the map is really drawn, and says so in words beside it', async ({ desk }) => {
  const one = await desk('operator');
  await expect(drawn(one)).toBeVisible({ timeout: 120_000 });
  const picture = await pixelsOf(mapOf(one), palette.line);
  expect(picture.colours).toBeGreaterThan(30);
  expect(picture.commonest).toBeLessThan(0.9);
  expect(picture.like).toBeGreaterThan(200);
  const zone = Zone.of(running.now);
  const list = one.page.getByTestId('place-list');
  for (const place of zone.site.checkpoints) {
    await expect(list).toContainText(place.name['zh-HK']);
  }
  await expect(list).not.toContainText(one.word('map.body-uncertain'));
});

test('a badge at a gate appears in the ticker, and the counts move', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const one = await desk('operator');
  const loop = zone.areaName('loop');
  await expect.poll(() => inside(one, loop)).not.toBeNaN();
  const before = await inside(one, loop);
  const [holder, next] = zone.holders('hk-resident', 2);
  expect(await zone.swipe(LANE, holder?.credential ?? '')).toBe('passed');
  const ticker = one.page.getByRole('region', { name: one.word('watch.ticker') });
  const line = ticker.getByRole('listitem').filter({ hasText: holder?.permit ?? '' });
  await expect(line).toContainText(zone.laneName(LANE));
  await expect(line).toContainText(one.word('domain.crossing-passed'));
  await expect.poll(() => inside(one, loop)).toBeGreaterThan(before);
  expect(await zone.swipe(LANE, next?.credential ?? '')).toBe('passed');
  await expect.poll(() => inside(one, loop)).toBeGreaterThan(before + 1);
  // The same number everywhere: the plate on the map says what the top bar says.
  await expect(drawn(one)).toBeVisible({ timeout: 120_000 });
  const plate = one.page.locator('.area-plate').filter({ hasText: loop });
  await expect
    .poll(async () => Number((await plate.locator('strong').innerText()).replace(/\D/g, '')))
    .toBe(await inside(one, loop));
});

test('a forced door: seen, gone to and back by one key, acknowledged, resolved', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const one = await desk('operator');
  const { page, word } = one;
  await expect(drawn(one)).toBeVisible({ timeout: 120_000 });
  // The legend on the map shows the mark of urgent too.
  const urgent = async () => (await pixelsOf(mapOf(one), palette.mark[1])).like;
  const calm = await urgent();
  expect(calm).toBeLessThan(60);
  await running.now.order({ do: 'force-door', lane: LANE });
  const card = page
    .getByTestId('queue')
    .getByRole('row')
    .filter({
      hasText: word('domain.incident-door-forced'),
    });
  await expect(card).toContainText(zone.laneName(LANE));
  await expect(page.getByRole('status', { name: /緊急 1/ })).toBeVisible();
  await expect.poll(urgent, { timeout: 60_000 }).toBeGreaterThan(calm + 20);

  await card.click();
  const place = page.getByRole('region', { name: zone.checkpointName('loop-south-gate') });
  await page.keyboard.press('g');
  await expect(place).toBeVisible();
  await expect(place.locator('.place-lane-chosen')).toContainText('1');
  await page.keyboard.press('g');
  await expect(place).toBeHidden();
  await expect(page.getByTestId('queue')).toBeFocused();

  await page.keyboard.press('a');
  await expect(card).toContainText(word('domain.incident-state-acknowledged'));
  await page.keyboard.press('r');
  await expect(one.dialog).toContainText(word('actions.resolve-text'));
  await one.giveReason('Guard posted, leaf closed', word('actions.resolve'));
  await expect(one.dialog).toBeHidden();
  await expect(card).toHaveCount(0);
  await expect.poll(urgent, { timeout: 60_000 }).toBe(calm);
});

test('a place opens by a click and by Enter, with every lane and its state', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const one = await desk('operator');
  const { page } = one;
  await expect(drawn(one)).toBeVisible({ timeout: 120_000 });
  await mapOf(one).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const open = page.locator('section.place');
  await expect(open).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(open).toBeHidden();
  const names = zone.site.checkpoints.map((place) => place.name['zh-HK']);
  await mapOf(one).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  expect(names).toContain(await open.getAttribute('aria-label'));
  const lanes = open.getByRole('listitem');
  const { id } = zone.site.checkpoints.find(
    (place) => place.name['zh-HK'] === names.find((name) => name),
  ) ?? { id: '' };
  expect(id).not.toBe('');
  await expect(lanes.first()).toContainText(one.word('domain.mode-controlled'));
});
