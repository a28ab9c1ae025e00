import type { Locator } from '@playwright/test';
import type { Desk } from './kit/desk.ts';
import { forge, hearStages } from './kit/link.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile({ speed: 10 });
const LANE = 'lmc-road-in-1';
/** It has a reader on both sides. */
const TIDAL = 'loop-west-bridge-in-2';
/** No command ever reaches it. */
const UNTOUCHED = 'spur-line-in-2';
const STAGES = ['requested', 'sent', 'accepted', 'confirmed'];

function tileOf({ page, word }: Desk, zone: Zone, lane: string): Locator {
  const place = zone.checkpointName(zone.lane(lane).checkpoint);
  const own = zone.laneName(lane).split(' · ')[1] ?? '';
  const grid = page.getByRole('listbox', { name: word('lanes.title') });
  return grid.getByRole('group', { name: place }).getByRole('option').filter({ hasText: own });
}

/** Chooses a lane by its tile. */
async function choose(desk: Desk, zone: Zone, lane: string): Promise<void> {
  const own = zone.laneName(lane).split(' · ')[1] ?? '';
  await tileOf(desk, zone, lane).click();
  await expect(desk.page.getByRole('heading', { level: 2, name: own })).toBeVisible();
}

/** Gives the chosen lane a command with a reason and waits until the gate has shown it. */
async function command(desk: Desk, action: string, doing: string): Promise<void> {
  const { page, word, dialog } = desk;
  const name = word(`domain.action-${action}`);
  await page.getByRole('button', { name: `${name}…` }).click();
  await expect(dialog).toContainText(word(`actions.gate-${action}-text`, { seconds: 3 }));
  await expect(dialog.getByRole('button', { name, exact: true })).toBeDisabled();
  await desk.giveReason(doing, name);
  const steps = dialog.getByRole('list', { name: word('actions.progress') });
  await expect(steps.locator('.step-done')).toHaveCount(3);
  await expect(steps).toContainText(word('domain.stage-confirmed'));
  await dialog.getByRole('button', { name: word('app.close') }).click();
  await expect(dialog).toBeHidden();
}

test('open once, lock and back to control: requested, accepted, confirmed by the gate', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const one = await desk('operator', { screen: 'lanes' });
  await one.page.reload();
  const heard = await hearStages(one.page);
  await one.page.reload();
  await choose(one, zone, LANE);
  const facts = one.page.getByRole('complementary', { name: one.word('lanes.detail') });

  await command(one, 'open', 'Reader does not read');
  await command(one, 'lock', 'Crowd before the gate');
  await expect(facts).toContainText(one.word('domain.mode-locked'));
  const holder = zone.holder('hk-resident');
  expect(await zone.swipe(LANE, holder.credential)).toBe('turned-away');
  await command(one, 'control', 'Crowd has left');
  await expect(facts).toContainText(one.word('domain.mode-controlled'));
  expect(await zone.swipe(LANE, holder.credential)).toBe('passed');

  expect(heard.size).toBe(3);
  for (const stages of heard.values()) {
    expect(stages.at(-1)).toBe('confirmed');
    const order = stages.map((stage) => STAGES.indexOf(stage));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  }
});

test('a command to a board that does not answer ends as failed, and is said so', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const lane = 'san-tin-exit-out-1';
  const one = await desk('operator', { screen: 'lanes' });
  await choose(one, zone, lane);
  await running.now.order({ do: 'network-cut', board: zone.lane(lane).board, seconds: 20 });
  await one.page.getByRole('button', { name: `${one.word('domain.action-open')}…` }).click();
  await one.giveReason('Somebody waits outside', one.word('domain.action-open'));
  const { dialog } = one;
  await expect(dialog.locator('.step-broken')).toBeVisible();
  await expect(dialog.locator('.step-never').last()).toContainText(
    one.word('domain.stage-confirmed'),
  );
  await expect(dialog).toContainText(
    new RegExp(`${one.word('actions.gate-failed-next')}|${one.word('actions.gate-unknown-next')}`),
  );
});

test('holding open needs a supervisor, on the screen and in the engine', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const hold = { lane: LANE, action: 'hold', reason: 'For a friend of mine' };
  const operator = await desk('operator', { screen: 'lanes' });
  await choose(operator, zone, LANE);
  const name = `${operator.word('domain.action-hold')}…`;
  await expect(operator.page.getByRole('button', { name })).toHaveCount(0);
  await expect(operator.page.getByText(operator.word('lanes.hold-supervisor'))).toBeVisible();
  const refused = await forge(operator.page, 'command', 'gate.command', hold);
  expect(refused).toMatchObject({ t: 'fault', fault: { code: 'role' } });

  const supervisor = await desk('supervisor', { screen: 'lanes' });
  await choose(supervisor, zone, LANE);
  await command(supervisor, 'hold', 'Fire drill of the zone');
  const facts = operator.page.getByRole('complementary', { name: operator.word('lanes.detail') });
  await expect(facts).toContainText(operator.word('domain.mode-held'));
  await command(supervisor, 'control', 'Drill is over');
  await expect(facts).toContainText(operator.word('domain.mode-controlled'));
});

test('an inspector sees no command, and one forged from that page is refused', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const one = await desk('inspector', { screen: 'lanes' });
  await choose(one, zone, UNTOUCHED);
  await expect(one.page.getByText(one.word('lanes.read-only'))).toBeVisible();
  for (const action of ['open', 'lock', 'hold', 'control']) {
    const name = `${one.word(`domain.action-${action}`)}…`;
    await expect(one.page.getByRole('button', { name })).toHaveCount(0);
  }
  await one.page.keyboard.press('o');
  await one.page.keyboard.press('Control+k');
  await expect(one.dialog).toBeVisible();
  await expect(one.dialog.getByText(one.word('domain.action-open'))).toHaveCount(0);
  const reason = 'I am an inspector';
  const forged = [
    ['gate.command', { lane: UNTOUCHED, action: 'open', reason }],
    ['exception.admit', { exception: 'E1-1', reason }],
    ['incident.resolve', { incident: 'I1-1', reason }],
    ['permit.suspend', { permit: 'TP0000001', reason }],
    ['presence.set', { person: 'P0000001', place: 'loop', reason }],
    ['user.add', { name: 'inspector-two', role: 'supervisor', secret: 'long enough a one' }],
  ] as const;
  for (const [name, input] of forged) {
    const answer = await forge(one.page, 'command', name, input);
    expect(answer, name).toMatchObject({ t: 'fault', fault: { code: 'not-allowed' } });
  }
  await expect(one.page.getByText(one.word('lanes.last-command'))).toHaveCount(0);
});

test('a lane of two readers is turned by a supervisor, shown so, and turned back', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const operator = await desk('operator', { screen: 'lanes' });
  await choose(operator, zone, TIDAL);
  const { word } = operator;
  const turn = `${word('domain.action-reverse')}…`;
  await expect(operator.page.getByRole('button', { name: turn })).toHaveCount(0);
  await expect(operator.page.getByText(word('lanes.turn-supervisor'))).toBeVisible();
  const facts = operator.page.getByRole('complementary', { name: word('lanes.detail') });
  const way = (from: string, to: string) => word('lanes.route-value', { from, to });
  const [loop, beyond] = [zone.areaName('loop'), word('domain.place-beyond-first')];
  await expect(facts).toContainText(way(beyond, loop));
  const [holder, goer] = zone.holders('special-pass', 2, '00:00-09:00');
  const [badge, other] = [holder?.credential ?? '', goer?.credential ?? ''];
  expect(await zone.swipe(TIDAL, other)).toBe('passed');
  const tile = tileOf(operator, zone, TIDAL);
  await expect(tile).not.toContainText(word('lanes.turned'));

  const supervisor = await desk('supervisor', { screen: 'lanes' });
  await choose(supervisor, zone, TIDAL);
  await command(supervisor, 'reverse', 'The evening stream goes out');
  await expect(facts).toContainText(`${way(loop, beyond)} · ${word('lanes.turned')}`);
  // The tile says it by an arrow and in words, whatever its colours.
  await expect(tile).toContainText(`← ${word('domain.direction-out')} · ${word('lanes.turned')}`);
  expect(await zone.swipe(TIDAL, badge)).toBe('turned-away');
  expect(await zone.swipeBack(TIDAL, other)).toBe('passed');
  await expect(supervisor.page.getByRole('button', { name: turn })).toHaveCount(0);
  await command(supervisor, 'forward', 'The morning stream comes in');
  await expect(facts).toContainText(way(beyond, loop));
  await expect(tile).not.toContainText(word('lanes.turned'));
  expect(await zone.swipe(TIDAL, badge)).toBe('passed');

  // Each crossing is shown in the direction that the lane had.
  await operator.show('crossings');
  await operator.page
    .getByRole('textbox', { name: word('crossings.permit') })
    .fill(goer?.permit ?? '');
  const table = operator.page.getByRole('grid', { name: word('crossings.title') });
  const rows = table.getByRole('row').filter({ hasText: goer?.permit ?? '' });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(word('domain.direction-out'));
  await expect(rows.last()).toContainText(word('domain.direction-in'));
  for (const row of await rows.all()) await expect(row).toContainText(zone.laneName(TIDAL));
});
