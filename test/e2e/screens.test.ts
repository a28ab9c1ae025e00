import { SCREENS, type Screen } from '../../src/renderer/actions/route.ts';
import { LANGUAGES, type Language } from '../../src/shared/domain/text.ts';
import { tables } from '../../src/shared/locale/tables.ts';
import type { Desk } from './kit/desk.ts';
import { strangeLetters } from './kit/letters.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { word } from './kit/words.ts';
import { Zone } from './kit/zone.ts';

const running = consoleOfFile({ speed: 10 });

const KEY = new RegExp(`\\b(${Object.keys(tables).join('|')})\\.[a-z][\\w-]+\\b`);

/** Ids, digests, keys, names and what somebody declared are the same in every language. */
const NO_LANGUAGE = '.id, .hash, kbd, code, .person-name, .person-employer, .declared';

/** Names and patterns that are written so everywhere. */
const PROPER = ['OpenStreetMap contributors', 'YYYY-MM-DD'];

/** Two Latin words and more in a row, which a Chinese page says only where it quotes somebody. */
function latinRuns(text: string): readonly string[] {
  const runs = text.match(/[A-Za-z]{2,}(?:[ -][A-Za-z]{2,})+/g) ?? [];
  return [...new Set(runs)].filter((run) => !PROPER.includes(run));
}

/** Nothing of the top bar may be cut off: what is inside of an area is read at a glance. */
async function expectWholeTopBar({ page }: Desk): Promise<void> {
  const top = await page.evaluate(() => {
    const bar = document.querySelector('.top');
    const areas = [...document.querySelectorAll('.top-area')];
    const right = Math.max(...areas.map((area) => area.getBoundingClientRect().right));
    const next = document.querySelector('.top-counts')?.getBoundingClientRect().left ?? 0;
    return {
      over: (bar?.scrollWidth ?? 0) - (bar?.clientWidth ?? 0),
      areas: areas.length,
      cut: areas.filter((area) => area.scrollWidth > area.clientWidth).length,
      apart: right < next,
    };
  });
  expect(top).toEqual({ over: 0, areas: 2, cut: 0, apart: true });
}

/** What a screen says in the page's own language: names in another language are marked so. */
function said({ page }: Desk, leftOut = ''): Promise<string> {
  return page.evaluate((leftOut) => {
    const page = document.documentElement.lang;
    const parts: string[] = [];
    const read = (node: Node) => {
      if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent ?? '');
      if (!(node instanceof HTMLElement)) return;
      if (node.lang !== '' && node.lang !== page) return;
      if (leftOut !== '' && node.matches(leftOut)) return;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        parts.push(node.getAttribute(name) ?? '');
      }
      for (const child of node.childNodes) read(child);
    };
    read(document.body);
    return parts.join('\n');
  }, leftOut);
}

/** Something on every screen: a crossing, somebody who waits, a forced door, a stored reason. */
let made = false;
async function makeNews(): Promise<void> {
  if (made) return;
  made = true;
  const zone = Zone.of(running.now);
  const [one, two] = zone.holders('special-pass', 2, '06:00-23:00');
  await zone.swipe('lmc-road-in-1', zone.holder('hk-resident').credential);
  zone.swipe('loop-west-bridge-in-1', one?.credential ?? '', 900).catch(() => {});
  zone.swipe('loop-east-bridge-in-1', two?.credential ?? '', 900).catch(() => {});
  await running.now.order({ do: 'force-door', lane: 'san-tin-exit-out-1' });
}

/** Chooses the first thing of the screen's list, so that its panel is looked at too. */
async function chooseFirst({ page }: Desk, screen: Screen): Promise<void> {
  if (screen === 'lanes' || screen === 'exceptions') {
    await page.locator('#content').getByRole('option').first().click();
  }
  if (
    screen === 'incidents' ||
    screen === 'crossings' ||
    screen === 'devices' ||
    screen === 'goods'
  ) {
    await page.locator('#content .tr').first().click();
  }
}

for (const screen of SCREENS) {
  test(`${screen}: every word in each language, switched live; nothing serious for axe`, async ({
    desk,
  }) => {
    await makeNews();
    const role = screen === 'settings' ? 'administrator' : 'supervisor';
    const one = await desk(role, { screen });
    const { page } = one;
    await expect(one.content(screen)).toBeVisible();
    if (screen === 'watch') {
      await expect(page.locator('[data-drawn="drawn"]')).toBeVisible({ timeout: 120_000 });
      await expect(page.getByTestId('queue').getByRole('row').first()).toBeVisible();
    }
    await chooseFirst(one, screen);
    expect(await one.seriousFindings()).toEqual([]);
    for (const language of [...LANGUAGES].reverse()) {
      await page
        .getByRole('group', { name: /^(語言|语言|Language)$/ })
        .locator(`button[lang="${language}"]`)
        .first()
        .click();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const name = word(`app.nav-${screen}`, {}, language);
      await expect(page.getByRole('main', { name, exact: true })).toBeVisible();
      const text = await said(one);
      expect(text).not.toMatch(KEY);
      expect(text).not.toContain('{{');
      expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object /);
      const worded = await said(one, NO_LANGUAGE);
      expect(strange(worded, language)).toEqual([]);
      if (language !== 'en') expect(latinRuns(worded)).toEqual([]);
      await expectWholeTopBar(one);
    }
  });
}

/** Letters of another language, where the training zone's own names are not meant. */
function strange(text: string, language: Language): readonly string[] {
  return strangeLetters(text, language);
}

test('sign-in: every word in each language, nothing serious for axe', async ({ desk }) => {
  const one = await desk(null);
  expect(await one.seriousFindings()).toEqual([]);
  for (const language of LANGUAGES) {
    await one.page.locator(`button[lang="${language}"]`).click();
    await expect(one.page.locator('html')).toHaveAttribute('lang', language);
    await expect(
      one.page.getByRole('button', { name: word('sign-in.submit', {}, language) }),
    ).toBeVisible();
    const text = await said(one);
    expect(text).not.toMatch(KEY);
    expect(strange(text, language)).toEqual([]);
  }
});

test('dialogs, palette and help: nothing serious for axe', async ({ desk }) => {
  const one = await desk('supervisor', { screen: 'lanes' });
  const { page, dialog, word: say } = one;
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  expect(await one.seriousFindings()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Shift+?');
  await expect(dialog).toContainText(say('app.help-title'));
  expect(await one.seriousFindings()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('#content').getByRole('option').first().click();
  await page.getByRole('button', { name: `${say('domain.action-open')}…` }).click();
  await expect(dialog).toBeVisible();
  expect(await one.seriousFindings()).toEqual([]);
});

test('the wallboard: nothing serious for axe, words in each language', async ({ desk }) => {
  await makeNews();
  for (const language of LANGUAGES) {
    // Without a graphics card a wall takes its time to draw: its size says nothing of its words.
    const isWhole = language === 'zh-HK';
    const viewport = isWhole ? { width: 1920, height: 1080 } : { width: 1280, height: 720 };
    const one = await desk('supervisor', { query: 'wall', language, viewport });
    await expect(one.page.locator('.wall-alarm').first()).toBeVisible();
    const text = await said(one);
    expect(text).not.toMatch(KEY);
    expect(strange(text, language)).toEqual([]);
    if (isWhole) {
      await expect(one.page.locator('[data-drawn="drawn"]')).toBeVisible({ timeout: 120_000 });
      expect(await one.seriousFindings()).toEqual([]);
    }
    // Three walls that are drawn at once are three times as slow.
    await one.close();
  }
});
