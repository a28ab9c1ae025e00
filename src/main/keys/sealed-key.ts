import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { folderState, locked, plainFolder, wrongKey } from './folder-key.ts';
import { keepNew } from './keep-new.ts';
import { keyId, keyText, newStoreKey, parseKeyText, type StoreKey } from './store-key.ts';

/** What the operating system keeps secrets with, as Electron offers it (`safeStorage`). */
export interface KeyStore {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(sealed: Buffer): Promise<{ readonly result: string }>;
  /** Linux only: which of its password stores was found. */
  getSelectedStorageBackend?(): string;
}

/** Chromium seals by a password that everybody knows where it finds no password store. */
const NO_STORE = ['basic_text', 'unknown'];
/** Source: Chromium, components/os_crypt: the prefix of what was sealed by that password. */
const KNOWN_PASSWORD = 'v10';

/** Beside the data folder, so that a copy of the folder has none. */
export function sealedKeyPath(dataDir: string): string {
  return `${resolve(dataDir)}.sealed-key`;
}

/**
 * The key of a data folder out of the system's key store; made and sealed where the folder is new.
 * Fails as `folderState` does, with `store-plain`, `store-locked`, `key-wrong`, `key-store-absent`,
 * `key-store-open` (it would keep no secret), `key-sealed-elsewhere` or `key-not-kept`; nothing is
 * written then.
 */
export async function sealedKey(
  dataDir: string,
  store: KeyStore,
  platform: NodeJS.Platform,
): Promise<Result<StoreKey>> {
  const state = folderState(dataDir);
  if (!state.ok) return state;
  if (state.value.kind === 'plain') return plainFolder(dataDir);
  const path = sealedKeyPath(dataDir);
  const isThere = existsSync(path);
  if (!isThere && state.value.kind !== 'new') return locked(path);
  const usable = await usableStore(store, platform);
  if (!usable.ok) return usable;
  if (!isThere) return seal(path, store, platform);
  const key = await unseal(path, store);
  const isOther =
    key.ok && state.value.kind === 'encrypted' && keyId(key.value) !== state.value.keyId;
  return isOther ? wrongKey(path) : key;
}

async function usableStore(store: KeyStore, platform: NodeJS.Platform): Promise<Result<null>> {
  const backend = platform === 'linux' ? store.getSelectedStorageBackend?.() : undefined;
  if (backend !== undefined && NO_STORE.includes(backend)) return openStore(backend);
  if (await store.isAsyncEncryptionAvailable()) return ok(null);
  const text = `the system's key store does not answer: unlock it (sign in, or open the keyring) \
and start again`;
  return fail('key-store-absent', text);
}

function openStore(found: string): Result<never> {
  const text = `this desktop has no password store (${found}), so that the key would be sealed by \
a password that everybody knows: set up GNOME Keyring or KWallet, or have the site file say \
"key": "file"`;
  return fail('key-store-open', text);
}

async function seal(
  path: string,
  store: KeyStore,
  platform: NodeJS.Platform,
): Promise<Result<StoreKey>> {
  const key = newStoreKey();
  try {
    const sealed = await store.encryptStringAsync(keyText(key));
    const prefix = sealed.subarray(0, KNOWN_PASSWORD.length).toString('latin1');
    if (platform === 'linux' && prefix === KNOWN_PASSWORD) return openStore(KNOWN_PASSWORD);
    keepNew(path, sealed);
    return ok(key);
  } catch (error) {
    const text = `the key could not be sealed and kept (${(error as Error).message})`;
    return fail('key-not-kept', text, path);
  }
}

async function unseal(path: string, store: KeyStore): Promise<Result<StoreKey>> {
  let why = 'it holds no key';
  try {
    const { result } = await store.decryptStringAsync(readFileSync(path));
    const key = parseKeyText(result);
    if (key !== null) return ok(key);
  } catch (error) {
    why = (error as Error).message;
  }
  const text = `the system's key store cannot unseal this key (${why}): it was sealed for another \
person or machine. Put its own file back, or have the site file name the key that was exported`;
  return fail('key-sealed-elsewhere', text, path);
}
