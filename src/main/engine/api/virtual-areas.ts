import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { DeclarationColumns, FilingColumns } from '../projections/virtual-area.ts';
import type { ApiDeps } from './api-deps.ts';

type Overview = QueryOutput<'virtual.overview'>;

const MOST = 500;
const DECLARED = 'SELECT * FROM virtual_presence ORDER BY area, enterprise LIMIT ?';
/** By their indexes, so that no look reads more than it shows, however many were ever filed. */
const WAITING = `SELECT * FROM filing INDEXED BY filing_waiting WHERE answered_ms IS NULL
  ORDER BY due_ms, key LIMIT ?`;
const ANSWERED = `SELECT * FROM filing INDEXED BY filing_answered WHERE answered_ms IS NOT NULL
  ORDER BY key DESC LIMIT ?`;

/** The areas without gates, who is there by declaration, and what was filed. */
export function virtualOverview({ clock, db, site }: VirtualDeps): Overview {
  const nowMs = clock.wallMs();
  const declared = db.query<[number], DeclarationColumns>(DECLARED).all(MOST);
  const waiting = db.query<[number], FilingColumns>(WAITING).all(MOST);
  const left = MOST - waiting.length;
  const answered = left === 0 ? [] : db.query<[number], FilingColumns>(ANSWERED).all(left);
  return {
    areas: [...(site.site.virtualAreas ?? [])],
    declarations: declared.map((row) => ({
      ...{ area: row.area, enterprise: row.enterprise, persons: JSON.parse(row.persons) },
      ...{ fromMs: row.from_ms, toMs: row.to_ms },
      ...{ declaredMs: row.declared_ms, declaredBy: row.declared_by },
    })) as Overview['declarations'],
    filings: [...waiting, ...answered].map((row) => filingOf(row, nowMs)),
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
