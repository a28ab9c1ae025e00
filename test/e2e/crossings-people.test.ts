import { CodeVerifier } from '../../src/main/engine/permit-codes/verify-code.ts';
import type { Desk } from './kit/desk.ts';
import { scan } from './kit/qr-code.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { type Holder, Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile({ speed: 30 });
/** More than one page of a search holds. */
const PAGE_ROWS = 100;
const LANES = ['loop-south-gate', 'lmc-road', 'san-tin-east', 'san-tin-exit'] as const;

const tableOf = ({ page, word }: Desk) => page.getByRole('grid', { name: word('crossings.title') });
const rowsOf = (desk: Desk) => tableOf(desk).getByRole('row');

/** The console decides for every board: at its start they decide alone, and keep people out. */
async function allListen(zone: Zone): Promise<void> {
  const early = zone.holders('hk-resident', LANES.length);
  const passes = LANES.map((place, at) =>
    expect.poll(() => zone.swipe(`${place}-in-1`, early[at]?.credential ?? '')).toBe('passed'),
  );
  await Promise.all(passes);
}

/** Everybody goes in and out again over the second line, a lane each at a time. */
async function makeCrossings(zone: Zone, holders: readonly Holder[]): Promise<void> {
  const queues = LANES.map((place, at) => ({
    place,
    own: holders.filter((_, n) => n % LANES.length === at),
  }));
  await Promise.all(
    queues.map(async ({ place, own }) => {
      for (const way of ['in', 'out']) {
        for (const { credential } of own) {
          expect(await zone.swipe(`${place}-${way}-1`, credential)).toBe('passed');
        }
      }
    }),
  );
}

async function pick({ page, word }: Desk, field: string, option: string): Promise<void> {
  await page.getByRole('button', { name: word(field) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('crossings: all are found page by page, and every filter narrows them', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const holders = zone.holders('hk-resident', 52);
  await allListen(zone);
  await makeCrossings(zone, holders);
  const one = await desk('operator', { screen: 'crossings' });
  const { page, word } = one;
  await expect(page.getByText(word('crossings.shown-more', { n: PAGE_ROWS }))).toBeVisible();
  await tableOf(one).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('End');
  await expect(page.getByText(/^1\d\d ?項$/)).toBeVisible();

  const [first] = holders;
  await page.getByRole('textbox', { name: word('crossings.permit') }).fill(first?.permit ?? '');
  await expect(page.getByText(word('crossings.shown', { n: 2 }), { exact: true })).toBeVisible();
  await pick(one, 'crossings.direction', word('domain.direction-in'));
  await expect(page.getByText(word('crossings.shown', { n: 1 }), { exact: true })).toBeVisible();
  const row = rowsOf(one).filter({ hasText: first?.permit ?? '' });
  await expect(row).toContainText(zone.laneName('loop-south-gate-in-1'));
  await row.click();
  const panel = page.getByRole('complementary', { name: word('crossings.detail') });
  await expect(panel).toContainText(word('crossings.no-reason'));
  await expect(panel.locator('.clause')).toBeVisible();
  // What is looked for stands in the address: a link to it shows the same.
  await page.reload();
  await expect(page.getByText(word('crossings.shown', { n: 1 }), { exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: word('crossings.day') }).fill('2026-02-30');
  await expect(page.getByText(word('crossings.day-wrong'))).toBeVisible();
  await page.getByRole('textbox', { name: word('crossings.day') }).fill('2026-03-01');
  await expect(page.getByText(word('crossings.empty'))).toBeVisible();
  await page.getByRole('button', { name: word('crossings.clear-filter') }).click();
  await expect(page.getByText(word('crossings.shown-more', { n: PAGE_ROWS }))).toBeVisible();
});

test('a stranger’s badge waits for a person: found among the referred, not the refused', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  expect(await zone.swipe('lmc-road-in-1', zone.strangeBadge(7), 0)).toBe('turned-away');
  const one = await desk('operator', { screen: 'crossings' });
  const row = rowsOf(one).filter({ hasText: one.word('domain.class-unidentified') });
  await expect(row).toHaveCount(1);
  await pick(one, 'crossings.verdict', one.word('domain.verdict-refuse'));
  await expect(row).toHaveCount(0);
  await pick(one, 'crossings.verdict', one.word('domain.verdict-refer'));
  await expect(row).toContainText('此證件沒有對應的通行證');
  await expect(row).toContainText(zone.laneName('lmc-road-in-1'));
});

test('people: found by permit for a purpose only; suspended, the next badge is refused', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('official');
  const one = await desk('supervisor', { screen: 'people' });
  const { page, word } = one;
  await page.getByRole('textbox', { name: word('people.search-text') }).fill(holder.permit);
  const search = page.getByRole('button', { name: word('app.search'), exact: true });
  await expect(search).toBeDisabled();
  await page
    .getByRole('textbox', { name: word('people.purpose') })
    .fill('Called from the east bridge');
  await search.click();
  const person = page.getByRole('complementary', { name: word('people.detail') });
  await expect(person).toContainText(holder.permit);
  await expect(person).toContainText(word('domain.class-official'));
  await expect(person).toContainText(word('people.place-none'));
  expect(await zone.swipe('lmc-road-in-1', holder.credential)).toBe('passed');

  await person.getByRole('button', { name: `${word('actions.suspend')}…` }).click();
  await one.giveReason('Badge reported as stolen', word('actions.suspend'));
  await expect(person).toContainText(word('people.suspended-here'));
  await expect(person).toContainText(zone.areaName('loop'));
  expect(await zone.swipe('san-tin-exit-in-1', holder.credential, 0)).toBe('turned-away');
  await person.getByRole('button', { name: `${word('actions.reinstate')}…` }).click();
  await one.giveReason('Badge was found again', word('actions.reinstate'));
  await expect(person).not.toContainText(word('people.suspended-here'));

  await page.getByRole('textbox', { name: word('people.search-text') }).fill('TP9999999');
  await search.click();
  await expect(page.getByText(word('people.not-found'))).toBeVisible();
});

test('people: presence evidence opens to its crossings, and is saved and printed', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const holder = zone.holder('hk-resident');
  for (const way of ['in', 'out', 'in']) {
    await expect.poll(() => zone.swipe(`lmc-road-${way}-1`, holder.credential)).toBe('passed');
  }
  const one = await desk('inspector', { screen: 'people' });
  const { page, word } = one;
  await page.getByRole('textbox', { name: word('people.search-text') }).fill(holder.permit);
  await page.getByRole('textbox', { name: word('people.purpose') }).fill('Statement asked for');
  await page.getByRole('button', { name: word('app.search'), exact: true }).click();
  await page.getByRole('button', { name: word('presence.show') }).click();
  await expect(page.getByText(word('presence.not-decision'))).toBeVisible();
  const years = page.getByRole('table', { name: word('presence.year') });
  await years
    .getByRole('button', { name: word('presence.days-certain', { present: 1 }) })
    .first()
    .click();
  const days = page.getByRole('table', { name: new RegExp(word('presence.rule-any-part')) });
  await expect(days.getByRole('row').last()).toContainText(/X1-\d+ X1-\d+ X1-\d+/);
  // The last entry has no exit yet: what follows it is not known.
  const gaps = page.getByRole('table', { name: word('presence.gaps') });
  await expect(gaps).toContainText(word('presence.cause-still-inside'));
  expect(await one.seriousFindings()).toEqual([]);

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: word('presence.save') }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^twoline-presence-.+-zh-HK\.csv$/);
  const text = await running.now.textOf(file);
  expect(text).toContain(word('presence.not-decision'));
  expect(text).toContain(word('presence.cause-still-inside'));

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(word('presence.not-decision'))).toBeVisible();
  await expect(
    page.getByText(`${zone.site.name['zh-HK']} · ${word('presence.title')}`),
  ).toBeVisible();
  await expect(years).toBeVisible();
  await expect(page.getByRole('textbox', { name: word('people.search-text') })).toBeHidden();
  await expect(page.getByRole('button', { name: word('presence.print') })).toBeHidden();
});

test('people: a permit’s code is signed, can be scanned, and is all that is printed', async ({
  desk,
}) => {
  const zone = Zone.of(running.now);
  const { permit, person } = zone.holder('special-pass');
  const { page, word } = await desk('operator', { screen: 'people' });
  await page.getByRole('textbox', { name: word('people.search-text') }).fill(permit);
  await page.getByRole('textbox', { name: word('people.purpose') }).fill('Badge left at home');
  await page.getByRole('button', { name: word('app.search'), exact: true }).click();
  await page.getByRole('button', { name: `${word('people.code-print-of')}…` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: word('people.code-lost') }).click();
  await dialog.getByRole('button', { name: word('people.code-make') }).click();
  const code = dialog.getByRole('img', { name: word('people.code-of', { permit }) });
  const text = await scan(code);
  const read = await new CodeVerifier(zone.site.codes).verify(text ?? '');
  expect(read).toMatchObject({ ok: true, value: { proof: 'proven', permit, person } });

  await page.emulateMedia({ media: 'print' });
  await expect(code).toBeVisible();
  await expect(page.getByRole('button', { name: word('people.code-print') })).toBeHidden();
  await expect(page.getByRole('textbox', { name: word('people.search-text') })).toBeHidden();
  expect(await scan(code)).toBe(text);
  const pdf = (await page.pdf()).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
