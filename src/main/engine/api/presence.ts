import type { QueryInput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { ApiDeps } from './api-deps.ts';
import { handOut } from './hand-out.ts';
import { note } from './note.ts';

/**
 * A person's moves, for somebody to see. Who asked and for what purpose is durable in the journal
 * before anything is answered. Faults: `no-person`, those of reading.
 */
export async function presenceEvidence(
  deps: ApiDeps,
  input: QueryInput<'presence.evidence'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const { purpose, person } = input;
  const ledger = await deps.reading.presence(whose(deps, person));
  if (!ledger.ok) return ledger;
  const rows = ledger.value.moves.length;
  const settled = { by: 'person', value: person };
  const data = { query: 'presence.evidence', purpose, settled, rows };
  const kept = await note(deps, caller, { kind: 'disclosure.made', data });
  return kept.ok ? ledger : kept;
}

/** The same as a file. It leaves the console: who took which bytes is durable before. */
export async function presenceFile(
  deps: ApiDeps,
  input: QueryInput<'presence.csv'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const { purpose, person, where, language } = input;
  const made = await deps.reading.presenceCsv(whose(deps, person), { where, language });
  if (!made.ok) return made;
  const { file, moves: rows } = made.value;
  const settled = { by: 'person', value: person, where, format: 'csv' };
  return handOut(deps, caller, { query: 'presence.csv', purpose, settled, rows }, file);
}

/** Up to now, with the permits as they are held now. */
function whose({ reference, db, clock }: ApiDeps, person: PersonId) {
  const permits = reference.permitsOf(person, ledgerReads(db).inForce());
  return {
    ...{ person, nowMs: Math.round(clock.wallMs()) },
    permits: permits.map(({ permit, validFromMs, validToMs }) => {
      return { permit, fromMs: validFromMs, toMs: validToMs };
    }),
  };
}
