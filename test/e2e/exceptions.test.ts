import type { Locator } from '@playwright/test';
import type { Desk } from './kit/desk.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { word } from './kit/words.ts';
import { type Holder, Zone } from './kit/zone.ts';

/** At midnight, so that a permit of day hours is outside its hours. */
const running = consoleOfFile({ speed: 10 });
const DAY_HOURS = '06:00-23:00';
const LANES = ['loop-west-bridge-in-1', 'loop-west-bridge-in-2', 'loop-east-bridge-in-1'] as const;
const PATIENT_S = 600;

/** Somebody asks outside the permit's hours and waits beside the lane. */
function waitAt(zone: Zone, lane: string, holder: Holder): Promise<string> {
  const ended = zone.swipe(lane, holder.credential, PATIENT_S);
  // Whoever still waits when the console ends is told nothing.
  ended.catch(() => {});
  return ended;
}

const cardOf = ({ page, word }: Desk, text: string) =>
  page.getByRole('listbox', { name: word('exceptions.list') }).getByRole('option', { name: text });

const panelOf = ({ page, word }: Desk) =>
  page.getByRole('complementary', { name: word('exceptions.detail') });

function nameOf({ person }: Holder): string {
  const rows = running.now.trainingFile('persons.csv').split('\r\n');
  return rows.find((row) => row.startsWith(person))?.split(',')[1] ?? '';
}

test('a referred person waits; an operator sees why, and cannot decide', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('special-pass', DAY_HOURS);
  void waitAt(zone, LANES[0], holder);
  const one = await desk('operator', { screen: 'exceptions' });
  await cardOf(one, holder.permit).click();
  const panel = panelOf(one);
  await expect(panel).toContainText('06:00');
  await expect(panel).toContainText(zone.laneName(LANES[0]));
  await expect(panel.locator('.clause')).toContainText('特別通行證持有人經一線進入緩衝帶');
  await expect(panel).toContainText(one.word('exceptions.supervisor-needed'));
  await expect(one.page.getByRole('button', { name: one.word('actions.admit-title') })).toHaveCount(
    0,
  );
  await one.page.keyboard.press('y');
  // Who it is stays hidden until the operator asks, since that is written down.
  await expect(panel).not.toContainText(nameOf(holder));
  await expect(one.dialog).toHaveCount(0);
  await panel.getByRole('button', { name: one.word('exceptions.show-person') }).click();
  await expect(panel).toContainText(nameOf(holder));
});

test('a supervisor admits with a reason: the gate opens, the person passes', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('special-pass', DAY_HOURS);
  const ended = waitAt(zone, LANES[1], holder);
  const one = await desk('supervisor', { screen: 'exceptions' });
  await cardOf(one, holder.permit).click();
  await expect(panelOf(one)).toContainText(nameOf(holder));
  await one.page.getByRole('button', { name: one.word('actions.admit-title') }).click();
  const doIt = one.dialog.getByRole('button', {
    name: one.word('actions.admit-title'),
    exact: true,
  });
  await expect(one.dialog.getByRole('textbox')).toBeFocused();
  await expect(doIt).toBeDisabled();
  await one.dialog.getByRole('textbox').fill('ab');
  await expect(doIt).toBeDisabled();
  await one.giveReason('Night shift confirmed by the employer', one.word('actions.admit-title'));
  expect(await ended).toBe('passed');
  await expect(cardOf(one, holder.permit)).toHaveCount(0);
  await expect(panelOf(one)).toContainText(one.word('exceptions.gone'));
  await one.show('crossings');
  const row = one.page.getByRole('row').filter({ hasText: holder.permit });
  await expect(row).toContainText(one.word('domain.crossing-passed'));
  await expect(row).toContainText('06:00');
});

const SECRET = 'four horses at noon';

async function pick(form: Locator, field: string, option: string): Promise<void> {
  await form.getByRole('button', { name: word(field) }).click();
  await form.page().getByRole('option', { name: option, exact: true }).click();
}

/** A supervisor who acts for one side, added by an administrator. */
async function addOfficer(one: Desk, name: string, side: string): Promise<void> {
  const { page } = one;
  const form = page.getByRole('region', { name: word('settings.users'), exact: true });
  await form.getByRole('textbox', { name: word('settings.user-name') }).fill(name);
  await pick(form, 'settings.user-role', word('domain.role-supervisor'));
  await pick(form, 'settings.user-authority', side);
  await form.getByLabel(word('settings.user-secret')).fill(SECRET);
  await form.getByRole('button', { name: word('settings.user-add') }).click();
  await expect(page.getByText(word('settings.user-added', { name }))).toBeVisible();
}

test('whom one side holds the other lets nobody through; its result is given later', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('special-pass', DAY_HOURS);
  const [exit, entry] = ['內地', '香港'];
  const settings = await desk('administrator', { screen: 'settings' });
  await addOfficer(settings, 'li.guan', exit);
  await addOfficer(settings, 'chan.on', entry);
  const ended = waitAt(zone, LANES[1], holder);
  const one = await desk('supervisor', { screen: 'exceptions' });
  await cardOf(one, holder.permit).click();
  await expect(panelOf(one)).toContainText(word('joint.own-none', { exit, entry }));
  const give = new RegExp(`^${word('joint.give-own')}`);
  await expect(one.page.getByRole('button', { name: give })).toHaveCount(0);

  const officer = await desk(null, { screen: 'exceptions' });
  await officer.signIn('li.guan', SECRET);
  await cardOf(officer, holder.permit).click();
  await expect(panelOf(officer)).toContainText(word('joint.own-side', { side: exit }));
  await officer.page.getByRole('button', { name: give }).click();
  await expect(officer.dialog).toContainText(word('joint.give-text', { side: exit }));
  await pick(officer.dialog, 'joint.result', word('ledger.joint-result-held'));
  expect(await officer.seriousFindings()).toEqual([]);
  await officer.giveReason('Photo is of somebody else', word('joint.do-held'));
  const held = `${word('ledger.joint-result-held')} · li.guan`;
  await expect(panelOf(officer)).toContainText(held);

  await expect(panelOf(one)).toContainText(word('joint.held-by', { side: exit }));
  await one.page.getByRole('button', { name: word('actions.admit-title') }).click();
  await one.giveReason('Employer confirmed the shift', word('actions.admit-title'));
  await expect(one.dialog).toContainText(word('faults.other-side'));

  await officer.page.getByRole('button', { name: word('actions.admit-title') }).click();
  await officer.giveReason('An older photo after all', word('actions.admit-title'));
  expect(await ended).toBe('passed');

  const other = await desk(null, { screen: 'lanes' });
  await other.signIn('chan.on', SECRET);
  const own = zone.laneName(LANES[1]).split(' · ')[1] ?? '';
  const place = zone.checkpointName(zone.lane(LANES[1]).checkpoint);
  const tiles = other.page.getByRole('group', { name: place }).getByRole('option');
  await tiles.filter({ hasText: own }).click();
  const row = other.page.getByRole('table', { name: word('ledger.joint') }).locator('tbody tr');
  // Whoever lets somebody through whom their own side held has released for that side.
  await expect(row.first()).toContainText('li.guan');
  await expect(row.first()).not.toContainText(word('ledger.joint-result-held'));
  await expect(row.first()).toContainText(word('ledger.joint-result-not-given'));
  await row.first().getByRole('button', { name: give }).click();
  await other.giveReason('Cleared at the counter', word('joint.do-released'));
  await expect(row.first()).not.toContainText(word('ledger.joint-result-not-given'));
  await expect(row.first()).toContainText('chan.on');
});

test('another is refused: the gate stays shut', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('special-pass', DAY_HOURS);
  const ended = zone.swipe(LANES[2], holder.credential, 15);
  const one = await desk('supervisor', { screen: 'exceptions' });
  await cardOf(one, holder.permit).click();
  await one.page.getByRole('button', { name: one.word('actions.refuse-title') }).click();
  await one.giveReason('Comes back in the morning', one.word('actions.refuse-title'));
  await expect(cardOf(one, holder.permit)).toHaveCount(0);
  expect(await ended).toBe('turned-away');
  await one.show('crossings');
  const row = one.page.getByRole('row').filter({ hasText: holder.permit });
  await expect(row).toContainText(one.word('domain.crossing-refused'));
});

test('a watch-list loaded on the screen stops the next badge, and tells only supervisors', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('hk-resident');
  const administrator = await desk('administrator', { screen: 'settings' });
  const { page, word } = administrator;
  await page.getByRole('button', { name: word('settings.dataset') }).click();
  await page.getByRole('option', { name: word('domain.dataset-watch-list') }).click();
  const data = page.getByRole('region', { name: word('settings.data'), exact: true });
  await data.locator('input[type=file]').setInputFiles({
    name: 'watch.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'person,reason,from,to\r\n' +
        `${holder.person},Held for questions,2025-01-01T00:00+08:00,2099-01-01T00:00+08:00\r\n` +
        'P0000002,,not a day,\r\n',
    ),
  });
  await data.getByRole('button', { name: word('imports.preview'), exact: true }).click();
  await data.getByRole('button', { name: word('imports.good-only') }).click();
  await administrator.dialog.getByRole('textbox').last().fill('the second row follows');
  await page.keyboard.press('Control+Enter');
  const loaded = word('settings.loaded', { version: 2, rows: 1, changed: 1 });
  await expect(data.locator('.loaded')).toContainText(loaded);
  await expect(data.locator('.loaded')).toContainText(word('settings.refused_other', { count: 1 }));

  void waitAt(zone, 'loop-south-gate-in-1', holder);
  const supervisor = await desk('supervisor', { screen: 'exceptions' });
  await cardOf(supervisor, holder.permit).click();
  await expect(panelOf(supervisor).locator('.why')).toContainText('監察名單');
  await expect(cardOf(supervisor, holder.permit).getByRole('img', { name: '緊急' })).toBeVisible();
  const operator = await desk('operator', { screen: 'exceptions' });
  await cardOf(operator, holder.permit).click();
  await expect(panelOf(operator).locator('.why')).toContainText('此個案須由主任處理');
  await expect(operator.page.locator('body')).not.toContainText('監察名單');
});

test('an unknown badge on the way out waits for a person too', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const lane = 'loop-south-gate-out-1';
  zone.swipe(lane, zone.strangeBadge(1), PATIENT_S).catch(() => {});
  const one = await desk('supervisor', { screen: 'exceptions' });
  const unknown = one.word('domain.class-unidentified');
  const card = one.page.getByRole('option').filter({ hasText: unknown });
  await card.click();
  await expect(panelOf(one)).toContainText(one.word('exceptions.no-person'));
  await expect(panelOf(one)).toContainText(zone.laneName(lane));
});

test('the wallboard shows what waits, and nobody’s data', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const viewport = { width: 1920, height: 1080 };
  const one = await desk('supervisor', { query: 'wall', viewport });
  await expect(one.page.locator('[data-drawn="drawn"]')).toBeVisible({ timeout: 120_000 });
  await expect(one.page.locator('.wall-urgent')).toContainText(one.word('watch.exception'));
  const shown = await one.page.locator('body').innerText();
  expect(shown).not.toMatch(/\b(TP|P)\d{4,}/);
  for (const row of running.now.trainingFile('persons.csv').split('\r\n').slice(1)) {
    const name = row.split(',')[1];
    if (name) expect(shown).not.toContain(name);
  }
  for (const area of zone.site.areas) expect(shown).toContain(area.name['zh-HK']);
  await expect(one.page.getByRole('button')).toHaveCount(0);
});
