import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inside, type Ran } from '../../kit/run-cli.ts';
import { writeSmallSite } from '../../kit/small-zone.ts';

/** The built window, in the double of Electron, over a data folder whose key the system keeps. */
const MAIN = fileURLToPath(new URL('../../kit/electron-double/main.ts', import.meta.url));

let root: string;
let data: string;
let site: string;
let window: ChildProcess | null;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'twoline-sealed-'));
  data = join(root, 'data');
  const boards = [{ serial: 405_419_001, port: 9 }];
  site = writeSmallSite(root, boards, [{ n: 1 }], [], { encryption: { key: 'system' } });
  window = null;
});
afterEach(async () => {
  await close();
  // Its Chromium ends a moment later.
  rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

interface Told {
  readonly t: 'ready' | 'failed';
  readonly fault?: { readonly code: string; readonly text: string };
}

/** `keyring`: the desktop's password store, and who is signed in. */
async function open(keyring = '', ...args: string[]): Promise<Told | number> {
  const child = fork(MAIN, ['--data', data, '--site', site, ...args], {
    env: { ...process.env, TWOLINE_DOUBLE_KEYRING: keyring },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  window = child;
  const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Told];
  return told;
}

async function close(): Promise<void> {
  const child = window;
  window = null;
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  if (child.connected) child.send({ t: 'stop' }, () => {});
  await once(child, 'exit');
}

const faultOf = ({ code, err }: Ran) => [code, /\(([a-z-]+)\)\n$/.exec(err)?.[1]];
const sealed = () => `${data}.sealed-key`;

/** What every process of this user was started with: words and environment. */
function saidOpenly(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
        return words + readFileSync(`/proc/${pid}/environ`, 'latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}

test('the key is sealed once, comes to the engine unseen, and opens the folder again', async () => {
  expect(await open()).toMatchObject({ t: 'ready' });
  const bytes = readFileSync(sealed());
  expect(bytes.subarray(0, 3).toString()).toBe('v11');
  expect(statSync(sealed()).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(data, 'reference.db')).includes('SQLite format 3')).toBe(false);
  const seenWhileRunning = saidOpenly();
  await close();

  const exported = join(root, 'exported.key');
  expect(await open('', '--export-key', exported)).toBe(0);
  const hex = readFileSync(exported, 'utf8').split('\n')[1] ?? '';
  expect(hex).toMatch(/^[0-9a-f]{64}$/);
  expect(bytes.includes(hex)).toBe(false);
  // Not shown where it fails: it holds every environment of the machine.
  expect(seenWhileRunning.includes('--key-comes')).toBe(true);
  expect(seenWhileRunning.includes(hex)).toBe(false);

  expect(await open()).toMatchObject({ t: 'ready' });
  await close();
  expect(readFileSync(sealed())).toEqual(bytes);
  expect(faultOf(await inside('verify', data))).toEqual([2, 'store-locked']);
  expect(await inside('verify', data, '--key', exported)).toMatchObject({ code: 0, err: '' });
}, 180_000);

test('on a desktop without a password store nothing is begun', async () => {
  expect(await open('basic_text')).toMatchObject({
    fault: { code: 'key-store-open', text: expect.stringContaining('set up GNOME Keyring') },
  });
  expect(existsSync(sealed())).toBe(false);
  expect(readdirSync(data).filter((name) => name !== 'window')).toEqual([]);
});
