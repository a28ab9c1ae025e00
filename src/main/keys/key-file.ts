import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { keepNew } from './keep-new.ts';
import { keyText, newStoreKey, parseKeyText, type StoreKey } from './store-key.ts';

const MAX_BYTES = 4_096;

/** Where a folder's key lies unless the site file says otherwise: beside it, never in it. */
export function keyFileBeside(dataDir: string): string {
  return `${resolve(dataDir)}.key`;
}

/** Null where there is none. Fails with `key-unreadable` or `key-malformed`. */
export function readKeyFile(path: string): Result<StoreKey | null> {
  if (!existsSync(path)) return ok(null);
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) return malformed(path);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const told = `the key file cannot be read (${(error as Error).message}): see its rights`;
    return fail('key-unreadable', told, path);
  }
  const key = parseKeyText(text);
  return key === null ? malformed(path) : ok(key);
}

function malformed(path: string): Result<never> {
  const text = `this is no key file, or was changed: put back the one that the console made, \
two lines, of which the second is 64 hexadecimal digits`;
  return fail('key-malformed', text, path);
}

/** Makes a new key and its file; fails with `key-not-kept`, and with nothing left behind then. */
export function makeKeyFile(path: string): Result<StoreKey> {
  const key = newStoreKey();
  const kept = keepKey(path, key);
  return kept.ok ? ok(key) : kept;
}

/** Writes a key into a file that must not be there. Fails with `key-not-kept`. */
export function keepKey(path: string, key: StoreKey): Result<null> {
  try {
    keepNew(path, keyText(key));
    return ok(null);
  } catch (error) {
    const text = `the key could not be written (${(error as Error).message}): see its folder`;
    return fail('key-not-kept', text, path);
  }
}
