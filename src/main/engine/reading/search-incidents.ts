import type { IncidentRow, QueryInput } from '../../../shared/contract/queries.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import type { Segments } from '../journal/segments.ts';
import type { Sql } from '../store/database.ts';
import { type ReadRows, readAcross } from './across-segments.ts';
import type { IncidentPage } from './reading-request.ts';

interface Columns {
  key: number;
  incident: string;
  type: string;
  priority: number;
  state: string;
  opened_ms: number;
  acknowledged_ms: number | null;
  acknowledged_by: string | null;
  resolved_ms: number | null;
  resolved_by: string | null;
  reason_text: string | null;
  checkpoint: string | null;
  lane: string | null;
  board: string | null;
  crossing: string | null;
  timing: string;
  count: number;
  note_text: string | null;
  note: string | null;
  reason: string | null;
  params: string;
}

/** Incidents newest first, a page at a time; typed texts are read where they were not erased. */
export function searchIncidents(
  segments: Segments,
  input: QueryInput<'incidents.search'>,
): IncidentPage {
  const where: string[] = [];
  const values: Sql[] = [];
  const add = (sql: string, value: Sql | undefined) => {
    if (value === undefined) return;
    where.push(sql);
    values.push(value);
  };
  add('i.state = ?', input.state);
  add('i.type = ?', input.type);
  add('i.opened_ms >= ?', input.fromMs);
  add('i.opened_ms < ?', input.toMs);
  const fits = [...where, 'i.key >= ?', 'i.key <= ?'].join(' AND ');
  const sql = `SELECT i.*, r.body AS reason_text, n.body AS note_text FROM incident i
    LEFT JOIN typed_text r ON r.text = i.reason LEFT JOIN typed_text n ON n.text = i.note
    WHERE ${fits} ORDER BY i.key DESC LIMIT ?`;
  const read: ReadRows<Columns> = (db, range) => {
    const rows = db.query<Sql[], Columns>(sql).all(...values, range.low, range.high, range.limit);
    return { rows, reached: null };
  };
  const high = input.after === undefined ? Number.MAX_SAFE_INTEGER : keyOf(input.after) - 1;
  const { rows } = readAcross(segments, 'incident', read, { low: 0, high, limit: input.limit + 1 });
  return { rows: rows.slice(0, input.limit).map(rowOf), more: rows.length > input.limit };
}

function rowOf(row: Columns): IncidentRow {
  return {
    incident: row.incident,
    type: row.type,
    priority: row.priority,
    state: row.state,
    openedMs: row.opened_ms,
    acknowledgedMs: row.acknowledged_ms,
    acknowledgedBy: row.acknowledged_by,
    resolvedMs: row.resolved_ms,
    resolvedBy: row.resolved_by,
    reason: row.reason_text,
    checkpoint: row.checkpoint,
    lane: row.lane,
    board: row.board,
    crossing: row.crossing,
    timing: row.timing,
    count: row.count,
    note: row.note_text,
    erased: erasedOf(row),
    params: JSON.parse(row.params) as Record<string, string | number>,
  } as IncidentRow;
}

/** Texts that were typed and are not there any more. */
function erasedOf(row: Columns): IncidentRow['erased'] {
  const erased: IncidentRow['erased'] = [];
  if (row.note !== null && row.note_text === null) erased.push('note');
  if (row.reason !== null && row.reason_text === null) erased.push('reason');
  return erased;
}
