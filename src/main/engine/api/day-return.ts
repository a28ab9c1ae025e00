import type { DayReturnRow, QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { DayReturnState } from '../../../shared/domain/day-return.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import type { ReadableDb, Sql } from '../store/database.ts';

/** Which rows are in a state, said here only: a row is told to be in what it was found by. */
const WHERE: Readonly<Record<DayReturnState, string>> = {
  due: `closed_ms IS NULL AND since_ms IS NOT NULL AND doubt = 0 AND overdue_ms IS NULL
    AND outcome IS NULL`,
  unknown: 'closed_ms IS NULL AND outcome IS NULL AND (doubt = 1 OR overdue_ms IS NOT NULL)',
  stayed: "closed_ms IS NULL AND outcome = 'stayed'",
  closed: 'closed_ms IS NOT NULL',
};

const COLUMNS = `crossing, person, back, due_ms AS dueMs, since_ms AS sinceMs,
  overdue_ms AS overdueMs, outcome, decided_ms, decided_by, reason, closed_ms AS closedMs`;

interface Columns extends Readonly<Record<string, Sql>> {
  readonly outcome: string | null;
  readonly decided_ms: number | null;
  readonly decided_by: string | null;
  readonly reason: string | null;
}

/** A page of who has to be back, or was late. */
export function dayReturnList(
  db: ReadableDb,
  { after, limit, state }: QueryInput<'day-return.list'>,
): QueryOutput<'day-return.list'> {
  const found = db
    .query<[number, number], Columns>(
      `SELECT ${COLUMNS} FROM day_return WHERE key > ? AND ${WHERE[state]} ORDER BY key LIMIT ?`,
    )
    .all(after === undefined ? 0 : keyOf(after), limit + 1);
  const rows = found.slice(0, limit).map((row) => rowOf(row, state));
  return { rows, more: found.length > limit };
}

function rowOf(row: Columns, state: DayReturnState): DayReturnRow {
  const { outcome, decided_ms: atMs, decided_by: by, reason, ...rest } = row;
  const decided = outcome === null ? null : { outcome, atMs, by, reason };
  return { ...rest, state, decided } as unknown as DayReturnRow;
}
