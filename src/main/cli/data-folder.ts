import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Site } from '../../shared/domain/site.ts';
import { type Fault, fail, ok, type Result } from '../../shared/lib/result.ts';
import { Segments } from '../engine/journal/segments.ts';
import { readSite } from '../engine/site/load-site.ts';
import type { ReadableDb } from '../engine/store/database.ts';
import { segmentPath } from '../engine/store/segment-files.ts';
import type { Given, Terminal } from './command.ts';
import { type ConsoleNote, readNote, siteFileOf, unlockFolder } from './unlock.ts';

export interface DataFolder {
  readonly dir: string;
  readonly segments: Segments;
  /** The segment that is written, or was last. */
  readonly db: ReadableDb;
  /** Null where no console has started here yet, or its note cannot be read. */
  readonly note: ConsoleNote | null;
}

/** The folder that was typed, in full. Fails with `folder-absent`, which says what to name. */
export function findFolder(typed: string, advice: string): Result<string> {
  const dir = resolve(typed);
  if (existsSync(dir) && statSync(dir).isDirectory()) return ok(dir);
  return fail('folder-absent', `there is no such folder: ${advice}`, dir);
}

/**
 * Opens a data folder for reading, whether its console runs, is stopped, or the folder is a copy.
 * Fails with `folder-absent`, `store-absent`, `store-empty`, or as `unlockFolder` and `openReader`
 * do.
 */
export function openDataFolder(given: Given): Result<DataFolder> {
  const folder = findFolder(given.places[0] ?? '', 'name a console’s data folder');
  if (!folder.ok) return folder;
  const typed = { key: given.text('key'), site: given.text('site') };
  const unlocked = unlockFolder(folder.value, typed);
  return unlocked.ok ? openUnlocked(folder.value) : unlocked;
}

/** The same for a folder whose key this command has, such as a copy that it made itself. */
export function openUnlocked(dir: string): Result<DataFolder> {
  const path = segmentPath(dir, 1);
  const opened = Segments.open(dir);
  if (!opened.ok) return explained(opened, path);
  const segments = opened.value;
  const { db } = segments.live;
  if (db.pragma('user_version') === 0) {
    segments.close();
    return fail('store-empty', 'the database is empty: no console has worked on it yet', path);
  }
  return ok({ dir, segments, db, note: readNote(dir) });
}

const ADVICE: Readonly<Record<string, string>> = {
  'store-absent': 'there is no journal here: name the data folder of a console',
  'store-damaged':
    'the database is damaged: keep a copy of it, and restore the folder from its last backup',
};

function explained(
  opened: { readonly ok: false; readonly fault: Fault },
  path: string,
): Result<never> {
  const { code, text, where = path } = opened.fault;
  const advice = Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
  if (advice === undefined) return fail(code, text, where);
  return fail(code, code === 'store-absent' ? advice : `${text}. ${advice}`, where);
}

/**
 * The site of a data folder, for its names: the file that is given, else the one that the console
 * noted. Without one, or where it cannot be read, the ids stand for themselves and that is said.
 */
export function siteOf(
  folder: DataFolder,
  typed: string | undefined,
  terminal: Terminal,
): Result<Site | null> {
  if (typed !== undefined) return readSite(typed);
  const file = siteFileOf(folder, typed);
  if (file === null) {
    terminal.err('twoline: no console.json here: ids stand in the place of names (--site FILE)');
    return ok(null);
  }
  const read = readSite(file);
  if (read.ok) return read;
  terminal.err(`twoline: ${read.fault.text} [${file}] (${read.fault.code})`);
  terminal.err('twoline: ids stand in the place of names (--site FILE)');
  return ok(null);
}
