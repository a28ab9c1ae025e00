import { setImmediate as nextTurn } from 'node:timers/promises';
import type { QueryInput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import type { Person } from '../../../shared/domain/permit.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { RollPerson } from '../projections/muster-roll.ts';
import type { ApiDeps } from './api-deps.ts';
import { handOut } from './hand-out.ts';

/** So many names are looked up in one turn, some hundredths of a millisecond each. */
const NAMES_A_TURN = 100;

/**
 * The newest muster as a file with names. It leaves the console: who took which bytes, and of which
 * muster, is durable in the journal before. Faults: `not-found` before the first muster, those of
 * reading.
 */
export async function musterFile(
  deps: ApiDeps,
  { language }: QueryInput<'muster.csv'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const roll = await deps.reading.muster();
  if (!roll.ok) return roll;
  if (roll.value === null) return fail('not-found', 'there has been no muster yet');
  const { muster, persons } = roll.value;
  const names = await namesOf(deps, persons);
  const made = await deps.reading.musterCsv(roll.value, names, language);
  if (!made.ok) return made;
  const asked = { query: 'muster.csv', purpose: `muster ${muster.muster}`, rows: persons.length };
  const settled = { by: 'muster', value: muster.muster, format: 'csv' };
  return handOut(deps, caller, { ...asked, settled }, made.value);
}

/** Looked up in parts, so that nobody at a gate waits for a long list. */
async function namesOf(
  { db, reference }: ApiDeps,
  persons: readonly RollPerson[],
): Promise<ReadonlyMap<string, Person>> {
  const names = new Map<string, Person>();
  const ledger = ledgerReads(db);
  for (let from = 0; from < persons.length; from += NAMES_A_TURN) {
    if (from > 0) await nextTurn();
    const inForce = ledger.inForce();
    for (const { person } of persons.slice(from, from + NAMES_A_TURN)) {
      const named = reference.person(person, inForce);
      if (named !== null) names.set(person, named);
    }
  }
  return names;
}
