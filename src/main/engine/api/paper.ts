import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { paperCommands } from '../../../shared/contract/paper-operations.ts';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { PaperInput } from '../core/input.ts';
import { saltText } from '../journal/typed-text.ts';
import type { ReadableDb } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';

type PaperCommand = keyof typeof paperCommands;
type Forms = QueryOutput<'paper.forms'>;

const MOST = 500;

/** Hands a command on paper forms to the step. */
export function paperRequest<N extends PaperCommand>(name: N) {
  return async (
    deps: ApiDeps,
    input: CommandInput<N>,
    { session, workstation }: Caller,
  ): Promise<Result<unknown>> => {
    if (session === null) return fail('signed-out', 'sign in first');
    const actor = { type: 'person', user: session.user, role: session.role, workstation } as const;
    const text = saltText(input.reason, deps.randomBytes);
    const answer = await deps.submit({ kind: 'paper', name, input, actor, text } as PaperInput);
    return answer ?? fail('no-answer', 'the command was not answered');
  };
}

const SERIES = `SELECT series, max(number) AS last, sum(state = 'out') AS out,
  sum(state = 'keyed') AS keyed, sum(state = 'void') AS void FROM paper_form
  GROUP BY series ORDER BY series`;
/** Missing: still out while one of a higher number is settled. */
const OUT = `WITH settled AS (
    SELECT series, max(number) AS highest FROM paper_form WHERE state <> 'out' GROUP BY series
  )
  SELECT f.series, f.number, f.handed_ms AS handedMs, f.checkpoint, f.holder,
    f.number < coalesce(s.highest, 0) AS missing
  FROM paper_form f INDEXED BY paper_form_out LEFT JOIN settled s ON s.series = f.series
  WHERE f.state = 'out' ORDER BY missing DESC, f.series, f.number`;

type OutRow = Omit<Forms['out'][number], 'missing'> & { readonly missing: number };

/** What is known of paper forms: see `paper-operations.ts`. */
export function paperForms({ db }: { readonly db: ReadableDb }): Result<Forms> {
  const series = db.query<[], Forms['series'][number]>(SERIES).all();
  const all = db.query<[], OutRow>(OUT).all();
  const missing = all.filter((row) => row.missing === 1).length;
  const out = all.slice(0, MOST).map((row) => ({ ...row, missing: row.missing === 1 }));
  return ok({ series, out, missing });
}
