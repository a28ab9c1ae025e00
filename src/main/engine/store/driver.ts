import { createRequire } from 'node:module';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';

/** Every thread that is started afterwards has it too: Node hands this on to each of them. */
const STORE_KEY = 'twoline store key';
const KEY_BYTES = 32;
/** A private database in memory: nothing of it reaches a disk. */
export const IN_MEMORY = ':memory:';

/**
 * Whether what this process opens from now on is encrypted, and by which key; null: by none.
 * Fails with `driver-absent` where the driver that encrypts cannot be loaded.
 */
export function setStoreKey(key: Uint8Array | null): Result<null> {
  if (key !== null && key.length !== KEY_BYTES) {
    throw new Error(`a store's key has ${KEY_BYTES} bytes, not ${key.length}`);
  }
  setEnvironmentData(STORE_KEY, key === null ? undefined : Buffer.from(key).toString('hex'));
  if (key === null) return ok(null);
  try {
    // Its binary is loaded only by what is opened.
    openEncrypting(IN_MEMORY).close();
    return ok(null);
  } catch (error) {
    const why = (error as Error).message.split('\n')[0];
    const text = `the driver of encrypted databases cannot be loaded (${why}): install Twoline \
anew`;
    return fail('driver-absent', text, 'better-sqlite3-multiple-ciphers');
  }
}

/** True where this process keeps its databases encrypted. */
export function isStoreEncrypted(): boolean {
  return storeKey() !== undefined;
}

function storeKey(): string | undefined {
  return getEnvironmentData(STORE_KEY) as string | undefined;
}

/**
 * Opens one of the store's databases: encrypted where the process has a key, else plain. The only
 * place that knows there are two drivers. Throws what SQLite throws; a wrong key is told only at
 * the first read, as `SQLITE_NOTADB`.
 */
export function openHandle(path: string, options: Sqlite.Options = {}): Sqlite.Database {
  const key = storeKey();
  if (key === undefined) return new Sqlite(path, options);
  const handle = openEncrypting(path, options);
  // SQLite would sort, and keep what a statement may have to undo, in files that no key guards.
  handle.pragma('temp_store = MEMORY');
  return path === IN_MEMORY ? handle : keyed(handle, key);
}

function keyed(handle: Sqlite.Database, key: string): Sqlite.Database {
  try {
    handle.pragma("cipher = 'chacha20'");
    handle.pragma(`key = "x'${key}'"`);
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** It has the interface of the plain one. Loaded where there is a key, and nowhere else. */
function openEncrypting(path: string, options: Sqlite.Options = {}): Sqlite.Database {
  const require = createRequire(import.meta.url);
  const Encrypting = require('better-sqlite3-multiple-ciphers') as typeof Sqlite;
  return new Encrypting(path, options);
}
