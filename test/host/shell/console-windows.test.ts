import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IpcMainInvokeEvent, Session } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConsoleWindows } from '../../../src/main/shell/console-windows.ts';
import { FakeWindow } from '../../kit/fake-windows.ts';

const sessions = vi.hoisted(() => ({ made: [] as string[] }));

vi.mock('electron', async () => ({
  BrowserWindow: (await import('../../kit/fake-windows.ts')).FakeWindow,
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_080 } }] },
  session: {
    defaultSession: { name: 'default' },
    fromPartition: (name: string) => {
      sessions.made.push(name);
      return { name };
    },
  },
}));

let dir: string;
let secured: Session[];
let focused = 0;

beforeEach(() => {
  vi.useFakeTimers();
  dir = mkdtempSync(join(tmpdir(), 'twoline-windows-'));
  FakeWindow.all = [];
  secured = [];
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

async function open(): Promise<ConsoleWindows> {
  const windows = new ConsoleWindows({
    preload: 'preload.cjs',
    icon: 'icon.png',
    devTools: false,
    dir,
    secure: (session) => secured.push(session),
    onFocus: () => {
      focused += 1;
    },
  });
  await windows.openKept();
  return windows;
}

const kept = () =>
  (JSON.parse(readFileSync(join(dir, 'windows.json'), 'utf8')) as { windows: unknown[] }).windows;

describe('a window', () => {
  test('is sandboxed, isolated, without Node, web views and developer tools', async () => {
    await open();
    expect(FakeWindow.all[0]?.options.webPreferences).toMatchObject({
      preload: 'preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
    });
    expect(secured).toEqual([{ name: 'default' }]);
  });

  test('whose page crashed gets it again', async () => {
    await open();
    const [first] = FakeWindow.all;
    first?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    vi.advanceTimersByTime(1_000);
    expect(first?.reloads).toBe(1);
  });
});

describe('a second window', () => {
  test('shares the workstation; for another person it has its own, locked too', async () => {
    const windows = await open();
    const [first] = windows.all;
    windows.openBeside(first!, 'same');
    windows.openBeside(first!, 'other');
    windows.openBeside(windows.all[2]!, 'same');
    const stations = windows.all.map(({ workstation }) => workstation);
    expect(stations[1]).toBe(stations[0]);
    expect(stations[2]).not.toBe(stations[0]);
    expect(stations[3]).toBe(stations[2]);
    expect(secured).toEqual([{ name: 'default' }, { name: stations[2] }]);
    expect(windows.all[3]?.session).toBe(windows.all[2]?.session);
  });

  test('as a wallboard fills the screen with the page for it', async () => {
    const windows = await open();
    windows.openBeside(windows.all[0]!, 'wall');
    expect(FakeWindow.all[1]?.options.fullscreen).toBe(true);
    expect(FakeWindow.all[1]?.loaded).toBe('app://bundle/?wall');
    expect(windows.all[1]?.workstation).toBe(windows.all[0]?.workstation);
  });

  test('is refused where sixteen are open', async () => {
    const windows = await open();
    for (let made = 1; made < 16; made += 1) expect(windows.openBeside(null, 'same')).toBe(true);
    expect(windows.openBeside(null, 'same')).toBe(false);
  });
});

describe('who sent a message', () => {
  const event = (sender: unknown, senderFrame: unknown) =>
    ({ sender, senderFrame }) as IpcMainInvokeEvent;

  test.each<[string, (first: FakeWindow) => IpcMainInvokeEvent]>([
    ['a frame within the page', ({ webContents }) => event(webContents, { url: 'app://bundle/' })],
    ['a frame that is gone', ({ webContents }) => event(webContents, null)],
    ['a page in no window of ours', () => event({ mainFrame: {} }, { url: 'app://bundle/' })],
    [
      'another page in the window',
      ({ webContents }) => {
        webContents.mainFrame.url = 'https://example.org/';
        return event(webContents, webContents.mainFrame);
      },
    ],
    [
      'a window that is gone',
      (first) => {
        first.isGone = true;
        return event(first.webContents, first.webContents.mainFrame);
      },
    ],
  ])('%s is nobody', async (_what, made) => {
    const windows = await open();
    expect(windows.ofSender(made(FakeWindow.all[0]!))).toBeNull();
  });

  test('our page in our window is the window', async () => {
    const windows = await open();
    const { webContents } = FakeWindow.all[0]!;
    expect(windows.ofSender(event(webContents, webContents.mainFrame))).toBe(windows.all[0]);
  });
});

describe("the windows' places", () => {
  test('are kept when a window was moved, and found again', async () => {
    const windows = await open();
    windows.openBeside(null, 'wall');
    const [first] = FakeWindow.all;
    first!.bounds = { x: 100, y: 50, width: 1_300, height: 900 };
    first!.isMax = true;
    first!.emit('move');
    vi.advanceTimersByTime(500);
    expect(kept()).toEqual([
      { kind: 'console', place: first!.bounds, maximized: true, fullScreen: false },
      { kind: 'wall', place: FakeWindow.all[1]!.bounds, maximized: false, fullScreen: true },
    ]);
    FakeWindow.all = [];
    await open();
    expect(FakeWindow.all.map(({ loaded }) => loaded)).toEqual([
      'app://bundle/',
      'app://bundle/?wall',
    ]);
    expect(FakeWindow.all[0]?.options).toMatchObject(first!.bounds);
    expect(FakeWindow.all[0]?.isMax).toBe(true);
  });

  test('of all windows are kept when the console ends, though they close one by one', async () => {
    const windows = await open();
    windows.openBeside(null, 'same');
    windows.quitting();
    for (const window of FakeWindow.all) window.close();
    vi.advanceTimersByTime(500);
    expect(kept()).toHaveLength(2);
  });

  test('of a window that a person closed are forgotten, but those of the last one', async () => {
    const windows = await open();
    windows.openBeside(null, 'same');
    FakeWindow.all[0]?.close();
    FakeWindow.all[1]?.close();
    vi.advanceTimersByTime(500);
    expect(kept()).toHaveLength(1);
  });

  test("of another person's windows are not kept", async () => {
    const windows = await open();
    windows.openBeside(null, 'other');
    FakeWindow.all[1]?.emit('move');
    vi.advanceTimersByTime(500);
    expect(kept()).toHaveLength(1);
  });

  test.each([
    ['no JSON', '{'],
    ['another shape', '{"windows":[{"kind":"else"}]}'],
    ['none', '{"windows":[]}'],
    [
      'a size of nothing',
      '{"windows":[{"kind":"console","place":{"x":0,"y":0,"width":0,"height":0}}]}',
    ],
  ])('that are %s open one plain window', async (_what, text) => {
    writeFileSync(join(dir, 'windows.json'), text);
    await open();
    expect(FakeWindow.all).toHaveLength(1);
    expect(FakeWindow.all[0]?.options).not.toHaveProperty('x');
  });

  test('on a screen that is gone are left to the system', async () => {
    const place = { x: 2_000, y: 0, width: 1_200, height: 800 };
    const window = { kind: 'console', place, maximized: false, fullScreen: false };
    writeFileSync(join(dir, 'windows.json'), JSON.stringify({ windows: [window] }));
    await open();
    expect(FakeWindow.all[0]?.options).not.toHaveProperty('x');
  });
});

test('the menu hears which window has the focus', async () => {
  const windows = await open();
  focused = 0;
  FakeWindow.all[0]?.focus();
  expect(windows.focused).toBe(windows.all[0]);
  FakeWindow.all[0]?.close();
  expect(windows.focused).toBeNull();
  expect(focused).toBe(2);
});
