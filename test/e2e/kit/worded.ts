import { LANGUAGES, type Language } from '../../../src/shared/domain/text.ts';
import { tables } from '../../../src/shared/locale/tables.ts';
import type { Desk } from './desk.ts';
import { strangeLetters } from './letters.ts';
import { expect } from './shift.ts';

/** A text's key, which stands on a page only where its words are missing. */
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
export async function expectWholeTopBar({ page }: Desk): Promise<void> {
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
export function said({ page }: Desk, leftOut = ''): Promise<string> {
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

/** The page in each language, switched live, the desk's own last. */
export async function inEachLanguage(
  one: Desk,
  look: (language: Language) => Promise<void>,
): Promise<void> {
  const others = LANGUAGES.filter((language) => language !== one.language);
  for (const language of [...others, one.language]) {
    await one.page
      .getByRole('group', { name: /^(語言|语言|Language)$/ })
      .locator(`button[lang="${language}"]`)
      .first()
      .click();
    await expect(one.page.locator('html')).toHaveAttribute('lang', language);
    await look(language);
  }
}

/** Every word is there, and in this language. */
export async function expectWords(one: Desk, language: Language): Promise<void> {
  const text = await said(one);
  expect(text).not.toMatch(KEY);
  expect(text).not.toMatch(/\{\{|\bundefined\b|\bNaN\b|\[object /);
  const worded = await said(one, NO_LANGUAGE);
  expect(strangeLetters(worded, language)).toEqual([]);
  expect(language === 'en' ? [] : latinRuns(worded)).toEqual([]);
}

/** Nothing serious for axe, and every word in this language. */
export async function expectWorded(one: Desk, language: Language): Promise<void> {
  expect(await one.seriousFindings()).toEqual([]);
  await expectWords(one, language);
}
