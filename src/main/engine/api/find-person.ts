import type { CrossingRow, FoundPerson, QueryInput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import type { Permit, Person } from '../../../shared/domain/permit.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { decisionFor } from '../../../shared/regime/withhold.ts';
import { newestCrossings } from '../projections/crossing-history.ts';
import { crossingRow } from '../projections/crossing-row.ts';
import { BadgeLookup } from '../projections/gather/badge-lookup.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { InForce } from '../reference/lookup.ts';
import type { ApiDeps } from './api-deps.ts';
import { note } from './note.ts';

const MAX_FOUND = 20;
const RECENT = 10;

type By = QueryInput<'person.find'>['by'];

/**
 * Who stands behind a badge, a permit, an id or a name. Personal data is shown, so who asked, for
 * what purpose and by which settled query is durable in the journal before anything is answered.
 */
export async function findPersons(
  deps: ApiDeps,
  input: QueryInput<'person.find'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const ledger = ledgerReads(deps.db);
  const inForce = ledger.inForce();
  const ids = personIds(deps, input.by, inForce).slice(0, MAX_FOUND);
  const persons = ids.map((id) => found(deps, id, inForce, caller));
  const settled = settledQuery(input.by, ids);
  const data = { query: 'person.find', purpose: input.purpose, settled, rows: persons.length };
  const kept = await note(deps, caller, { kind: 'disclosure.made', data });
  return kept.ok ? ok({ persons }) : kept;
}

/** The journal holds ids, never names: a search by name stands there as its results. */
function settledQuery(by: By, ids: readonly string[]): Record<string, string> {
  const persons = ids.join(' ').slice(0, 1000);
  if ('name' in by) return { by: 'name', persons };
  const [kind = 'person', value = ''] = Object.entries(by)[0] ?? [];
  return { by: kind, value, persons };
}

function personIds(deps: ApiDeps, by: By, inForce: InForce): string[] {
  const { reference } = deps;
  if ('name' in by) return reference.personsNamed(by.name, inForce).map((one) => one.person);
  if ('person' in by) {
    const known =
      reference.person(by.person, inForce) !== null ||
      reference.permitsOf(by.person, inForce).length > 0;
    return known ? [by.person] : [];
  }
  const permit =
    'permit' in by
      ? reference.permit(by.permit, inForce)
      : new BadgeLookup(reference, ledgerReads(deps.db)).permitOf(by.credential, inForce);
  return permit === null ? [] : [permit.person];
}

const UNNAMED = { nameZh: '', nameEn: '', employer: '', document: '' };

function found(deps: ApiDeps, id: string, inForce: InForce, caller: Caller): FoundPerson {
  const ledger = ledgerReads(deps.db);
  const badges = new BadgeLookup(deps.reference, ledger);
  const now = ledger.presence(id);
  const named: Omit<Person, 'person'> = deps.reference.person(id, inForce) ?? UNNAMED;
  const person = id as FoundPerson['person'];
  return {
    person,
    nameZh: named.nameZh,
    nameEn: named.nameEn,
    employer: named.employer,
    document: named.document,
    place: now?.place ?? null,
    placeUnknown: now?.unknown === 1,
    sinceMs: now?.since_ms ?? null,
    permits: deps.reference.permitsOf(id, inForce).map((permit) => ({
      ...shownPermit(permit),
      credential: badges.badgeOf(permit),
      suspendedHere: ledger.isSuspendedHere(permit.permit),
    })),
    recent: recentCrossings(deps, id, caller.session?.role ?? 'operator'),
  };
}

/** A person's last crossings; an index leads straight to them. */
function recentCrossings({ segments }: ApiDeps, person: string, role: Role): CrossingRow[] {
  const rows = newestCrossings(segments, RECENT, 'WHERE person = ?', [person]);
  return rows.map(crossingRow).map((row) => decisionFor(role, row));
}

function shownPermit(permit: Permit) {
  const { permit: id, class: holder, status, validFromMs, validToMs, areas, hours } = permit;
  const { enterprise, trade } = permit;
  const when = { validFromMs, validToMs, hours };
  return { permit: id, class: holder, status, ...when, areas, enterprise, trade };
}
