import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { SiteEncryption } from '../../shared/domain/site.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { readSite } from '../engine/site/load-site.ts';
import { setStoreKey } from '../engine/store/driver.ts';
import { folderKey, folderState, locked, wrongKey } from '../keys/folder-key.ts';
import { readKeyFile } from '../keys/key-file.ts';
import { keptKeyOf, keyFileOf } from '../keys/site-key.ts';
import { keyId, type StoreKey } from '../keys/store-key.ts';

/** What the engine notes in the data folder when it starts. */
const ConsoleNote = z.object({
  siteFile: z.string().min(1),
  console: z.string(),
  areas: z.array(z.string()),
});
export type ConsoleNote = z.infer<typeof ConsoleNote>;

/** Null where there is none, or it cannot be read. */
export function readNote(dir: string): ConsoleNote | null {
  try {
    const text = readFileSync(join(dir, 'console.json'), 'utf8');
    const parsed = ConsoleNote.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The site file that is given, else the one that the console noted; null where neither is. */
export function siteFileOf(
  { dir, note }: { readonly dir: string; readonly note: ConsoleNote | null },
  typed: string | undefined,
): string | null {
  if (typed !== undefined) return resolve(typed);
  return note === null ? null : resolve(dir, note.siteFile);
}

/** What was typed of a folder's key and of its site; undefined: it is looked for. */
export interface Typed {
  readonly key: string | undefined;
  readonly site: string | undefined;
}

/**
 * Has this command open the databases of a folder that is there by its key, where it is encrypted.
 * The key is in the file that is named, else where the site file has it, else beside the folder.
 * Makes none. Fails as `folderState` and the key's file do, with `store-locked`, `key-wrong`,
 * `key-not-needed` or `driver-absent`.
 */
export function unlockFolder(dir: string, typed: Typed): Result<null> {
  const state = folderState(dir);
  if (!state.ok) return state;
  const { kind } = state.value;
  // What is not said to be encrypted may still be, where that note is lost.
  if (kind !== 'encrypted' && (kind !== 'unknown' || typed.key === undefined)) {
    if (typed.key === undefined) return setStoreKey(null);
    return fail('key-not-needed', 'this data folder is not encrypted: leave --key out', dir);
  }
  const key = readKey(dir, typed);
  if (!key.ok) return key;
  const isOther = kind === 'encrypted' && keyId(key.value) !== state.value.keyId;
  return isOther ? wrongKey(typed.key ?? dir) : setStoreKey(key.value);
}

function readKey(dir: string, typed: Typed): Result<StoreKey> {
  const place = typed.key === undefined ? keyPlace(dir, typed.site) : ok(resolve(typed.key));
  if (!place.ok) return place;
  const found = readKeyFile(place.value);
  if (!found.ok) return found;
  if (found.value !== null) return ok(found.value);
  return typed.key === undefined ? unnamed(place.value) : locked(place.value);
}

function unnamed(where: string): Result<never> {
  const text = 'the data folder is encrypted, and its key is not here: name its file, --key FILE';
  return fail('store-locked', text, where);
}

/** Where the folder's site has its key file. */
function keyPlace(dir: string, typed: string | undefined): Result<string> {
  const file = siteFileOf({ dir, note: readNote(dir) }, typed);
  const site = file !== null && existsSync(file) ? readSite(file) : null;
  const encryption: SiteEncryption | undefined = site?.ok ? site.value.encryption : undefined;
  if (encryption?.key === 'system') {
    const text = `the data folder is encrypted, and the system's key store has its key: export it \
by the window's --export-key FILE, and name it here, --key FILE`;
    return fail('store-locked', text, dir);
  }
  return ok(keyFileOf(dir, file === null ? dir : dirname(file), encryption));
}

/**
 * The same for a folder that may be new, as the site file asks for it: a new one gets its key, as
 * at a console's first start. Fails as `readSite`, `folderKey` and `setStoreKey` do.
 */
export function unlockBySite(dir: string, siteFile: string): Result<null> {
  const file = resolve(siteFile);
  const site = readSite(file);
  if (!site.ok) return site;
  const key = folderKey(dir, keptKeyOf(dir, dirname(file), site.value.encryption, null));
  return key.ok ? setStoreKey(key.value) : key;
}
