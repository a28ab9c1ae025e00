import { z } from 'zod';
import { HsCode, Quantity, Unit } from '../domain/goods.ts';
import { CustodyStep, LockState } from '../domain/goods-steps.ts';
import { ConsignmentId, CrossingId, EnterpriseId, ItemId, VehicleId } from '../domain/ids.ts';
import { MAX_CENTS } from '../lib/money.ts';
import { operation } from './row.ts';

const reason = z.string().trim().min(3).max(500);
const done = z.object({ seq: z.number().int() });
const watchers = ['operator', 'supervisor'] as const;

/** What people tell the console of goods and vehicles: each with a reason. */
export const goodsCommands = {
  /** A vehicle's electronic lock as it was read: whole, tampered with, or its vehicle off route. */
  'lock.report': operation({
    roles: watchers,
    input: z.object({
      vehicle: VehicleId,
      lock: z.string().trim().min(1).max(40),
      state: LockState,
      reason,
    }),
    output: done,
  }),
  /** What became of a thing that is followed; `in` and `out` where no lane saw it. */
  'custody.record': operation({
    roles: watchers,
    input: z.object({ consignment: ConsignmentId, item: ItemId, step: CustodyStep, reason }),
    output: done,
  }),
  /** Goods that are no more; refused where the ledger has not so many of them. */
  'goods.record-use': operation({
    roles: watchers,
    input: z.object({
      enterprise: EnterpriseId,
      hsCode: HsCode,
      unit: Unit,
      quantity: Quantity,
      how: z.enum(['used', 'destroyed']),
      reason,
    }),
    output: done,
  }),
  'audit.record': operation({
    roles: watchers,
    input: z.object({
      crossing: CrossingId,
      consignment: ConsignmentId,
      result: z.enum(['in-order', 'fault']),
      reason,
    }),
    output: done,
  }),
  /** A sale of deferred goods, at their declared value: closes as much of the tax. */
  'sale.report': operation({
    roles: ['supervisor'],
    input: z.object({
      crossing: CrossingId,
      consignment: ConsignmentId,
      soldCents: z.number().int().min(1).max(MAX_CENTS),
      reason,
    }),
    output: done,
  }),
} as const;
