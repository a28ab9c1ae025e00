import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { forkChild } from '../../src/main/launch/child-port.ts';
import { ConsoleProcess, isAlive } from '../kit/console-process.ts';
import { cookieOf } from '../kit/relay-host.ts';
import { until } from '../kit/waiting.ts';

const STAND_IN_HOST = fileURLToPath(new URL('../kit/stand-in-host.ts', import.meta.url));
const running: ConsoleProcess[] = [];
const folders: string[] = [];

function start(args: string[] = [], env: Record<string, string> = {}, data?: string) {
  const started = new ConsoleProcess(args, env, data);
  running.push(started);
  return started;
}

function folder(behaviour = ''): string {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-data-'));
  folders.push(dir);
  writeFileSync(join(dir, 'behaviour'), behaviour);
  return dir;
}

afterEach(async () => {
  for (const started of running.splice(0)) await started.cleanUp();
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A browser's live connection: asks one thing at a time. */
async function connect(url: string, cookie: string) {
  const { origin, host } = new URL(url);
  const socket = new WebSocket(`ws://${host}/live`, { origin, headers: { cookie } });
  const frames: Record<string, unknown>[] = [];
  let closed = false;
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as Record<string, unknown>);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  await until('hello', () => closed || frames.some((frame) => frame.t === 'hello'));
  let id = 0;
  return {
    isClosed: () => closed,
    close: () => socket.terminate(),
    async ask(name: string): Promise<Record<string, unknown>> {
      id += 1;
      const asked = id;
      socket.send(JSON.stringify({ t: 'query', id: asked, name, input: {} }));
      await until('the answer', () => frames.some((frame) => frame.id === asked));
      return frames.find((frame) => frame.id === asked)?.value as Record<string, unknown>;
    },
  };
}

describe('npm start', () => {
  test('prints one line of JSON when ready; all else goes to stderr', async () => {
    const started = start(['--host', '--seed', 'x1', '--speed=120', '--lanes', '30']);
    const ready = await started.ready();
    expect(ready).toMatchObject({ ready: true, body: 'host', data: started.data });
    expect(started.stdout.split('\n')).toEqual([JSON.stringify(ready), '']);
    expect(started.stderr).toContain('hiring people');
    expect(started.stderr).toContain('opening the browser host, because --host asks for it');
    expect(started.stderr).not.toContain('would open');
    const args = readFileSync(join(started.data, 'training', 'args.txt'), 'utf8');
    expect(args).toContain(`--data ${join(started.data, 'training')} --seed x1 --speed 120`);
    expect(args).toContain('--lanes 30');
  });

  test('a browser goes from the link to the engine and back', async () => {
    const started = start();
    const { url } = await started.ready();
    const cookie = await cookieOf(url);
    const link = await connect(url, cookie);
    const [engine] = started.engines();
    expect(await link.ask('session.current')).toMatchObject({ pid: engine, safe: false });
    await until('the next link', () => started.stderr.includes('for another browser open'));
    const fresh = /for another browser open (\S+)/.exec(started.stderr)?.[1] ?? '';
    const other = await connect(fresh, await cookieOf(fresh));
    const [mine, theirs] = [await link.ask('session.current'), await other.ask('session.current')];
    expect(mine.workstation).toMatch(/^browser-/);
    expect(theirs.workstation).toMatch(/^browser-/);
    expect(theirs.workstation).not.toBe(mine.workstation);
    link.close();
    other.close();
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s to the whole group ends everything within 2 s, in order',
    async (signal) => {
      const started = start();
      const { url } = await started.ready();
      const link = await connect(url, await cookieOf(url));
      const askedMs = performance.now();
      started.signalGroup(signal);
      expect(await started.ended(), started.stderr).toBe(0);
      expect(performance.now() - askedMs).toBeLessThan(2_000);
      const [engine = 0] = started.engines();
      expect(started.log()).toBe(`start ${engine}\nstop ${engine}\n`);
      expect(isAlive(engine)).toBe(false);
      expect(isAlive(started.trainingPid())).toBe(false);
      await until('the browser to be told', () => link.isClosed());
    },
  );

  test('SIGINT to the launcher alone, twice as npm sends it, ends everything too', async () => {
    const started = start();
    await started.ready();
    started.child.kill('SIGINT');
    started.child.kill('SIGINT');
    expect(await started.ended(), started.stderr).toBe(0);
    expect(started.log()).toMatch(/^start (\d+)\nstop \1\n$/);
  });

  test('SIGINT while it starts ends it, with nothing left behind', async () => {
    const started = start();
    await until('the training zone', () => started.stderr.includes('hiring people'), 20_000);
    started.signalGroup('SIGINT');
    expect(await started.ended(), started.stderr).toBe(0);
    expect(isAlive(started.trainingPid())).toBe(false);
    // Whose host was killed while it loaded, that engine finds its parent gone and ends by itself.
    for (const engine of started.engines()) await until('its end', () => !isAlive(engine));
  });

  test('a stop that comes while the host still loads starts no engine', async () => {
    const data = folder();
    const host = forkChild(STAND_IN_HOST, ['--data', data, '--site', 'none', '--port', '0']);
    host.send({ t: 'stop' });
    const how = await new Promise((resolve) => host.onExit(resolve));
    expect(how).toBe('exit code 0');
    expect(existsSync(join(data, 'engine.log'))).toBe(false);
  });

  test('an engine that hangs at the end is killed, within 2 s all the same', async () => {
    const started = start([], {}, folder('hang'));
    await started.ready();
    const askedMs = performance.now();
    started.signalGroup('SIGINT');
    expect(await started.ended(), started.stderr).toBe(0);
    expect(performance.now() - askedMs).toBeLessThan(2_000);
    expect(isAlive(started.engines()[0] ?? 0)).toBe(false);
  });

  test('kill -9 of the launcher leaves no process, and the engine stops in order', async () => {
    const started = start();
    await started.ready();
    const [engine = 0] = started.engines();
    const training = started.trainingPid();
    started.child.kill('SIGKILL');
    await until('the engine to end', () => !isAlive(engine));
    await until('the training zone to end', () => !isAlive(training));
    expect(started.log()).toBe(`start ${engine}\nstop ${engine}\n`);
    await started.ended();
  });
});

describe('the engine under its supervisor', () => {
  test('kill -9 of the engine: a new one serves the same browser', async () => {
    const started = start();
    const { url } = await started.ready();
    const cookie = await cookieOf(url);
    const link = await connect(url, cookie);
    const before = await link.ask('session.current');
    process.kill(started.engines()[0] ?? 0, 'SIGKILL');
    await until('the browser to be told', () => link.isClosed());
    await until('the new engine', () => started.engines().length === 2);
    let again = await connect(url, cookie);
    // One after another: the host counts how often a browser comes.
    for (let tries = 0; again.isClosed() && tries < 50; tries += 1) {
      await setTimeout(100);
      again = await connect(url, cookie);
    }
    expect(again.isClosed()).toBe(false);
    const after = await again.ask('session.current');
    expect(after.pid).toBe(started.engines()[1]);
    expect(after.workstation).toBe(before.workstation);
    again.close();
  });

  test('an engine that keeps crashing is started in safe mode', async () => {
    const started = start([], {}, folder('crash'));
    const { url } = await started.ready();
    expect(started.log().match(/^start \d+$/gm)).toHaveLength(5);
    expect(started.log()).toMatch(/start \d+ safe\n$/);
    expect(started.stderr).toContain('in safe mode: boards decide alone');
    const link = await connect(url, await cookieOf(url));
    expect(await link.ask('session.current')).toMatchObject({ safe: true });
    link.close();
  });

  test('an engine that crashes in safe mode too ends the start with a reason', async () => {
    const started = start([], {}, folder('crash-always'));
    expect(await started.ended(25_000)).toBe(1);
    expect(started.stderr).toContain('(engine-fails)');
    expect(started.stdout).toBe('');
  });
});

describe('what cannot start says why', () => {
  test('the engine refuses: its own words, exit 1, nothing left', async () => {
    const started = start([], {}, folder('refuse'));
    expect(await started.ended()).toBe(1);
    expect(started.stderr).toContain('another console works here');
    expect(started.stderr).toContain('(data-in-use)');
    expect(started.stdout).toBe('');
    expect(isAlive(started.trainingPid())).toBe(false);
  });

  test('the training zone refuses: its own words', async () => {
    const started = start(['--seed', 'unlucky']);
    expect(await started.ended()).toBe(1);
    expect(started.stderr).toContain('cannot start: the boards are out of luck (no-luck)');
    expect(started.engines()).toEqual([]);
  });

  test('a port that is taken is named', async () => {
    const first = start(['--port', '0']);
    const { port } = new URL((await first.ready()).url);
    const second = start(['--port', port]);
    expect(await second.ended()).toBe(1);
    expect(second.stderr).toContain(`port ${port} is taken`);
  });

  test('a folder in use: the second start names the holder and disturbs nothing', async () => {
    const first = start();
    await first.ready();
    const second = start([], {}, first.data);
    expect(await second.ended()).toBe(1);
    expect(second.stderr).toContain(`another console works here: process ${first.child.pid}`);
    expect(isAlive(first.trainingPid())).toBe(true);
    expect(first.engines()).toHaveLength(1);
    expect(isAlive(first.engines()[0] ?? 0)).toBe(true);
  });

  test.each([
    [['--frobnicate'], 'there is no option --frobnicate'],
    [['--port', '99999'], '--port must be a whole number from 0 to 65535, not "99999"'],
    [['--from', '2026-02-30'], '--from must be a day: YYYY-MM-DD, not "2026-02-30"'],
    [['--site', 'a.json', '--lanes', '24'], '--lanes is for the training zone'],
  ])('%j ends with exit 2 and the option named', async (args, words) => {
    const started = start(args);
    expect(await started.ended()).toBe(2);
    expect(started.stderr).toContain(words);
    expect(started.stdout).toBe('');
  });

  test('a site file leaves the training zone out', async () => {
    const dir = folder();
    const site = join(dir, 'site.json');
    writeFileSync(site, '{}');
    const started = start(['--site', site], {}, dir);
    await started.ready();
    expect(started.stderr).toContain(`the stand-in engine runs ${site}`);
    expect(started.stderr).not.toContain('training zone');
  });
});

describe('a window that cannot open', () => {
  test('the browser host opens instead, and it says so', async () => {
    const dir = folder();
    mkdirSync(join(dir, 'bin'));
    const broken = join(dir, 'bin', 'electron');
    writeFileSync(broken, '#!/bin/sh\nexit 3\n');
    chmodSync(broken, 0o755);
    const started = start([], { STAND_IN_ELECTRON: broken, DISPLAY: ':99' }, dir);
    expect(await started.ready()).toMatchObject({ body: 'host' });
    expect(started.stderr).toContain('opening a window, because');
    expect(started.stderr).toContain('opening the browser host instead: the window ended');
  });
});
