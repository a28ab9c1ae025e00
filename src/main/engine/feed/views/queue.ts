import type { QueueRow } from '../../../../shared/contract/views.ts';
import type { JournalEvent } from '../../../../shared/journal/events.ts';
import type { Reason } from '../../../../shared/regime/requirement.ts';
import { decisionFor } from '../../../../shared/regime/withhold.ts';
import type { ExceptionColumns } from '../../projections/exception.ts';
import type { SiteIndex } from '../../projections/gather/site-index.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';
import { exceptionPriority, REFERRED, WATCHLISTED } from './exception-priority.ts';

interface QueuedColumns extends ExceptionColumns {
  at_ms: number | null;
}

interface IncidentColumns {
  incident: string;
  type: string;
  state: string;
  priority: number;
  opened_ms: number;
  lane: string | null;
  checkpoint: string | null;
  board: string | null;
  crossing: string | null;
  timing: string;
  count: number;
  params: string;
}

const EXCEPTIONS = `SELECT e.*, c.at_ms FROM exception e
  LEFT JOIN crossing c ON c.key = e.crossing_key`;

/** Open exceptions and incidents that are not resolved, keyed by their ids. */
export function queueView(db: ReadableDb, site: SiteIndex): ViewSource<'queue'> {
  const exceptions = db.query<[], QueuedColumns>(`${EXCEPTIONS} WHERE e.outcome IS NULL`);
  const exception = db.query<[string], QueuedColumns>(
    `${EXCEPTIONS} WHERE e.exception = ? AND e.outcome IS NULL`,
  );
  const incidents = db.query<[], IncidentColumns>(
    "SELECT * FROM incident WHERE state <> 'resolved'",
  );
  const incident = db.query<[string], IncidentColumns>(
    "SELECT * FROM incident WHERE incident = ? AND state <> 'resolved'",
  );
  const fromException = (row: QueuedColumns) => exceptionRow(row, site);
  return {
    name: 'queue',
    snapshot() {
      const rows = new Map<string, QueueRow>();
      for (const row of exceptions.all()) rows.set(row.exception, fromException(row));
      for (const row of incidents.all()) rows.set(row.incident, incidentRow(row));
      return rows;
    },
    touched,
    row(key) {
      if (key.startsWith('E')) {
        const row = exception.get(key);
        return row === undefined ? null : fromException(row);
      }
      const row = incident.get(key);
      return row === undefined ? null : incidentRow(row);
    },
    rowFor(role, row) {
      if (row.type === 'incident') return row;
      const priority = exceptionPriority(role, row.priority);
      return { ...decisionFor(role, row), priority };
    },
  };
}

function touched(event: JournalEvent): readonly string[] {
  if (event.kind === 'crossing.referred' || event.kind === 'exception.resolved') {
    return [event.data.exception];
  }
  const data = event.data as { incident?: string };
  return event.kind.startsWith('incident.') && data.incident !== undefined ? [data.incident] : [];
}

function exceptionRow(row: QueuedColumns, site: SiteIndex): QueueRow {
  const at = site.lane(row.lane);
  const reasons = JSON.parse(row.reasons) as Reason[];
  const watched = reasons.some((reason) => reason.is === 'not-watchlisted');
  return {
    type: 'exception',
    id: row.exception,
    crossing: row.crossing,
    priority: watched ? WATCHLISTED : REFERRED,
    openedMs: row.opened_ms,
    atMs: row.at_ms ?? row.opened_ms,
    lane: row.lane,
    checkpoint: at?.checkpoint.id ?? row.lane,
    line: at?.checkpoint.line ?? 'first',
    direction: at?.lane.direction ?? 'in',
    person: row.person,
    permit: row.permit,
    class: row.class,
    place: row.place,
    rule: row.rule,
    regimeVersion: row.regime_version,
    reasons,
  } as QueueRow;
}

function incidentRow(row: IncidentColumns): QueueRow {
  return {
    type: 'incident',
    id: row.incident,
    incident: row.type,
    state: row.state,
    priority: row.priority,
    openedMs: row.opened_ms,
    lane: row.lane,
    checkpoint: row.checkpoint,
    board: row.board,
    crossing: row.crossing,
    timing: row.timing,
    count: row.count,
    params: JSON.parse(row.params) as Record<string, string | number>,
  } as QueueRow;
}
