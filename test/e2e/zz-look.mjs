import { chromium } from '@playwright/test';
import { chromiumArgs } from '../kit/chromium-args.ts';
const out = process.env.TMPDIR;
const [,, what] = process.argv;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...chromiumArgs] });
const open = async (role, hash, lang = 'zh-HK', size = { width: 1600, height: 900 }) => {
  const page = await browser.newPage({ viewport: size });
  page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
  page.on('pageerror', (e) => console.log('pageerror', e.message));
  await page.addInitScript((l) => localStorage.setItem('twoline.language', l), lang);
  await page.goto(`http://127.0.0.1:5391/?role=${role}&virtual#/${hash}`);
  await page.waitForSelector('#content', { timeout: 60000 });
  await page.waitForTimeout(1200);
  return page;
};
const shot = (page, name) => page.screenshot({ path: `${out}/${name}.png` });
const run = await import(`${out}/${what}.mjs`);
await run.default({ open, shot });
await browser.close();
