import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FILED_ROWS } from '../../shared/contract/import-operations.ts';
import { StaffNumber } from '../../shared/domain/paper-form.ts';
import { DatasetName } from '../../shared/domain/permit.ts';
import { csvText } from '../../shared/lib/csv-text.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { ledgerReads } from '../engine/projections/gather/ledger.ts';
import type { Loaded, LoadRequest } from '../engine/reference/load-request.ts';
import { attemptLoad } from '../engine/reference/loader-thread.ts';
import { referenceSchema } from '../engine/reference/schema.ts';
import { copyDatabase } from '../engine/store/copy-database.ts';
import { isDataLocked, takeDataLock } from '../engine/store/data-lock.ts';
import type { ReadableDb } from '../engine/store/database.ts';
import { openWriter } from '../engine/store/open.ts';
import { removeDatabase } from '../engine/store/segment-files.ts';
import { type Command, EXIT, type Given, sayFault, type Terminal } from './command.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { putInForce } from './put-in-force.ts';

const NEWEST = "SELECT body ->> '$.console' AS console FROM journal ORDER BY seq DESC LIMIT 1";
/** Bad rows that are told one by one. */
const TOLD = 20;

type Asked = Pick<LoadRequest, 'dataset' | 'path' | 'format' | 'mode' | 'listed'>;

/** Who takes it, and why where bad rows are left out. */
interface Taking {
  readonly by: string;
  readonly reason: string | null;
}

export const importDataset: Command = {
  words: ['import'],
  places: ['DATASET', 'FILE', 'DIR'],
  options: {
    preview: { type: 'boolean' },
    mode: { type: 'string' },
    'good-rows-only': { type: 'boolean' },
    reason: { type: 'string' },
    by: { type: 'string' },
    'bad-rows': { type: 'string' },
    site: { type: 'string' },
    key: { type: 'string' },
  },
  takes:
    'DATASET FILE DIR [--preview | --by NUMBER] [--mode full|delta] ' +
    '[--good-rows-only --reason TEXT] [--bad-rows FILE] [--site FILE] [--key FILE]',
  summary: 'look at a file of a dataset, or take it into a console that is stopped',
  async run(given, terminal) {
    const asked = read(given);
    if (!asked.ok) return sayFault(terminal, asked.fault);
    const { file, taking } = asked.value;
    const folder = openDataFolder({ ...given, places: [given.places[2] ?? ''] });
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const told =
      taking === null ? await look(folder.value, file) : take(folder.value, file, taking, terminal);
    if (!told.ok) return sayFault(terminal, told.fault);
    const written = writeBadRows(given.text('bad-rows'), told.value);
    if (!written.ok) return sayFault(terminal, written.fault);
    return say(told.value, terminal);
  },
};

function read(given: Given): Result<{ file: Asked; taking: Taking | null }> {
  const [name = '', path = ''] = given.places;
  const dataset = DatasetName.safeParse(name);
  if (!dataset.success) {
    return fail('usage', `DATASET is one of ${DatasetName.options.join(', ')}`);
  }
  const mode = given.text('mode') ?? 'full';
  if (mode !== 'full' && mode !== 'delta') return fail('usage', '--mode is full or delta');
  const format = path.toLowerCase().endsWith('.json') ? 'json' : 'csv';
  const file = { dataset: dataset.data, path: resolve(path), format, mode, listed: FILED_ROWS };
  if (given.flag('preview')) return ok({ file: file as Asked, taking: null });
  // It stays in the journal for ever.
  const by = StaffNumber.safeParse(given.text('by')?.trim());
  if (!by.success) {
    return fail('usage', 'say who takes it: --by NUMBER, a staff number: letters, digits, . _ / -');
  }
  const reason = given.text('reason')?.trim() ?? '';
  const isPart = given.flag('good-rows-only');
  if (isPart && (reason.length < 3 || reason.length > 500)) {
    return fail('usage', 'say why bad rows are left out: --reason TEXT');
  }
  return ok({ file: file as Asked, taking: { by: by.data, reason: isPart ? reason : null } });
}

/** What is in force, as the journal has it. */
function heldAgainst(db: ReadableDb, { dataset }: Asked) {
  const ledger = ledgerReads(db);
  const inForce = ledger.dataset(dataset) ?? { version: 0, hash: '', rows: 0 };
  const admissionList = ledger.dataset('admission-list')?.version ?? 0;
  return { inForce, admissionList, text: null, knownHash: '' };
}

/** Looks at it on a copy, so that a console that runs is not disturbed. */
async function look({ db, dir, segments }: DataFolder, file: Asked): Promise<Result<Loaded>> {
  const held = heldAgainst(db, file);
  segments.close();
  const copy = join(dir, `preview-${process.pid}.db`);
  try {
    const reference = join(dir, 'reference.db');
    if (existsSync(reference)) await copyDatabase(reference, copy);
    const opened = openWriter(copy, referenceSchema);
    if (!opened.ok) return opened;
    const looked = attemptLoad(opened.value, { ...file, ...held, take: 'nothing' });
    opened.value.close();
    return looked;
  } finally {
    removeDatabase(copy);
  }
}

/** Takes it while no console works here: it is in force at the next start. */
function take(
  { db, dir, segments }: DataFolder,
  file: Asked,
  { by, reason }: Taking,
  terminal: Terminal,
): Result<Loaded> {
  const held = heldAgainst(db, file);
  const written = db.query<[], { console: string }>(NEWEST).get();
  segments.close();
  if (isDataLocked(dir)) {
    const text = 'the console runs: stop it first, or load the file in its settings';
    return fail('data-locked', text, dir);
  }
  if (written === undefined) {
    return fail('console-unknown', 'the journal is empty: start its console once', dir);
  }
  const lock = takeDataLock(dir, `twoline import, process ${process.pid}`);
  if (!lock.ok) return lock;
  try {
    const opened = openWriter(join(dir, 'reference.db'), referenceSchema);
    if (!opened.ok) return opened;
    const how = reason === null ? 'all' : 'good-rows';
    const loaded = attemptLoad(opened.value, { ...file, ...held, take: how });
    opened.value.close();
    if (!loaded.ok || !loaded.value.fresh) return loaded;
    const kept = putInForce(dir, written.console, loaded.value, { by, reason }, terminal);
    return kept.ok ? loaded : kept;
  } finally {
    lock.value.release();
  }
}

function writeBadRows(path: string | undefined, { refused }: Loaded): Result<null> {
  if (path === undefined) return ok(null);
  const rows = refused.map(({ line, column, text }) => [line, column, text]);
  try {
    writeFileSync(resolve(path), csvText([['line', 'column', 'reason'], ...rows]));
    return ok(null);
  } catch (error) {
    rmSync(resolve(path), { force: true });
    return fail('file-not-written', (error as Error).message, resolve(path));
  }
}

function say({ changes, outcome, refused, refusedCount, rows, version }: Loaded, to: Terminal) {
  const { changed, gone, new: fresh, same } = changes.counts;
  to.out(`good ${fresh + changed + same} bad ${refusedCount}`);
  to.out(`new ${fresh} changed ${changed} same ${same} gone ${gone}`);
  for (const { line, column, text } of refused.slice(0, TOLD)) {
    to.out(`bad line ${line} ${column}: ${text}`);
  }
  if (refusedCount > TOLD) to.out(`bad ${refusedCount - TOLD} more: name a file, --bad-rows FILE`);
  if (outcome === 'same') to.out(`same version ${version}`);
  if (outcome === 'staged') to.out(`in force version ${version} rows ${rows}`);
  if (outcome === 'looked-at') to.out(`nothing taken rows ${rows} afterwards`);
  if (outcome === 'bad-rows') {
    to.err('twoline: nothing was taken: mend the bad rows, or --good-rows-only --reason TEXT');
    return EXIT.failed;
  }
  return refusedCount > 0 ? EXIT.found : EXIT.ok;
}
