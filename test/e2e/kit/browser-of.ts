import type { LaunchOptions } from '@playwright/test';

/** How the runner's Chromium is started, or else Playwright's own. */
export function browserOf(args: readonly string[]): LaunchOptions {
  const executablePath = process.env.TWOLINE_CHROMIUM;
  return { args: [...args], ...(executablePath ? { executablePath } : {}) };
}
