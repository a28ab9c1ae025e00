import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { SiteEncryption } from '../../shared/domain/site.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { KeptKey } from './folder-key.ts';
import { keyFileBeside, makeKeyFile, readKeyFile } from './key-file.ts';
import type { StoreKey } from './store-key.ts';

/** Where a folder's key file is: where the site file, in `siteDir`, says, or beside the folder. */
export function keyFileOf(
  dataDir: string,
  siteDir: string,
  encryption: SiteEncryption | undefined,
): string {
  const named = encryption?.key === 'file' ? encryption.keyFile : undefined;
  return named === undefined ? keyFileBeside(dataDir) : resolve(siteDir, named);
}

/** Null where the site file asks for no encryption. `given`: what the window had unsealed. */
export function keptKeyOf(
  dataDir: string,
  siteDir: string,
  encryption: SiteEncryption | undefined,
  given: StoreKey | null,
): KeptKey | null {
  if (encryption === undefined) return null;
  if (encryption.key === 'system') return keyOfSystem(given);
  return keyInFile(keyFileOf(dataDir, siteDir, encryption), dataDir);
}

function keyInFile(path: string, dataDir: string): KeptKey {
  const read = () => (isBelow(path, dataDir) ? inside(path) : readKeyFile(path));
  return { where: path, read, make: () => makeKeyFile(path) };
}

function isBelow(path: string, dir: string): boolean {
  const way = relative(resolve(dir), path);
  // On Windows there is no way from one drive to another.
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

/** Whoever takes the folder would have its key with it. */
function inside(path: string): Result<never> {
  const text =
    'the key file would lie in the folder that it locks: have `keyFile` name another place';
  return fail('key-inside-folder', text, path);
}

/** `given` is null where no window started us. */
function keyOfSystem(given: StoreKey | null): KeptKey {
  const where = "the system's key store";
  if (given !== null) return { where, read: () => ok(given), make: () => ok(given) };
  const absent = () => {
    const text = `the site file has the system's key store keep the key, which only the window can \
ask: start the window, or have the site file say "key": "file"`;
    return fail('key-store-absent', text, where);
  };
  return { where, read: absent, make: absent };
}
