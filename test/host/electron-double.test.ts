import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { theApp } from '../kit/electron-double/app.ts';
import * as electron from '../kit/electron-double/electron.ts';
import { endOf } from '../kit/electron-double/ports.ts';
import { preloadWorld } from '../kit/electron-double/preload-world.ts';
import { state } from '../kit/electron-double/state.ts';
import { DoubleError } from '../kit/electron-double/strict.ts';
import { WebContents } from '../kit/electron-double/web-contents.ts';

/**
 * A double that forgives is worse than none: every name that it has is misused here once, and must
 * say so. A name that it lacks cannot be imported at all.
 */
const { app, BrowserWindow, ipcMain, Menu, MessageChannelMain, Notification } = electron;
const { dialog, protocol, safeStorage, screen, session, Tray, utilityProcess } = electron;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-double-'));
  writeFileSync(join(dir, 'not-a.png'), 'text');
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** What the shell's types would not let it do. */
function any(value: unknown): Record<string, (...args: unknown[]) => unknown> {
  return value as Record<string, (...args: unknown[]) => unknown>;
}
const nothing = () => {};

type Misuse = [what: string, misuse: () => unknown];

const MINE = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
};
const window = (more: object, preferences: object = {}) =>
  new BrowserWindow({ ...more, webPreferences: { ...MINE, ...preferences } });

describe('before the application is ready', () => {
  test.each<Misuse>([
    ['a window', () => window({})],
    ['a tray', () => new Tray(join(dir, 'not-a.png'))],
    ['a notice', () => new Notification({ title: 'x', body: '', silent: true })],
    ['a screen', () => screen.getAllDisplays()],
    ['a session', () => session.defaultSession],
    ['a partition', () => session.fromPartition('x')],
    ['a utility process', () => utilityProcess.fork('x.js', [], {})],
    ['the name of the key store', () => safeStorage.getSelectedStorageBackend()],
    ['the lock before its folder', () => app.requestSingleInstanceLock()],
    ['another folder', () => app.setPath('home', dir)],
    ['being ready without the sandbox', () => theApp.becomeReady()],
    ['another scheme', () => claim('http', { secure: true })],
    ['an unknown privilege', () => claim('app', { bypassCSP: true })],
  ])('%s throws', (_what, misuse) => {
    expect(misuse).toThrow(DoubleError);
  });
});

function claim(scheme: string, privileges: object): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

describe('once it is ready', () => {
  beforeAll(() => {
    claim('app', { standard: true, secure: true, supportFetchAPI: true });
    app.enableSandbox();
    theApp.becomeReady();
  });

  test.each<Misuse>([
    ['the folder', () => app.setPath('userData', dir)],
    ['the sandbox', () => app.enableSandbox()],
    ['a scheme', () => claim('app', {})],
  ])('%s comes too late', (_what, misuse) => {
    expect(misuse).toThrow(/before the application is ready/);
  });

  test.each<Misuse>([
    ['app', () => any(app).getVersion],
    ['BrowserWindow', () => any(BrowserWindow).getAllWindows],
    ['Menu', () => any(Menu).getApplicationMenu],
    ['Notification', () => any(Notification).handleActivation],
    ['Tray', () => any(Tray).fromId],
    ['dialog', () => any(dialog).showMessageBox],
    ['screen', () => any(screen).getPrimaryDisplay],
    ['ipcMain', () => any(ipcMain).on],
    ['protocol', () => any(protocol).handle],
    ['safeStorage', () => any(safeStorage).setUsePlainTextEncryption],
    ['session', () => any(session).fromPath],
    ['a session', () => any(session.defaultSession).clearCache],
    ['its protocol', () => any(session.defaultSession.protocol).unhandle],
    ['utilityProcess', () => any(utilityProcess).on],
    ['MessageChannelMain', () => any(new MessageChannelMain().port1).onmessage],
  ])('%s has no other name', (_what, misuse) => {
    expect(misuse).toThrow(/is not stood in for/);
  });

  test.each<Misuse>([
    ['app', () => app.on('windows-all-closed', nothing)],
    ['a port', () => new MessageChannelMain().port1.on('messages', nothing)],
    ['a session', () => session.defaultSession.on('will-downlod', nothing)],
    ['web contents', () => new WebContents(session.defaultSession).on('navigate', nothing)],
    [
      'a notice',
      () => new Notification({ title: 'x', body: '', silent: true }).on('clicked', nothing),
    ],
  ])('%s has no other event', (_what, misuse) => {
    expect(misuse).toThrow(/has no event/);
  });

  test.each<Misuse>([
    ['is without a sandbox', () => window({}, { sandbox: false })],
    ['shares its world', () => window({}, { contextIsolation: false })],
    ['has Node', () => window({}, { nodeIntegration: true })],
    ['has web views', () => window({}, { webviewTag: true })],
    ['has an unknown option', () => window({ transparent: true })],
    ['has no web security', () => window({}, { webSecurity: false })],
    ['runs insecure content', () => window({}, { allowRunningInsecureContent: true })],
    ['tries features', () => window({}, { experimentalFeatures: true })],
    ['asks Blink for features', () => window({}, { enableBlinkFeatures: 'x' })],
  ])('a window that %s throws', (_what, misuse) => {
    expect(misuse).toThrow(DoubleError);
  });

  test.each<Misuse>([
    [
      'with an unknown option',
      () => Menu.buildFromTemplate([{ label: 'x', visible: true }] as never),
    ],
    ['without a label', () => Menu.buildFromTemplate([{ id: 'x' }])],
    ['of an unknown role', () => Menu.buildFromTemplate([{ label: 'x', role: 'undoo' }])],
    ['with keys of a page', () => Menu.buildFromTemplate([{ label: 'x', accelerator: '$mod+k' }])],
    ['that was not built', () => Menu.setApplicationMenu([] as never)],
    ['of a sign without a picture', () => new Tray(join(dir, 'not-a.png'))],
    ['of an error that says nothing', () => dialog.showErrorBox('x', '')],
    ['of a notice with a sound', () => new Notification({ title: 'x', sound: 'y' } as never)],
  ])('a menu %s throws', (_what, misuse) => {
    expect(misuse).toThrow(DoubleError);
  });
});

describe('the locks of a session', () => {
  const own = () => session.fromPartition(`own-${Math.trunc(performance.now() * 1_000)}`);

  test('cannot be left open', () => {
    const open = own();
    expect(() => open.mustBeLocked()).toThrow(DoubleError);
    open.setPermissionRequestHandler(nothing);
    open.setPermissionCheckHandler(() => false);
    expect(() => open.mustBeLocked()).toThrow(DoubleError);
    expect(() => open.setDevicePermissionHandler(() => true)).toThrow(/a device was let in/);
    open.setDevicePermissionHandler(() => false);
    expect(() => open.mustBeLocked()).not.toThrow();
  });

  test('a scheme is served once, and only one that was claimed', () => {
    const served = own();
    const serve = (scheme: string) => served.protocol.handle(scheme, () => new Response());
    expect(() => serve('other')).toThrow(DoubleError);
    serve('app');
    expect(() => serve('app')).toThrow(/a second handler/);
    expect(() => session.fromPartition('persist:x')).toThrow(DoubleError);
  });

  test('a page is not loaded before new windows are refused', async () => {
    const contents = new WebContents(own());
    await expect(contents.load('app://bundle/')).rejects.toThrow(/new windows/);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    await expect(contents.load('app://bundle/')).rejects.toThrow(/not locked/);
  });
});

describe('the key store', () => {
  const keyring = (text: string) => vi.stubEnv('TWOLINE_DOUBLE_KEYRING', text);
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('seals texts alone, and only where it answers', async () => {
    await expect(any(safeStorage).encryptStringAsync?.(7)).rejects.toThrow(DoubleError);
    await expect(any(safeStorage).decryptStringAsync?.('text')).rejects.toThrow(DoubleError);
    keyring('locked');
    expect(await safeStorage.isAsyncEncryptionAvailable()).toBe(false);
    await expect(safeStorage.encryptStringAsync('text')).rejects.toThrow(DoubleError);
    keyring('wallet');
    expect(() => safeStorage.getSelectedStorageBackend()).toThrow(DoubleError);
  });

  test('unseals what it sealed, for the same person', async () => {
    const sealed = await safeStorage.encryptStringAsync('羅湖');
    expect(sealed.includes('羅湖')).toBe(false);
    expect((await safeStorage.decryptStringAsync(sealed)).result).toBe('羅湖');
    keyring('gnome_libsecret,two');
    await expect(safeStorage.decryptStringAsync(sealed)).rejects.toThrow();
    keyring('basic_text');
    const known = await safeStorage.encryptStringAsync('羅湖');
    expect(known.subarray(0, 3).toString()).toBe('v10');
  });
});

describe('messages', () => {
  test('have one handler a channel', () => {
    ipcMain.handle('once', nothing);
    expect(() => ipcMain.handle('once', nothing)).toThrow(/a second handler/);
  });

  test('carry no function', () => {
    const contents = new WebContents(session.defaultSession);
    expect(() => contents.send('channel', nothing)).toThrow(/could not be cloned/);
    expect(() => contents.postMessage('channel', nothing)).toThrow(/could not be cloned/);
  });

  test('hand over a port once, and it is gone here', () => {
    const { port1, port2 } = new MessageChannelMain();
    expect(() => endOf({})).toThrow(DoubleError);
    endOf(port1).handOver({ message: nothing, close: nothing });
    expect(() => endOf(port1).handOver({ message: nothing, close: nothing })).toThrow(DoubleError);
    expect(() => port1.postMessage('x')).toThrow(/cannot be used here/);
    expect(() => port1.start()).toThrow(/cannot be used here/);
    port2.start();
    expect(() => port2.postMessage(nothing)).toThrow(/could not be cloned/);
    expect(() => endOf(port2).handOver({ message: nothing, close: nothing })).toThrow(DoubleError);
  });
});

describe('a preload', () => {
  test('can require electron alone, and of that two things', () => {
    const told: string[] = [];
    const require = preloadWorld({ expose: nothing }, (text) => told.push(text), 'take');
    const had = any(require('electron'));
    for (const misuse of [
      () => require('node:fs'),
      () => had.shell,
      () => any(had.ipcRenderer).sendSync,
      () => any(had.contextBridge).exposeInIsolatedWorld,
    ]) {
      expect(misuse).toThrow(/not stood in for|cannot require/);
    }
    expect(told.map((text) => (JSON.parse(text) as { t: string }).t)).toEqual([
      ...['broken', 'broken', 'broken', 'broken'],
    ]);
  });

  test('cannot send what cannot be copied', async () => {
    const require = preloadWorld({ expose: nothing }, nothing, 'takeAgain');
    const { ipcRenderer } = require('electron') as { ipcRenderer: unknown };
    await expect(any(ipcRenderer).invoke?.('channel', nothing)).rejects.toThrow(/could not be/);
  });
});

describe('a utility process', () => {
  const exitOf = (program: string) => {
    const path = join(dir, 'program.mjs');
    writeFileSync(path, program);
    const child = utilityProcess.fork(path, [], { serviceName: 'test', stdio: 'inherit' });
    const { promise, resolve } = Promise.withResolvers<number>();
    child.once('exit', resolve);
    return promise;
  };

  test('has no other option or event', () => {
    expect(() => utilityProcess.fork('x.js', [], { env: {} })).toThrow(DoubleError);
  });

  test('cannot load electron, by import or by require', async () => {
    const quiet = 'process.on("uncaughtException", () => process.exit(9));';
    expect(await exitOf(`${quiet} await import('electron');`)).toBe(9);
    const required = `import { createRequire } from 'node:module';
      ${quiet} createRequire(import.meta.url)('electron');`;
    expect(await exitOf(required)).toBe(9);
  });

  test('has the port of a utility process, and no channel of a fork', async () => {
    const asked = `process.exit(process.send === undefined && process.parentPort ? 7 : 8);`;
    expect(await exitOf(asked)).toBe(7);
  });
});

test('nothing here was let pass', () => {
  expect(state.chromium).toBeNull();
});
