import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { readHead } from '../engine/journal/read.ts';
import { journalSchema } from '../engine/journal/schema.ts';
import { readHeader } from '../engine/journal/segment-header.ts';
import { type VerifiedJournal, verifyJournal } from '../engine/journal/verify.ts';
import { copyDatabase } from '../engine/store/copy-database.ts';
import { openReader } from '../engine/store/open.ts';
import { segmentFiles, segmentPath } from '../engine/store/segment-files.ts';
import { NOTE } from '../keys/folder-key.ts';
import { type Command, EXIT, sayFault } from './command.ts';
import { openDataFolder, openUnlocked } from './data-folder.ts';

/** The record, what it was decided by, and who may sign in. */
const OTHERS = ['reference.db', 'access.db'];
/** What a copy must say of itself too: whose it is, and by which key it is encrypted. */
const NOTES = ['console.json', NOTE];

export const backup: Command = {
  words: ['backup'],
  places: ['DIR', 'OUT'],
  options: { json: { type: 'boolean' }, key: { type: 'string' } },
  takes: 'DIR OUT [--json] [--key FILE]',
  summary: 'copy a data folder, also while its console runs, and verify the copy',
  async run(given, terminal) {
    const [dir = '', out = ''] = given.places.map((place) => resolve(place));
    const source = openDataFolder(given);
    if (!source.ok) return sayFault(terminal, source.fault);
    source.value.segments.close();
    const made = await makeBackup(dir, out, new Date(terminal.nowMs()).toISOString());
    if (!made.ok) return sayFault(terminal, made.fault);
    const { fault, ...said } = made.value;
    if (given.flag('json')) terminal.out(JSON.stringify(made.value));
    else for (const [name, value] of Object.entries(said)) terminal.out(`${name} ${value ?? '-'}`);
    if (fault === null) return EXIT.ok;
    terminal.err(`twoline: the journal is not sound, nor is its copy: ${fault.seq}: ${fault.text}`);
    return EXIT.found;
  },
};

/** Appears under its name only when it is whole; fails with `out-exists` or `backup-failed`. */
async function makeBackup(dir: string, out: string, takenAt: string) {
  if (existsSync(out)) {
    return fail('out-exists', 'this is there already: name a folder that is not', out);
  }
  let part = '';
  try {
    part = mkdtempSync(join(dirname(out), `.${basename(out)}-`));
    await copyJournal(dir, part);
    for (const name of OTHERS) {
      if (existsSync(join(dir, name))) await copyDatabase(join(dir, name), join(part, name));
    }
    for (const note of NOTES) {
      if (existsSync(join(dir, note))) copyFileSync(join(dir, note), join(part, note));
    }
    const checked = check(part);
    if (!checked.ok) return checked;
    const said = { backup: out, takenAt, ...checked.value };
    writeFileSync(join(part, 'backup.json'), `${JSON.stringify(said)}\n`, { mode: 0o600 });
    renameSync(part, out);
    return ok(said);
  } catch (error) {
    const why = (error as Error).message;
    return fail('backup-failed', `the copy could not be made (${why}): see its disk`, out);
  } finally {
    if (part !== '') rmSync(part, { recursive: true, force: true });
  }
}

/** Every segment in its order. The console may begin another meanwhile: then that is copied too. */
async function copyJournal(dir: string, part: string): Promise<void> {
  for (let ordinal = 1, isLast = false; !isLast; ordinal += 1) {
    const copy = segmentPath(part, ordinal);
    await copyDatabase(segmentPath(dir, ordinal), copy);
    const opened = openReader(copy, journalSchema);
    isLast = !opened.ok || readHeader(opened.value).state !== 'sealed';
    if (opened.ok) opened.value.close();
  }
}

/** The copy by itself: its chain, hashed anew, and the epoch it ends in. */
function check(part: string): Result<VerifiedJournal & { epoch: number }> {
  const copy = openUnlocked(part);
  if (!copy.ok) return copy;
  const { db, segments } = copy.value;
  try {
    return ok({ ...verifyJournal(segments), epoch: readHead(db).epoch });
  } finally {
    segments.close();
    // Nobody wrote: what SQLite made beside the files to read them is empty.
    for (const { path } of segmentFiles(part)) {
      for (const beside of ['-wal', '-shm']) rmSync(`${path}${beside}`, { force: true });
    }
  }
}
