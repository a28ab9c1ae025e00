import type { CommandInput, CommandOutput } from '../../../shared/contract/commands.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { RegimeVersionRow, Who } from '../../../shared/contract/regime-queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { eachSideOf, fileOf, parseRegime } from '../../../shared/regime/regime-file.ts';
import { saltText } from '../journal/typed-text.ts';
import { regimeText } from '../projections/gather/regimes.ts';
import type { RegimeVersionColumns } from '../projections/regime-version.ts';
import { TypedTexts } from '../projections/typed-texts.ts';
import type { ReadableDb } from '../store/database.ts';
import { actorOf } from './actor.ts';
import type { ApiDeps } from './api-deps.ts';

/** How many versions are shown, newest first. */
const NEWEST = 50;

/** Proves a version whole for this site, away from the decisions, and hands it in. */
export async function draftRegime(
  deps: ApiDeps,
  { reason: why, text }: CommandInput<'regime.draft'>,
  { session, workstation }: Caller,
): Promise<Result<unknown>> {
  if (session === null) return fail('signed-out', 'sign in first');
  const { checkpoints, lanes } = deps.site.site;
  const proven = await deps.reading.proveRegime(text, { checkpoints, lanes });
  if (!proven.ok) return proven;
  const actor = actorOf(session, workstation);
  const reason = saltText(why, deps.randomBytes);
  const kind = 'regime-draft';
  const answer = await deps.submit({ kind, proven: proven.value, text, reason, actor });
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

export function regimeVersions(
  { access, clock, db, regimes, segments }: ApiDeps,
  { session }: Caller,
): Result<QueryOutput<'regime.versions'>> {
  const nowMs = clock.wallMs();
  const now = regimes.at(nowMs);
  const { id, title, version } = now;
  const hash = regimes.hashAt(nowMs);
  const newest = db.query<[number], RegimeVersionColumns>(
    'SELECT * FROM regime_version ORDER BY key DESC LIMIT ?',
  );
  const texts = new TypedTexts(segments);
  const who = (user: string | null) => (user === null ? null : { user, name: access.nameOf(user) });
  const versions = newest.all(NEWEST).map((row) => {
    const reason = texts.of(row.reason);
    return { ...rowOf(row, who), reason, state: stateOf(row, hash, nowMs) };
  });
  const ownSide = session === null ? null : access.authorityOf(session.user);
  return ok({ inForce: { id, version, title }, eachSide: eachSideOf(now), ownSide, versions });
}

function rowOf(
  row: RegimeVersionColumns,
  who: (user: string | null) => Who | null,
): Omit<RegimeVersionRow, 'state' | 'reason'> {
  return {
    draft: row.draft as RegimeVersionRow['draft'],
    ...{ regime: row.regime, version: row.version, hash: row.hash },
    draftedMs: row.drafted_ms,
    draftedBy: who(row.drafted_by),
    fromMs: row.from_ms,
    proposedBy: who(row.proposed_by),
    proposedSide: row.proposed_side as RegimeVersionRow['proposedSide'],
    enactedBy: who(row.enacted_by),
    withdrawnBy: who(row.withdrawn_by),
  };
}

function stateOf(
  row: RegimeVersionColumns,
  inForce: string | null,
  nowMs: number,
): RegimeVersionRow['state'] {
  if (row.state !== 'enacted' || (row.from_ms ?? 0) > nowMs) return row.state;
  return row.hash === inForce ? 'in-force' : 'past';
}

export function readVersion(
  deps: ApiDeps,
  { draft }: QueryInput<'regime.read'>,
): Result<QueryOutput<'regime.read'>> {
  if (draft !== null) return readDraft(deps, draft);
  const nowMs = deps.clock.wallMs();
  const regime = fileOf(deps.regimes.at(nowMs));
  const { hash } = deps.regimes.stateAt(nowMs);
  return ok({ regime, hash, fromMs: deps.regimes.sinceAt(nowMs) });
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
  return draftRow(db, draft)?.hash ?? null;
}

function draftRow(db: ReadableDb, draft: string) {
  const sql = 'SELECT hash, from_ms FROM regime_version WHERE draft = ?';
  return db.query<[string], { hash: string; from_ms: number | null }>(sql).get(draft);
}

function readDraft({ db }: ApiDeps, draft: string): Result<QueryOutput<'regime.read'>> {
  const row = draftRow(db, draft);
  const text = row === undefined ? null : regimeText(db, row.hash);
  if (row === undefined || text === null) return noVersion(draft);
  const parsed = parseRegime(text, draft);
  if (!parsed.ok) return parsed;
  return ok({ regime: fileOf(parsed.value), hash: row.hash, fromMs: row.from_ms });
}
