import type { CrossingRow } from '../../../shared/contract/queries.ts';
import type { Reason } from '../../../shared/regime/requirement.ts';

/** A row of the crossing table as SQLite gives it. */
export interface CrossingColumns {
  readonly key: number;
  readonly crossing: string;
  readonly at_ms: number;
  readonly lane: string;
  readonly checkpoint: string;
  readonly line: string;
  readonly direction: string;
  readonly class: string;
  readonly person: string | null;
  readonly permit: string | null;
  readonly permit_status: string | null;
  readonly verdict: string | null;
  readonly state: string;
  readonly timing: string;
  readonly rule: string | null;
  readonly regime_version: number;
  readonly reasons: string;
  readonly exception: string | null;
  readonly form: string | null;
  readonly ended_ms: number | null;
  readonly answered: string | null;
}

/** The contract's form of a crossing; what stands in the table was checked when journalled. */
export function crossingRow(row: CrossingColumns): CrossingRow {
  return {
    crossing: row.crossing,
    atMs: row.at_ms,
    lane: row.lane,
    checkpoint: row.checkpoint,
    line: row.line,
    direction: row.direction,
    class: row.class,
    person: row.person,
    permit: row.permit,
    permitStatus: row.permit_status,
    verdict: row.verdict,
    state: row.state,
    timing: row.timing,
    rule: row.rule,
    regimeVersion: row.regime_version,
    reasons: JSON.parse(row.reasons) as Reason[],
    exception: row.exception,
    answered: row.answered,
    form: row.form === null ? null : { name: row.form, keyedMs: row.ended_ms ?? row.at_ms },
  } as CrossingRow;
}
