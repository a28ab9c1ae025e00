import type { CommandInput } from '../../../shared/contract/commands.ts';
import { FILED_ROWS, LISTED_ROWS } from '../../../shared/contract/import-operations.ts';
import type { QueryInput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import type { TextId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { SalesInput } from '../core/input.ts';
import type { SalesTaken } from '../core/rules/sales.ts';
import { saltText } from '../journal/typed-text.ts';
import type { RefusedRow } from '../reference/parse.ts';
import { actorOf } from './actor.ts';
import type { ApiDeps, SalesRead } from './api-deps.ts';
import { badRows, refusedAll } from './datasets.ts';
import { handOut } from './hand-out.ts';

/** Sales of one transaction: somebody at a gate waits no longer than for a few. */
const AT_ONCE = 25;

export async function previewSales(
  { reading }: ApiDeps,
  { format, text }: QueryInput<'sales.preview'>,
): Promise<Result<unknown>> {
  const read = await reading.readSales(text, format, LISTED_ROWS);
  if (!read.ok) return read;
  const { good, refused, refusedCount, same, sums } = read.value;
  return ok({ good: good.length, same, bad: refusedCount, refused, sums });
}

export async function badSalesFile(
  { reading }: ApiDeps,
  { format, text }: QueryInput<'sales.bad-rows'>,
): Promise<Result<unknown>> {
  const read = await reading.readSales(text, format, FILED_ROWS);
  return read.ok ? ok(badRows('sales', read.value)) : read;
}

export async function exportSales(
  deps: ApiDeps,
  { format, purpose }: QueryInput<'sales.export'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const made = await deps.reading.exportSales(format);
  if (!made.ok) return made;
  const { file, rows } = made.value;
  const settled = { format, file: file.name };
  return handOut(deps, caller, { query: 'sales.export', purpose, settled, rows }, file);
}

/**
 * Takes a file of sales, in parts: whole, or its good rows where the person says so. Should a part
 * not be written, what came before stands, and the same file again takes the rest.
 */
export async function importSales(
  deps: ApiDeps,
  input: CommandInput<'sales.import'>,
  { session, workstation }: Caller,
): Promise<Result<unknown>> {
  if (session === null) return fail('signed-out', 'sign in first');
  const read = await deps.reading.readSales(input.text, input.format, LISTED_ROWS);
  if (!read.ok) return read;
  const { refused, refusedCount } = read.value;
  if (refusedCount > 0 && !input.goodRowsOnly) return refusedAll(refused, refusedCount);
  const actor = actorOf(session, workstation);
  return takeSales(deps, read.value, actor, input.reason);
}

async function takeSales(
  deps: ApiDeps,
  { good, refused, refusedCount, same: known }: SalesRead,
  actor: SalesInput['actor'],
  why: string,
): Promise<Result<unknown>> {
  const late: RefusedRow[] = [];
  let [taken, same] = [0, known];
  let reason: TextId | null = null;
  for (let from = 0; from < good.length; from += AT_ONCE) {
    const part = good.slice(from, from + AT_ONCE);
    const text = reason === null ? saltText(why, deps.randomBytes) : null;
    const sales = part.map(({ sale }) => sale);
    const answer = await deps.submit({ kind: 'sales', sales, actor, text, reason });
    if (answer?.ok !== true) return stopped(answer, taken);
    const did = answer.value as SalesTaken;
    reason = did.reason;
    taken += did.taken;
    same += did.same;
    // What another person reported meanwhile.
    for (const { at, column, text: told } of did.bad) {
      late.push({ line: part[at]?.line ?? 0, column, text: told });
    }
  }
  const listed = [...refused, ...late].slice(0, LISTED_ROWS);
  return ok({ taken, same, refused: listed, refusedCount: refusedCount + late.length });
}

function stopped(answer: Result<unknown> | null, taken: number): Result<never> {
  if (answer === null || answer.ok) return fail('no-answer', 'the command was not answered');
  const { code, text } = answer.fault;
  return fail(code, `${text}; ${taken} sales were taken: the same file again takes the rest`);
}
