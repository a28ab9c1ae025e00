import type { DatasetName } from '../../../shared/domain/permit.ts';
import type { Sql } from '../store/database.ts';
import type { GoodsRows } from './goods-rows.ts';
import { goodsWritten } from './goods-written.ts';
import { type WrittenRow, writtenTime } from './text-forms.ts';

type Column =
  | 'areas'
  | 'body'
  | 'class'
  | 'consent_at_ms'
  | 'credential'
  | 'document'
  | 'employer'
  | 'enterprise'
  | 'from_minute'
  | 'from_ms'
  | 'line'
  | 'name_en'
  | 'name_zh'
  | 'permit'
  | 'person'
  | 'reason'
  | 'result'
  | 'roster'
  | 'status'
  | 'taken_ms'
  | 'to_minute'
  | 'to_ms'
  | 'trade'
  | 'valid_from_ms'
  | 'valid_to_ms';

/** A row as its table has it, with the columns that the table has. */
export type StoredRow = Readonly<Record<Column, Sql>>;

const text = (value: Sql | undefined) => (value == null ? null : String(value));
const time = (value: Sql | undefined) => writtenTime(value == null ? null : Number(value));

function minutes(of: Sql | undefined): string {
  const all = Number(of);
  const [hours, rest] = [Math.floor(all / 60), all % 60];
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

const span = (row: StoredRow) => ({ from: time(row.from_ms), to: time(row.to_ms) });
const person = (row: StoredRow) => ({ person: text(row.person) });

/** A row that is kept whole, as the table of that dataset has it. */
function body(dataset: keyof GoodsRows) {
  const write: (row: never) => WrittenRow = goodsWritten[dataset];
  return (row: StoredRow) => write(JSON.parse(String(row.body)) as never);
}

const written: Readonly<Record<DatasetName, (row: StoredRow) => WrittenRow>> = {
  permits: (row) => ({
    ...{ permit: text(row.permit), ...person(row), credential: text(row.credential) },
    ...{ class: text(row.class), status: text(row.status) },
    ...{ validFrom: time(row.valid_from_ms), validTo: time(row.valid_to_ms) },
    areas: text(row.areas),
    hours: `${minutes(row.from_minute)}-${minutes(row.to_minute)}`,
    enterprise: text(row.enterprise),
    consentAt: time(row.consent_at_ms),
    trade: text(row.trade),
  }),
  persons: (row) => ({
    ...person(row),
    ...{ nameZh: text(row.name_zh), nameEn: text(row.name_en) },
    ...{ employer: text(row.employer), document: text(row.document) },
  }),
  'watch-list': (row) => ({ ...person(row), reason: text(row.reason), ...span(row) }),
  clearances: (row) => ({ ...person(row), line: text(row.line), ...span(row) }),
  'admission-list': (row) => ({ trade: text(row.trade), ...span(row) }),
  rosters: (row) => ({ roster: text(row.roster), ...person(row), ...span(row) }),
  'health-tests': (row) => ({
    ...person(row),
    ...{ takenAt: time(row.taken_ms), result: text(row.result) },
  }),
  enterprises: body('enterprises'),
  consignments: body('consignments'),
  'consignment-lines': body('consignment-lines'),
  vehicles: body('vehicles'),
  slots: body('slots'),
};

/** A stored row in its text form: what `rows.ts` reads back as the same row. */
export function writtenRow(dataset: DatasetName, row: StoredRow): WrittenRow {
  return written[dataset](row);
}
