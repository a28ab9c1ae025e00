import { expect, type Locator, type Page } from '@playwright/test';

/** Slower than a reader types and as fast as a hand: the console tells them apart by this. */
const HAND_MS = 75;
/** After so long without a key the console takes a scan to be over. */
const QUIET_MS = 150;
const MOST_TABS = 80;

/** Types as a hand does. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: HAND_MS });
}

/** Walks on by Tab until this has the focus. */
export async function tabTo(target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await target.page().keyboard.press('Tab');
  }
  throw new Error('no way there by Tab');
}

interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly virtualKey: number;
}

function strokeOf(letter: string): Stroke {
  if (letter === '\n') return { key: 'Enter', code: 'Enter', virtualKey: 13 };
  const isDigit = /\d/.test(letter);
  const code = isDigit ? `Digit${letter}` : `Key${letter.toUpperCase()}`;
  return { key: letter, code, virtualKey: letter.toUpperCase().charCodeAt(0) };
}

/**
 * What a badge or barcode reader with a keyboard's plug types: each key `everyMs` after the last by
 * the keys' own time, however slow this machine is.
 */
export async function scan(page: Page, text: string, everyMs = 8): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const begunS = Date.now() / 1000;
  const sent: Promise<unknown>[] = [];
  for (const [at, letter] of [...text].entries()) {
    const { key, code, virtualKey } = strokeOf(letter);
    const common = { key, code, windowsVirtualKeyCode: virtualKey };
    const timestamp = begunS + (at * everyMs) / 1000;
    const typed = letter === '\n' ? '\r' : letter;
    sent.push(
      session.send('Input.dispatchKeyEvent', {
        ...common,
        type: 'keyDown',
        text: typed,
        timestamp,
      }),
      session.send('Input.dispatchKeyEvent', {
        ...common,
        type: 'keyUp',
        timestamp: timestamp + everyMs / 2000,
      }),
    );
  }
  await Promise.all(sent);
  await session.detach();
  // What a hand does within the next tenth of a second still counts as the reader's.
  const overMs = begunS * 1000 + text.length * everyMs + QUIET_MS;
  await page.waitForFunction((endMs) => Date.now() > endMs, overMs);
}

/** A key that the input method takes, as Chromium reports it, while it composes these letters. */
export async function compose(page: Page, letters: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const key = { key: 'Process', code: 'KeyY', windowsVirtualKeyCode: 229 };
  await session.send('Input.dispatchKeyEvent', { ...key, type: 'rawKeyDown' });
  await session.send('Input.imeSetComposition', {
    text: letters,
    selectionStart: letters.length,
    selectionEnd: letters.length,
  });
  await session.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp' });
  await session.detach();
}
