import { readFileSync } from 'node:fs';
import { CdpSession } from './cdp.ts';
import { type Session, session, tellDownloads } from './session.ts';
import { cdp, needsReady, state } from './state.ts';
import { misuse, onlyKnown, StrictEmitter, strict, strictClass } from './strict.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Options extends Partial<Bounds> {
  readonly show?: boolean;
  readonly fullscreen?: boolean;
  readonly title?: string;
  readonly webPreferences?: Readonly<Record<string, unknown>>;
}

const OPTIONS = [
  ...(['x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'show', 'title'] as const),
  ...(['backgroundColor', 'fullscreen', 'autoHideMenuBar', 'icon', 'webPreferences'] as const),
];
const PREFERENCES = [
  ...(['preload', 'session', 'sandbox', 'contextIsolation', 'nodeIntegration'] as const),
  ...(['webviewTag', 'spellcheck', 'devTools', 'backgroundThrottling'] as const),
];
/** All that a double can stand for: anything weaker is a hole that it must not paper over. */
const REQUIRED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
};
const EVENTS = ['ready-to-show', 'closed', 'close', 'resize', 'move', 'focus', 'maximize'];
const MORE_EVENTS = ['unmaximize', 'enter-full-screen', 'leave-full-screen'];

/** The application listens to the windows of the double. */
export const windowsHeard = {
  created: (_contents: object): void => {},
  allClosed: (): void => {},
};

const windows = new Map<string, Window>();

class Window extends StrictEmitter {
  readonly webContents: WebContents;
  readonly #contents: WebContents;
  readonly #opened: Promise<string>;
  #bounds: Bounds;
  #isShown: boolean;
  #isDestroyed = false;
  #isMaximized = false;
  #isMinimized = false;
  #isFullScreen: boolean;

  constructor(options: Options = {}) {
    needsReady('BrowserWindow');
    super('BrowserWindow', [...EVENTS, ...MORE_EVENTS]);
    onlyKnown('BrowserWindow', options, OPTIONS);
    const preferences = options.webPreferences ?? {};
    onlyKnown('webPreferences', preferences, PREFERENCES);
    for (const [name, value] of Object.entries(REQUIRED)) {
      if (preferences[name] !== value) misuse(`webPreferences.${name} must be ${value}`);
    }
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#isShown = options.show !== false;
    this.#isFullScreen = options.fullscreen === true;
    const own = (preferences.session as Session | undefined) ?? session.defaultSession;
    this.#contents = new WebContents(own);
    this.webContents = strict('WebContents', this.#contents);
    this.#contents.known(this.webContents);
    windowsHeard.created(this.webContents);
    this.#opened = this.#open(own, readFileSync(String(preferences.preload), 'utf8'));
    this.#opened.catch((error: unknown) => state.broken(String(error)));
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    await this.#contents.load(url);
    this.emit('ready-to-show');
  }

  /** A window that is shown comes to the front. */
  show(): void {
    this.#isShown = true;
    this.emit('focus');
  }

  focus(): void {
    void this.#opened.then((targetId) => cdp().send('Target.activateTarget', { targetId }));
    this.emit('focus');
  }

  close(): void {
    if (this.refused('close', {})) return;
    void this.#opened.then((targetId) => cdp().send('Target.closeTarget', { targetId }));
  }

  destroy(): void {
    void this.#opened.then((targetId) => cdp().send('Target.closeTarget', { targetId }));
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  isVisible(): boolean {
    return this.#isShown;
  }
  isMinimized(): boolean {
    return this.#isMinimized;
  }
  isMaximized(): boolean {
    return this.#isMaximized;
  }
  isFullScreen(): boolean {
    return this.#isFullScreen;
  }
  restore(): void {
    this.#isMinimized = false;
  }
  maximize(): void {
    this.#isMaximized = true;
    this.emit('maximize');
  }
  setFullScreen(isFull: boolean): void {
    this.#isFullScreen = isFull;
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen');
  }
  getNormalBounds(): Bounds {
    return { ...this.#bounds };
  }
  /** As a person would who drags the window. */
  setBounds(bounds: Bounds): void {
    this.#bounds = { ...bounds };
    this.emit('resize');
  }

  gone(): void {
    this.#isDestroyed = true;
    this.#contents.gone();
    this.emit('closed');
  }

  async #open(own: Session, preload: string): Promise<string> {
    const { width, height } = this.#bounds;
    const browserContextId = await own.context();
    const { targetId } = await cdp().send('Target.createTarget', {
      url: 'about:blank',
      width,
      height,
      newWindow: true,
      ...(browserContextId && { browserContextId }),
    });
    windows.set(String(targetId), this);
    const { sessionId } = await cdp().send('Target.attachToTarget', { targetId, flatten: true });
    await this.#contents.attach(new CdpSession(cdp(), String(sessionId)), preload);
    return String(targetId);
  }
}

export const BrowserWindow = strictClass('BrowserWindow', Window);

export function windowCount(): number {
  return windows.size;
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly openerId?: string;
}

/** Keeps in step with Chromium: windows that close, pages that open others, downloads. */
export async function watchChromium(): Promise<void> {
  const browser = cdp();
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    const window = windows.get(String(targetId));
    if (window === undefined) return;
    windows.delete(String(targetId));
    window.gone();
    if (windows.size === 0) windowsHeard.allClosed();
  });
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    const { targetId, type, url, openerId } = targetInfo as TargetInfo;
    const opener = type === 'page' && openerId ? windows.get(openerId) : undefined;
    if (opener === undefined) return;
    opener.webContents.mustDeny(url);
    browser.send('Target.closeTarget', { targetId }).catch(() => {});
  });
  browser.on('Browser.downloadWillBegin', ({ url, guid, suggestedFilename, frameId }) => {
    // A page's main frame and its target have one name.
    const contents = windows.get(String(frameId))?.webContents;
    if (contents?.session.lets(String(url), String(suggestedFilename), contents)) return;
    browser.send('Browser.cancelDownload', { guid }).catch(() => {});
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
  await browser.send('Browser.setDownloadBehavior', tellDownloads());
}
