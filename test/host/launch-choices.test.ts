import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseBody, type Machine } from '../../src/main/launch/body-choice.ts';
import { contentPolicy } from '../../src/main/launch/content-policy.ts';
import { claimDataFolder, ownDataFolder } from '../../src/main/launch/data-folder.ts';
import { mapHostsOf } from '../../src/main/launch/map-hosts.ts';
import { readOptions } from '../../src/main/launch/options.ts';
import { anyText } from '../kit/any-text.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-launch-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe('options', () => {
  test('all of them, in both forms', () => {
    const argv = ['--host', '--no-open', '--port=8080', '--data', 'd', '--from', '2026-03-01'];
    const more = ['--seed=a b', '--speed', '2.5', '--lanes=300', '--people', '5', '--demand', 'f'];
    expect(readOptions([...argv, ...more], '/srv')).toEqual({
      ok: true,
      value: {
        ...{ host: true, open: false, port: 8080, data: '/srv/d', site: null, help: false },
        training: [
          ...['--from', '2026-03-01', '--seed', 'a b', '--speed', '2.5', '--lanes', '300'],
          ...['--people', '5', '--demand', '/srv/f'],
        ],
      },
    });
  });

  test('none: the training zone, in a window if there can be one, on a free port', () => {
    expect(readOptions([], '/srv')).toMatchObject({
      ok: true,
      value: { host: false, open: true, port: 0, data: null, site: null, training: [] },
    });
  });

  test.each([
    [['--prot', '1'], 'there is no option --prot'],
    [['port'], 'there is no option port'],
    [['-p'], 'there is no option -p'],
    [['--'], 'there is no option --'],
    [['--port'], '--port needs a value'],
    [['--port', '-1'], '--port must be a whole number'],
    [['--port', '1e3'], '--port must be a whole number'],
    [['--host=yes'], '--host takes no value'],
    [['--host', '--host'], '--host is given twice'],
    [['--speed', '0'], '--speed must be'],
    [['--speed', 'fast'], '--speed must be'],
    [['--lanes', '301'], '--lanes must be'],
    [['--people', '0'], '--people must be'],
    [['--from', '01-03-2026'], '--from must be a day'],
    [['--data', ''], '--data must be a folder'],
    [['--seed', 'x'.repeat(5_000)], '--seed is too long'],
    [['--site', 's', '--people', '4'], '--people is for the training zone'],
    [['--constructor', 'x'], 'there is no option --constructor'],
  ])('%j: %s', (argv, words) => {
    const read = readOptions(argv, '/work');
    expect(read).toMatchObject({ ok: false, fault: { code: 'bad-option' } });
    expect(read.ok ? '' : read.fault.text).toContain(words);
  });

  test('whatever is typed is read or refused with a short text', () => {
    fc.assert(
      fc.property(fc.array(anyText({ maxLength: 40 })), (argv) => {
        const read = readOptions(argv, '/work');
        expect(read.ok || read.fault.code === 'bad-option').toBe(true);
        expect(read.ok || read.fault.text.length < 2_000).toBe(true);
      }),
    );
  });
});

describe('which body', () => {
  const machine: Machine = {
    env: { DISPLAY: ':0' },
    platform: 'linux',
    isRoot: false,
    electron: '/electron',
  };
  test.each<[string, boolean, Partial<Machine>, string, string]>([
    ['all is there', false, {}, 'electron', 'is on this machine'],
    ['it is asked for', true, {}, 'host', '--host'],
    ['set-up could not', false, { env: { TWOLINE_NO_WINDOW: 'no net' } }, 'host', 'no net'],
    ['no runtime', false, { electron: null }, 'host', 'not on this machine'],
    ['no display', false, { env: {} }, 'host', 'no display'],
    ['Wayland', false, { env: { WAYLAND_DISPLAY: 'w' } }, 'electron', 'is on this machine'],
    ['root', false, { isRoot: true }, 'host', 'root'],
    ['Windows', false, { env: {}, platform: 'win32' }, 'electron', 'is on this machine'],
  ])('%s', (_what, wantsHost, change, body, why) => {
    const choice = chooseBody(wantsHost, { ...machine, ...change });
    expect(choice.body).toBe(body);
    expect(choice.why).toContain(why);
  });
});

describe('the data folder', () => {
  test.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/users/ada/.local/share/twoline'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/twoline'],
    ['darwin', {}, '/users/ada/Library/Application Support/twoline'],
  ])('%s %j', (platform, env, expected) => {
    expect(ownDataFolder(env, platform, '/users/ada')).toBe(expected);
  });

  test('is claimed once, freed, and a note that a crash left binds nobody', () => {
    const first = claimDataFolder(dir);
    expect(first.ok).toBe(true);
    if (first.ok) first.value();
    // Process 1 runs, but it did not begin when the note says: the number was given anew.
    writeFileSync(join(dir, 'start.json'), JSON.stringify({ pid: 1, began: '1' }));
    expect(claimDataFolder(dir).ok).toBe(true);
    for (const garbage of ['', 'null', '[]', '{"pid":"x"}', '\u0000']) {
      writeFileSync(join(dir, 'start.json'), garbage);
      expect(claimDataFolder(dir).ok).toBe(true);
    }
  });

  test('a folder that cannot be is named', () => {
    writeFileSync(join(dir, 'file'), '');
    const path = join(dir, 'file', 'folder');
    expect(claimDataFolder(path)).toMatchObject({
      ok: false,
      fault: { code: 'data-unusable', where: path },
    });
  });
});

describe('the content policy', () => {
  test('lets in host names and nothing that could be more', () => {
    const hosts = [
      'a.example',
      'b.example:8443',
      'x y',
      "'unsafe-inline'",
      '*',
      'c.d;e',
      'ü.hk',
      '',
    ];
    const policy = contentPolicy(hosts);
    expect(policy).toContain("connect-src 'self' https://a.example https://b.example:8443;");
    expect(policy.split(';')).toHaveLength(10);
  });

  test('no text at all adds a directive or a keyword', () => {
    const plain = contentPolicy([]);
    fc.assert(
      fc.property(fc.array(anyText()), (hosts) => {
        const words = contentPolicy(hosts).replaceAll(/ https:\/\/[A-Za-z0-9.:-]+/g, '');
        expect(words).toBe(plain);
      }),
    );
  });

  test('the hosts come from the site file; a file with faults lets nothing in', () => {
    const path = join(dir, 'site.json');
    writeFileSync(path, JSON.stringify({ map: { hosts: ['tiles.example'] } }));
    expect(mapHostsOf(path)).toEqual(['tiles.example']);
    for (const text of ['', '{', '{"map":{"hosts":"x"}}', '{"map":{"hosts":[1]}}']) {
      writeFileSync(path, text);
      expect(mapHostsOf(path)).toEqual([]);
    }
    expect(mapHostsOf(join(dir, 'nothing'))).toEqual([]);
  });
});
