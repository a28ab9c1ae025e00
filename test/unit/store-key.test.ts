import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderKey, folderState, NOTE } from '../../src/main/keys/folder-key.ts';
import { keepKey, keyFileBeside, makeKeyFile, readKeyFile } from '../../src/main/keys/key-file.ts';
import { type KeyStore, sealedKey, sealedKeyPath } from '../../src/main/keys/sealed-key.ts';
import { keptKeyOf } from '../../src/main/keys/site-key.ts';
import { keyId, keyText, newStoreKey, parseKeyText } from '../../src/main/keys/store-key.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import { value } from '../kit/journal-kit.ts';

let root: string;
let dir: string;
let keyFile: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'twoline-key-'));
  dir = join(root, 'data');
  keyFile = keyFileBeside(dir);
  mkdirSync(dir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.fault.code);
const inFile = () => keptKeyOf(dir, root, { key: 'file' }, null);
/** Every file below the root with its bytes: to see that nothing was written. */
const all = () =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), 'hex'),
    ])
    .sort(([one = ''], [other = '']) => one.localeCompare(other));
const plain = () => writeFileSync(join(dir, 'journal.db'), 'SQLite format 3\0 and more');
const noise = () => writeFileSync(join(dir, 'journal.db'), Buffer.alloc(4_096, 0x9c));
/** A folder as a console leaves it that encrypted it by the key of the file. */
const encrypted = () => {
  const key = value(folderKey(dir, inFile()));
  noise();
  return key;
};

const encryptedThen = (more: () => void) => () => {
  encrypted();
  more();
};

describe('a key file', () => {
  test('is two lines, for its owner alone, and is read back', () => {
    const key = value(makeKeyFile(keyFile));
    expect(readFileSync(keyFile, 'utf8')).toMatch(/^twoline store key 1\n[0-9a-f]{64}\n$/);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(value(readKeyFile(keyFile))).toEqual(key);
    expect(readdirSync(root).sort()).toEqual(['data', 'data.key']);
  });

  test('is never written over', () => {
    const key = value(makeKeyFile(keyFile));
    expect(codeOf(makeKeyFile(keyFile))).toBe('key-not-kept');
    expect(codeOf(keepKey(keyFile, newStoreKey()))).toBe('key-not-kept');
    expect(value(readKeyFile(keyFile))).toEqual(key);
    expect(readdirSync(root).sort()).toEqual(['data', 'data.key']);
  });

  test.each([
    ['nothing', ''],
    ['a password', 'hunter2\n'],
    ['half a key', `twoline store key 1\n${'ab'.repeat(16)}\n`],
    ['another kind', `twoline store key 2\n${'ab'.repeat(32)}\n`],
    ['more lines', `twoline store key 1\n${'ab'.repeat(32)}\n${'cd'.repeat(32)}\n`],
    ['too much', `twoline store key 1\n${'ab'.repeat(32)}\n${'\n'.repeat(5_000)}`],
    ['capitals', `twoline store key 1\n${'AB'.repeat(32)}\n`],
  ])('with %s is told as malformed, with its place', (_what, text) => {
    writeFileSync(keyFile, text);
    expect(readKeyFile(keyFile)).toMatchObject({
      fault: { code: 'key-malformed', where: keyFile, text: expect.stringContaining('64 hex') },
    });
  });

  test('may have the line ends of Windows, and may be missing', () => {
    const key = newStoreKey();
    expect(parseKeyText(keyText(key).replaceAll('\n', '\r\n'))).toEqual(key);
    expect(value(readKeyFile(keyFile))).toBeNull();
  });

  test('that cannot be read is told as such', () => {
    mkdirSync(keyFile);
    expect(codeOf(readKeyFile(keyFile))).toBe('key-unreadable');
  });
});

describe('the key of a folder', () => {
  test('is made for a new one, which notes its id and nothing more of it', () => {
    const key = value(folderKey(dir, inFile()));
    expect(value(readKeyFile(keyFile))).toEqual(key);
    const note = readFileSync(join(dir, NOTE), 'utf8');
    expect(JSON.parse(note)).toEqual({ cipher: 'chacha20', key: keyId(key ?? newStoreKey()) });
    expect(note).not.toContain(key?.toString('hex').slice(0, 16));
    expect(value(folderState(dir)).kind).toBe('encrypted');
  });

  test('is the one that lies there, also where the start before was cut off', () => {
    const key = value(makeKeyFile(keyFile));
    expect(value(folderKey(dir, inFile()))).toEqual(key);
    noise();
    expect(value(folderKey(dir, inFile()))).toEqual(key);
  });

  test('is looked for where the site file has it', () => {
    const elsewhere = keptKeyOf(dir, root, { key: 'file', keyFile: 'keys/one.key' }, null);
    const key = value(folderKey(dir, elsewhere));
    expect(value(readKeyFile(join(root, 'keys', 'one.key')))).toEqual(key);
    expect(existsSync(keyFile)).toBe(false);
  });

  test('is not kept in the folder itself', () => {
    const kept = keptKeyOf(dir, root, { key: 'file', keyFile: 'data/../data/one.key' }, null);
    expect(folderKey(dir, kept)).toMatchObject({ fault: { code: 'key-inside-folder' } });
    expect(readdirSync(dir)).toEqual([]);
    const beside = keptKeyOf(dir, root, { key: 'file', keyFile: 'data-keys/one.key' }, null);
    expect(codeOf(folderKey(dir, beside))).toBe('ok');
  });

  test('is null where nobody asks for one', () => {
    expect(value(folderKey(dir, null))).toBeNull();
    plain();
    expect(value(folderKey(dir, null))).toBeNull();
    expect(existsSync(join(dir, NOTE))).toBe(false);
  });

  test.each<[string, () => unknown, boolean, RegExp]>([
    ['encryption-not-asked', encrypted, false, /does not ask for encryption/],
    ['store-plain', plain, true, /not encrypted: encrypt it by `twoline encrypt`/],
    [
      'store-locked',
      encryptedThen(() => rmSync(keyFile)),
      true,
      /its key is not here: put it back/,
    ],
    ['store-locked', noise, true, /no other key is made/],
    ['key-wrong', encryptedThen(() => other()), true, /another key than this one/],
    ['key-malformed', encryptedThen(() => writeFileSync(keyFile, 'x')), true, /no key file/],
    ['key-malformed', () => writeFileSync(keyFile, 'x'), true, /no key file/],
    ['store-mixed', encryptedThen(() => plain()), true, /put its own file back/],
    [
      'encrypting-unfinished',
      encryptedThen(() => mkdirSync(join(dir, 'encrypting'))),
      true,
      /again/,
    ],
    [
      'encryption-unreadable',
      encryptedThen(() => writeFileSync(join(dir, NOTE), '{}')),
      true,
      /key/,
    ],
    [
      'encryption-unreadable',
      encryptedThen(() => writeFileSync(join(dir, NOTE), 'x')),
      false,
      /key/,
    ],
  ])('fails with %s, and changes nothing', (code, prepare, asks, text) => {
    prepare();
    const before = all();
    const found = folderKey(dir, asks ? inFile() : null);
    expect(codeOf(found)).toBe(code);
    expect(found).toMatchObject({ fault: { text: expect.stringMatching(text) } });
    expect(found).toMatchObject({ fault: { where: expect.stringContaining(root) } });
    expect(all()).toEqual(before);
  });

  function other(): void {
    rmSync(keyFile);
    makeKeyFile(keyFile);
  }

  test("of the system's key store cannot be had without the window", () => {
    const kept = keptKeyOf(dir, root, { key: 'system' }, null);
    const before = all();
    expect(codeOf(folderKey(dir, kept))).toBe('key-store-absent');
    expect(all()).toEqual(before);
    const key = newStoreKey();
    expect(value(folderKey(dir, keptKeyOf(dir, root, { key: 'system' }, key)))).toEqual(key);
  });
});

describe("a key in the system's key store", () => {
  /** Seals by writing backwards. */
  const store = (more: Partial<KeyStore> = {}): KeyStore => ({
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => Buffer.from(`v11${turned(text)}`),
    decryptStringAsync: async (sealed) => ({ result: turned(sealed.toString().slice(3)) }),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...more,
  });
  const turned = (text: string) => [...text].reverse().join('');
  const noted = (key: Buffer) => {
    value(folderKey(dir, keptKeyOf(dir, root, { key: 'system' }, key)));
    noise();
  };

  test('is made once, sealed beside the folder, and had again', async () => {
    const key = value(await sealedKey(dir, store(), 'linux'));
    const sealed = readFileSync(sealedKeyPath(dir));
    expect(sealed.includes(key.toString('hex'))).toBe(false);
    expect(statSync(sealedKeyPath(dir)).mode & 0o777).toBe(0o600);
    noted(key);
    expect(value(await sealedKey(dir, store(), 'linux'))).toEqual(key);
    expect(readFileSync(sealedKeyPath(dir))).toEqual(sealed);
  });

  test.each<[string, Partial<KeyStore>, RegExp]>([
    ['key-store-open', { getSelectedStorageBackend: () => 'basic_text' }, /set up GNOME Keyring/],
    ['key-store-open', { getSelectedStorageBackend: () => 'unknown' }, /everybody knows/],
    ['key-store-open', { encryptStringAsync: async () => Buffer.from('v10x') }, /everybody knows/],
    ['key-store-absent', { isAsyncEncryptionAvailable: async () => false }, /unlock it/],
    ['key-not-kept', { encryptStringAsync: () => Promise.reject(new Error('no')) }, /sealed and/],
  ])('fails with %s on Linux, and seals nothing', async (code, more, text) => {
    const found = await sealedKey(dir, store(more), 'linux');
    expect(found).toMatchObject({ fault: { code, text: expect.stringMatching(text) } });
    expect(readdirSync(root)).toEqual(['data']);
  });

  test('has no such prefix or names of stores elsewhere', async () => {
    const mac = store({ encryptStringAsync: async (text) => Buffer.from(`v10${turned(text)}`) });
    delete (mac as { getSelectedStorageBackend?: unknown }).getSelectedStorageBackend;
    const key = value(await sealedKey(dir, mac, 'darwin'));
    expect(value(await sealedKey(dir, mac, 'darwin'))).toEqual(key);
  });

  test.each<[string, () => Promise<unknown> | unknown, Partial<KeyStore>]>([
    ['store-plain', plain, {}],
    ['store-locked', () => noted(newStoreKey()), {}],
    ['key-wrong', () => sealedKey(dir, store(), 'linux').then(() => noted(newStoreKey())), {}],
    [
      'key-sealed-elsewhere',
      () => sealedKey(dir, store(), 'linux'),
      { decryptStringAsync: () => Promise.reject(new Error('of another person')) },
    ],
    [
      'key-sealed-elsewhere',
      () => sealedKey(dir, store(), 'linux'),
      { decryptStringAsync: async () => ({ result: 'something else' }) },
    ],
  ])('fails with %s, and changes nothing', async (code, prepare, more) => {
    await prepare();
    const before = all();
    expect(codeOf(await sealedKey(dir, store(more), 'linux'))).toBe(code);
    expect(all()).toEqual(before);
  });
});
