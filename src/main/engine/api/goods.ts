import type { QueryOutput } from '../../../shared/contract/queries.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { ReadableDb } from '../store/database.ts';

type Overview = QueryOutput<'goods.overview'>;

const MOST = 500;
/** A vehicle's bar: seconds from its first read to its end. */
const SLOW_MS = 100_000;

const BALANCES = `SELECT enterprise, hs_code AS hsCode, unit, came_in AS cameIn,
  went_out AS wentOut, used, destroyed, rest FROM goods_balance
  ORDER BY rest < 0 DESC, enterprise, hs_code, unit LIMIT ?`;
const CUSTODY = `SELECT consignment, item, enterprise, step, since_ms AS sinceMs FROM custody
  WHERE ended_ms IS NULL ORDER BY since_ms, consignment, item LIMIT ?`;
const AUDITS = `SELECT crossing, consignment, enterprise, by_ms AS byMs FROM audit
  WHERE is_drawn = 1 AND done_ms IS NULL ORDER BY by_ms, key LIMIT ?`;
const DEFERRALS = `SELECT crossing, consignment, enterprise, currency, value_cents AS valueCents,
  vat_cents AS vatCents, sold_cents AS soldCents, closed_cents AS closedCents,
  overdue_from_ms AS overdueFromMs FROM deferral
  WHERE closed_ms IS NULL ORDER BY overdue_from_ms, key LIMIT ?`;
const VEHICLES = `SELECT crossing, lane, vehicle, state, asked_ms AS askedMs,
  asked_ms - first_read_ms AS pairingMs, admitted_ms - asked_ms AS decidingMs,
  opened_ms - admitted_ms AS openingMs, ended_ms - opened_ms AS passingMs,
  coalesce(ended_ms, asked_ms) - first_read_ms > ${SLOW_MS} AS isSlow
  FROM cargo_passage ORDER BY key DESC LIMIT ?`;

type VehicleColumns = Omit<Overview['vehicles'][number], 'isSlow'> & { isSlow: number };

/** What the goods' ledger holds now: see `goods-queries.ts`. */
export function goodsOverview({ db }: { readonly db: ReadableDb }): Result<Overview> {
  const vehicles = db.query<[number], VehicleColumns>(VEHICLES).all(MOST);
  return ok({
    balances: db.query<[number], Overview['balances'][number]>(BALANCES).all(MOST),
    custody: db.query<[number], Overview['custody'][number]>(CUSTODY).all(MOST),
    audits: db.query<[number], Overview['audits'][number]>(AUDITS).all(MOST),
    deferrals: db.query<[number], Overview['deferrals'][number]>(DEFERRALS).all(MOST),
    vehicles: vehicles.map((row) => ({ ...row, isSlow: row.isSlow === 1 })),
  });
}
