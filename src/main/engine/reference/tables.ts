import type { DatasetName } from '../../../shared/domain/permit.ts';
import type { Sql } from '../store/database.ts';
import { goodsTables } from './goods-tables.ts';
import type { DatasetRows } from './rows.ts';

/** How a dataset's rows lie in their table: columns in order, and the values of one row. */
export interface DatasetTable<N extends DatasetName> {
  readonly table: string;
  readonly columns: readonly string[];
  /** The columns that make a row's key. */
  readonly key: readonly string[];
  readonly values: (row: DatasetRows[N]) => readonly Sql[];
}

const tables: { readonly [N in DatasetName]: DatasetTable<N> } = {
  permits: {
    table: 'permit',
    columns: [
      ...['permit', 'person', 'credential', 'class', 'status', 'valid_from_ms', 'valid_to_ms'],
      ...['areas', 'from_minute', 'to_minute', 'enterprise', 'consent_at_ms', 'trade'],
    ],
    key: ['permit'],
    values: (row) => [
      ...[row.permit, row.person, row.credential, row.class, row.status],
      ...[row.validFromMs, row.validToMs, row.areas.join('|')],
      ...[row.hours.fromMinute, row.hours.toMinute, row.enterprise, row.consentAtMs, row.trade],
    ],
  },
  persons: {
    table: 'person',
    columns: ['person', 'name_zh', 'name_en', 'employer', 'document'],
    key: ['person'],
    values: (row) => [row.person, row.nameZh, row.nameEn, row.employer, row.document],
  },
  'watch-list': {
    table: 'watch_entry',
    columns: ['person', 'reason', 'from_ms', 'to_ms'],
    key: ['person', 'from_ms'],
    values: (row) => [row.person, row.reason, row.fromMs, row.toMs],
  },
  clearances: {
    table: 'clearance',
    columns: ['person', 'line', 'from_ms', 'to_ms'],
    key: ['person', 'line', 'from_ms'],
    values: (row) => [row.person, row.line, row.fromMs, row.toMs],
  },
  'admission-list': {
    table: 'admitted_trade',
    columns: ['trade', 'from_ms', 'to_ms'],
    key: ['trade', 'from_ms'],
    values: (row) => [row.trade, row.fromMs, row.toMs],
  },
  rosters: {
    table: 'roster_member',
    columns: ['roster', 'person', 'from_ms', 'to_ms'],
    key: ['person', 'roster', 'from_ms'],
    values: (row) => [row.roster, row.person, row.fromMs, row.toMs],
  },
  'health-tests': {
    table: 'health_test',
    columns: ['person', 'taken_ms', 'result'],
    key: ['person', 'taken_ms'],
    values: (row) => [row.person, row.takenMs, row.result],
  },
  ...goodsTables,
};

export function tableOf<N extends DatasetName>(dataset: N): DatasetTable<N> {
  return tables[dataset];
}
