import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConsoleWindow, ConsoleWindows } from '../../../src/main/shell/console-windows.ts';
import { menuTemplate } from '../../../src/main/shell/menus.ts';
import { Notices } from '../../../src/main/shell/notices.ts';
import { DONE, isOffered, servePageCommands } from '../../../src/main/shell/page-commands.ts';
import type { MenuOffer } from '../../../src/shared/contract/shell.ts';

type Handle = (event: unknown, name: unknown, input: unknown) => unknown;
type Click = () => void;

const electron = vi.hoisted(() => ({
  handle: null as unknown as Handle,
  notices: [] as { options: object; closed: boolean; on: Map<string, Click> }[],
}));

vi.mock('electron', () => ({
  ipcMain: {
    handle: (_channel: string, handle: Handle) => {
      electron.handle = handle;
    },
  },
  Menu: {},
  Tray: null,
  Notification: class {
    static isSupported = () => true;
    readonly made: (typeof electron.notices)[number];
    constructor(options: object) {
      this.made = { options, closed: false, on: new Map() };
    }
    on = (name: string, listener: Click) => this.made.on.set(name, listener);
    show = () => electron.notices.push(this.made);
    close = () => {
      this.made.closed = true;
    };
  },
}));

const offer: MenuOffer = {
  language: 'en',
  groups: [
    { title: 'Screens', rows: [{ id: 'go-watch', title: 'Watch & wait', keys: '1' }] },
    { title: 'Actions', rows: [] },
    {
      title: 'Console',
      rows: [
        { id: 'palette', title: 'Find', keys: '$mod+k' },
        { id: 'help', title: 'Keys', keys: '[Shift]+?' },
      ],
    },
  ],
};

describe("a page's command to the window", () => {
  const taken: unknown[] = [];
  let from: ConsoleWindow | null;
  const take = (_from: unknown, input: unknown) => {
    taken.push(input);
    return DONE;
  };

  beforeEach(() => {
    taken.length = 0;
    from = { offer: null } as ConsoleWindow;
    const windows = { ofSender: () => from } as unknown as ConsoleWindows;
    servePageCommands(windows, { 'shell.offer': take, 'shell.open': take, 'shell.notify': take });
  });

  test('is carried out when all of it is in order', () => {
    expect(electron.handle({}, 'shell.open', { window: 'wall' })).toEqual({
      ok: true,
      value: null,
    });
    expect(electron.handle({}, 'shell.offer', offer)).toEqual({ ok: true, value: null });
    expect(taken).toEqual([{ window: 'wall' }, offer]);
  });

  test('of another page is refused before it is read', () => {
    from = null;
    expect(electron.handle({}, 'shell.open', { window: 'wall' })).toMatchObject({
      fault: { code: 'not-our-page' },
    });
    expect(taken).toEqual([]);
  });

  test.each([['shell.quit'], ['constructor'], ['__proto__'], [null], [{}]])(
    'with the name %s is unknown',
    (name) => {
      expect(electron.handle({}, name, {})).toMatchObject({
        fault: { code: 'unknown-operation' },
      });
    },
  );

  test.each<[string, unknown]>([
    ['shell.open', { window: 'https://example.org/' }],
    ['shell.open', { window: 'wall', url: 'https://example.org/' }],
    ['shell.open', null],
    ['shell.notify', { title: '', body: '', command: null }],
    ['shell.notify', { title: 'x'.repeat(201), body: '', command: null }],
    ['shell.notify', { title: 'x', body: '', command: 'a b' }],
    ['shell.offer', { ...offer, language: 'fr' }],
    ['shell.offer', { ...offer, groups: Array(9).fill(offer.groups[0]) }],
  ])('%s with a wrong input is refused', (name, input) => {
    expect(electron.handle({}, name, input)).toMatchObject({ fault: { code: 'bad-input' } });
    expect(taken).toEqual([]);
  });
});

describe('the menu', () => {
  const acts = {
    choose: vi.fn<(id: string) => void>(),
    open: vi.fn<(which: string) => void>(),
    show: vi.fn<() => void>(),
    quit: vi.fn<() => void>(),
  };

  test('shows what the page offers, in its language, with keys that only the page hears', () => {
    const rows = menuTemplate(offer, acts, 'linux');
    expect(rows.map(({ label }) => label)).toEqual([
      'Windows',
      'Screens',
      'Console',
      'Edit',
      'View',
    ]);
    const [watch] = rows[1]!.submenu as { label: string; click: Click }[];
    expect(watch).toMatchObject({
      label: 'Watch && wait',
      accelerator: '1',
      registerAccelerator: false,
    });
    const [find, help] = rows[2]!.submenu as object[];
    expect(find).toMatchObject({ accelerator: 'CmdOrCtrl+K', registerAccelerator: false });
    expect(help).toMatchObject({ accelerator: '?', registerAccelerator: false });
    watch?.click();
    expect(acts.choose).toHaveBeenCalledWith('go-watch');
  });

  test('shows no keys where a menu would take them from the page', () => {
    const text = JSON.stringify(menuTemplate(offer, acts, 'darwin'));
    expect(text).toContain('go-watch');
    expect(text).not.toContain('accelerator');
  });

  test('before anybody signed in has the windows, in Hong Kong’s written Chinese', () => {
    const rows = menuTemplate(null, acts, 'linux');
    expect(rows.map(({ label }) => label)).toEqual(['視窗', '編輯', '檢視']);
    const opened = rows[0]!.submenu as { id: string; click: Click }[];
    opened.find(({ id }) => id === 'open-wall')?.click();
    expect(acts.open).toHaveBeenCalledWith('wall');
  });
});

test('a page is given back only what it offered itself', () => {
  const from = { offer } as ConsoleWindow;
  expect(isOffered(from, 'palette')).toBe(true);
  expect(isOffered(from, 'sign-out')).toBe(false);
  expect(isOffered({ offer: null } as ConsoleWindow, 'palette')).toBe(false);
});

describe('notices', () => {
  test('of one matter follow each other, and no more than eight stay', () => {
    const notices = new Notices();
    electron.notices.length = 0;
    const clicked: string[] = [];
    for (const about of ['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) {
      notices.show(`title ${about}`, '', () => clicked.push(about), about);
    }
    expect(electron.notices.map(({ closed }) => closed)).toEqual([
      ...[true, true, false, false, false, false, false, false, false, false],
    ]);
    expect(electron.notices[0]?.options).toEqual({ title: 'title a', body: '', silent: true });
    electron.notices.at(-1)?.on.get('click')?.();
    expect(clicked).toEqual(['i']);
  });
});
