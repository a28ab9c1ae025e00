import { readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '../../src/shared/domain/text.ts';
import { report } from '../../src/shared/locale/report.ts';
import { readCsv } from '../kit/read-csv.ts';
import { consoleOfFile, expect, MAPLESS, test } from './kit/shift.ts';
import { Zone } from './kit/zone.ts';

test.use(MAPLESS);
const running = consoleOfFile({ speed: 1 });
const DAY = '2026-03-02';
const BOM = '\uFEFF';

/** What stands behind a word in the first column. */
function figureOf(rows: readonly string[][], name: string): string | undefined {
  return rows.find((row) => row[0] === name)?.[1];
}

test('the day on the screen: figures, why it is not complete, the spreadsheet', async ({
  desk,
}, info) => {
  const zone = Zone.of(running.now);
  for (const { credential } of zone.holders('hk-resident', 3)) {
    expect(await zone.swipe('lmc-road-in-1', credential)).toBe('passed');
  }
  expect(await zone.swipe('lmc-road-in-1', zone.strangeBadge(3), 0)).toBe('turned-away');
  const one = await desk('inspector', { screen: 'reports' });
  const { page } = one;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    one.word('reports.daily', { day: DAY }),
  );
  await expect(page.getByText(one.word('reports.because-day-not-over'))).toBeVisible();
  const term = page.getByText(one.word('reports.total-passed'), { exact: true });
  const passed = page.locator('.total').filter({ has: term });
  await expect(passed.locator('dd')).toHaveText('3');

  for (const language of LANGUAGES) {
    await page.getByRole('button', { name: one.word('reports.export-language') }).click();
    await page.getByRole('option', { name: one.word(`app.language-${language}`) }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: one.word('reports.export'), exact: true }).click();
    const download = await downloading;
    const text = await running.now.textOf(download);
    expect(download.suggestedFilename()).toContain(DAY);
    expect(text.startsWith(BOM), 'a spreadsheet needs the mark to read it as UTF-8').toBe(true);
    const rows = readCsv(text.slice(1));
    expect(figureOf(rows, report.passed[language]), language).toBe('3');
    for (const row of rows.flat()) expect(row).not.toMatch(/^[=+@\t]/);

    // The command on the same data folder makes the same figures.
    const out = info.outputPath(`${language}-by-command.csv`);
    const made = await running.now.twoline(
      ...['report', running.now.data, '--day', DAY, '--out', out, '--lang', language],
    );
    expect(made.code, made.stderr).toBe(0);
    expect(figures(readFileSync(out, 'utf8'), language)).toEqual(figures(text, language));
    await expect(page.getByText(one.word('reports.exporting'))).toHaveCount(0);
  }
});

/**
 * The report without what moves on by itself: an export is a record too, and the centre a moment
 * behind.
 */
function figures(text: string, language: Language): readonly string[] {
  const moving = [report['last-seq'], report['head-hash'], report.because];
  const names = [...moving, report['because-centre-behind']].map((one) => one[language]);
  return readCsv(text.slice(1))
    .filter((row) => !row.some((cell) => names.includes(cell)))
    .map((row) => row.join('|'));
}
