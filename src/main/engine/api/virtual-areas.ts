import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { DeclarationColumns, FilingColumns } from '../projections/virtual-area.ts';
import type { ApiDeps } from './api-deps.ts';

type Overview = QueryOutput<'virtual.overview'>;

const MOST = 500;
const DECLARED = 'SELECT * FROM virtual_presence ORDER BY area, enterprise LIMIT ?';
const FILED = `SELECT * FROM filing
  ORDER BY answered_ms IS NOT NULL, CASE WHEN answered_ms IS NULL THEN due_ms END, key DESC
  LIMIT ?`;

/** The areas without gates, who is there by declaration, and what was filed. */
export function virtualOverview({ clock, db, site }: VirtualDeps): Overview {
  const nowMs = clock.wallMs();
  const declared = db.query<[number], DeclarationColumns>(DECLARED).all(MOST);
  const filed = db.query<[number], FilingColumns>(FILED).all(MOST);
  return {
    areas: [...(site.site.virtualAreas ?? [])],
    declarations: declared.map((row) => ({
      ...{ area: row.area, enterprise: row.enterprise, persons: JSON.parse(row.persons) },
      ...{ fromMs: row.from_ms, toMs: row.to_ms },
      ...{ declaredMs: row.declared_ms, declaredBy: row.declared_by },
    })) as Overview['declarations'],
    filings: filed.map((row) => filingOf(row, nowMs)),
  };
}

type VirtualDeps = Pick<ApiDeps, 'db' | 'site' | 'clock'>;

function filingOf(row: FilingColumns, nowMs: number): Overview['filings'][number] {
  const { answered_ms: atMs, about, area, authority, enterprise, filing, reference } = row;
  const answer = {
    ...{ atMs, by: row.answered_by, outcome: row.outcome, reference: row.answer_reference },
  };
  return {
    ...{ filing, area, enterprise, about, authority, reference },
    ...{ sentMs: row.sent_ms, sentBy: row.sent_by, dueMs: row.due_ms },
    isOverdue: atMs === null && nowMs >= row.due_ms,
    answer: atMs === null ? null : answer,
  } as Overview['filings'][number];
}
