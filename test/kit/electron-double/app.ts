import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowsHeard } from './browser-window.ts';
import { needsUnready, state } from './state.ts';
import { misuse, StrictEmitter, strict } from './strict.ts';

const EVENTS = [
  'before-quit',
  'window-all-closed',
  'second-instance',
  'web-contents-created',
  'activate',
];
const CALL = 'second-instance.json';
const LOCK = 'single-instance.lock';

class App extends StrictEmitter {
  readonly isPackaged = false;
  readonly #ready = Promise.withResolvers<void>();
  #isSandboxed = false;
  #holdsLock = false;

  constructor() {
    super('app', EVENTS);
    windowsHeard.created = (contents) => this.emit('web-contents-created', {}, contents);
    windowsHeard.allClosed = () => this.emit('window-all-closed');
  }

  setPath(name: string, path: string): void {
    needsUnready('app.setPath');
    if (name !== 'userData') misuse(`app.setPath('${name}') is not stood in for`);
    state.userData = path;
  }

  setAppUserModelId(_id: string): void {}

  enableSandbox(): void {
    needsUnready('app.enableSandbox');
    this.#isSandboxed = true;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** One per profile: a second one is refused, and the first is told. */
  requestSingleInstanceLock(): boolean {
    if (state.userData === '') misuse('the single-instance lock was asked for before setPath');
    mkdirSync(state.userData, { recursive: true });
    const lock = join(state.userData, LOCK);
    if (isHeld(lock)) {
      const call = { argv: process.argv, cwd: process.cwd() };
      writeFileSync(join(state.userData, CALL), JSON.stringify(call));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    this.#holdsLock = true;
    const watching = watch(state.userData, (_event, name) => {
      if (name === CALL) this.#called();
    });
    watching.unref();
    return true;
  }

  quit(): void {
    if (!this.refused('before-quit', {})) this.exit(0);
  }

  exit(code = 0): never {
    if (this.#holdsLock) rmSync(join(state.userData, LOCK), { force: true });
    state.chromium?.child.kill();
    process.exit(code);
  }

  /** The main program has run to its end. */
  becomeReady(): void {
    if (!this.#isSandboxed) misuse('the application is ready and the sandbox is not on for all');
    state.isReady = true;
    this.#ready.resolve();
  }

  #called(): void {
    try {
      const { argv, cwd } = JSON.parse(readFileSync(join(state.userData, CALL), 'utf8')) as {
        argv: string[];
        cwd: string;
      };
      rmSync(join(state.userData, CALL), { force: true });
      this.emit('second-instance', {}, argv, cwd);
    } catch {
      // Half written: the event of its end comes too.
    }
  }
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

export const theApp = new App();
export const app = strict('app', theApp);
