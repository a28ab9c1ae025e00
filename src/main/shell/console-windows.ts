import { randomUUID } from 'node:crypto';
import {
  BrowserWindow,
  type IpcMainInvokeEvent,
  type Session,
  screen,
  session,
  type WebContents,
} from 'electron';
import type { MenuOffer, OpenedWindow } from '../../shared/contract/shell.ts';
import { isOurs, PAGE_URL } from './app-protocol.ts';
import { type KeptWindow, keepWindows, placeOn, readWindows } from './window-state.ts';

/** One window of the console. Windows of one workstation have one person signed in. */
export interface ConsoleWindow {
  readonly window: BrowserWindow;
  readonly kind: KeptWindow['kind'];
  readonly workstation: string;
  readonly session: Session;
  /** What can be done on its page now; null before its page said so. */
  offer: MenuOffer | null;
}

export interface WindowsParts {
  readonly preload: string;
  readonly icon: string;
  readonly devTools: boolean;
  /** Where the windows' places are kept. */
  readonly dir: string;
  /** Locks a session and serves it the page, before its first window. */
  readonly secure: (session: Session) => void;
  /** The window that has the focus, or what its page offers, is another one now. */
  readonly onFocus: () => void;
}

const MAX_WINDOWS = 16;
const KEPT_AFTER_MS = 500;
const LOADED_AGAIN_AFTER_MS = 1_000;
const BACKGROUND = '#12181f';
const MIN_SIZE = { minWidth: 1_024, minHeight: 640 };
const FIRST_SIZE = { width: 1_440, height: 900 };
const MOVES = ['resize', 'move', 'maximize', 'unmaximize'] as const;
const MORE_MOVES = ['enter-full-screen', 'leave-full-screen'] as const;

/** All windows: the first, second ones, the wallboard. */
export class ConsoleWindows {
  readonly #parts: WindowsParts;
  readonly #open = new Set<ConsoleWindow>();
  /** A new name each time: whoever signed in yesterday is not signed in today. */
  readonly #workstation = `window-${randomUUID()}`;
  #focused: ConsoleWindow | null = null;
  #isQuitting = false;
  #keeping: NodeJS.Timeout | null = null;

  constructor(parts: WindowsParts) {
    this.#parts = parts;
    parts.secure(session.defaultSession);
  }

  /** Opens the windows that were open last; settles when their pages are there. */
  async openKept(): Promise<void> {
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    for (const kept of readWindows(this.#parts.dir)) {
      const place = placeOn(screens, kept.place);
      await this.#make({ ...kept, place }, this.#workstation, session.defaultSession);
    }
  }

  /** Opens a window beside another one; false when there are too many. */
  openBeside(beside: ConsoleWindow | null, which: OpenedWindow): boolean {
    if (this.#open.size >= MAX_WINDOWS) return false;
    const kept = { place: null, maximized: false, fullScreen: which === 'wall' };
    const kind = which === 'wall' ? 'wall' : 'console';
    let [workstation, own] = [beside?.workstation ?? this.#workstation, beside?.session];
    if (which === 'other') {
      // Another person's own: nothing of it is kept, and the first one stays signed in.
      workstation = `window-${randomUUID()}`;
      own = session.fromPartition(workstation);
      this.#parts.secure(own);
    }
    this.#make({ ...kept, kind }, workstation, own ?? session.defaultSession).catch(() => {});
    return true;
  }

  /** The window whose own page sent this; null for a frame within it, and any other page. */
  ofSender({ sender, senderFrame }: IpcMainInvokeEvent): ConsoleWindow | null {
    const found = [...this.#open].find(({ window }) => window.webContents === sender);
    if (found === undefined || found.window.isDestroyed() || senderFrame === null) return null;
    return senderFrame === sender.mainFrame && isOurs(senderFrame.url) ? found : null;
  }

  get focused(): ConsoleWindow | null {
    return this.#focused;
  }

  get all(): readonly ConsoleWindow[] {
    return [...this.#open];
  }

  /** Shows all windows, one of them in front of all others. */
  show(front = this.#focused ?? this.all[0]): void {
    for (const { window } of this.#open) {
      if (window.isMinimized()) window.restore();
      window.show();
    }
    front?.window.focus();
  }

  /** From now on windows close because the console ends: which were open is to be kept. */
  quitting(): void {
    this.#keep();
    this.#isQuitting = true;
  }

  async #make(kept: KeptWindow, workstation: string, own: Session): Promise<void> {
    const window = new BrowserWindow({
      ...FIRST_SIZE,
      ...kept.place,
      ...MIN_SIZE,
      show: false,
      fullscreen: kept.fullScreen,
      autoHideMenuBar: true,
      backgroundColor: BACKGROUND,
      title: 'Twoline',
      icon: this.#parts.icon,
      webPreferences: {
        preload: this.#parts.preload,
        session: own,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: this.#parts.devTools,
      },
    });
    const made = { window, kind: kept.kind, workstation, session: own, offer: null };
    this.#open.add(made);
    this.#listen(made);
    if (kept.maximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    await window.loadURL(kept.kind === 'wall' ? `${PAGE_URL}?wall` : PAGE_URL);
  }

  #listen(made: ConsoleWindow): void {
    const { window } = made;
    const focus = (on: ConsoleWindow | null) => {
      this.#focused = on;
      this.#parts.onFocus();
    };
    window.on('focus', () => focus(made));
    window.on('closed', () => {
      this.#open.delete(made);
      if (this.#focused === made) focus(null);
      // Whoever closes the last window ends the console, and finds it again the next time.
      if (this.#open.size > 0) this.#keep();
    });
    const moved = () => this.#keepSoon();
    for (const event of MOVES) window.on(event as 'resize', moved);
    for (const event of MORE_MOVES) window.on(event as 'resize', moved);
    window.on('close', moved);
    comeBack(window.webContents);
  }

  #keepSoon(): void {
    if (this.#keeping !== null) return;
    this.#keeping = setTimeout(() => this.#keep(), KEPT_AFTER_MS);
  }

  /** Another person's windows are not kept: they would open signed in as nobody, for nobody. */
  #keep(): void {
    if (this.#keeping !== null) clearTimeout(this.#keeping);
    this.#keeping = null;
    if (this.#isQuitting) return;
    const own = this.all.filter(
      ({ window, workstation }) => workstation === this.#workstation && !window.isDestroyed(),
    );
    if (own.length === 0) return;
    keepWindows(
      this.#parts.dir,
      own.map(({ window, kind }) => ({
        kind,
        place: window.getNormalBounds(),
        maximized: window.isMaximized(),
        fullScreen: window.isFullScreen(),
      })),
    );
  }
}

/** A page that crashed is loaded again: a control room must not look at an empty window. */
function comeBack(contents: WebContents): void {
  contents.on('render-process-gone', (_event, { reason }) => {
    process.stderr.write(`a page is gone (${reason}) and is loaded again\n`);
    setTimeout(() => {
      if (!contents.isDestroyed()) contents.reload();
    }, LOADED_AGAIN_AFTER_MS);
  });
}
