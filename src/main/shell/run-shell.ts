import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog, type Session, safeStorage } from 'electron';
import { type Fault, fail, ok, type Result } from '../../shared/lib/result.ts';
import { app as appWords } from '../../shared/locale/app.ts';
import { shell as words } from '../../shared/locale/shell.ts';
import { keepKey } from '../keys/key-file.ts';
import { sealedKey } from '../keys/sealed-key.ts';
import type { StoreKey } from '../keys/store-key.ts';
import { ownDataFolder } from '../launch/data-folder.ts';
import {
  ENGINE_ENDS_WITHIN_MS,
  type EngineState,
  type EngineSupervisor,
  superviseEngine,
} from '../launch/engine-supervisor.ts';
import { isKeyOfSystem } from '../launch/key-of-system.ts';
import { mapHostsOf } from '../launch/map-hosts.ts';
import { findParentLink, type ParentLink } from '../launch/parent-link.ts';
import type { Programs } from '../launch/programs.ts';
import { claimScheme, PAGE_URL, pageServer } from './app-protocol.ts';
import { ConsoleWindows } from './console-windows.ts';
import { serveLivePorts, tellLost } from './live-ports.ts';
import { lockContents, lockSession } from './lock-down.ts';
import { ConsoleTray, FIRST_LANGUAGE, type MenuActs, menuTemplate, showMenu } from './menus.ts';
import { Notices } from './notices.ts';
import { DONE, isOffered, servePageCommands } from './page-commands.ts';
import { utilityChild } from './utility-child.ts';

/**
 * The window's process: windows on the built page, the engine in a utility process, ports between
 * them. Tells the launcher when it is ready, ends with its last window or its launcher.
 */
export async function runShell(programs: Programs): Promise<void> {
  const { data, site, exportKey } = readArgs();
  const parent = findParentLink();
  const own = join(data, 'window');
  // One window per data folder, and nothing of the browser inside it outside that folder.
  app.setPath('userData', own);
  app.enableSandbox();
  claimScheme();
  if (parent === null && !existsSync(site)) {
    const text = `there is no site file: put it at ${site} and start again`;
    await end(parent, { code: 'no-site', text });
  } else if (!app.requestSingleInstanceLock()) {
    await end(parent, { code: 'window-open', text: 'a window is open on this data folder' });
  } else {
    app.on('web-contents-created', (_event, contents) => lockContents(contents));
    await app.whenReady();
    const key = isKeyOfSystem(site)
      ? await sealedKey(data, safeStorage, process.platform)
      : ok(null);
    if (!key.ok) return end(parent, key.fault);
    if (exportKey !== null) return endWithKey(parent, key.value, exportKey);
    const on = { data, site, own, key: () => key.value?.toString('hex') ?? null };
    await new Shell(programs, parent, on).open();
  }
}

class Shell {
  readonly #parent: ParentLink | null;
  readonly #supervisor: EngineSupervisor;
  readonly #windows: ConsoleWindows;
  readonly #tray: ConsoleTray;
  readonly #notices = new Notices();
  /** What the menu shows now, as text: pages offer the same again and again. */
  #menu = '';
  #trouble: string | null = null;
  #wasReady = false;

  constructor(
    programs: Programs,
    parent: ParentLink | null,
    on: {
      readonly data: string;
      readonly site: string;
      readonly own: string;
      readonly key: () => string | null;
    },
  ) {
    this.#parent = parent;
    this.#supervisor = superviseEngine(on, (args) => utilityChild(programs.engine, args), {
      // The pages' connections go by ports of their own.
      onMessage: () => {},
      onState: (state, safe) => this.#engineIs(state, safe),
    });
    const servePage = pageServer(programs.page, mapHostsOf(on.site));
    this.#windows = new ConsoleWindows({
      preload: programs.preload,
      icon: join(programs.icons, 'icon.png'),
      devTools: !app.isPackaged,
      dir: on.own,
      secure: (session: Session) => {
        lockSession(session);
        servePage(session);
      },
      onFocus: () => this.#showMenu(),
    });
    this.#tray = new ConsoleTray(join(programs.icons, 'tray.png'), this.#acts);
  }

  async open(): Promise<void> {
    endInOrder(this.#supervisor, this.#windows, this.#parent);
    this.#servePages();
    this.#showMenu();
    const started = await this.#supervisor.start();
    if (!started.ok) {
      await end(this.#parent, started.fault);
      return;
    }
    app.on('second-instance', () => this.#windows.show());
    await this.#windows.openKept();
    this.#parent?.send({ t: 'ready', url: PAGE_URL });
  }

  get #acts(): MenuActs {
    return {
      choose: (id) => this.#windows.focused?.window.webContents.send('shell:chosen', id),
      open: (which) => this.#windows.openBeside(this.#windows.focused, which),
      show: () => this.#windows.show(),
      quit: () => app.quit(),
    };
  }

  #servePages(): void {
    serveLivePorts(this.#windows, this.#supervisor);
    servePageCommands(this.#windows, {
      'shell.offer': (from, offer) => {
        from.offer = offer;
        if (from === this.#windows.focused) this.#showMenu();
        return DONE;
      },
      'shell.open': (from, { window }) =>
        this.#windows.openBeside(from, window)
          ? DONE
          : fail('too-many-windows', 'close a window before another one is opened'),
      'shell.notify': (from, { title, body, command }) => {
        const act = () => {
          if (from.window.isDestroyed()) return;
          this.#windows.show(from);
          if (command === null || !isOffered(from, command)) return;
          from.window.webContents.send('shell:chosen', command);
        };
        // Several windows of one person tell the same: it is shown once.
        this.#notices.show(title, body, act, `${from.workstation} ${title}`);
        return DONE;
      },
    });
  }

  #showMenu(): void {
    const offer = this.#windows.focused?.offer ?? null;
    const text = JSON.stringify(offer);
    if (text === this.#menu) return;
    this.#menu = text;
    showMenu(menuTemplate(offer, this.#acts, process.platform));
    this.#tray.say(offer?.language ?? FIRST_LANGUAGE, this.#trouble);
  }

  /** The pages say it too; this is for a person who looks elsewhere. */
  #engineIs(state: EngineState, safe: boolean): void {
    if (state === 'down') tellLost(this.#windows);
    const language = this.#windows.focused?.offer?.language ?? FIRST_LANGUAGE;
    const isBack = state === 'ready' && !safe;
    if (state === 'starting' || state === 'stopped' || (isBack && !this.#wasReady)) {
      return;
    }
    this.#wasReady = true;
    const text = safe ? appWords['mode-safe-mode-text'] : words['engine-down'];
    this.#trouble = isBack ? null : text[language];
    this.#tray.say(language, this.#trouble);
    if (this.#trouble === null) return;
    this.#notices.show(appWords.name[language], this.#trouble, this.#acts.show, 'engine');
  }
}

/** However the end comes, the engine has its time to stop first; asked twice is asked once. */
function endInOrder(
  supervisor: EngineSupervisor,
  windows: ConsoleWindows,
  parent: ParentLink | null,
): void {
  let isEnding = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    windows.quitting();
    void supervisor.stop(ENGINE_ENDS_WITHIN_MS).then(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
  parent?.onEnd(() => app.quit());
  parent?.onMessage((message) => {
    if ((message as { t?: unknown } | null)?.t === 'stop') app.quit();
  });
}

/** Writes the key that the system keeps into a file, for whoever keeps a copy of it elsewhere. */
async function endWithKey(
  parent: ParentLink | null,
  key: StoreKey | null,
  path: string,
): Promise<void> {
  const kept = key === null ? NO_KEY : keepKey(path, key);
  if (!kept.ok) return end(parent, kept.fault);
  process.stderr.write(`the key of the data folder: ${path}\n`);
  app.exit(0);
}

const NO_KEY: Result<never> = fail(
  'key-not-sealed',
  'the site file does not have the key kept by the system: there is none to export',
);

async function end(parent: ParentLink | null, fault: Fault): Promise<void> {
  const where = fault.where === undefined ? '' : ` [${fault.where}]`;
  const text = `${fault.text}${where} (${fault.code})`;
  // Started by itself, nobody reads what it writes.
  if (parent === null) dialog.showErrorBox('Twoline', text);
  process.stderr.write(`cannot open the window: ${text}\n`);
  await parent?.sendLast({ t: 'failed', fault });
  app.exit(1);
}

/**
 * What the launcher says. A package is started without it: then on this person's own folder, and on
 * the site file that stands there. Electron's own switches may stand among ours.
 */
function readArgs(): { data: string; site: string; exportKey: string | null } {
  const text = { type: 'string', default: '' } as const;
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { data: text, site: text, 'export-key': text },
    strict: false,
    allowPositionals: true,
  });
  const data = String(values.data) || join(ownDataFolder(process.env, process.platform), 'console');
  const exported = String(values['export-key']);
  const exportKey = exported === '' ? null : resolve(exported);
  return { data, site: String(values.site) || join(data, 'site.json'), exportKey };
}
