import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, session } from 'electron';
import type { Fault } from '../../shared/lib/result.ts';
import { EngineSupervisor } from '../launch/engine-supervisor.ts';
import { mapHostsOf } from '../launch/map-hosts.ts';
import { findParentLink, type ParentLink } from '../launch/parent-link.ts';
import type { Programs } from '../launch/programs.ts';
import { nodeTimers } from '../launch/timers.ts';
import { claimScheme, PAGE_URL, servePage } from './app-protocol.ts';
import { serveLivePorts } from './live-ports.ts';
import { lockContents, lockSession } from './lock-down.ts';
import { utilityChild } from './utility-child.ts';

/** The engine gets this long to end; the launcher waits a little longer for us. */
const ENGINE_ENDS_WITHIN_MS = 1_000;
const BACKGROUND = '#12181f';

/**
 * The window's process: one window on the built page, the engine in a utility process, a port
 * between the two. Tells the launcher when it is ready, ends with its window or its launcher.
 */
export async function runShell(programs: Programs): Promise<void> {
  const { data, site } = readArgs();
  const parent = findParentLink();
  // One window per data folder, and nothing of the browser inside it outside that folder.
  app.setPath('userData', join(data, 'window'));
  app.enableSandbox();
  claimScheme();
  if (data === '' || site === '') {
    await end(parent, { code: 'no-site', text: 'the window is started by npm start' });
  } else if (!app.requestSingleInstanceLock()) {
    await end(parent, { code: 'window-open', text: 'a window is open on this data folder' });
  } else {
    await app.whenReady();
    await openConsole(programs, parent, data, site);
  }
}

async function openConsole(
  programs: Programs,
  parent: ParentLink | null,
  data: string,
  site: string,
): Promise<void> {
  const supervisor = new EngineSupervisor({
    spawn: (safe) => {
      const args = ['--data', data, '--site', site, ...(safe ? ['--safe'] : [])];
      return utilityChild(programs.engine, args);
    },
    timers: nodeTimers,
    log: (line) => process.stderr.write(`${line}\n`),
    // The page's connections go by ports of their own; a lost one tells the page by itself.
    onMessage: () => {},
    onState: () => {},
  });
  endInOrder(supervisor, parent);
  servePage(programs.page, mapHostsOf(site));
  lockSession(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  const started = await supervisor.start();
  if (!started.ok) {
    await end(parent, started.fault);
    return;
  }
  const window = makeWindow(programs.preload);
  // A new name each time: whoever signed in yesterday is not signed in today.
  serveLivePorts(window, supervisor, `window-${randomUUID()}`);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  await window.loadURL(PAGE_URL);
  parent?.send({ t: 'ready', url: PAGE_URL });
}

function makeWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1_440,
    height: 900,
    minWidth: 1_024,
    minHeight: 640,
    show: false,
    backgroundColor: BACKGROUND,
    title: 'Twoline',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.setMenuBarVisibility(false);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** However the end comes, the engine has its time to stop first. */
function endInOrder(supervisor: EngineSupervisor, parent: ParentLink | null): void {
  let isEnding = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    void supervisor.stop(ENGINE_ENDS_WITHIN_MS).then(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
  parent?.onEnd(() => app.quit());
  parent?.onMessage((message) => {
    if ((message as { t?: unknown } | null)?.t === 'stop') app.quit();
  });
}

async function end(parent: ParentLink | null, fault: Fault): Promise<void> {
  process.stderr.write(`cannot open the window: ${fault.text} (${fault.code})\n`);
  await parent?.sendLast({ t: 'failed', fault });
  app.exit(1);
}

/** Electron's own switches may stand among ours. */
function readArgs(): { data: string; site: string } {
  const text = { type: 'string', default: '' } as const;
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { data: text, site: text },
    strict: false,
    allowPositionals: true,
  });
  return { data: String(values.data), site: String(values.site) };
}
