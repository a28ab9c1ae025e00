import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import type { Screen } from '../../../src/renderer/actions/route.ts';
import type { Role } from '../../../src/shared/domain/role.ts';
import type { Language } from '../../../src/shared/domain/text.ts';
import { seriousFindings } from './axe.ts';
import type { RealConsole } from './console.ts';
import { SPOKEN, word } from './words.ts';

export interface DeskOptions {
  readonly language?: Language | undefined;
  readonly viewport?: { readonly width: number; readonly height: number } | undefined;
  /** What stands behind the address, such as `wall`. */
  readonly query?: string | undefined;
  /** The screen to begin with: Watch with its map takes longest. */
  readonly screen?: Screen | undefined;
}

/** As large as the browsers of the other bodies, since some screens lay themselves out by it. */
const WINDOW_SIZE = { width: 1_366, height: 768 };

/** Arrows in the palette's field walk its list, which therefore is no stop of its own. */
const WALKED_FROM_ITS_FIELD = /^scrollable-region-focusable: .*class="palette-list"/;

/**
 * One workstation: a browser or a window of its own with the console's page, and all that the page
 * complained of.
 */
export class Desk {
  readonly page: Page;
  readonly language: Language;
  readonly #complaints: string[] = [];
  readonly #query: string;

  private constructor(page: Page, options: DeskOptions) {
    this.page = page;
    this.language = options.language ?? SPOKEN;
    this.#query = options.query ?? '';
    page.on('console', (message) => {
      const type = message.type();
      if (type === 'error' || type === 'warning') {
        this.#complaints.push(`${type}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.#complaints.push(`thrown: ${error.message}`));
  }

  /** Opens the console's page in a browser that was not there before. */
  static async open(
    browser: Browser,
    running: RealConsole,
    options: DeskOptions = {},
  ): Promise<Desk> {
    const isWindow = running.body !== 'host';
    const page = isWindow ? await running.freshWindow() : await browserPage(browser, options);
    const desk = new Desk(page, options);
    await page.addInitScript((language) => {
      if (localStorage.getItem('twoline.language') === null) {
        localStorage.setItem('twoline.language', language);
      }
    }, desk.language);
    if (isWindow) {
      await page.setViewportSize(options.viewport ?? WINDOW_SIZE);
      await page.waitForURL(/bundle/);
      if (desk.language !== SPOKEN) await page.reload();
    } else {
      await page.goto(await running.link());
    }
    if (options.query !== undefined)
      await desk.page.goto(new URL(`?${options.query}`, desk.page.url()).href);
    await expect(desk.page.getByLabel(desk.word('sign-in.name'))).toBeVisible();
    if (options.screen !== undefined) await desk.#hash(options.screen);
    return desk;
  }

  /** Opens the page and signs in with a training user. */
  static async signedIn(
    browser: Browser,
    running: RealConsole,
    role: Role,
    options: DeskOptions = {},
  ): Promise<Desk> {
    const desk = await Desk.open(browser, running, options);
    await desk.signIn(role, `${role}-training`);
    const inside = desk.#query === '' ? desk.page.locator('#content') : desk.page.locator('.wall');
    await expect(inside).toBeVisible();
    return desk;
  }

  /** A word of the screens in this desk's language. */
  readonly word = (key: string, params: Readonly<Record<string, string | number>> = {}): string =>
    word(key, params, this.language);

  async signIn(name: string, secret: string): Promise<void> {
    await this.page.getByLabel(this.word('sign-in.name')).fill(name);
    await this.page.getByLabel(this.word('sign-in.secret')).fill(secret);
    await this.page.getByRole('button', { name: this.word('sign-in.submit') }).click();
  }

  /** Shows a screen by the rail, as a hand would. */
  async show(screen: Screen): Promise<void> {
    const name = this.word(`app.nav-${screen}`);
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
    await expect(this.content(screen)).toBeVisible();
  }

  content(screen: Screen): Locator {
    return this.page.getByRole('main', { name: this.word(`app.nav-${screen}`), exact: true });
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.word(key) });
  }

  /** What is said aloud at once: a fault, lost contact. */
  alert(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Fills in the reason of the open dialog and does it, waiting until it is done. */
  async giveReason(reason: string, doIt: string): Promise<void> {
    await this.dialog.getByRole('textbox').fill(reason);
    await this.dialog.getByRole('button', { name: doIt, exact: true }).click();
  }

  /** What the page complained of: console errors and warnings, policy violations, thrown errors. */
  complaints(): readonly string[] {
    return this.#complaints;
  }

  forgetComplaints(): void {
    this.#complaints.length = 0;
  }

  /** Serious findings of axe on what is shown now, each with its element. */
  async seriousFindings(): Promise<readonly string[]> {
    const found = await seriousFindings(this.page);
    return found.filter((finding) => !WALKED_FROM_ITS_FIELD.test(finding));
  }

  async close(): Promise<void> {
    const isOwnBrowser = this.page.url().startsWith('http://127.0.0.1');
    await (isOwnBrowser ? this.page.context() : this.page).close();
  }

  async #hash(screen: Screen): Promise<void> {
    await this.page.evaluate((to) => {
      location.hash = `#/${to}`;
    }, screen);
  }
}

/** A page in a browser that was not there before. */
async function browserPage(browser: Browser, { viewport }: DeskOptions): Promise<Page> {
  const context = await browser.newContext({
    ...(viewport ? { viewport } : {}),
    acceptDownloads: true,
  });
  return context.newPage();
}
