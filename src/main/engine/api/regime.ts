import type { CommandInput, CommandOutput } from '../../../shared/contract/commands.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { RegimeVersionRow } from '../../../shared/contract/regime-queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { explainRegime } from '../../../shared/locale/explain-regime.ts';
import { eachSideOf, parseRegime, type Regime } from '../../../shared/regime/regime-file.ts';
import { regimeText } from '../projections/gather/regimes.ts';
import type { RegimeVersionColumns } from '../projections/regime-version.ts';
import type { ApiDeps } from './api-deps.ts';

/** How many versions are shown, newest first. */
const NEWEST = 50;

/** Proves a version whole for this site, away from the decisions, and hands it in. */
export async function draftRegime(
  deps: ApiDeps,
  { text }: CommandInput<'regime.draft'>,
  { session, workstation }: Caller,
): Promise<Result<unknown>> {
  if (session === null) return fail('signed-out', 'sign in first');
  const { checkpoints, lanes } = deps.site.site;
  const proven = await deps.reading.proveRegime(text, { checkpoints, lanes });
  if (!proven.ok) return proven;
  const actor = { type: 'person', user: session.user, role: session.role, workstation } as const;
  const answer = await deps.submit({ kind: 'regime-draft', proven: proven.value, text, actor });
  return answer ?? fail('no-answer', 'the command was not answered');
}

type Enact = (
  deps: ApiDeps,
  input: CommandInput<'regime.enact'>,
  caller: Caller,
) => Promise<Result<unknown>>;

/** Once it is enacted it is read at once, so that taking over holds up no decision. */
export function enactRegime(enact: Enact): Enact {
  return async (deps, input, caller) => {
    const answer = await enact(deps, input, caller);
    if (answer.ok && (answer.value as CommandOutput<'regime.enact'>).enacted) {
      const prepared = deps.regimes.prepare(deps.site.site, deps.clock.wallMs());
      if (!prepared.ok) return prepared;
    }
    return answer;
  };
}

type Row = RegimeVersionColumns & { readonly body: string | null };

export function regimeVersions(deps: ApiDeps): Result<QueryOutput<'regime.versions'>> {
  const nowMs = deps.clock.wallMs();
  const now = deps.regimes.at(nowMs);
  const { id, title, version } = now;
  const hash = deps.regimes.hashAt(nowMs);
  const newest = deps.db.query<[number], Row>(
    `SELECT v.*, t.body FROM regime_version v LEFT JOIN typed_text t ON t.text = v.reason
     ORDER BY v.key DESC LIMIT ?`,
  );
  const versions = newest.all(NEWEST).map((row) => rowOf(row, hash, nowMs));
  return ok({ inForce: { id, version, title }, eachSide: eachSideOf(now), versions });
}

function rowOf(row: Row, inForce: string | null, nowMs: number): RegimeVersionRow {
  return {
    draft: row.draft as RegimeVersionRow['draft'],
    ...{ regime: row.regime, version: row.version, hash: row.hash },
    state: stateOf(row, inForce, nowMs),
    draftedMs: row.drafted_ms,
    draftedBy: row.drafted_by,
    fromMs: row.from_ms,
    proposedBy: row.proposed_by,
    enactedBy: row.enacted_by,
    withdrawnBy: row.withdrawn_by,
    reason: row.body,
  };
}

function stateOf(row: Row, inForce: string | null, nowMs: number): RegimeVersionRow['state'] {
  if (row.state !== 'enacted' || (row.from_ms ?? 0) > nowMs) return row.state;
  return row.hash === inForce ? 'in-force' : 'past';
}

export function explainedRegime(
  deps: ApiDeps,
  { draft, language }: QueryInput<'regime.explain'>,
): Result<QueryOutput<'regime.explain'>> {
  const regime = draft === null ? ok(deps.regimes.at(deps.clock.wallMs())) : draftOf(deps, draft);
  return regime.ok ? ok({ lines: explainRegime(regime.value, language) }) : regime;
}

export function whatIfRegime(
  deps: ApiDeps,
  input: QueryInput<'regime.what-if'>,
  { session }: Caller,
): Promise<Result<QueryOutput<'regime.what-if'>>> {
  const role = session?.role ?? 'inspector';
  const { draft } = input;
  const hash = draft === null ? null : hashOf(deps, draft);
  if (draft !== null && hash === null) return Promise.resolve(noVersion(draft));
  const version = hash ?? deps.regimes.at(deps.clock.wallMs());
  return deps.reading.whatIf({ ...input, role }, version);
}

function noVersion(draft: string): Result<never> {
  return fail('not-found', 'there is no such version of the regime', draft);
}

function hashOf({ db }: ApiDeps, draft: string): string | null {
  const sql = 'SELECT hash FROM regime_version WHERE draft = ?';
  return db.query<[string], { hash: string }>(sql).get(draft)?.hash ?? null;
}

/** A version that was handed in, read. Fails with `not-found`. */
function draftOf(deps: ApiDeps, draft: string): Result<Regime> {
  const hash = hashOf(deps, draft);
  const text = hash === null ? null : regimeText(deps.db, hash);
  return text === null ? noVersion(draft) : parseRegime(text, draft);
}
