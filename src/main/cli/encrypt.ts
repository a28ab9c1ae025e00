import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { Segments } from '../engine/journal/segments.ts';
import { type VerifiedJournal, verifyJournal } from '../engine/journal/verify.ts';
import { readSite } from '../engine/site/load-site.ts';
import { takeDataLock } from '../engine/store/data-lock.ts';
import { setStoreKey } from '../engine/store/driver.ts';
import { encryptDatabase } from '../engine/store/encrypt-database.ts';
import { segmentPath } from '../engine/store/segment-files.ts';
import { databasesIn, folderState, NOTE, noteEncryption, UNFINISHED } from '../keys/folder-key.ts';
import { syncFolder } from '../keys/keep-new.ts';
import { keptKeyOf } from '../keys/site-key.ts';
import type { StoreKey } from '../keys/store-key.ts';
import { type Command, EXIT, sayFault } from './command.ts';
import { findFolder } from './data-folder.ts';
import { readNote, siteFileOf } from './unlock.ts';

const PIECE = Buffer.alloc(1 << 20);

export const encrypt: Command = {
  words: ['encrypt'],
  places: ['DIR'],
  options: { site: { type: 'string' } },
  takes: 'DIR [--site FILE]',
  summary: 'encrypt a stopped data folder whose site file asks for it',
  run(given, terminal) {
    const folder = findFolder(given.places[0] ?? '', 'name a console’s data folder');
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const dir = folder.value;
    const lock = takeDataLock(dir, `twoline encrypt, process ${process.pid}`);
    if (!lock.ok) return sayFault(terminal, lock.fault);
    try {
      const begun = existsSync(join(dir, NOTE)) && existsSync(join(dir, UNFINISHED));
      const done = begun ? ok(null) : copyAll(dir, given.text('site'));
      if (!done.ok) return sayFault(terminal, done.fault);
      const files = putInPlace(dir);
      terminal.out(`encrypted ${files} files`);
      if (done.value !== null) terminal.out(`events ${done.value.events}`);
      return EXIT.ok;
    } catch (error) {
      const text = `the folder could not be encrypted (${(error as Error).message}): nothing is \
lost; see its disk, and run this again`;
      return sayFault(terminal, { code: 'encrypt-failed', text, where: dir });
    } finally {
      lock.value.release();
    }
  },
};

/**
 * Makes an encrypted copy of every database beside the plain ones, and proves that its journal is
 * the same. Until the folder's note says that it is encrypted the plain files are the ones that
 * count, and from then on the copies, wherever they lie. What an earlier attempt left begins anew.
 */
function copyAll(dir: string, typed: string | undefined): Result<VerifiedJournal | null> {
  const state = folderState(dir);
  if (!state.ok) return state;
  if (state.value.kind !== 'plain') {
    const text = 'there is nothing here to encrypt: the folder has no plain database';
    return fail('nothing-to-encrypt', text, dir);
  }
  const unlocked = setStoreKey(null);
  if (!unlocked.ok) return unlocked;
  const plain = verified(dir);
  if (!plain.ok) return plain;
  const key = keyBySite(dir, typed);
  if (!key.ok) return key;
  const set = setStoreKey(key.value);
  if (!set.ok) return set;
  const copies = join(dir, UNFINISHED);
  rmSync(copies, { recursive: true, force: true });
  mkdirSync(copies, { mode: 0o700 });
  for (const path of databasesIn(dir)) encryptDatabase(path, join(copies, basename(path)));
  syncFolder(copies);
  const copied = verified(copies);
  if (!copied.ok) return copied;
  if (copied.value?.head !== plain.value?.head) {
    return fail('encrypt-failed', 'the copy has another journal than the folder', copies);
  }
  noteEncryption(dir, key.value);
  return copied;
}

/** The chain by itself; null where the folder has no journal yet. */
function verified(dir: string): Result<VerifiedJournal | null> {
  if (!existsSync(segmentPath(dir, 1))) return ok(null);
  const opened = Segments.open(dir);
  if (!opened.ok) return opened;
  const found = verifyJournal(opened.value);
  opened.value.close();
  if (found.fault === null) return ok(found);
  const text = `the journal is not sound (event ${found.fault.seq}: ${found.fault.text}): restore \
the folder before it is encrypted`;
  return fail('journal-unsound', text, dir);
}

/** The key that the site file asks for, which is made where there is none. */
function keyBySite(dir: string, typed: string | undefined): Result<StoreKey> {
  const path = siteFileOf({ dir, note: readNote(dir) }, typed);
  if (path === null) {
    return fail('usage', 'name the site file that asks for encryption: --site FILE');
  }
  const site = readSite(path);
  if (!site.ok) return site;
  const kept = keptKeyOf(dir, dirname(path), site.value.encryption, null);
  if (kept === null) {
    const text = 'the site file does not ask for encryption: have it say `encryption` first';
    return fail('encryption-not-asked', text, path);
  }
  const found = kept.read();
  if (!found.ok) return found;
  return found.value === null ? kept.make() : ok(found.value);
}

/** Puts the copies where the plain files are, one after the other; can be done again any time. */
function putInPlace(dir: string): number {
  const copies = join(dir, UNFINISHED);
  const names = readdirSync(copies).filter((name) => name.endsWith('.db'));
  for (const name of names) {
    const plain = join(dir, name);
    for (const beside of ['-wal', '-shm', '']) wipe(`${plain}${beside}`);
    renameSync(join(copies, name), plain);
    syncFolder(dir);
  }
  rmSync(copies, { recursive: true, force: true });
  syncFolder(dir);
  return names.length;
}

/**
 * Writes over a plain file before it goes. A disk may keep older bytes all the same: whoever has to
 * be sure of it erases the disk.
 */
function wipe(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  try {
    for (let left = fstatSync(file).size, at = 0; left > 0; left -= PIECE.length) {
      at += writeSync(file, PIECE, 0, Math.min(left, PIECE.length), at);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(path, { force: true });
}
