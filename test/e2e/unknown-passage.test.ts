import { LANGUAGES } from '../../src/shared/domain/text.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { startSmallZone } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';
import { nearConsole } from './kit/near-console.ts';
import { expect, MAPLESS, test } from './kit/shift.ts';
import { word } from './kit/words.ts';

test.use(MAPLESS);

/** Holder 1's gate opened, then its board was cut off: nobody knows whether they went through. */
async function withUnknownPassage() {
  const zone = await startSmallZone([{ n: 1 }, { n: 2 }], { boards: 2 });
  const journal = new ZoneJournal(zone.dataDir);
  const board = must(zone.boards[0], 'a board');
  await board.swipe(1, 'in', zone.badge(1));
  await journal.first('crossing.opened', ({ person }) => person === 'P-1');
  board.unplug();
  const { data } = await journal.first('crossing.unknown', () => true, { limitMs: 30_000 });
  const close = async () => {
    journal.close();
    await zone.close();
  };
  return { zone, journal, crossing: data.crossing, close };
}

test('a passage whose end nobody saw: a supervisor says it, once, on the crossing’s panel', async ({
  browser,
}) => {
  const { close, crossing, journal, zone } = await withUnknownPassage();
  const near = await nearConsole(browser, zone, 'supervisor');
  for (const language of LANGUAGES.toReversed()) {
    const say = (key: string, values = {}) => word(key, values, language);
    const page = await near.open(language, `crossings?crossing=${crossing}`);
    const panel = page.getByRole('complementary', { name: say('crossings.detail') });
    await expect(panel).toContainText(say('domain.crossing-unknown'));
    const answer = panel.getByRole('button', { name: say('ledger.answer') });
    // Who asks for a correction is asked for the end first.
    await expect(panel.getByRole('button', { name: say('ledger.correct') })).toHaveCount(0);
    await answer.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(say('ledger.answer-title', { crossing }));
    await expect(dialog).toContainText(say('ledger.answer-text'));
    if (language !== 'zh-HK') {
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
      continue;
    }
    await dialog.getByRole('textbox').fill('翻查錄影所見');
    await dialog.getByRole('button', { name: say('ledger.answer'), exact: true }).click();
    await expect(panel).toContainText(say('ledger.answered-by-person'));
    await expect(panel).toContainText(say('ledger.value-passed'));
    await expect(answer).toHaveCount(0);
    await expect(panel.getByRole('button', { name: say('ledger.correct') })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'SP-1' })).toContainText(
      say('ledger.value-passed'),
    );
  }
  expect(journal.all('presence.set').map(({ data }) => data)).toMatchObject([
    { person: 'P-1', place: 'loop', crossing },
  ]);
  expect(journal.number('SELECT count(*) AS n FROM unknown_passage')).toBe(0);
  await near.close();
  await close();
});
