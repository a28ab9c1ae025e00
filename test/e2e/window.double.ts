import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { giveDesktopOrder } from '../kit/electron-double/give-order.ts';
import type { Desktop, MenuRow, Order } from '../kit/electron-double/orders.ts';
import { consoleOfFile, expect, test } from './kit/shift.ts';
import { word } from './kit/words.ts';

/** What only the window's body has, proved on the built programs: it goes past every spec. */
const running = consoleOfFile();
const MAIN = fileURLToPath(new URL('../kit/electron-double/main.ts', import.meta.url));

const profile = () => join(running.now.data, 'window');
const desktop = (order: Order = { do: 'look' }): Promise<Desktop> =>
  giveDesktopOrder(profile(), order);

/** The console's pages, the idle first window among them. */
async function pages(): Promise<readonly Page[]> {
  const all = (await running.now.windows()).pages();
  return all.filter((page) => page.url().includes('bundle'));
}

test('the page has three verbs, frozen, and no way to anything behind them', async ({ desk }) => {
  const { page } = await desk(null);
  const seen = await page.evaluate(() => {
    const bridge = window.twoline;
    const before = bridge?.command;
    try {
      Object.assign(bridge ?? {}, { command: null });
    } catch {
      // Frozen objects say so in strict code.
    }
    const globals = ['require', 'process', 'module', 'ipcRenderer', 'electron', 'global'];
    return {
      verbs: Object.keys(bridge ?? {}),
      isSame: window.twoline?.command === before,
      globals: globals.filter((name) => name in window),
    };
  });
  expect(seen).toEqual({ verbs: ['command', 'query', 'watch'], isSame: true, globals: [] });
});

test('nothing but its own code runs in the page, and it talks to nobody', async ({ desk }) => {
  const one = await desk(null);
  const ran = await one.page.evaluate(async () => {
    const add = (fill: (script: HTMLScriptElement) => void) => {
      const script = document.createElement('script');
      fill(script);
      document.head.append(script);
    };
    add((script) => {
      script.textContent = 'window.planted = 1';
    });
    add((script) => {
      script.src = 'https://example.org/planted.js';
    });
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(frame);
    const fetched = await fetch('https://example.org/').then(
      () => 'answered',
      () => 'refused',
    );
    return { planted: 'planted' in window, fetched, isSecure: isSecureContext };
  });
  expect(ran).toEqual({ planted: false, fetched: 'refused', isSecure: true });
  expect(one.complaints().join('\n')).toContain('Content Security Policy');
  one.forgetComplaints();
});

test('the window goes to no other page, opens none and asks the system for nothing', async ({
  desk,
}) => {
  const one = await desk(null);
  const { page } = one;
  const address = page.url();
  const before = (await desktop()).windows;
  for (const target of ['https://example.org/', 'data:text/html,x', 'file:///etc/hosts']) {
    // Not awaited within the page: the tester's own tool would wait for the page to arrive.
    await page.evaluate((to) => {
      setTimeout(() => {
        window.open(to);
        location.href = to;
      });
    }, target);
  }
  // Behind all of them: whatever they did has been done when this is answered.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(page.url()).toBe(address);
  await expect(page.getByLabel(one.word('sign-in.name'))).toBeVisible();
  expect((await desktop()).windows).toBe(before);
  const context = await running.now.windows();
  expect(context.pages().filter((other) => other.url().includes('example'))).toEqual([]);
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
    const asked = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return asked.map(({ state }) => state);
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  one.forgetComplaints();
});

test('what a page sends to the window is checked', async ({ desk }) => {
  const { page } = await desk(null);
  const codes = await page.evaluate(async () => {
    const calls: [string, unknown][] = [
      ['shell.quit', {}],
      ['shell.open', { window: 'https://example.org/' }],
      ['shell.notify', { title: '', body: '', command: null }],
    ];
    const codes: string[] = [];
    for (const [name, input] of calls) {
      const answer = await window.twoline?.command(name, input).answer;
      codes.push(answer?.ok === false ? answer.fault.code : 'ok');
    }
    return codes;
  });
  expect(codes).toEqual(['unknown-operation', 'bad-input', 'bad-input']);
});

function labels(rows: readonly MenuRow[]): readonly (string | undefined)[] {
  return rows.map(({ label }) => label);
}

test('the menu is the registry of the window in front, and does what it says', async ({ desk }) => {
  const one = await desk('operator', { screen: 'devices' });
  await expect
    .poll(async () => labels((await desktop()).menu))
    .toContain(one.word('app.group-screens'));
  await desktop({ do: 'choose', id: 'page-go-lanes', from: 'menu' });
  await expect(one.content('lanes')).toBeVisible();
  await desktop({ do: 'choose', id: 'page-language-en', from: 'menu' });
  await expect.poll(async () => labels((await desktop()).menu)).toContain('Screens');
});

test('a second window has the same person, the wallboard too, another person signs in', async ({
  desk,
}) => {
  const one = await desk('operator', { screen: 'devices' });
  const context = await running.now.windows();
  const open = async (which: 'same' | 'other' | 'wall') => {
    const opened = context.waitForEvent('page');
    await one.page.evaluate(
      (asked) => void window.twoline?.command('shell.open', { window: asked }),
      which,
    );
    return opened;
  };
  const same = await open('same');
  await expect(same.getByRole('banner')).toContainText(one.word('domain.role-operator'));
  const wall = await open('wall');
  await expect(wall.locator('.wall')).toBeVisible();
  const other = await open('other');
  await expect(other.getByLabel(word('sign-in.name'))).toBeVisible();
  for (const page of [same, wall, other]) await page.close();
  await expect.poll(async () => (await pages()).length).toBe(2);
});

/** Starts the built window by itself, as a package is started. Returns what it said at its end. */
async function startAlone(data: string, site: string): Promise<string> {
  const child = execFile(process.execPath, [MAIN, '--data', data, '--site', site]);
  let said = '';
  child.stderr?.on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(1);
  return said;
}

test('a second start on the same data is refused, and the first is still there', async () => {
  const { data } = running.now;
  expect(await startAlone(data, join(data, 'training', 'site.json'))).toContain('window-open');
  expect((await pages()).length).toBeGreaterThan(0);
});

test('a start by itself without a site file says where it has to stand', async () => {
  const site = join(running.now.data, 'nowhere', 'site.json');
  expect(await startAlone(join(running.now.data, 'alone'), site)).toContain(site);
});

test('an engine that fails five times comes back in safe mode, and the desktop says so', async ({
  desk,
}) => {
  const one = await desk('operator', { screen: 'devices' });
  let last: number | null = null;
  const next = () => {
    const pid = running.now.enginePid();
    return pid !== null && pid !== last ? pid : null;
  };
  for (let failure = 1; failure <= 5; failure += 1) {
    await expect.poll(next, { timeout: 60_000 }).not.toBeNull();
    last = next();
    process.kill(last ?? 0, 'SIGKILL');
  }
  const trouble = one.alert(one.word('app.mode-safe-mode-text'));
  await expect(trouble).toBeVisible({ timeout: 120_000 });
  const { tray, notices } = await desktop();
  expect(tray?.toolTip).toContain(one.word('app.mode-safe-mode-text'));
  expect(notices.map(({ body }) => body)).toContain(one.word('app.mode-safe-mode-text'));
  await desktop({ do: 'notice', title: one.word('app.name') });
  one.forgetComplaints();
});

test('where the windows were is kept', () => {
  const kept = JSON.parse(readFileSync(join(profile(), 'windows.json'), 'utf8')) as {
    windows: { kind: string }[];
  };
  expect(kept.windows.map(({ kind }) => kind)).toContain('console');
});
