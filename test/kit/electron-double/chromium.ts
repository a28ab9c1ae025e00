import { type ChildProcess, spawn } from 'node:child_process';
import { chromiumArgs } from '../chromium-args.ts';
import { Cdp } from './cdp.ts';

/** Where Debian keeps it; the runner of the tests names the one it found. */
const PROGRAM = process.env.TWOLINE_CHROMIUM ?? '/usr/bin/chromium';
const MORE_ARGS = [
  '--headless',
  '--disable-extensions',
  '--hide-scrollbars',
  // Electron's pages hear of a port that was closed; Chromium's do so when asked.
  '--enable-blink-features=MessagePortCloseEvent',
  '--mute-audio',
  '--no-default-browser-check',
  // The pipe is ours and ends Chromium with us; the port is for Playwright.
  '--remote-debugging-pipe',
  '--remote-debugging-port=0',
];

/** Starts the Chromium that shows the windows, with its profile where Electron would keep it. */
export function startChromium(userData: string): { cdp: Cdp; child: ChildProcess } {
  const args = [...chromiumArgs, ...MORE_ARGS, `--user-data-dir=${userData}`, 'about:blank'];
  const child = spawn(PROGRAM, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  return { cdp: new Cdp(child), child };
}
