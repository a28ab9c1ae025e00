import { EventEmitter } from 'node:events';

/** Electron's windows as far as the shell's own decisions need them; no page is behind them. */
export class FakeWindow extends EventEmitter {
  static all: FakeWindow[] = [];
  readonly options: Readonly<Record<string, unknown>>;
  readonly webContents = Object.assign(new EventEmitter(), {
    mainFrame: { url: 'app://bundle/' },
    reload: () => this.reloads++,
    isDestroyed: () => this.isGone,
    send: () => {},
  });
  reloads = 0;
  loaded = '';
  shown = 0;
  isGone = false;
  isFull = false;
  isMax = false;
  bounds = { x: 10, y: 20, width: 1_200, height: 800 };

  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    this.isFull = options.fullscreen === true;
    FakeWindow.all.push(this);
  }

  loadURL(url: string): Promise<void> {
    this.loaded = url;
    this.emit('ready-to-show');
    return Promise.resolve();
  }
  show(): void {
    this.shown += 1;
  }
  focus(): void {
    this.emit('focus');
  }
  maximize(): void {
    this.isMax = true;
  }
  isMinimized = () => false;
  isMaximized = () => this.isMax;
  isFullScreen = () => this.isFull;
  isDestroyed = () => this.isGone;
  getNormalBounds = () => this.bounds;

  /** As the system closes a window. */
  close(): void {
    this.emit('close', {});
    this.isGone = true;
    this.emit('closed');
  }
}
