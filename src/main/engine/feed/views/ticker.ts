import type { TickerRow } from '../../../../shared/contract/views.ts';
import { keyOf } from '../../../../shared/domain/ids.ts';
import type { JournalEvent } from '../../../../shared/journal/events.ts';
import { reasonsFor } from '../../../../shared/regime/withhold.ts';
import type { Segments } from '../../journal/segments.ts';
import { newestCrossings } from '../../projections/crossing-history.ts';
import { type CrossingColumns, crossingRow } from '../../projections/crossing-row.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';

const SHOWN = 50;

/** The newest crossings, each with how it goes on. */
export function tickerView(db: ReadableDb, segments: Segments): ViewSource<'ticker'> {
  const one = db.query<[number], CrossingColumns>('SELECT * FROM crossing WHERE key = ?');
  let recent: string[] = [];
  return {
    name: 'ticker',
    snapshot() {
      const rows = newestCrossings(segments, SHOWN).reverse();
      recent = rows.map((row) => row.crossing);
      return new Map(rows.map((row) => [row.crossing, tickerRow(row)]));
    },
    touched(event) {
      const id = crossingOf(event);
      if (id === null) return [];
      if (event.kind !== 'crossing.asked' && event.kind !== 'crossing.recorded') {
        return recent.includes(id) ? [id] : [];
      }
      recent.push(id);
      const gone = recent.length > SHOWN ? recent.splice(0, recent.length - SHOWN) : [];
      return [id, ...gone];
    },
    row(key) {
      const row = recent.includes(key) ? one.get(keyOf(key)) : undefined;
      return row === undefined ? null : tickerRow(row);
    },
    rowFor: (role, row) => ({ ...row, reasons: [...reasonsFor(role, row.reasons)] }),
  };
}

function crossingOf(event: JournalEvent): string | null {
  if (!event.kind.startsWith('crossing.') && event.kind !== 'exception.resolved') return null;
  return (event.data as { crossing?: string }).crossing ?? null;
}

function tickerRow(row: CrossingColumns): TickerRow {
  // The ticker shows permits, never who holds them.
  const { answered, person, permitStatus, rule, regimeVersion, exception, ...shown } =
    crossingRow(row);
  return shown;
}
