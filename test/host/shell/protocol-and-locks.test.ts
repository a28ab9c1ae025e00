import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session, WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineSupervisor } from '../../../src/main/launch/engine-supervisor.ts';
import { claimScheme, pageServer } from '../../../src/main/shell/app-protocol.ts';
import type { ConsoleWindow, ConsoleWindows } from '../../../src/main/shell/console-windows.ts';
import { serveLivePorts, tellLost } from '../../../src/main/shell/live-ports.ts';
import { lockContents, lockSession } from '../../../src/main/shell/lock-down.ts';

/**
 * The shell's decisions, without the Electron runtime: what it answers, refuses and hands out. That
 * the runtime asks it is shown where the runtime is.
 */
const electron = vi.hoisted(() => ({
  schemes: [] as unknown[],
  handler: null as ((request: Request) => Response) | null,
  attach: null as ((event: unknown) => boolean) | null,
}));

vi.mock('electron', () => ({
  protocol: {
    registerSchemesAsPrivileged: (schemes: unknown[]) => electron.schemes.push(...schemes),
  },
  ipcMain: {
    handle: (_channel: string, handler: (event: unknown) => boolean) => {
      electron.attach = handler;
    },
  },
  MessageChannelMain: class {
    readonly port1 = 'engine end';
    readonly port2 = 'page end';
  },
}));

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-shell-'));
  mkdirSync(join(dir, 'page', 'assets'), { recursive: true });
  writeFileSync(join(dir, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(dir, 'page', 'assets', 'a.js'), 'export {};');
  writeFileSync(join(dir, 'secret.txt'), 'secret');
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe("the page's own protocol", () => {
  const serve = (mapHosts: readonly string[]) => {
    const protocol = {
      handle: (_scheme: string, handler: (request: Request) => Response) => {
        electron.handler = handler;
      },
    };
    pageServer(join(dir, 'page'), mapHosts)({ protocol } as unknown as Session);
  };
  const get = (url: string, method = 'GET') => electron.handler!(new Request(url, { method }));

  test('is a secure origin that serves the built files under the policy', async () => {
    claimScheme();
    expect(electron.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    serve(['tiles.example']);
    const page = get('app://bundle/');
    expect(await page.text()).toBe('<!doctype html>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).toContain('https://tiles.example');
    const script = get('app://bundle/assets/a.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('export {};');
  });

  test.each([
    'app://bundle/../secret.txt',
    'app://bundle/%2e%2e/secret.txt',
    'app://bundle/..%2fsecret.txt',
    'app://other/',
    'app://bundle/%E0%A4%A',
    'app://bundle/nothing',
  ])('%s is not there', (url) => {
    serve([]);
    expect(get(url).status).toBe(404);
  });

  test('takes GET only', () => {
    serve([]);
    expect(get('app://bundle/', 'POST').status).toBe(404);
  });
});

describe('the lock-down', () => {
  test('no other window, no other page, no frame that wanders', () => {
    const contents = new EventEmitter() as unknown as WebContents & EventEmitter;
    let opened: unknown;
    contents.setWindowOpenHandler = (handler) => {
      opened = handler({} as never);
    };
    lockContents(contents);
    expect(opened).toEqual({ action: 'deny' });
    const stopped = (name: string, more: object) => {
      const event = { preventDefault: vi.fn<() => void>(), ...more };
      contents.emit(name, event);
      return event.preventDefault.mock.calls.length > 0;
    };
    for (const name of ['will-navigate', 'will-redirect']) {
      expect(stopped(name, { url: 'https://example.org/' })).toBe(true);
      expect(stopped(name, { url: 'app://bundle.example.org/' })).toBe(true);
      expect(stopped(name, { url: 'file:///etc/passwd' })).toBe(true);
      expect(stopped(name, { url: 'app://bundle/' })).toBe(false);
    }
    expect(stopped('will-attach-webview', {})).toBe(true);
    expect(stopped('will-frame-navigate', { isMainFrame: false })).toBe(true);
  });

  test('no permission but the full screen and copying, for our page alone; no device', () => {
    const session = new EventEmitter() as unknown as Session & EventEmitter;
    const asked: Record<string, (...args: never[]) => unknown> = {};
    session.setPermissionRequestHandler = (handler) => Object.assign(asked, { request: handler });
    session.setPermissionCheckHandler = (handler) => Object.assign(asked, { check: handler });
    session.setDevicePermissionHandler = (handler) => Object.assign(asked, { device: handler });
    lockSession(session);
    const request = (permission: string, url: string) => {
      let granted: boolean | null = null;
      const callback = (answer: boolean) => {
        granted = answer;
      };
      const contents = { getURL: () => url };
      asked.request?.(...([contents, permission, callback] as never[]));
      return granted;
    };
    expect(request('fullscreen', 'app://bundle/')).toBe(true);
    expect(request('fullscreen', 'https://example.org/')).toBe(false);
    for (const permission of ['media', 'geolocation', 'hid', 'usb', 'notifications', 'unknown']) {
      expect(request(permission, 'app://bundle/')).toBe(false);
    }
    expect(asked.check?.(...([null, 'fullscreen'] as never[]))).toBe(false);
    expect(asked.device?.(...([] as never[]))).toBe(false);
  });

  test('only what the page made itself can be saved', () => {
    const session = new EventEmitter() as unknown as Session & EventEmitter;
    const none = () => {};
    session.setPermissionRequestHandler = none;
    session.setPermissionCheckHandler = none;
    session.setDevicePermissionHandler = none;
    lockSession(session);
    const isStopped = (url: string) => {
      const event = { preventDefault: vi.fn<() => void>() };
      session.emit('will-download', event, { getURL: () => url });
      return event.preventDefault.mock.calls.length > 0;
    };
    expect(isStopped('blob:app://bundle/1234')).toBe(false);
    expect(isStopped('https://example.org/report.csv')).toBe(true);
  });
});

describe('a port to the engine', () => {
  const sent: unknown[][] = [];
  const posted: unknown[][] = [];
  let from: Partial<ConsoleWindow> | null;
  const supervisor = { state: 'ready', send: (...args: unknown[]) => sent.push(args) };
  const event = { sender: { postMessage: (...args: unknown[]) => posted.push(args) } };

  beforeEach(() => {
    sent.length = 0;
    posted.length = 0;
    from = { workstation: 'window-1' };
    supervisor.state = 'ready';
    const windows = { ofSender: () => from } as unknown as ConsoleWindows;
    serveLivePorts(windows, supervisor as unknown as EngineSupervisor);
  });

  test('goes from our page to the engine, each with a number of its own', () => {
    expect(electron.attach!(event)).toBe(true);
    from = { workstation: 'window-2' };
    expect(electron.attach!(event)).toBe(true);
    expect(sent).toEqual([
      [{ t: 'open', conn: 1, workstation: 'window-1' }, ['engine end']],
      [{ t: 'open', conn: 2, workstation: 'window-2' }, ['engine end']],
    ]);
    expect(posted).toEqual([
      ['live:port', null, ['page end']],
      ['live:port', null, ['page end']],
    ]);
  });

  test('is for no page but ours', () => {
    from = null;
    expect(electron.attach!(event)).toBe(false);
    expect([...sent, ...posted]).toEqual([]);
  });

  test('is for nobody while the engine is not ready', () => {
    supervisor.state = 'down';
    expect(electron.attach!(event)).toBe(false);
    expect([...sent, ...posted]).toEqual([]);
  });

  test('that is lost with its engine is told to all windows that are there', () => {
    const told: unknown[] = [];
    const window = (isGone: boolean) => ({
      window: {
        isDestroyed: () => isGone,
        webContents: { send: (channel: string) => told.push(channel) },
      },
    });
    tellLost({ all: [window(false), window(true)] as unknown as ConsoleWindow[] });
    expect(told).toEqual(['live:lost']);
  });
});
