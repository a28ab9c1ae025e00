import { keyOf } from '../../../shared/domain/ids.ts';
import type { CargoGoods, CargoPart } from '../../../shared/journal/goods-events.ts';
import { hkDay } from '../../../shared/lib/hk-time.ts';
import { hundredthsOf } from '../../../shared/lib/money.ts';
import type { WritableDb } from '../store/database.ts';
import { type CustodyStepped, custodyDdl, custodyLedger, custodyTables } from './custody.ts';
import { duesDdl, duesLedger, duesTables } from './goods-dues.ts';
import type { Appliers, Carried } from './projection.ts';

/** What goods leave behind: counts a day, what each enterprise has, audits, what is followed. */
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
CREATE TABLE audit (
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  consignment TEXT NOT NULL,
  enterprise TEXT,
  -- All that makes the draw again: see audit-draw.ts.
  regime TEXT NOT NULL,
  regime_version INTEGER NOT NULL,
  seed TEXT NOT NULL,
  rate_hundredths INTEGER NOT NULL,
  number INTEGER NOT NULL,
  is_drawn INTEGER NOT NULL,
  -- 1 where the vehicle was admitted and did not go: nothing is to be audited.
  is_void INTEGER NOT NULL,
  by_ms INTEGER NOT NULL,
  told INTEGER NOT NULL,
  done_ms INTEGER,
  result TEXT,
  PRIMARY KEY (key, consignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_open ON audit (by_ms)
  WHERE is_drawn = 1 AND is_void = 0 AND done_ms IS NULL AND told = 0;
-- What stands open with each enterprise is asked of between two decisions.
CREATE INDEX audit_standing ON audit (enterprise)
  WHERE is_drawn = 1 AND is_void = 0 AND done_ms IS NULL;
${custodyDdl}${duesDdl}`;

/** What each table begins the journal's next segment with. */
export const goodsTables: Readonly<Record<string, Carried>> = {
  goods_day: 'none',
  goods_balance: 'all',
  // Also draws of vehicles that may still turn out not to have gone.
  audit: {
    where: `(is_drawn = 1 AND is_void = 0 AND done_ms IS NULL) OR key IN
      (SELECT key FROM cargo_passage WHERE state IN ('admitted', 'opened', 'unknown'))`,
  },
  ...custodyTables,
  ...duesTables,
};

/** A vehicle's passage as the ledger takes it down. */
export interface GoodsPassage {
  readonly crossing: string;
  readonly line: string;
  readonly direction: string;
  readonly goods: readonly CargoGoods[];
  readonly parts: readonly CargoPart[];
}

/** When a passage happened, and when the ledger took it down. */
type When = Pick<CustodyStepped, 'happenedMs' | 'writtenMs'>;
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
    drawn: db.write<
      [
        ...[key: number, crossing: string, consignment: string, enterprise: string | null],
        ...[regime: string, version: number, seed: string, rate: number, drawn: number],
        ...[isDrawn: number, byMs: number],
      ]
    >(
      `INSERT OR REPLACE INTO audit (key, crossing, consignment, enterprise, regime,
         regime_version, seed, rate_hundredths, number, is_drawn, is_void, by_ms, told)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0)`,
    ),
    undraw: db.write<[number]>('UPDATE audit SET is_void = 1 WHERE key = ?'),
    audited: db.write<[number, string, number, string]>(
      // Of a draw that is none, or is void, there is no result, in whichever file it stands.
      `UPDATE audit SET done_ms = ?, result = ?
       WHERE key = ? AND consignment = ? AND is_drawn = 1 AND is_void = 0`,
    ),
    auditTold: db.write<[number, string]>(
      'UPDATE audit SET told = 1 WHERE key = ? AND consignment = ?',
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
  passed(passage: GoodsPassage, when: When): void;
  /** It never went through: nothing of it is to be audited. */
  notPassed(crossing: string): void;
} {
  const sql = statements(db);
  const move: Move = (to, key, quantity) => {
    sql.balance.run(...key);
    sql[to].run(quantity, to === 'came_in' ? quantity : -quantity, ...key);
  };
  const custody = custodyLedger(db);
  const dues = duesLedger(db);
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
  const follow = (goods: CargoGoods, opens: ReadonlySet<string>, of: GoodsPassage, when: When) => {
    const { consignment, enterprise } = goods;
    if (consignment === null) return;
    for (const { item } of goods.lines) {
      if (item === null) continue;
      const isOpen = custody.isOpen(consignment, item);
      const isIn = of.direction === 'in' && (opens.has(item) || isOpen);
      if (!isIn && !(of.direction === 'out' && isOpen)) continue;
      custody.follow({ consignment, item, enterprise, step: isIn ? 'in' : 'out', ...when });
    }
  };
  return {
    passed(passage, when) {
      for (const goods of passage.goods) {
        count(passage, goods, when.happenedMs);
        const part = passage.parts.find(({ kind, id }) => {
          return kind === 'consignment' && id === goods.consignment;
        });
        const obligations = part?.obligations ?? [];
        dues(passage, goods, obligations, when.happenedMs);
        const opens = obligations.flatMap((one) => (one.is === 'custody' ? one.opens : []));
        follow(goods, new Set(opens), passage, when);
      }
    },
    notPassed: (crossing) => void sql.undraw.run(keyOf(crossing)),
    appliers: toldBy(sql, move, custody.follow),
  };
}

/** What people, draws and deadlines tell of goods that went through. */
function toldBy(
  sql: ReturnType<typeof statements>,
  move: Move,
  follow: (step: CustodyStepped) => void,
): Appliers {
  return {
    'goods.used': ({ data }) => {
      const { enterprise, hsCode, unit, quantity, how } = data;
      move(how, [enterprise, hsCode, unit], quantity);
    },
    'custody.stepped': ({ at, data }) => {
      const { consignment, enterprise, item, step } = data;
      follow({ consignment, item, enterprise, step, happenedMs: at, writtenMs: at });
    },
    'audit.drawn': ({ data }) => {
      const { crossing, consignment, enterprise, regime, regimeVersion, seed, percent } = data;
      const what = [crossing, consignment, enterprise, regime, regimeVersion, seed] as const;
      const rate = hundredthsOf(percent);
      sql.drawn.run(keyOf(crossing), ...what, rate, data.number, data.isDrawn ? 1 : 0, data.byMs);
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
