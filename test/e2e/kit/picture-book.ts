import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LANGUAGES } from '../../../src/shared/domain/text.ts';

/** The pictures of docs/. */
const FOLDER = new URL('../../../docs/pictures/', import.meta.url).pathname;

/** Takes a picture of what the page shows: `name` is a screen's and its language's. */
export async function savePicture(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: 72 });
}

/** docs/screens.md: every picture there is, by screen. */
export function writeBook(): void {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.jpg'));
  const screens = [...new Set(names.map((name) => name.split('.')[0] ?? ''))].sort();
  const parts = screens.map((screen) => {
    const shown = LANGUAGES.map((language) => `![${language}](pictures/${screen}.${language}.jpg)`);
    return `## ${screen}\n\n${shown.join('\n\n')}\n`;
  });
  const head = '# The screens\n\nTaken by `TWOLINE_PICTURES=1 npm run test:e2e` in training.\n';
  writeFileSync(join(FOLDER, '..', 'screens.md'), [head, ...parts].join('\n'));
}
