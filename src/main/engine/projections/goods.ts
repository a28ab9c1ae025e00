import { type CustodyStep, LAST_STEPS } from '../../../shared/domain/goods-steps.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import type {
  CargoGoods,
  CargoPart,
  GoodsObligation,
} from '../../../shared/journal/goods-events.ts';
import { hkDay } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Carried } from './projection.ts';

/** What goods leave behind: counts a day, what each enterprise has, custody, audits, deferrals. */
export const goodsDdl = `
CREATE TABLE goods_day (
  day TEXT NOT NULL,
  enterprise TEXT NOT NULL,
  line TEXT NOT NULL,
  direction TEXT NOT NULL,
  hs_code TEXT NOT NULL,
  unit TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (day, enterprise, line, direction, hs_code, unit)
) STRICT, WITHOUT ROWID;
-- rest = came_in - went_out - used - destroyed: below nothing where more left than was known of.
CREATE TABLE goods_balance (
  enterprise TEXT NOT NULL,
  hs_code TEXT NOT NULL,
  unit TEXT NOT NULL,
  came_in INTEGER NOT NULL,
  went_out INTEGER NOT NULL,
  used INTEGER NOT NULL,
  destroyed INTEGER NOT NULL,
  rest INTEGER NOT NULL,
  PRIMARY KEY (enterprise, hs_code, unit)
) STRICT, WITHOUT ROWID;
CREATE TABLE custody (
  consignment TEXT NOT NULL,
  item TEXT NOT NULL,
  enterprise TEXT,
  step TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  step_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  PRIMARY KEY (consignment, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  consignment TEXT NOT NULL,
  enterprise TEXT,
  is_drawn INTEGER NOT NULL,
  by_ms INTEGER NOT NULL,
  told INTEGER NOT NULL,
  done_ms INTEGER,
  result TEXT,
  PRIMARY KEY (key, consignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_open ON audit (by_ms) WHERE is_drawn = 1 AND done_ms IS NULL AND told = 0;
CREATE TABLE deferral (
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  consignment TEXT NOT NULL,
  enterprise TEXT,
  currency TEXT NOT NULL,
  value_cents INTEGER NOT NULL,
  vat_cents INTEGER NOT NULL,
  sold_cents INTEGER NOT NULL,
  closed_cents INTEGER NOT NULL,
  overdue_from_ms INTEGER,
  told INTEGER NOT NULL,
  closed_ms INTEGER,
  PRIMARY KEY (key, consignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX deferral_consignment ON deferral (consignment);
CREATE INDEX deferral_open ON deferral (overdue_from_ms) WHERE closed_ms IS NULL AND told = 0;
`;

/** What each table begins the journal's next segment with. */
export const goodsTables: Readonly<Record<string, Carried>> = {
  goods_day: 'none',
  goods_balance: 'all',
  // What was used up must be known to be so for good.
  custody: 'all',
  audit: { where: 'is_drawn = 1 AND done_ms IS NULL' },
  deferral: { where: 'closed_ms IS NULL' },
};

/** A vehicle's passage as the ledger takes it down. */
export interface GoodsPassage {
  readonly crossing: string;
  readonly line: string;
  readonly direction: string;
  readonly goods: readonly CargoGoods[];
  readonly parts: readonly CargoPart[];
}

type Flow = 'came_in' | 'went_out' | 'used' | 'destroyed';
type Move = (to: Flow, key: readonly [string, string, string], quantity: number) => void;

function statements(db: WritableDb) {
  const flow = (column: Flow) =>
    db.write<[number, number, string, string, string]>(
      `UPDATE goods_balance SET ${column} = ${column} + ?, rest = rest + ?
       WHERE enterprise = ? AND hs_code = ? AND unit = ?`,
    );
  return {
    day: db.write<[string, string, string, string, string, string, number]>(
      `INSERT INTO goods_day (day, enterprise, line, direction, hs_code, unit, quantity)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity`,
    ),
    balance: db.write<[string, string, string]>(
      `INSERT OR IGNORE INTO goods_balance
         (enterprise, hs_code, unit, came_in, went_out, used, destroyed, rest)
       VALUES (?, ?, ?, 0, 0, 0, 0, 0)`,
    ),
    came_in: flow('came_in'),
    went_out: flow('went_out'),
    used: flow('used'),
    destroyed: flow('destroyed'),
    step: db.write<[string, string, string | null, string, number, number, number | null]>(
      `INSERT INTO custody (consignment, item, enterprise, step, since_ms, step_ms, ended_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET step = excluded.step, step_ms = excluded.step_ms,
         ended_ms = excluded.ended_ms,
         since_ms = iif(custody.ended_ms IS NULL, since_ms, excluded.since_ms)`,
    ),
    custody: db.query<[string, string], { ended_ms: number | null }>(
      'SELECT ended_ms FROM custody WHERE consignment = ? AND item = ?',
    ),
    drawn: db.write<[number, string, string, string | null, number, number]>(
      `INSERT OR REPLACE INTO audit
         (key, crossing, consignment, enterprise, is_drawn, by_ms, told)
       VALUES (?, ?, ?, ?, ?, ?, 0)`,
    ),
    undraw: db.write<[number]>('DELETE FROM audit WHERE key = ?'),
    audited: db.write<[number, string, number, string]>(
      'UPDATE audit SET done_ms = ?, result = ? WHERE key = ? AND consignment = ?',
    ),
    auditTold: db.write<[number, string]>(
      'UPDATE audit SET told = 1 WHERE key = ? AND consignment = ?',
    ),
    defer: db.write<[number, string, string, string | null, string, number, number, number | null]>(
      `INSERT OR REPLACE INTO deferral (key, crossing, consignment, enterprise, currency,
         value_cents, vat_cents, sold_cents, closed_cents, overdue_from_ms, told)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0)`,
    ),
    sold: db.write<[number, number, number, number, number, string]>(
      `UPDATE deferral SET sold_cents = sold_cents + ?, closed_cents = closed_cents + ?,
         closed_ms = iif(sold_cents + ? >= value_cents, ?, NULL)
       WHERE key = ? AND consignment = ?`,
    ),
    deferralTold: db.write<[number, string]>(
      'UPDATE deferral SET told = 1 WHERE key = ? AND consignment = ?',
    ),
  };
}

/**
 * The ledger's own writes. A vehicle that went through moves its goods (`passed`): in adds, out
 * takes off. What was made in the zone is not what came in, so its leaving takes off nothing: its
 * materials are closed by what is told to be used up (project's choice).
 */
export function goodsLedger(db: WritableDb): {
  readonly appliers: Appliers;
  passed(passage: GoodsPassage, atMs: number): void;
  /** It never went through: nothing of it is to be audited. */
  notPassed(crossing: string): void;
} {
  const sql = statements(db);
  const move: Move = (to, key, quantity) => {
    sql.balance.run(...key);
    sql[to].run(quantity, to === 'came_in' ? quantity : -quantity, ...key);
  };
  const follow = (goods: CargoGoods, item: string, step: CustodyStep, atMs: number): void => {
    const ended = LAST_STEPS.has(step) ? atMs : null;
    if (goods.consignment === null) return;
    sql.step.run(goods.consignment, item, goods.enterprise, step, atMs, atMs, ended);
  };
  const count = (passage: GoodsPassage, goods: CargoGoods, atMs: number): void => {
    const { enterprise, class: of } = goods;
    const { direction, line } = passage;
    if (enterprise === null || direction === 'across') return;
    for (const { hsCode, unit, quantity } of goods.lines) {
      sql.day.run(hkDay(atMs), enterprise, line, direction, hsCode, unit, quantity);
      if (direction === 'in') move('came_in', [enterprise, hsCode, unit], quantity);
      else if (of !== 'zone-origin') move('went_out', [enterprise, hsCode, unit], quantity);
    }
  };
  const start = (key: number, goods: CargoGoods, one: GoodsObligation, passage: GoodsPassage) => {
    const { consignment, currency, enterprise } = goods;
    if (consignment === null || one.is !== 'vat-deferral' || one.valueCents === null) return;
    const what = [passage.crossing, consignment, enterprise, currency ?? ''] as const;
    sql.defer.run(key, ...what, one.valueCents, one.vatCents ?? 0, one.overdueFromMs);
  };
  return {
    passed(passage, atMs) {
      const key = keyOf(passage.crossing);
      for (const goods of passage.goods) {
        count(passage, goods, atMs);
        const part = passage.parts.find(({ kind, id }) => {
          return kind === 'consignment' && id === goods.consignment;
        });
        const opens = new Set<string>();
        for (const one of part?.obligations ?? []) {
          start(key, goods, one, passage);
          if (one.is === 'custody') for (const item of one.opens) opens.add(item);
        }
        for (const { item } of goods.lines) {
          if (item === null) continue;
          const now = sql.custody.get(goods.consignment ?? '', item);
          const isOpen = now !== undefined && now.ended_ms === null;
          if (passage.direction === 'out' && isOpen) follow(goods, item, 'out', atMs);
          else if (passage.direction === 'in' && (opens.has(item) || isOpen)) {
            follow(goods, item, 'in', atMs);
          }
        }
      }
    },
    notPassed: (crossing) => void sql.undraw.run(keyOf(crossing)),
    appliers: toldBy(sql, move),
  };
}

/** What people, draws and deadlines tell of goods that went through. */
function toldBy(sql: ReturnType<typeof statements>, move: Move): Appliers {
  return {
    'goods.used': ({ data }) => {
      const { enterprise, hsCode, unit, quantity, how } = data;
      move(how, [enterprise, hsCode, unit], quantity);
    },
    'custody.stepped': ({ at, data }) => {
      const { consignment, enterprise, item, step } = data;
      const ended = LAST_STEPS.has(step) ? at : null;
      sql.step.run(consignment, item, enterprise, step, at, at, ended);
    },
    'audit.drawn': ({ data }) => {
      const { crossing, consignment, enterprise, isDrawn, byMs } = data;
      const what = [crossing, consignment, enterprise] as const;
      sql.drawn.run(keyOf(crossing), ...what, isDrawn ? 1 : 0, byMs);
    },
    'audit.done': ({ at, data }) => {
      sql.audited.run(at, data.result, keyOf(data.crossing), data.consignment);
    },
    'audit.overdue': ({ data }) => {
      sql.auditTold.run(keyOf(data.crossing), data.consignment);
    },
    'sale.reported': ({ at, data }) => {
      const { crossing, consignment, soldCents, vatCents } = data;
      sql.sold.run(soldCents, vatCents, soldCents, at, keyOf(crossing), consignment);
    },
    'deferral.overdue': ({ data }) => {
      sql.deferralTold.run(keyOf(data.crossing), data.consignment);
    },
  };
}
