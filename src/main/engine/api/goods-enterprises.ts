import type { DeferralRow, EnterpriseRow } from '../../../shared/contract/goods-rows.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { Enterprise } from '../../../shared/domain/goods.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { ReadableDb, Sql } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';
import { BALANCE_COLUMNS, CUSTODY_COLUMNS, DEFERRAL_COLUMNS } from './goods.ts';
import { findsIn, lookThrough } from './look-through.ts';
import { newestRows, readNewest, withoutKeys } from './newest-rows.ts';

type Detail = QueryOutput<'goods.enterprise'>;
type Deps = Pick<ApiDeps, 'db' | 'segments' | 'reference' | 'clock'>;

/** Rows of each list of one enterprise. */
const MOST = 200;

const CUSTODY_OPEN = 'custody WHERE ended_ms IS NULL';
const AUDITS_OPEN = 'audit WHERE is_drawn = 1 AND is_void = 0 AND done_ms IS NULL';
const DEFERRALS_OPEN = 'deferral WHERE closed_ms IS NULL';
const OVERDUE = 'deferral WHERE closed_ms IS NULL AND overdue_from_ms <= ?';
const KINDS = 'goods_balance WHERE rest <> 0';
const BELOW = 'goods_balance WHERE rest < 0';

type Counts = (enterprise: string) => number;

/** Of all enterprises, or of the one that is named. */
function countsOf(db: ReadableDb, only: string | null, from: string, ...values: Sql[]): Counts {
  const which = only === null ? '' : 'AND enterprise = ?';
  const sql = `SELECT enterprise, count(*) AS n FROM ${from} ${which} GROUP BY enterprise`;
  const read = db.query<Sql[], { enterprise: string | null; n: number }>(sql);
  const rows = read.all(...values, ...(only === null ? [] : [only]));
  const byId = new Map(rows.map(({ enterprise, n }) => [enterprise, n]));
  return (enterprise) => byId.get(enterprise) ?? 0;
}

/** What stands open with each enterprise, so that a list of them can say it beside each. */
function standingReads(db: ReadableDb, nowMs: number, only: string | null = null) {
  const ledger = ledgerReads(db);
  const counts = (from: string, ...values: Sql[]) => countsOf(db, only, from, ...values);
  const [custody, audits] = [counts(CUSTODY_OPEN), counts(AUDITS_OPEN)];
  const [deferrals, overdue] = [counts(DEFERRALS_OPEN), counts(OVERDUE, nowMs)];
  const [kinds, below] = [counts(KINDS), counts(BELOW)];
  return (row: Enterprise): EnterpriseRow => ({
    ...row,
    suspendedHere: ledger.isSuspended('enterprise', row.enterprise),
    openKinds: kinds(row.enterprise),
    isBelow: below(row.enterprise) > 0,
    openCustody: custody(row.enterprise),
    openAudits: audits(row.enterprise),
    openDeferrals: deferrals(row.enterprise),
    overdueDeferrals: overdue(row.enterprise),
  });
}

function isOpen(row: EnterpriseRow): boolean {
  return row.openKinds + row.openCustody + row.openAudits + row.openDeferrals > 0;
}

function fits(row: EnterpriseRow, { text, status }: QueryInput<'goods.enterprises'>): boolean {
  const isSuspended = row.suspendedHere || row.status === 'suspended';
  if (status === 'open' && !isOpen(row)) return false;
  if (status === 'registered' && isSuspended) return false;
  if (status === 'suspended' && !isSuspended) return false;
  const { enterprise, nameZh, nameEn, homeNumber, otherNumber } = row;
  return findsIn(text, [enterprise, nameZh, nameEn, homeNumber, otherNumber]);
}

/** Enterprises in force that fit, with what stands open: see `goods-queries.ts`. */
export function goodsEnterprises(
  { db, reference, clock }: Deps,
  input: QueryInput<'goods.enterprises'>,
): Result<QueryOutput<'goods.enterprises'>> {
  const inForce = ledgerReads(db).inForce();
  const standing = standingReads(db, clock.wallMs());
  const next = (after: string, limit: number) =>
    reference.goods.enterprisesAfter(after, limit, inForce).map(standing);
  const found = lookThrough(input, {
    next,
    idOf: (row) => row.enterprise,
    fits: (row) => fits(row, input),
  });
  return ok(found);
}

const BALANCES = `SELECT ${BALANCE_COLUMNS} FROM goods_balance WHERE enterprise = ?
  ORDER BY rest < 0 DESC, hs_code, unit LIMIT ${MOST}`;
const CUSTODY = `SELECT ${CUSTODY_COLUMNS} FROM custody WHERE ended_ms IS NULL AND enterprise = ?
  ORDER BY since_ms, consignment, item LIMIT ${MOST}`;
export const REFUND_COLUMNS = `crossing, currency, vat_cents AS vatCents,
  consumption_tax_cents AS consumptionTaxCents, at_ms AS atMs`;
export const IMPORT_TAX_COLUMNS = `crossing, currency, value_cents AS valueCents,
  rate_hundredths AS rateHundredths, tax_cents AS taxCents, at_ms AS atMs`;
export const EXEMPT_COLUMNS = 'crossing, certificate, laboratory, at_ms AS atMs';

/** One enterprise: see `goods-queries.ts`. */
export function goodsEnterprise(
  { db, segments, reference, clock }: Deps,
  { enterprise }: QueryInput<'goods.enterprise'>,
): Result<Detail> {
  const row = reference.goods.enterprise(enterprise, ledgerReads(db).inForce());
  const newest = <R extends { crossing: string }>(columns: string, table: string) => {
    type Columns = R & { key: number; consignment: string };
    const read = readNewest<Columns>(columns, table, 'enterprise = ?', [enterprise]);
    return withoutKeys(newestRows<Columns>(segments, MOST, read));
  };
  const deferrals = newest<DeferralRow>(DEFERRAL_COLUMNS, 'deferral');
  return ok({
    row: row === null ? null : standingReads(db, clock.wallMs(), enterprise)(row),
    balances: db.query<[string], Detail['balances'][number]>(BALANCES).all(enterprise),
    custody: db.query<[string], Detail['custody'][number]>(CUSTODY).all(enterprise),
    // What is open stands on top.
    deferrals: deferrals.sort((a, b) => Number(a.closedMs !== null) - Number(b.closedMs !== null)),
    refunds: newest<Detail['refunds'][number]>(REFUND_COLUMNS, 'export_refund'),
    importTaxes: newest<Detail['importTaxes'][number]>(IMPORT_TAX_COLUMNS, 'import_tax'),
    exempted: newest<Detail['exempted'][number]>(EXEMPT_COLUMNS, 'inspection_exempt'),
  });
}
