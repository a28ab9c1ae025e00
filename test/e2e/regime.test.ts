import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LANGUAGES, type Language } from '../../src/shared/domain/text.ts';
import { hkDay, hkDayTime, hkTime, MINUTE_MS } from '../../src/shared/lib/hk-time.ts';
import type { Desk } from './kit/desk.ts';
import {
  minuteAhead,
  nextVersion,
  type RegimeText,
  regimeInForce,
  THEN,
} from './kit/next-version.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

/** A time to come comes within seconds. */
const SPEED = 30;
test.use(MAPLESS);
const running = consoleOfFile({ speed: SPEED });
const RULE = 'second-hk-resident';
const LANE = 'lmc-road-in-1';
const AHEAD_MS = 2 * MINUTE_MS;
/** How long both screens may wait for that: their list is asked for every five seconds. */
const COMES_MS = 120_000;

/** The next version, changed, as a file that a person picks. */
function fileOf(path: string, change: (file: RegimeText) => RegimeText): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, nextVersion(change));
  return path;
}

/** Picks a file in the open dialog. */
async function pick({ dialog }: Desk, path: string): Promise<void> {
  await dialog.locator('input[type=file]').setInputFiles(path);
}

/** Switches the page's language by its own button. */
async function speak({ page }: Desk, language: Language): Promise<void> {
  await page.locator(`.languages button[lang="${language}"]`).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** What is wrong with a file, and what another changes, is shown before it is handed in. */
async function handIn(one: Desk, folder: string): Promise<void> {
  const { page, dialog, word } = one;
  await page.getByRole('button', { name: word('regime.draft-open') }).click();
  const holed = fileOf(join(folder, 'holed.json'), (file) => {
    return { ...file, rules: file.rules.filter(({ id }) => id !== RULE) };
  });
  await pick(one, holed);
  await expect(dialog.getByText('second in person hk-resident')).toBeVisible();
  await dialog.getByRole('textbox').fill('agreed in March');
  const button = dialog.getByRole('button', { name: word('regime.hand-in'), exact: true });
  await expect(button).toBeDisabled();
  const next = fileOf(join(folder, 'next.json'), (file) => {
    const rules = file.rules.map((rule) =>
      rule.id === RULE ? { ...rule, [THEN]: 'refer' } : rule,
    );
    return { ...file, rules };
  });
  await pick(one, next);
  await expect(dialog.locator('ins')).toHaveText([word('domain.verdict-refer')]);
  // Half way from its dim to its own colour a button has the contrast of neither.
  await button.evaluate((shown) => Promise.all(shown.getAnimations().map((one) => one.finished)));
  expect(await one.seriousFindings()).toEqual([]);
  await button.click();
  await expect(dialog).toHaveCount(0);
}

/** A day under the version that is chosen, and one crossing that it would have referred. */
async function tryOnToday(one: Desk): Promise<void> {
  const { page, word } = one;
  await page.getByRole('radio', { name: word('regime.view-what-if') }).click();
  await page.getByRole('button', { name: word('regime.what-if-start'), exact: true }).click();
  const row = page
    .getByRole('grid', { name: word('regime.what-if-rows') })
    .locator('.tr')
    .first();
  await expect(row).toContainText(word('domain.verdict-refer'));
  const totals = page.locator('.what-if-totals div');
  await expect(totals.nth(3)).toHaveText(`${word('regime.what-if-cannot-tell')}0`);
  await expect(totals.nth(2).locator('dd')).not.toHaveText('0');
  expect(await one.seriousFindings()).toEqual([]);
  const crossing = (await row.locator('.id').first().textContent()) ?? '';
  await row.click();
  await page.getByRole('button', { name: word('regime.what-if-open') }).click();
  const panel = one.content('crossings').getByRole('complementary');
  await expect(panel.getByText(crossing, { exact: true })).toBeVisible();
  await expect(panel.getByText(RULE)).toBeVisible();
}

test('a version is drafted from a file, tried on a day, enacted by two, and decides', async ({
  desk,
}, info) => {
  const zone = Zone.of(running.now);
  const [before, after] = zone.holders('hk-resident', 2);
  await expect.poll(() => zone.swipe(LANE, before?.credential ?? '')).toBe('passed');
  const one = await desk('supervisor', { screen: 'regime' });
  const { page, dialog, word } = one;
  const { version } = regimeInForce();
  const name = word('regime.version', { n: version + 1 });
  const rule = page.getByText(RULE, { exact: true });
  await expect(rule).toBeVisible();
  await page.getByRole('button', { name: word('regime.class') }).click();
  await page.getByRole('option', { name: word('domain.class-official') }).click();
  await expect(rule).toHaveCount(0);

  await handIn(one, info.outputDir);
  const drafted = page.getByRole('option', { name }).last();
  await expect(drafted).toContainText(word('regime.state-drafted'));
  await expect(page.locator('.facts')).toContainText('agreed in March');
  for (const language of LANGUAGES.toReversed()) {
    await speak(one, language);
    expect(await one.seriousFindings()).toEqual([]);
  }
  await tryOnToday(one);
  await one.show('regime');
  await drafted.click();

  const two = await desk('administrator', { screen: 'regime' });
  // However slow the machine is, both have acted before the time comes.
  await running.now.order({ do: 'pause' });
  const fromMs = await minuteAhead(running.now, AHEAD_MS);
  await page.getByRole('button', { name: word('regime.propose') }).click();
  await dialog.getByLabel(word('regime.date')).fill(hkDay(fromMs));
  await dialog.getByLabel(word('regime.at-time')).fill(hkTime(fromMs).slice(0, 5));
  await dialog.locator('textarea').fill('to try it');
  await dialog.getByRole('button', { name: word('regime.do-propose'), exact: true }).click();
  await expect(page.getByText(word('regime.you-proposed'))).toBeVisible();
  await two.page.getByRole('option', { name }).click();
  const agree = two.word('regime.agree', { at: hkDayTime(fromMs) });
  await two.page.getByRole('button', { name: agree }).click();
  await expect(two.dialog).toContainText('supervisor');
  await expect(two.dialog.locator('ins')).toHaveText([word('domain.verdict-refer')]);
  await two.giveReason('seen and agreed', two.word('regime.do-agree'));
  await expect(drafted).toContainText(word('regime.state-enacted'));
  await running.now.order({ do: 'resume' });

  for (const { page: shown } of [one, two]) {
    await expect(shown.getByRole('option').first()).toContainText(name, { timeout: COMES_MS });
  }
  await expect(drafted).toContainText(word('regime.state-in-force'));
  expect(await zone.swipe(LANE, after?.credential ?? '', 0)).toBe('turned-away');
});
