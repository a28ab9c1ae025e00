import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { readHead } from '../engine/journal/read.ts';
import { verifyChain } from '../engine/journal/verify.ts';
import { copyDatabase } from '../engine/store/copy-database.ts';
import { type Command, EXIT, sayFault } from './command.ts';
import { openDataFolder } from './data-folder.ts';

/** The record, what it was decided by, and who may sign in. */
const DATABASES = ['journal.db', 'reference.db', 'access.db'];

export const backup: Command = {
  words: ['backup'],
  places: ['DIR', 'OUT'],
  options: { json: { type: 'boolean' } },
  takes: 'DIR OUT [--json]',
  summary: 'copy a data folder, also while its console runs, and verify the copy',
  async run(given, terminal) {
    const [dir = '', out = ''] = given.places.map((place) => resolve(place));
    const source = openDataFolder(dir);
    if (!source.ok) return sayFault(terminal, source.fault);
    source.value.db.close();
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
    for (const name of DATABASES) {
      if (existsSync(join(dir, name))) await copyDatabase(join(dir, name), join(part, name));
    }
    const note = 'console.json';
    if (existsSync(join(dir, note))) copyFileSync(join(dir, note), join(part, note));
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

/** The copy by itself: its chain, hashed anew, and the epoch it ends in. */
function check(part: string): Result<ReturnType<typeof verifyChain> & { epoch: number }> {
  const copy = openDataFolder(part);
  if (!copy.ok) return copy;
  const { db } = copy.value;
  try {
    return ok({ ...verifyChain(db), epoch: readHead(db).epoch });
  } finally {
    db.close();
    // Nobody wrote: what SQLite made beside the file to read it is empty.
    for (const beside of ['-wal', '-shm']) rmSync(`${db.path}${beside}`, { force: true });
  }
}
