import { tables } from '../../../src/shared/locale/tables.ts';
import type { Desk } from './desk.ts';
import { expect } from './shift.ts';

/** A text's key, which stands on a page only where its words are missing. */
export const KEY = new RegExp(`\\b(${Object.keys(tables).join('|')})\\.[a-z][\\w-]+\\b`);

/** Ids, digests, keys, names and what somebody declared are the same in every language. */
export const NO_LANGUAGE = '.id, .hash, kbd, code, .person-name, .person-employer, .declared';

/** Names and patterns that are written so everywhere. */
const PROPER = ['OpenStreetMap contributors', 'YYYY-MM-DD'];

/** Two Latin words and more in a row, which a Chinese page says only where it quotes somebody. */
export function latinRuns(text: string): readonly string[] {
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
