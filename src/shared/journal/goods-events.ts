import { z } from 'zod';
import { Credential } from '../domain/credential.ts';
import { Timing, Verdict } from '../domain/crossing.ts';
import {
  Cents,
  ConsignmentClass,
  Currency,
  HsCode,
  Quantity,
  Unit,
  VehicleClass,
} from '../domain/goods.ts';
import { CustodyStep, LockState } from '../domain/goods-steps.ts';
import {
  BoardId,
  ConsignmentId,
  CrossingId,
  EnterpriseId,
  ExceptionId,
  ItemId,
  LaneId,
  PermitId,
  PersonId,
  ReaderId,
  TextId,
  VehicleId,
} from '../domain/ids.ts';
import { SaleReference } from '../domain/sale.ts';
import { Reason } from '../regime/requirement.ts';

const ms = z.number().int();
/** Consignments that one vehicle carries at a time. */
export const MOST_CONSIGNMENTS = 16;

/**
 * A vehicle's tag or its driver's badge was read at a lane for vehicles: half of what asks to
 * cross. `unknown` belongs to no vehicle and no permit: it is whichever half the other one is not.
 */
const CargoRead = z.object({
  lane: LaneId,
  board: BoardId,
  index: z.number().int(),
  reader: ReaderId.optional(),
  credential: Credential,
  what: z.enum(['tag', 'badge', 'unknown']),
  vehicle: VehicleId.nullable(),
  person: PersonId.nullable(),
  permit: PermitId.nullable(),
  timing: Timing,
});

/** One consignment as its datasets had it when its vehicle asked to cross. */
export const CargoGoods = z.object({
  /** Null where no time slot says what the vehicle carries. */
  consignment: ConsignmentId.nullable(),
  class: ConsignmentClass,
  enterprise: EnterpriseId.nullable(),
  currency: z.string().nullable(),
  lines: z
    .array(
      z.object({
        hsCode: HsCode,
        quantity: Quantity,
        unit: Unit,
        valueCents: Cents,
        item: ItemId.nullable(),
      }),
    )
    .max(200),
});
export type CargoGoods = z.infer<typeof CargoGoods>;

/** Both halves were read: what asks to cross, and how long the first half waited for the other. */
const CargoAsked = z.object({
  crossing: CrossingId,
  lane: LaneId,
  vehicle: VehicleId.nullable(),
  class: VehicleClass,
  tag: Credential,
  slots: z.array(z.string()).max(MOST_CONSIGNMENTS),
  firstReadMs: ms,
  goods: z.array(CargoGoods).max(MOST_CONSIGNMENTS),
});

const cents = Cents.nullable();
/** The obligations that goods start, with all they need: see `regime/obligation.ts`. */
export const GoodsObligation = z.discriminatedUnion('is', [
  z.object({ is: z.literal('post-release-audit'), percent: z.number() }),
  z.object({ is: z.literal('export-refund'), vatCents: cents, consumptionTaxCents: cents }),
  z.object({
    ...{ is: z.literal('vat-deferral'), valueCents: cents, vatPercent: z.number().nullable() },
    ...{ vatCents: cents, overdueFromMs: ms.nullable() },
  }),
  z.object({
    ...{ is: z.literal('import-tax-rate'), valueCents: cents },
    ...{ percent: z.number().nullable(), taxCents: cents },
  }),
  z.object({
    ...{ is: z.literal('custody'), opens: z.array(ItemId).max(200) },
    closes: z.array(ItemId).max(200),
  }),
  z.object({
    ...{ is: z.literal('inspection-exempt'), certificate: z.string(), laboratory: z.string() },
  }),
  z.object({
    ...{ is: z.literal('allowance'), of: z.enum(['person', 'enterprise']) },
    ...{ subject: z.string().max(64), amount: Cents },
  }),
]);
export type GoodsObligation = z.infer<typeof GoodsObligation>;

/** What the rule of the vehicle, of its driver and of each consignment says, each by itself. */
export const CargoPart = z.object({
  kind: z.enum(['vehicle', 'person', 'consignment']),
  id: z.string().nullable(),
  verdict: Verdict,
  rule: z.string(),
  reasons: z.array(Reason).max(24),
  obligations: z.array(GoodsObligation),
});
export type CargoPart = z.infer<typeof CargoPart>;

const CargoDecided = z.object({
  crossing: CrossingId,
  regime: z.string(),
  regimeVersion: z.number().int(),
  verdict: Verdict,
  parts: z.array(CargoPart).max(MOST_CONSIGNMENTS + 2),
  /** Set where a person admits what was referred: what the rules say at that moment. */
  exception: ExceptionId.nullable(),
});

/** A released consignment, drawn or not; all that is needed to make the draw again. */
const AuditDrawn = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  enterprise: EnterpriseId.nullable(),
  regime: z.string(),
  regimeVersion: z.number().int(),
  seed: z.string(),
  percent: z.number(),
  number: z.number().int(),
  isDrawn: z.boolean(),
  /** Audited before then, or overdue. */
  byMs: ms,
});

const reason = TextId;
const AuditDone = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  result: z.enum(['in-order', 'fault']),
  reason,
});
const overdue = z.object({ crossing: CrossingId, consignment: ConsignmentId });

/** An electronic lock as somebody read it, or as whoever follows it told. */
const LockReported = z.object({
  vehicle: VehicleId,
  lock: z.string().max(40),
  state: LockState,
  reason,
});

const CustodyStepped = z.object({
  consignment: ConsignmentId,
  item: ItemId,
  step: CustodyStep,
  enterprise: EnterpriseId.nullable(),
  reason,
});

/** Goods that are no more: used up or destroyed in the zone. */
const GoodsUsed = z.object({
  enterprise: EnterpriseId,
  hsCode: HsCode,
  unit: Unit,
  quantity: Quantity,
  how: z.enum(['used', 'destroyed']),
  reason,
});

/** A sale of deferred goods; `vatCents` is the tax that it closes. */
const SaleReported = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  soldCents: Cents,
  vatCents: Cents,
  reason,
  /** Of a sale that came in a file; one that was told by hand is called by its event. */
  reference: SaleReference.optional(),
  soldMs: ms.optional(),
  currency: Currency.optional(),
});

export const goodsEvents = {
  'cargo.read': CargoRead,
  'cargo.asked': CargoAsked,
  'cargo.decided': CargoDecided,
  'audit.drawn': AuditDrawn,
  'audit.done': AuditDone,
  'audit.overdue': overdue,
  'lock.reported': LockReported,
  'custody.stepped': CustodyStepped,
  'goods.used': GoodsUsed,
  'sale.reported': SaleReported,
  'deferral.overdue': overdue,
} as const;
