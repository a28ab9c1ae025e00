import type { Page } from '@playwright/test';
import { LANGUAGES } from '../../src/shared/domain/text.ts';
import { report } from '../../src/shared/locale/report.ts';
import { readCsv } from '../kit/read-csv.ts';
import type { Desk } from './kit/desk.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { word } from './kit/words.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile({ speed: 1 });

/** A supervisor says that somebody is beyond the first line: the ledger is corrected. */
async function putBeyond(control: Desk, permit: string): Promise<void> {
  const { page, dialog, word: say } = control;
  await page.getByRole('textbox', { name: say('people.search-text') }).fill(permit);
  await page.getByRole('textbox', { name: say('people.purpose') }).fill('Seen beyond the bridge');
  await page.getByRole('button', { name: say('app.search'), exact: true }).click();
  const person = page.getByRole('complementary', { name: say('people.detail') });
  await person.getByRole('button', { name: `${say('people.set-place')}…` }).click();
  await dialog.getByRole('button', { name: say('actions.presence-place') }).click();
  await page.getByRole('option', { name: say('domain.place-beyond-first') }).click();
  await control.giveReason('Seen beyond the bridge', say('actions.presence-set'));
  await expect(dialog).toHaveCount(0);
}

/** A table of the page: its rows as texts, figures without separators, shapes left out. */
async function tableOf(page: Page, label: string): Promise<string[][]> {
  const rows = page.getByRole('table', { name: label, exact: true }).locator('tbody tr, tfoot tr');
  const texts = await rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText)),
  );
  return texts.map((row) => row.map((cell) => cell.replace(/[▲◆■●,]/g, '').trim()));
}

/** A section of the file: its rows, without its title and its columns; '' where a cell is empty. */
function sectionOf(rows: readonly string[][], title: string): string[][] {
  const start = rows.findIndex((row) => row.length === 1 && row[0] === title);
  const rest = rows.slice(start + 2);
  const end = rest.findIndex((row) => row.length === 1 && row[0] === '');
  return end === -1 ? rest : rest.slice(0, end);
}

/** The last column added up by the others that are asked for. */
function addedUp(rows: readonly string[][], by: readonly number[]): string[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const key = by.map((n) => row[n]).join('|');
    sums.set(key, (sums.get(key) ?? 0) + Number(row.at(-1)));
  }
  return [...sums].map(([key, sum]) => `${key}|${sum}`).sort();
}

test('the tables on the screen are those of the file, in each language', async ({ desk }) => {
  const zone = Zone.of(running.now);
  const holders = zone.holders('hk-resident', 3);
  for (const { credential } of holders) {
    expect(await zone.swipe('lmc-road-in-1', credential)).toBe('passed');
  }
  expect(await zone.swipe('lmc-road-in-1', zone.strangeBadge(3), 0)).toBe('turned-away');
  await running.now.order({ do: 'force-door', lane: 'san-tin-exit-out-1' });
  await putBeyond(await desk('supervisor', { screen: 'people' }), holders[0]?.permit ?? '');
  for (const language of LANGUAGES) {
    const { page } = await desk('inspector', { screen: 'reports', language });
    const say = (key: keyof typeof report) => report[key][language];
    const at = (key: string) => word(`reports.${key}`, {}, language);
    await expect(page.locator('article.report')).toBeVisible();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: at('export'), exact: true }).click();
    const file = readCsv((await running.now.textOf(await downloading)).slice(1));
    const part = (key: keyof typeof report) => sectionOf(file, say(key));

    expect(await tableOf(page, say('by-line'))).toEqual(part('by-line'));
    const occupancy = await tableOf(page, at('occupancy'));
    expect(occupancy.map((row) => row.map((cell) => (cell === '–' ? '' : cell)))).toEqual(
      part('occupancy'),
    );
    expect(
      occupancy.some((row) => row[6] !== '0'),
      'somebody was corrected',
    ).toBe(true);
    for (const [, , , start, entries, exits, corrected, end] of occupancy) {
      expect(Number(start) + Number(entries) - Number(exits) + Number(corrected)).toBe(Number(end));
    }
    expect(await tableOf(page, at('incidents'))).toEqual(part('incidents'));
    const refusals = await tableOf(page, at('refusals'));
    expect([...refusals, [say('refusals-note')]]).toEqual(part('refusals'));
    await expect(page.getByText(say('refusals-note'))).toBeVisible();
    await expect(page.getByText('cma-buffer-zone')).toBeVisible();

    const choose = (by: string) => page.getByText(at(by), { exact: true }).click();
    await choose('by-hour');
    const hours = (await tableOf(page, at('by-hour'))).slice(0, -1);
    const byHour = hours
      .filter((row) => row.at(-1) !== '0')
      .map((row) => `${row[0]}|${row.at(-1)}`);
    expect(byHour).toEqual(addedUp(part('throughput'), [0]));
    await choose('by-class');
    const classes = (await tableOf(page, at('throughput'))).slice(0, -1);
    expect(addedUp(classes, [0])).toEqual(addedUp(part('throughput'), [5]));
    await choose('by-checkpoint');
    const places = (await tableOf(page, at('throughput'))).slice(0, -1);
    expect(addedUp(places, [0, 1, 2])).toEqual(addedUp(part('throughput'), [1, 2, 4]));
    const lines = places.map((row) => row[0]);
    expect(new Set(lines).size, 'lines stand together').toBe(
      lines.filter((line, n) => line !== lines[n - 1]).length,
    );
  }
});
