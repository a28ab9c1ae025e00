import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { keepNew } from './keep-new.ts';
import { keyId, type StoreKey } from './store-key.ts';

/** What an encrypted data folder says of itself; it goes into each backup. */
export const NOTE = 'encryption.json';
/** Where encrypted copies lie until all of them are whole. */
export const UNFINISHED = 'encrypting';

/** Every SQLite file that no key locks begins so. */
const PLAIN = Buffer.from('SQLite format 3\0');
/** The engine's lock is a database too, in which nothing is ever written. */
const LOCK = 'lock.db';
const ID = /^[0-9a-f]{16}$/;

/**
 * What lies in a data folder: nothing yet, plain databases, encrypted ones with their key's id, or
 * some that are neither plain nor said to be encrypted: damaged, or their note is lost.
 */
export type FolderState =
  | { readonly kind: 'new' | 'plain' | 'unknown' }
  | { readonly kind: 'encrypted'; readonly keyId: string };

/**
 * Fails with `encryption-unreadable` (the note), `store-mixed` (a plain database in an encrypted
 * folder) or `encrypting-unfinished`.
 */
export function folderState(dir: string): Result<FolderState> {
  const files = databasesIn(dir);
  const plain = files.filter((path) => isPlain(path));
  if (!existsSync(join(dir, NOTE))) {
    if (plain.length > 0) return ok({ kind: 'plain' });
    return ok({ kind: files.length > 0 ? 'unknown' : 'new' });
  }
  const noted = readNote(join(dir, NOTE));
  if (!noted.ok) return noted;
  if (existsSync(join(dir, UNFINISHED))) {
    const text = 'encrypting this folder was begun and not ended: run `twoline encrypt` again';
    return fail('encrypting-unfinished', text, dir);
  }
  const [strange] = plain;
  if (strange === undefined) return ok({ kind: 'encrypted', keyId: noted.value });
  const text = 'this database is not encrypted, and its folder is: put its own file back';
  return fail('store-mixed', text, strange);
}

/** The databases of a data folder that hold something. */
export function databasesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.db') && name !== LOCK)
    .map((name) => join(dir, name))
    .filter((path) => {
      const found = statSync(path);
      return found.isFile() && found.size > 0;
    });
}

/** A file that cannot be read is not known to be plain: whoever opens it will say why. */
function isPlain(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const head = Buffer.alloc(PLAIN.length);
    readSync(file, head);
    return head.equals(PLAIN);
  } finally {
    closeSync(file);
  }
}

function readNote(path: string): Result<string> {
  try {
    const { key } = JSON.parse(readFileSync(path, 'utf8')) as { key?: unknown };
    if (typeof key === 'string' && ID.test(key)) return ok(key);
  } catch {
    // Said below.
  }
  const text =
    'this says by which key the folder is encrypted, and cannot be read: put back its copy, as \
from a backup';
  return fail('encryption-unreadable', text, path);
}

/** Durable before the first encrypted database is. Throws what the file system throws. */
export function noteEncryption(dir: string, key: StoreKey): void {
  keepNew(join(dir, NOTE), `${JSON.stringify({ cipher: 'chacha20', key: keyId(key) })}\n`);
}

/** Where a folder's key is kept, as the site file asks for it. */
export interface KeptKey {
  /** The place, as a person finds it. */
  readonly where: string;
  /** Null where nothing is kept there. */
  read(): Result<StoreKey | null>;
  make(): Result<StoreKey>;
}

/**
 * The key that a folder is opened by; null where it is not encrypted. `kept` is null where the site
 * file asks for none. In a folder without databases a key is made, and noted. Nothing is written
 * where it fails: with `encryption-not-asked`, `store-plain`, `store-locked`, `key-wrong`, or as
 * `folderState` and the place of the key do.
 */
export function folderKey(dir: string, kept: KeptKey | null): Result<StoreKey | null> {
  const state = folderState(dir);
  if (!state.ok) return state;
  const { kind } = state.value;
  if (kept === null) return kind === 'encrypted' ? notAsked(dir) : ok(null);
  if (kind === 'plain') return plainFolder(dir);
  const found = kept.read();
  if (!found.ok) return found;
  if (found.value === null && kind !== 'new') return locked(kept.where);
  if (kind === 'encrypted' && found.value !== null) {
    return keyId(found.value) === state.value.keyId ? found : wrongKey(kept.where);
  }
  const key = found.value === null ? kept.make() : ok(found.value);
  if (!key.ok || kind !== 'new') return key;
  try {
    noteEncryption(dir, key.value);
    return key;
  } catch (error) {
    const text = `cannot use the data folder (${(error as Error).message}): see that it can be \
written`;
    return fail('data-unusable', text, dir);
  }
}

function notAsked(dir: string): Result<never> {
  const text = `this data folder is encrypted, and the site file does not ask for encryption: have \
it say \`encryption\`, or name another folder`;
  return fail('encryption-not-asked', text, dir);
}

export function plainFolder(dir: string): Result<never> {
  const text = `the site file asks for encryption, and this data folder is not encrypted: encrypt \
it by \`twoline encrypt\`, or name a new folder`;
  return fail('store-plain', text, dir);
}

/** The key is not where it should be. */
export function locked(where: string): Result<never> {
  const text = `the data folder is encrypted, and its key is not here: put it back. Nothing can be \
read without it, and no other key is made`;
  return fail('store-locked', text, where);
}

export function wrongKey(where: string): Result<never> {
  const text = 'the data folder was encrypted by another key than this one: put its own key here';
  return fail('key-wrong', text, where);
}
