import type { ConsignmentDetail } from '../../../shared/contract/goods-rows.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { Consignment } from '../../../shared/domain/goods.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { goodsReads } from '../projections/gather/goods-ledger.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { ReadableDb } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';
import { EXEMPT_COLUMNS, IMPORT_TAX_COLUMNS, REFUND_COLUMNS } from './goods-enterprises.ts';
import { findsIn, lookThrough } from './look-through.ts';
import { newestRows, readNewest, withoutKeys } from './newest-rows.ts';

type Row = QueryOutput<'goods.consignments'>['rows'][number];
type Deps = Pick<ApiDeps, 'db' | 'segments' | 'reference'>;

/** Passages, and what they started, of one consignment. */
const MOST = 50;

function shown(row: Consignment): Row {
  const { consignment, enterprise, class: of, status, declaration, declarationStatus } = row;
  const { cargoReference, description } = row;
  const papers = { declaration, declarationStatus, cargoReference };
  return { consignment, enterprise, class: of, status, ...papers, description };
}

/** Consignments in force that fit: see `goods-queries.ts`. */
export function goodsConsignments(
  { db, reference }: Deps,
  { text, enterprise, ...page }: QueryInput<'goods.consignments'>,
): Result<QueryOutput<'goods.consignments'>> {
  const inForce = ledgerReads(db).inForce();
  const found = lookThrough(page, {
    next: (after, limit) => reference.goods.consignmentsAfter(after, limit, inForce),
    idOf: (row) => row.consignment,
    fits: (row) => {
      if (enterprise !== undefined && row.enterprise !== enterprise) return false;
      const { consignment, declaration, cargoReference, description } = row;
      return findsIn(text, [consignment, row.enterprise, declaration, cargoReference, description]);
    },
  });
  return ok({ ...found, rows: found.rows.map(shown) });
}

type PassageColumns = ConsignmentDetail['passages'][number] & { key: number; consignment: string };
const PASSAGES = `SELECT c.key, c.consignment, c.crossing, c.line, c.direction, c.at_ms AS atMs,
    p.vehicle, p.lane
  FROM consignment_passage c LEFT JOIN cargo_passage p ON p.key = c.key
  WHERE c.consignment = ? ORDER BY c.key DESC LIMIT ?`;

/** One consignment: see `goods-queries.ts`. */
export function goodsConsignment(
  { db, segments, reference }: Deps,
  { consignment }: QueryInput<'goods.consignment'>,
): Result<ConsignmentDetail> {
  const inForce = ledgerReads(db).inForce();
  const row = reference.goods.consignment(consignment, inForce);
  if (row === null) {
    return fail('not-found', 'the consignments in force do not name this one', consignment);
  }
  const ledger = goodsReads(db);
  const readPassages = (of: ReadableDb, limit: number) =>
    of.query<[string, number], PassageColumns>(PASSAGES).all(consignment, limit);
  const passages = newestRows<PassageColumns>(segments, MOST, readPassages);
  /** The obligations lie by their crossing: the passages lead to them. */
  const started = <R extends { crossing: string }>(columns: string, table: string) => {
    type Columns = R & { key: number; consignment: string };
    const keys = passages.map(({ key }) => key);
    const where = `key IN (${keys.join(', ')}) AND consignment = ?`;
    const read = readNewest<Columns>(columns, table, where, [consignment]);
    return withoutKeys(newestRows<Columns>(segments, MOST, read));
  };
  return ok({
    consignment: row,
    lines: reference.goods.lines(consignment, inForce).map((line) => ({
      ...line,
      custody: line.item === null ? null : (ledger.custody(consignment, line.item)?.step ?? null),
    })),
    passages: withoutKeys(passages),
    refunds: started<ConsignmentDetail['refunds'][number]>(REFUND_COLUMNS, 'export_refund'),
    importTaxes: started<ConsignmentDetail['importTaxes'][number]>(
      IMPORT_TAX_COLUMNS,
      'import_tax',
    ),
    exempted: started<ConsignmentDetail['exempted'][number]>(EXEMPT_COLUMNS, 'inspection_exempt'),
  });
}
