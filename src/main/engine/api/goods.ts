import type { AuditRow, DeferralRow } from '../../../shared/contract/goods-rows.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import type { CargoGoods } from '../../../shared/journal/goods-events.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { ReadableDb } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';
import { newestRows, readNewest } from './newest-rows.ts';

type Overview = QueryOutput<'goods.overview'>;

const MOST = 500;
/** A vehicle's bar: from its first read to its end. */
const SLOW_MS = 100_000;

export const BALANCE_COLUMNS = `enterprise, hs_code AS hsCode, unit, came_in AS cameIn,
  went_out AS wentOut, used, destroyed, rest`;
export const CUSTODY_COLUMNS = 'consignment, item, enterprise, step, since_ms AS sinceMs';
const AUDIT_COLUMNS = `crossing, enterprise, regime, regime_version AS regimeVersion, seed,
  rate_hundredths AS rateHundredths, number, is_drawn AS isDrawn, is_void AS isVoid,
  by_ms AS byMs, done_ms AS doneMs, result`;
export const DEFERRAL_COLUMNS = `crossing, enterprise, currency, value_cents AS valueCents,
  vat_cents AS vatCents, sold_cents AS soldCents, closed_cents AS closedCents,
  overdue_from_ms AS overdueFromMs, closed_ms AS closedMs`;

const BALANCES = `SELECT ${BALANCE_COLUMNS} FROM goods_balance
  ORDER BY rest < 0 DESC, enterprise, hs_code, unit LIMIT ?`;
const CUSTODY = `SELECT ${CUSTODY_COLUMNS} FROM custody
  WHERE ended_ms IS NULL ORDER BY since_ms, consignment, item LIMIT ?`;
const AUDITS = `SELECT key, consignment, ${AUDIT_COLUMNS} FROM audit
  WHERE is_drawn = 1 AND is_void = 0 AND done_ms IS NULL ORDER BY by_ms, key LIMIT ?`;
const DEFERRALS = `SELECT consignment, ${DEFERRAL_COLUMNS} FROM deferral
  WHERE closed_ms IS NULL ORDER BY overdue_from_ms, key LIMIT ?`;
const VEHICLES = `SELECT crossing, lane, vehicle, goods, state, asked_ms AS askedMs,
  asked_ms - first_read_ms AS pairingMs, admitted_ms - asked_ms AS decidingMs,
  opened_ms - admitted_ms AS openingMs, ended_ms - opened_ms AS passingMs,
  ended_ms - first_read_ms AS wholeMs,
  coalesce(ended_ms, asked_ms) - first_read_ms > ${SLOW_MS} AS isSlow
  FROM cargo_passage ORDER BY key DESC LIMIT ?`;

type VehicleColumns = Omit<Overview['vehicles'][number], 'isSlow' | 'consignments'> & {
  isSlow: number;
  goods: string;
};
type AuditColumns = Omit<AuditRow, 'isDrawn' | 'isVoid'> & {
  key: number;
  isDrawn: number;
  isVoid: number;
};

/** What the goods' ledger holds now: see `goods-queries.ts`. */
export function goodsOverview({ db }: { readonly db: ReadableDb }): Result<Overview> {
  const vehicles = db.query<[number], VehicleColumns>(VEHICLES).all(MOST);
  return ok({
    balances: db.query<[number], Overview['balances'][number]>(BALANCES).all(MOST),
    custody: db.query<[number], Overview['custody'][number]>(CUSTODY).all(MOST),
    audits: db.query<[number], AuditColumns>(AUDITS).all(MOST).map(auditRow),
    deferrals: db.query<[number], DeferralRow>(DEFERRALS).all(MOST),
    vehicles: vehicles.map(({ goods, isSlow, ...row }) => ({
      ...row,
      consignments: consignmentsOf(goods),
      isSlow: isSlow === 1,
    })),
  });
}

function consignmentsOf(goods: string): Overview['vehicles'][number]['consignments'] {
  return (JSON.parse(goods) as CargoGoods[]).flatMap(({ consignment }) => consignment ?? []);
}

function auditRow({ key: _key, isDrawn, isVoid, ...row }: AuditColumns): AuditRow {
  return { ...row, isDrawn: isDrawn === 1, isVoid: isVoid === 1 };
}

const AFTER = /^(X\d+-\d+) (\S+)$/;
/** What is open was carried into the newest segment; an earlier one does not know what was done. */
const CHOSEN = {
  open: 'is_drawn = 1 AND is_void = 0 AND done_ms IS NULL',
  drawn: 'is_drawn = 1',
  all: '1 = 1',
};

/** Draws, newest first: see `goods-queries.ts`. Fails with `bad-input` where `after` is no draw. */
export function goodsAudits(
  { db, segments }: Pick<ApiDeps, 'db' | 'segments'>,
  { state, after, limit }: QueryInput<'goods.audits'>,
): Result<QueryOutput<'goods.audits'>> {
  const [, crossing, consignment] = AFTER.exec(after ?? '') ?? [];
  if (after !== undefined && (crossing === undefined || consignment === undefined)) {
    return fail('bad-input', 'a draw is named by its crossing and its consignment', 'after');
  }
  const key = crossing === undefined ? Number.MAX_SAFE_INTEGER : keyOf(crossing);
  const from = [key, key, consignment ?? ''] as const;
  const where = `(key < ? OR (key = ? AND consignment > ?)) AND ${CHOSEN[state]}`;
  const read = readNewest<AuditColumns>(AUDIT_COLUMNS, 'audit', where, from);
  const rows = state === 'open' ? read(db, limit + 1) : newestRows(segments, limit + 1, read);
  return ok({ rows: rows.slice(0, limit).map(auditRow), more: rows.length > limit });
}
