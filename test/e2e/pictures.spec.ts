import type { Screen } from '../../src/renderer/actions/route.ts';
import { LANGUAGES } from '../../src/shared/domain/text.ts';
import type { Desk } from './kit/desk.ts';
import { savePicture, writeBook } from './kit/picture-book.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

/** Takes the pictures of docs/: every screen in three languages, on a morning with some trouble. */
const LARGE = { width: 1920, height: 1080 };
const SMALL = { width: 1366, height: 768 };
const SCREENS: readonly Screen[] = [
  ...(['lanes', 'exceptions', 'incidents', 'crossings', 'people', 'devices'] as const),
  ...(['goods', 'reports', 'regime', 'settings'] as const),
];

const TABS = ['due-back', 'corrections', 'suspensions'] as const;

const GOODS = ['custody', 'deferrals'] as const;

const running = consoleOfFile({ people: 2_000, trucks: 40, speed: 240 });

async function morning(): Promise<void> {
  await expect
    .poll(async () => Number((await running.now.order({ do: 'state' })).wallMs), {
      timeout: 900_000,
    })
    .toBeGreaterThan(Date.parse('2026-03-02T09:10:00+08:00'));
}

const save = ({ page }: Desk, name: string) => savePicture(page, name);

/** Somebody found for a purpose, with the evidence of the person's presence. */
async function person(at: Desk, permit: string): Promise<void> {
  const { page, word } = at;
  await at.show('people');
  await page.getByRole('textbox', { name: word('people.search-text') }).fill(permit);
  await page.getByRole('textbox', { name: word('people.purpose') }).fill('X1-42');
  await page.getByRole('button', { name: word('app.search'), exact: true }).click();
  await page.getByRole('button', { name: word('presence.show') }).click();
  await page.getByText(word('presence.not-decision')).scrollIntoViewIfNeeded();
}

/** What must be followed of goods. */
async function goods(at: Desk): Promise<void> {
  const { page, word } = at;
  await at.show('goods');
  for (const tab of GOODS) {
    await page.getByRole('radio', { name: word(`goods.tab-${tab}`), exact: true }).click();
    await expect(page.locator('#content [aria-busy=true]')).toHaveCount(0);
    await chooseFirst(at, 'goods');
    await save(at, `goods-${tab}.${at.language}`);
  }
}

/** Chooses what stands first, so that the picture shows what a choice shows. */
async function chooseFirst(desk: Desk, screen: Screen): Promise<void> {
  const row = desk.page.locator('#content [role=option], #content [role=row][aria-selected]');
  if (screen === 'settings' || screen === 'reports' || (await row.count()) === 0) return;
  await row.first().click();
}

test('every screen in three languages, the wall, and Watch on a small screen', async ({ desk }) => {
  test.setTimeout(3_000_000);
  await morning();
  const zone = Zone.of(running.now);
  const lane = zone.site.lanes[3]?.id ?? '';
  await running.now.order({ do: 'force-door', lane }).catch(() => ({}));
  for (const language of LANGUAGES) {
    const signIn = await desk(null, { language, viewport: LARGE });
    await save(signIn, `sign-in.${language}`);
    await signIn.close();
    const at = await desk('supervisor', { language, viewport: LARGE });
    await expect(at.page.locator('[data-drawn=drawn]')).toBeVisible({ timeout: 240_000 });
    await save(at, `watch.${language}`);
    for (const screen of SCREENS) {
      await at.show(screen);
      await expect(at.page.locator('#content [aria-busy=true]')).toHaveCount(0);
      await chooseFirst(at, screen);
      await save(at, `${screen}.${language}`);
    }
    await at.show('people');
    for (const tab of TABS) {
      const name = at.word(`ledger.tab-${tab}`);
      await at.page.getByRole('radio', { name, exact: true }).click();
      await expect(at.page.locator('#content [aria-busy=true]')).toHaveCount(0);
      await save(at, `people-${tab}.${language}`);
    }
    await at.page.getByRole('radio', { name: at.word('ledger.tab-search'), exact: true }).click();
    await person(at, zone.holder('hk-resident').permit);
    await save(at, `person.${language}`);
    await goods(at);
    const admin = await desk('administrator', { language, viewport: LARGE, screen: 'settings' });
    await expect(admin.content('settings')).toBeVisible();
    await save(admin, `settings-administrator.${language}`);
    await admin.close();
    await at.page.setViewportSize(SMALL);
    await at.show('watch');
    await expect(at.page.locator('[data-drawn=drawn]')).toBeVisible({ timeout: 240_000 });
    await save(at, `watch-small.${language}`);
    const wall = await desk('operator', { language, viewport: LARGE, query: 'wall' });
    await expect(wall.page.locator('[data-drawn=drawn]')).toBeVisible({ timeout: 240_000 });
    await save(wall, `wall.${language}`);
    await at.close();
    await wall.close();
  }
  writeBook();
});

test('an alarm flood: half of the doors forced at once', async ({ desk }) => {
  test.setTimeout(1_200_000);
  const { lanes } = Zone.of(running.now).site;
  for (const { id: lane } of lanes.filter((_, n) => n % 2 === 0)) {
    await running.now.order({ do: 'force-door', lane }).catch(() => ({}));
  }
  for (const language of LANGUAGES) {
    const at = await desk('supervisor', { language, viewport: LARGE });
    await expect(at.page.locator('[data-drawn=drawn]')).toBeVisible({ timeout: 240_000 });
    await save(at, `watch-flood.${language}`);
    await at.close();
  }
  writeBook();
});
