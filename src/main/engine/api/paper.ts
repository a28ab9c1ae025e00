import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { paperCommands } from '../../../shared/contract/paper-operations.ts';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { PaperInput } from '../core/input.ts';
import { saltText } from '../journal/typed-text.ts';
import type { ReadableDb } from '../store/database.ts';
import { actorOf } from './actor.ts';
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
    const actor = actorOf(session, workstation);
    const text = saltText(input.reason, deps.randomBytes);
    const answer = await deps.submit({ kind: 'paper', name, input, actor, text } as PaperInput);
    return answer ?? fail('no-answer', 'the command was not answered');
  };
}

/** Series by series, by indexes: forms grow for ever, and nobody looks at each of them. */
const SERIES = `WITH RECURSIVE of (series) AS (
    SELECT min(series) FROM paper_form
    UNION ALL
    SELECT (SELECT min(f.series) FROM paper_form f WHERE f.series > of.series)
    FROM of WHERE of.series IS NOT NULL LIMIT ${MOST}
  )
  SELECT series, (SELECT max(number) FROM paper_form f WHERE f.series = of.series) AS last,
    (SELECT count(*) FROM paper_form f WHERE f.series = of.series AND state = 'out') AS out,
    (SELECT count(*) FROM paper_form f WHERE f.series = of.series AND state = 'void') AS void,
    (SELECT max(number) FROM paper_form f WHERE f.series = of.series AND state <> 'out') AS settled
  FROM of WHERE series IS NOT NULL`;
/** Missing: still out while one of a higher number is settled. */
const OUT = `SELECT series, number, handed_ms AS handedMs, checkpoint, holder FROM paper_form
  WHERE state = 'out' AND series = ? AND number > ? AND number < ? ORDER BY number LIMIT ?`;
const MISSING = `SELECT count(*) AS n FROM paper_form
  WHERE state = 'out' AND series = ? AND number < ?`;

type OutRow = Omit<Forms['out'][number], 'missing'>;
type SeriesRow = Omit<Forms['series'][number], 'keyed'> & { readonly settled: number | null };

/** What is known of paper forms: see `paper-operations.ts`. */
export function paperForms({ db }: { readonly db: ReadableDb }): Result<Forms> {
  const all = db.query<[], SeriesRow>(SERIES).all();
  const below = db.query<[string, number, number, number], OutRow>(OUT);
  const count = db.query<[string, number], { n: number }>(MISSING);
  const out: Forms['out'] = [];
  const list = (series: string, after: number, before: number, missing: boolean) => {
    const rows = below.all(series, after, before, MOST - out.length);
    out.push(...rows.map((row) => ({ ...row, missing })));
  };
  for (const { series, settled } of all) list(series, 0, settled ?? 0, true);
  for (const { last, series, settled } of all) list(series, settled ?? 0, last + 1, false);
  // Each number up to the last was handed out: what is neither out nor void is keyed in.
  const series = all.map(({ settled: _settled, ...row }) => {
    return { ...row, keyed: row.last - row.out - row.void };
  });
  const missing = all.map(({ series: of, settled }) => count.get(of, settled ?? 0)?.n ?? 0);
  return ok({ series, out, missing: missing.reduce((sum, n) => sum + n, 0) });
}
