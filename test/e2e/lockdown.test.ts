import { presence } from '../../src/shared/locale/presence.ts';
import { readCsv } from '../kit/read-csv.ts';
import type { Desk } from './kit/desk.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { inEachLanguage } from './kit/worded.ts';
import { word } from './kit/words.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile({ speed: 1 });

const banner = ({ page, word: say }: Desk) =>
  page.getByRole('region', { name: say('lockdown.title'), exact: true });

/** Runs what the palette has under this title. */
async function byPalette({ dialog, page }: Desk, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  await page.keyboard.insertText(title);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

/** What is shown, in each language, with nothing serious for axe. */
function expectInEach(one: Desk, shown: readonly string[]): Promise<void> {
  return inEachLanguage(one, async (language) => {
    for (const key of shown) {
      await expect(one.page.getByText(word(key, {}, language)).first()).toBeVisible();
    }
    expect(await one.seriousFindings()).toEqual([]);
  });
}

test('a lockdown: one proposes, another confirms, each lane is told, two end it', async ({
  desk,
}) => {
  const operator = await desk('operator', { screen: 'lanes' });
  const supervisor = await desk('supervisor', { screen: 'lanes' });
  const propose = operator.page.getByRole('button', { name: `${word('lockdown.begin')}…` });
  await propose.click();
  expect(await operator.seriousFindings()).toEqual([]);
  await operator.giveReason('told so by the police', word('lockdown.begin'));
  await expect(operator.dialog).toHaveCount(0);
  await expect(banner(supervisor)).toContainText(word('lockdown.is-proposed'));
  await expect(banner(supervisor)).toContainText(word('lockdown.needs-other'));
  // One is open: no other can be proposed. Who proposed it is told by name.
  await expect(propose).toHaveCount(0);
  await expect(banner(supervisor)).toContainText(/(?<!-)operator/);
  // Whoever proposed it has no button to confirm it.
  const confirm = `${word('lockdown.confirm')}…`;
  await expect(banner(operator).getByRole('button', { name: confirm })).toHaveCount(0);
  await expect(banner(supervisor).getByRole('button', { name: confirm })).toBeVisible();
  await byPalette(supervisor, `${word('lockdown.title')} · ${word('lockdown.confirm')}`);
  await supervisor.giveReason('heard it too', word('lockdown.confirm'));
  await expect(banner(operator)).toContainText(word('lockdown.is-in-force'));
  await banner(operator).locator('summary').click();
  const lanes = banner(operator).getByRole('list', { name: word('lockdown.each-lane') });
  await expect(lanes.getByText(word('domain.stage-confirmed')).first()).toBeVisible();
  await expectInEach(operator, ['lockdown.is-in-force', 'lockdown.end']);
  await banner(operator)
    .getByRole('button', { name: `${word('lockdown.end')}…` })
    .click();
  await operator.giveReason('it is over', word('lockdown.end'));
  await expect(banner(supervisor)).toContainText(word('lockdown.is-ending'));
  await banner(supervisor)
    .getByRole('button', { name: `${word('lockdown.confirm-end')}…` })
    .click();
  await supervisor.giveReason('it is over', word('lockdown.confirm-end'));
  await expect(banner(operator)).toHaveCount(0);
});

test('the shares of a month: by class and by person, and the same in the file', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const [holder] = zone.holders('hk-resident', 1);
  expect(await zone.swipe('lmc-road-in-1', holder?.credential ?? '')).toBe('passed');
  const one = await desk('inspector', { screen: 'reports' });
  const { page } = one;
  await page.getByRole('button', { name: word('presenceMonth.title') }).click();
  await expect(page.getByText(word('presence.not-decision'))).toBeVisible();
  await page.getByLabel(word('presenceMonth.purpose')).fill('The month’s settlement');
  await page.getByRole('button', { name: word('presenceMonth.show'), exact: true }).click();
  const people = page.getByRole('table', { name: word('presenceMonth.by-person') });
  await expect(people.locator('tbody tr').first()).toBeVisible();
  const classes = page.getByRole('table', { name: word('presenceMonth.by-class') });
  await expect(classes).toContainText(word('domain.class-hk-resident'));
  await expectInEach(one, ['presenceMonth.by-class', 'presenceMonth.by-person']);
  const shown = await people.locator('tbody tr td:first-child').allInnerTexts();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: word('presence.save') }).click();
  const rows = readCsv((await running.now.textOf(await downloading)).slice(1));
  expect(rows[1]?.[0]).toContain(word('presence.not-decision'));
  const from = rows.findIndex(([first]) => Object.values(presence.person).includes(first ?? ''));
  expect(rows.slice(from + 1).map(([person]) => person)).toEqual(shown);
});
