import { z } from 'zod';
import { CustodyStep } from '../domain/goods-steps.ts';
import {
  ConsignmentId,
  CrossingId,
  EnterpriseId,
  ItemId,
  LaneId,
  VehicleId,
} from '../domain/ids.ts';
import { operation } from './row.ts';

const ms = z.number().int();
const count = z.number().int();
const enterprise = EnterpriseId.nullable();

/** A vehicle's time at a lane, step by step: ms on the zone's calendar, null where not reached. */
const VehicleSteps = z.object({
  crossing: CrossingId,
  lane: LaneId,
  vehicle: VehicleId.nullable(),
  state: z.string(),
  askedMs: ms,
  /** From the first half read to the second. */
  pairingMs: ms,
  /** From both read to admitted: a referral waits for a person here. */
  decidingMs: ms.nullable(),
  /** From admitted to the gate seen open. */
  openingMs: ms.nullable(),
  /** From the open gate to the end. */
  passingMs: ms.nullable(),
  /** True where the whole took more than 100 s. */
  isSlow: z.boolean(),
});

/** What the goods' ledger holds now. At most 500 rows of each, what is due first on top. */
export const goodsQueries = {
  'goods.overview': operation({
    roles: ['operator', 'supervisor', 'inspector'],
    input: z.object({}),
    output: z.object({
      balances: z.array(
        z.object({
          enterprise: EnterpriseId,
          hsCode: z.string(),
          unit: z.string(),
          cameIn: count,
          wentOut: count,
          used: count,
          destroyed: count,
          /** Below nothing where more left than came in. */
          rest: count,
        }),
      ),
      custody: z.array(
        z.object({
          consignment: ConsignmentId,
          item: ItemId,
          enterprise,
          step: CustodyStep,
          sinceMs: ms,
        }),
      ),
      /** Drawn and not audited yet. */
      audits: z.array(
        z.object({ crossing: CrossingId, consignment: ConsignmentId, enterprise, byMs: ms }),
      ),
      /** Not sold whole yet; whole cents of `currency`. */
      deferrals: z.array(
        z.object({
          crossing: CrossingId,
          consignment: ConsignmentId,
          enterprise,
          currency: z.string(),
          valueCents: count,
          vatCents: count,
          soldCents: count,
          closedCents: count,
          overdueFromMs: ms.nullable(),
        }),
      ),
      /** The newest vehicles. */
      vehicles: z.array(VehicleSteps),
    }),
  }),
} as const;
