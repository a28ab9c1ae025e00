import type { DayReturnRow } from '../../../shared/contract/people-queries.ts';
import type { DayReturnState } from '../../../shared/domain/day-return.ts';
import type { ReadableDb, Sql } from '../store/database.ts';
import type { TypedTexts } from './typed-texts.ts';

/** Which rows are in a state, said here only: a row is told to be in what it was found by. */
const WHERE: Readonly<Record<DayReturnState, string>> = {
  due: `closed_ms IS NULL AND since_ms IS NOT NULL AND doubt = 0 AND overdue_ms IS NULL
    AND outcome IS NULL`,
  unknown: 'closed_ms IS NULL AND outcome IS NULL AND (doubt = 1 OR overdue_ms IS NOT NULL)',
  stayed: "closed_ms IS NULL AND outcome = 'stayed'",
  closed: 'closed_ms IS NOT NULL',
};

const STATE = `CASE ${Object.entries(WHERE)
  .map(([state, where]) => `WHEN ${where} THEN '${state}'`)
  .join(' ')} END`;

const COLUMNS = `key, crossing, person, back, due_ms AS dueMs, since_ms AS sinceMs,
  overdue_ms AS overdueMs, outcome, decided_ms, decided_by, reason, closed_ms AS closedMs,
  ${STATE} AS state`;

interface Columns extends Readonly<Record<string, Sql>> {
  readonly key: number;
  readonly state: DayReturnState | null;
  readonly outcome: string | null;
  readonly decided_ms: number | null;
  readonly decided_by: string | null;
  readonly reason: string | null;
}

/** A row with the key that orders it. */
interface KeyedReturn {
  readonly key: number;
  readonly row: DayReturnRow;
}

/** Day returns of one file in a state, with keys beyond one, in their order or against it. */
export function dayReturnsIn(
  db: ReadableDb,
  texts: TypedTexts,
  of: {
    readonly state: DayReturnState;
    readonly after: number | null;
    readonly newestFirst: boolean;
    readonly limit: number;
    /** A newer file tells of it otherwise. */
    readonly isOld: (key: number) => boolean;
  },
): KeyedReturn[] {
  const { after, isOld, limit, newestFirst, state } = of;
  const [beyond, order] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
  const start = newestFirst ? Number.MAX_SAFE_INTEGER : 0;
  const page = db.query<[number, number], Columns>(
    `SELECT ${COLUMNS} FROM day_return WHERE key ${beyond} ? AND ${WHERE[state]}
     ORDER BY key ${order} LIMIT ?`,
  );
  const found = rowsOf((from) => page.all(from, limit), after ?? start, limit, isOld);
  return found.map((row) => keyedOf(row, texts));
}

/** Pages from a key on until enough rows are there that no newer file tells of otherwise. */
function rowsOf(
  pageFrom: (key: number) => readonly Columns[],
  start: number,
  limit: number,
  isOld: (key: number) => boolean,
): readonly Columns[] {
  const found: Columns[] = [];
  let from: number | null = start;
  while (from !== null && found.length < limit) {
    const rows = pageFrom(from);
    // Whoever was admitted and did not go has no obligation yet.
    found.push(...rows.filter(({ key, state }) => state !== null && !isOld(key)));
    from = rows.length < limit ? null : (rows.at(-1)?.key ?? null);
  }
  return found.slice(0, limit);
}

/** A person's day returns of one file with keys below one, newest first, in whatever state. */
export function dayReturnsOf(
  db: ReadableDb,
  texts: TypedTexts,
  of: {
    readonly person: string;
    readonly below: number;
    readonly limit: number;
    readonly isOld: (key: number) => boolean;
  },
): KeyedReturn[] {
  const { below, isOld, limit, person } = of;
  const page = db.query<[string, number, number], Columns>(
    `SELECT ${COLUMNS} FROM day_return WHERE person = ? AND key < ? ORDER BY key DESC LIMIT ?`,
  );
  const found = rowsOf((from) => page.all(person, from, limit), below, limit, isOld);
  return found.map((row) => keyedOf(row, texts));
}

function keyedOf(columns: Columns, texts: TypedTexts): KeyedReturn {
  const { key, outcome, decided_ms: atMs, decided_by: by, reason, ...rest } = columns;
  const decided = outcome === null ? null : { outcome, atMs, by, reason: texts.of(reason) };
  return { key, row: { ...rest, decided } as unknown as DayReturnRow };
}
