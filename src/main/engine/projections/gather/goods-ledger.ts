import {
  type CustodyStep,
  isOddPassage,
  type LockState,
} from '../../../../shared/domain/goods-steps.ts';
import { keyOf, type VehicleId } from '../../../../shared/domain/ids.ts';
import type { CargoGoods } from '../../../../shared/journal/goods-events.ts';
import type { CrossingNow } from '../../core/facts.ts';
import type { CargoHalf, GoodsDue } from '../../core/goods-facts.ts';
import type { ReadableDb } from '../../store/database.ts';

interface HalfColumns extends CargoHalf {
  readonly readMs: number;
  readonly mono: number;
  readonly boot: string;
}

/** Overdue things that one look raises. */
const DUE_AT_ONCE = 64;

type RestOf = (enterprise: string, hsCode: string, unit: string) => number | null;
type CustodyOf = (consignment: string, item: string) => { readonly step: CustodyStep } | null;

/** What of a vehicle's goods the ledger does not expect to cross so. */
function oddReads(db: ReadableDb, restOf: RestOf, custodyOf: CustodyOf) {
  const carried = db.query<[number], { goods: string; direction: string }>(
    `SELECT p.goods, c.direction FROM cargo_passage p JOIN crossing c ON c.key = p.key
     WHERE p.key = ?`,
  );
  /** Goods of which it takes out more than its enterprise has here. */
  const shortOf = (goods: readonly CargoGoods[]): string[] => {
    const wanted = new Map<string, number>();
    for (const { class: of, enterprise, lines } of goods) {
      if (enterprise === null || of === 'zone-origin') continue;
      for (const { hsCode, unit, quantity } of lines) {
        const key = `${enterprise} ${hsCode} ${unit}`;
        wanted.set(key, (wanted.get(key) ?? 0) + quantity);
      }
    }
    return [...wanted].flatMap(([key, quantity]) => {
      const [enterprise = '', hsCode = '', unit = ''] = key.split(' ');
      return quantity > (restOf(enterprise, hsCode, unit) ?? 0) ? [key] : [];
    });
  };
  /** Things that are followed and cannot cross this way as the ledger has them. */
  const oddItems = (goods: readonly CargoGoods[], way: 'in' | 'out'): string[] =>
    goods.flatMap(({ consignment, lines }) =>
      lines.flatMap(({ item }) => {
        if (consignment === null || item === null) return [];
        const now = custodyOf(consignment, item);
        const isOdd = now !== null && isOddPassage(now.step, way);
        return isOdd ? [`${consignment} ${item} ${now.step}`] : [];
      }),
    );
  return (crossing: string): Pick<CrossingNow, 'goodsShort' | 'itemsOdd'> => {
    const row = carried.get(keyOf(crossing));
    if (row === undefined || (row.direction !== 'in' && row.direction !== 'out')) return {};
    const goods = JSON.parse(row.goods) as CargoGoods[];
    const goodsShort = row.direction === 'out' ? shortOf(goods) : [];
    return { goodsShort, itemsOdd: oddItems(goods, row.direction) };
  };
}

/** What is overdue, and from when on anything is. */
function overdueReads(db: ReadableDb) {
  const overdueAudits = db.query<[number, number], Omit<GoodsDue, 'what'>>(
    `SELECT crossing, consignment FROM audit INDEXED BY audit_open
     WHERE is_drawn = 1 AND is_void = 0 AND done_ms IS NULL AND told = 0 AND by_ms <= ?
     ORDER BY by_ms LIMIT ?`,
  );
  const overdueDeferrals = db.query<[number, number], Omit<GoodsDue, 'what'>>(
    `SELECT crossing, consignment FROM deferral INDEXED BY deferral_open
     WHERE closed_ms IS NULL AND told = 0 AND overdue_from_ms <= ?
     ORDER BY overdue_from_ms LIMIT ?`,
  );
  const nextAudit = db.query<[], { ms: number }>(
    `SELECT by_ms AS ms FROM audit INDEXED BY audit_open
     WHERE is_drawn = 1 AND is_void = 0 AND done_ms IS NULL AND told = 0 ORDER BY by_ms LIMIT 1`,
  );
  const nextDeferral = db.query<[], { ms: number }>(
    `SELECT overdue_from_ms AS ms FROM deferral INDEXED BY deferral_open
     WHERE closed_ms IS NULL AND told = 0 ORDER BY overdue_from_ms LIMIT 1`,
  );
  const due = (atMs: number): GoodsDue[] => [
    ...overdueAudits.all(atMs, DUE_AT_ONCE).map((row) => ({ what: 'audit' as const, ...row })),
    ...overdueDeferrals
      .all(atMs, DUE_AT_ONCE)
      .map((row) => ({ what: 'deferral' as const, ...row })),
  ];
  return {
    /** The moment on the calendar from which anything is overdue; null for none. */
    fromMs(): number | null {
      const moments = [nextAudit.get()?.ms, nextDeferral.get()?.ms].filter(
        (ms) => ms !== undefined,
      );
      return moments.length === 0 ? null : Math.min(...moments);
    },
    due,
  };
}

/** Reads of the goods' ledger that facts are made of. */
export function goodsReads(db: ReadableDb) {
  const half = db.query<[string], HalfColumns>(
    `SELECT what, credential, vehicle, person, permit, read_ms AS readMs, mono, boot
     FROM cargo_half WHERE lane = ?`,
  );
  const passage = db.query<[number], { vehicle: VehicleId | null; tag: string; goods: string }>(
    'SELECT vehicle, tag, goods FROM cargo_passage WHERE key = ?',
  );
  const lock = db.query<[string], { lock: string; state: LockState }>(
    'SELECT lock, state FROM vehicle_lock WHERE vehicle = ?',
  );
  const rest = db.query<[string, string, string], { rest: number }>(
    'SELECT rest FROM goods_balance WHERE enterprise = ? AND hs_code = ? AND unit = ?',
  );
  const custody = db.query<
    [string, string],
    { enterprise: string | null; step: CustodyStep; ended: number }
  >(
    `SELECT enterprise, step, ended_ms IS NOT NULL AS ended FROM custody
     WHERE consignment = ? AND item = ?`,
  );
  const audit = db.query<[number, string], { isDrawn: number; isDone: number }>(
    `SELECT is_drawn AS isDrawn, done_ms IS NOT NULL AS isDone FROM audit
     WHERE key = ? AND consignment = ? AND is_void = 0`,
  );
  const deferral = db.query<
    [number, string],
    { valueCents: number; vatCents: number; soldCents: number; closedCents: number }
  >(
    `SELECT value_cents AS valueCents, vat_cents AS vatCents, sold_cents AS soldCents,
       closed_cents AS closedCents FROM deferral WHERE key = ? AND consignment = ?`,
  );
  const restOf: RestOf = (...of) => rest.get(...of)?.rest ?? null;
  const custodyOf = (consignment: string, item: string) => custody.get(consignment, item) ?? null;
  return {
    half: (lane: string) => half.get(lane) ?? null,
    /** The vehicle and the goods that a crossing was asked for with; null for a person's. */
    passage(crossing: string) {
      const row = passage.get(keyOf(crossing));
      return row === undefined ? null : { ...row, goods: JSON.parse(row.goods) as CargoGoods[] };
    },
    lock: (vehicle: string) => lock.get(vehicle) ?? null,
    rest: restOf,
    custody: custodyOf,
    audit: (crossing: string, consignment: string) =>
      audit.get(keyOf(crossing), consignment) ?? null,
    deferral: (crossing: string, consignment: string) =>
      deferral.get(keyOf(crossing), consignment) ?? null,
    ...overdueReads(db),
    oddOf: oddReads(db, restOf, custodyOf),
  };
}

export type GoodsReads = ReturnType<typeof goodsReads>;
