import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UserId } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { openAccess } from '../engine/access/open-access.ts';
import { readHead } from '../engine/journal/read.ts';
import { saltText } from '../engine/journal/typed-text.ts';
import { guardPath, readGuard, writeGuard } from '../engine/segments/epoch-guard.ts';
import { openEpoch } from '../engine/segments/open-epoch.ts';
import { openJournal } from '../engine/segments/open-journal.ts';
import { emergencyFolder } from '../engine/site/load-site.ts';
import { takeDataLock } from '../engine/store/data-lock.ts';
import { type Command, EXIT, type Given, sayFault, type Terminal } from './command.ts';
import { type DataFolder, openDataFolder, siteOf } from './data-folder.ts';
import { siteFileOf } from './unlock.ts';

const MAX_REASON = 500;
const MAX_NAME = 64;

export const epochOpen: Command = {
  words: ['epoch', 'open'],
  places: ['DIR'],
  options: {
    reason: { type: 'string' },
    by: { type: 'string' },
    site: { type: 'string' },
    key: { type: 'string' },
  },
  takes: 'DIR --by NAME --reason TEXT [--site FILE] [--key FILE]',
  summary: 'go on with a journal that was restored from an older copy, in a new epoch',
  run(given, terminal) {
    const asked = read(given);
    if (!asked.ok) return sayFault(terminal, asked.fault);
    const folder = openDataFolder(given);
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const found = ownerOf(folder.value, given.text('site'), terminal);
    folder.value.segments.close();
    if (!found.ok) return sayFault(terminal, found.fault);
    const { dir } = folder.value;
    const { console, guard } = found.value;
    const by = userNamed(asked.value.by, dir, terminal);
    if (!by.ok) return sayFault(terminal, by.fault);
    const lock = takeDataLock(dir, `twoline epoch open, process ${process.pid}`);
    if (!lock.ok) return sayFault(terminal, lock.fault);
    try {
      return open(dir, console, guard, { ...asked.value, by: by.value }, terminal);
    } finally {
      lock.value.release();
    }
  },
};

const NEWEST = "SELECT body ->> '$.console' AS console FROM journal ORDER BY seq DESC LIMIT 1";

interface Asked {
  readonly by: string;
  readonly reason: string;
}

function read(given: Given): Result<Asked> {
  const by = given.text('by')?.trim() ?? '';
  const reason = given.text('reason')?.trim() ?? '';
  if (by === '' || by.length > MAX_NAME) {
    return fail('usage', `say who opens it: --by NAME, at most ${MAX_NAME} characters`);
  }
  if (reason === '' || reason.length > MAX_REASON) {
    return fail('usage', `say why: --reason TEXT, at most ${MAX_REASON} characters`);
  }
  return ok({ by, reason });
}

/**
 * Who opens it, as the console's own register has them: the journal keeps their id for ever, never
 * a name. Fails with `user-unknown`, also where there is no register.
 */
function userNamed(name: string, dir: string, terminal: Terminal): Result<UserId> {
  const advice = `add an administrator first: twoline admin create --data ${dir} --name NAME`;
  if (!existsSync(join(dir, 'access.db'))) {
    return fail(
      'user-unknown',
      `this folder has no register of who may sign in: ${advice}`,
      '--by',
    );
  }
  const clock = { monoMs: () => terminal.monoMs() };
  const random = (bytes: number) => terminal.randomBytes(bytes);
  const access = openAccess({ dir, training: false, clock, random });
  if (!access.ok) return access;
  const id = access.value.idOf(name);
  access.value.close();
  if (id !== null) return ok(id);
  const told = 'nobody of this name may sign in at this console: name one who may';
  return fail('user-unknown', `${told}, or ${advice}`, '--by');
}

/**
 * Whose journal it is, by its newest event or, where nothing is left of it, by the site file; and
 * where its guard is, for which the site file may name a folder.
 */
function ownerOf(
  folder: DataFolder,
  typed: string | undefined,
  terminal: Terminal,
): Result<{ console: string; guard: string }> {
  const file = siteFileOf(folder, typed);
  const site = file === null ? ok(null) : siteOf(folder, typed, terminal);
  if (!site.ok) return site;
  const written = folder.db.query<[], { console: string }>(NEWEST).get();
  const console = written?.console ?? site.value?.console;
  if (console === undefined) {
    const text =
      'the journal is empty and does not say whose it was: name the site file, --site FILE';
    return fail('console-unknown', text, folder.dir);
  }
  const own =
    file === null || site.value === null
      ? undefined
      : emergencyFolder({ dir: dirname(file), site: site.value });
  return ok({ console, guard: guardPath(folder.dir, own) });
}

function open(dir: string, console: string, path: string, asked: Asked, terminal: Terminal) {
  const guard = readGuard(path);
  if (!guard.ok) terminal.err(`twoline: ${guard.fault.text} [${path}]`);
  const opened = openJournal(dir, console, `epoch-open-${process.pid}`, (line) => {
    terminal.err(`twoline: ${line}`);
  });
  if (!opened.ok) return sayFault(terminal, opened.fault);
  const { db, segments } = opened.value;
  try {
    const parent = readHead(db);
    const clock = {
      ...{ wallMs: () => terminal.nowMs(), monoMs: () => terminal.monoMs() },
      speed: () => 1,
    };
    const reason = saltText(asked.reason, (size) => terminal.randomBytes(size));
    const known = guard.ok ? guard.value : null;
    const lost = openEpoch(opened.value, clock, { reason, by: asked.by, guard: known });
    writeGuard(path, db);
    terminal.out(`epoch ${readHead(db).epoch} goes on from ${parent.epoch}/${parent.seq}`);
    terminal.out(lost === null ? 'lost unknown' : `lost ${lost.fromSeq} to ${lost.toSeq}`);
    return EXIT.ok;
  } finally {
    segments.close();
  }
}
