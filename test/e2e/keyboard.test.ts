import type { Screen } from '../../src/renderer/actions/route.ts';
import type { Desk } from './kit/desk.ts';
import { compose, scan, tabTo, type } from './kit/keys.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

const running = consoleOfFile({ speed: 10 });
const PATIENT_S = 600;
const BADGE = '0012345678';

/** Digits switch the screens, in the order of the rail: 0 the tenth, - and = those after it. */
const KEYS = '1234567890-=';
const SUPERVISORS: readonly Screen[] = [
  ...(['watch', 'lanes', 'exceptions', 'incidents', 'crossings', 'people'] as const),
  ...(['goods', 'devices', 'reports', 'muster', 'regime', 'settings'] as const),
];

async function switchTo(desk: Desk, screen: Screen): Promise<void> {
  // A digit typed into a field is a digit.
  const inField = await desk.page.evaluate(() => document.activeElement?.tagName === 'INPUT');
  if (inField) await tabTo(desk.page.getByRole('navigation').getByRole('link').first());
  await desk.page.keyboard.press(KEYS[SUPERVISORS.indexOf(screen)] ?? '');
  await expect(desk.content(screen)).toBeVisible();
}

/** Types a reason into the open dialog, which has the focus there, and sends it. */
async function reasonByKeys({ page, dialog }: Desk, reason: string): Promise<void> {
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await type(page, reason);
  await page.keyboard.press('Control+Enter');
}

test('sign-in, every screen by its digit, the language by the palette, sign-out: no mouse', async ({
  desk,
}) => {
  const one = await desk(null, { screen: 'devices' });
  const { page, word, dialog } = one;
  await expect(page.getByLabel(word('sign-in.name'))).toBeFocused();
  await type(page, 'supervisor');
  await page.keyboard.press('Tab');
  await type(page, 'supervisor-training');
  await page.keyboard.press('Enter');
  await expect(one.content('devices')).toBeVisible();
  for (const screen of SUPERVISORS.toReversed()) await switchTo(one, screen);
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  await type(page, 'english');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  await type(page, 'sign out');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Password')).toBeVisible();
});

test('an incident reported, acknowledged and resolved by keys alone', async ({ desk }) => {
  const one = await desk('operator', { screen: 'incidents' });
  const { page, word, dialog } = one;
  await page.keyboard.press('r');
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await type(page, 'Leak at the east bridge');
  await page.keyboard.press('Control+Enter');
  const row = page.getByRole('row').filter({ hasText: word('domain.incident-reported-by-person') });
  await expect(row).toBeVisible();
  await tabTo(page.getByRole('grid', { name: word('incidents.queue') }));
  await page.keyboard.press('ArrowDown');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(row).toHaveCSS('outline-style', 'solid');
  await page.keyboard.press('a');
  await expect(row).toContainText(word('domain.incident-state-acknowledged'));
  await page.keyboard.press('e');
  await reasonByKeys(one, 'Plumber came');
  await expect(row).toHaveCount(0);
});

test('a referred person admitted, another refused, by keys alone', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const [first, second] = zone.holders('special-pass', 2, '06:00-23:00');
  const admitted = zone.swipe('loop-west-bridge-in-1', first?.credential ?? '', PATIENT_S);
  zone.swipe('loop-west-bridge-in-2', second?.credential ?? '', PATIENT_S).catch(() => {});
  const one = await desk('supervisor', { screen: 'exceptions' });
  const { page, word } = one;
  const list = page.getByRole('listbox', { name: word('exceptions.list') });
  const option = (permit = '') => list.getByRole('option').filter({ hasText: permit });
  await expect(list.getByRole('option')).toHaveCount(2);
  await tabTo(list.getByRole('option').first());
  await page.keyboard.press('Home');
  if (!(await option(first?.permit).getAttribute('aria-selected'))?.includes('true')) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(option(first?.permit)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('y');
  await reasonByKeys(one, 'Employer confirmed');
  expect(await admitted).toBe('passed');
  await expect(option(first?.permit)).toHaveCount(0);

  await tabTo(option(second?.permit));
  await page.keyboard.press('Home');
  await page.keyboard.press('n');
  await reasonByKeys(one, 'Come by day');
  await expect(option(second?.permit)).toHaveCount(0);
  await expect(list).toContainText(word('exceptions.empty'));
});

test('a gate opened, a crossing looked up, a person found, a report saved: by keys alone', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('hk-resident');
  await zone.swipe('lmc-road-in-1', holder.credential);
  const one = await desk('supervisor', { screen: 'lanes' });
  const { page, word, dialog } = one;
  await tabTo(
    page
      .getByRole('listbox', { name: word('lanes.title') })
      .getByRole('option')
      .first(),
  );
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('o');
  await reasonByKeys(one, 'Reader fault');
  await expect(dialog.locator('.step-done')).toHaveCount(3);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await switchTo(one, 'crossings');
  await tabTo(page.getByRole('textbox', { name: word('crossings.permit') }));
  await type(page, holder.permit);
  await expect(page.getByText(word('crossings.shown', { n: 1 }), { exact: true })).toBeVisible();
  await tabTo(page.getByRole('grid', { name: word('crossings.title') }));
  await page.keyboard.press('ArrowDown');
  const crossing = page.getByRole('complementary', { name: word('crossings.detail') });
  await expect(crossing).toContainText(holder.person);

  await switchTo(one, 'people');
  await expect(page.getByRole('textbox', { name: word('people.search-text') })).toBeFocused();
  await type(page, holder.permit);
  await page.keyboard.press('Tab');
  await type(page, 'Lost child');
  await page.keyboard.press('Enter');
  const person = page.getByRole('complementary', { name: word('people.detail') });
  await expect(person).toContainText(holder.permit);

  await switchTo(one, 'reports');
  await tabTo(page.getByRole('button', { name: word('reports.export'), exact: true }));
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await downloading).suggestedFilename()).toMatch(/\.csv$/);
});

test('a scan types into no field, fires no shortcut, and its Enter presses nothing', async ({
  desk,
}) => {
  const one = await desk('supervisor', { screen: 'devices' });
  const { page, word } = one;
  const ignored = page.getByText(word('app.scan-ignored'));
  await scan(page, `${BADGE}\n`);
  await expect(ignored.first()).toBeVisible();
  await expect(one.content('devices')).toBeVisible();

  // Its Enter would sign out the person whose button has the focus.
  await page.getByRole('button', { name: word('app.sign-out') }).focus();
  await scan(page, `${BADGE}\n`);
  await expect(one.content('devices')).toBeVisible();

  await switchTo(one, 'people');
  const text = page.getByRole('textbox', { name: word('people.search-text') });
  const purpose = page.getByRole('textbox', { name: word('people.purpose') });
  await text.focus();
  await type(page, 'TP01');
  await purpose.fill('A purpose that is stated');
  await purpose.focus();
  await scan(page, `${BADGE}\n`);
  await expect(purpose).toHaveValue('A purpose that is stated');
  await expect(page.getByText(word('people.not-found'))).toHaveCount(0);
  await text.focus();
  await scan(page, BADGE);
  await type(page, '23');
  await expect(text).toHaveValue('TP0123');
});

test('no shortcut and no form acts while the input method composes', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const waiting = zone.holder('special-pass', '06:00-23:00');
  zone.swipe('loop-east-bridge-in-1', waiting.credential, PATIENT_S).catch(() => {});
  const one = await desk('supervisor', { screen: 'exceptions' });
  const { page, word, dialog } = one;
  await page.getByRole('option').filter({ hasText: waiting.permit }).click();
  // Y admits, and is a key of the input method here.
  await compose(page, '');
  await page.keyboard.press('n');
  await expect(dialog).toContainText(word('actions.refuse-title'));
  const reason = dialog.getByRole('textbox');
  await expect(reason).toBeFocused();
  await compose(page, '已核');
  await expect(reason).toHaveValue('已核');
  await expect(dialog).toHaveCount(1);
  const session = await page.context().newCDPSession(page);
  await session.send('Input.insertText', { text: '已核實' });
  await expect(reason).toHaveValue('已核實');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
