import type { QueryInput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { ApiDeps } from './api-deps.ts';
import { handOut } from './hand-out.ts';
import { note } from './note.ts';

/**
 * A part of everybody's shares of a month, for somebody to see. Who asked and for what purpose is
 * durable before anybody is listed; what lists nobody discloses nothing. Faults: `month-ahead`,
 * those of reading.
 */
export async function presenceMonth(
  deps: ApiDeps,
  { purpose, ...ask }: QueryInput<'presence.month'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const part = await deps.reading.presenceMonth({ ...ask, permits: permitsNow(deps) });
  if (!part.ok || part.value.rows.length === 0) return part;
  const { after, month, where } = ask;
  const settled = { by: 'month', value: month, where, after };
  const data = { query: 'presence.month', purpose, settled, rows: part.value.rows.length };
  const kept = await note(deps, caller, { kind: 'disclosure.made', data });
  return kept.ok ? part : kept;
}

/** Everybody's as a file. It leaves the console: who took which bytes is durable before. */
export async function presenceMonthFile(
  deps: ApiDeps,
  { language, month, purpose, where }: QueryInput<'presence.month-csv'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const ask = { month, where, after: null, limit: 0, permits: permitsNow(deps) };
  const made = await deps.reading.presenceMonthCsv(ask, language);
  if (!made.ok) return made;
  const { file, rows } = made.value;
  const settled = { by: 'month', value: month, where, format: 'csv' };
  return handOut(deps, caller, { query: 'presence.month-csv', purpose, settled, rows }, file);
}

function permitsNow({ db }: ApiDeps): number {
  return ledgerReads(db).inForce().permits;
}
