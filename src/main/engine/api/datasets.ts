import { hash } from 'node:crypto';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import { FILED_ROWS, LISTED_ROWS } from '../../../shared/contract/import-operations.ts';
import type { QueryInput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { csvText } from '../../../shared/lib/csv-text.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { saltText } from '../journal/typed-text.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { Loaded } from '../reference/load-request.ts';
import type { RefusedRow } from '../reference/parse.ts';
import { actorOf } from './actor.ts';
import type { ApiDeps } from './api-deps.ts';
import { handOut } from './hand-out.ts';

/** Takes a file whole, or its good rows where the person says so: who and why is journalled. */
export async function loadDataset(
  { datasets, randomBytes }: ApiDeps,
  { goodRowsOnly, ...file }: CommandInput<'dataset.load'>,
  { session, workstation }: Caller,
): Promise<Result<unknown>> {
  if (session === null) return fail('signed-out', 'sign in first');
  const actor = actorOf(session, workstation);
  const text = goodRowsOnly === undefined ? null : saltText(goodRowsOnly.reason, randomBytes);
  const take = goodRowsOnly === undefined ? 'all' : 'good-rows';
  const loaded = await datasets.load({ ...file, path: null, take }, { actor, text });
  if (!loaded.ok) return loaded;
  const { changed, outcome, refused, refusedCount, rows, version } = loaded.value;
  if (outcome === 'bad-rows') return refusedAll(refused, refusedCount);
  const isSame = outcome === 'same';
  const told = { same: isSame, refused: refused.slice(0, LISTED_ROWS), refusedCount };
  return ok({ version, rows, changed, ...told });
}

/** Nothing was taken: a row is bad, and nobody said that the good ones are enough. */
export function refusedAll(refused: readonly RefusedRow[], count: number): Result<never> {
  const [first] = refused;
  const where = `line ${first?.line}, ${first?.column}: ${first?.text}`;
  const advice = 'mend them, or say that only the good rows are taken';
  return fail('rows-refused', `${count} rows cannot be taken, the first: ${where}: ${advice}`);
}

export async function previewDataset(
  deps: ApiDeps,
  file: QueryInput<'dataset.preview'>,
): Promise<Result<unknown>> {
  const looked = await look(deps, file, LISTED_ROWS);
  if (!looked.ok) return looked;
  const { changes, outcome, refused, refusedCount, rows } = looked.value;
  const now = ledgerReads(deps.db).dataset(file.dataset) ?? { version: 0, rows: 0 };
  const { counts, examples } = changes;
  return ok({
    ...{ same: outcome === 'same', version: now.version, rows: now.rows, rowsAfter: rows },
    ...{ good: counts.new + counts.changed + counts.same, bad: refusedCount },
    ...{ refused, counts, examples },
  });
}

/** All that is wrong with a file, as a file. */
export async function badRowsFile(
  deps: ApiDeps,
  file: QueryInput<'dataset.bad-rows'>,
): Promise<Result<unknown>> {
  const looked = await look(deps, file, FILED_ROWS);
  return looked.ok ? ok(badRows(file.dataset, looked.value)) : looked;
}

/** The bad rows of a file as a spreadsheet; how many more there are stands in its last line. */
export function badRows(
  name: string,
  { refused, refusedCount }: Pick<Loaded, 'refused' | 'refusedCount'>,
) {
  const left = refusedCount - refused.length;
  const text = csvText([
    ['line', 'column', 'reason'],
    ...refused.map(({ line, column, text: why }) => [line, column, why]),
    ...(left === 0 ? [] : [['', '', `${left} more are not listed`]]),
  ]);
  return { name: `${name}-bad-rows.csv`, text, sha256: hash('sha256', text) };
}

function look(
  { datasets }: ApiDeps,
  file: QueryInput<'dataset.preview'>,
  listed: number,
): Promise<Result<Loaded>> {
  return datasets.load({ ...file, path: null, take: 'nothing', listed });
}

/** A dataset leaves the console: who took which bytes, and why, is durable before. */
export async function exportDataset(
  deps: ApiDeps,
  { dataset, format, purpose }: QueryInput<'dataset.export'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const now = ledgerReads(deps.db).dataset(dataset);
  if (now === null) return fail('nothing-in-force', 'no version of it is in force', dataset);
  const { version } = now;
  const made = await deps.reading.exportDataset({ dataset, version, format });
  if (!made.ok) return made;
  const { file, rows } = made.value;
  const settled = { dataset, version, file: file.name };
  return handOut(deps, caller, { query: 'dataset.export', purpose, settled, rows }, file);
}
