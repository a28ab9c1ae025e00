import { z } from 'zod';
import { EnterpriseTier } from '../domain/enterprise.ts';
import { Consignment, ConsignmentLine } from '../domain/goods.ts';
import { CustodyStep } from '../domain/goods-steps.ts';
import {
  ConsignmentId,
  CrossingId,
  EnterpriseId,
  ItemId,
  LaneId,
  VehicleId,
} from '../domain/ids.ts';
import { Direction, Line } from '../domain/line.ts';

/** Milliseconds since 1970. */
const ms = z.number().int();
const count = z.number().int();
/** Whole cents of the currency beside them; null where nobody declared them. */
const cents = count.nullable();
const enterprise = EnterpriseId.nullable();

/** A vehicle's time at a lane, step by step: ms on the zone's calendar, null where not reached. */
export const VehicleSteps = z.object({
  crossing: CrossingId,
  lane: LaneId,
  vehicle: VehicleId.nullable(),
  /** What it carries, as far as time slots say. */
  consignments: z.array(ConsignmentId),
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
  /** From the first half read to the end; null while it has none. */
  wholeMs: ms.nullable(),
  /** True where the whole took more than 100 s. */
  isSlow: z.boolean(),
});
export type VehicleSteps = z.infer<typeof VehicleSteps>;

export const BalanceRow = z.object({
  enterprise: EnterpriseId,
  hsCode: z.string(),
  unit: z.string(),
  cameIn: count,
  wentOut: count,
  used: count,
  destroyed: count,
  /** Below nothing where more left than came in. */
  rest: count,
});
export type BalanceRow = z.infer<typeof BalanceRow>;

export const CustodyRow = z.object({
  consignment: ConsignmentId,
  item: ItemId,
  enterprise,
  step: CustodyStep,
  /** From when on it has been in custody without a break. */
  sinceMs: ms,
});
export type CustodyRow = z.infer<typeof CustodyRow>;

/** What stands open at a day's end, as the ledger was written then; the oldest first. */
export const CustodyAtEnd = z.object({
  /** How many there are; the report lists the oldest 1,000 of them. */
  open: count,
  rows: z.array(CustodyRow),
});
export type CustodyAtEnd = z.infer<typeof CustodyAtEnd>;

/** Deferred tax; whole cents of `currency`. What is open of it is `vatCents - closedCents`. */
export const DeferralRow = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  enterprise,
  currency: z.string(),
  valueCents: count,
  vatCents: count,
  soldCents: count,
  closedCents: count,
  overdueFromMs: ms.nullable(),
  /** Null while anything of it is unsold. */
  closedMs: ms.nullable(),
});
export type DeferralRow = z.infer<typeof DeferralRow>;

/** Taxes paid at home that leaving made refundable. */
export const RefundRow = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  currency: z.string(),
  vatCents: cents,
  consumptionTaxCents: cents,
  atMs: ms,
});
/** Duty, VAT and consumption tax together at one lowered rate. */
export const ImportTaxRow = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  currency: z.string(),
  valueCents: cents,
  /** Hundredths of a percent. */
  rateHundredths: count.nullable(),
  taxCents: cents,
  atMs: ms,
});
/** An inspection that a recognised certificate spared. */
export const ExemptRow = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  certificate: z.string(),
  laboratory: z.string(),
  atMs: ms,
});

/** A draw: from these numbers anybody makes it again, see `audit-draw.ts`. */
export const AuditRow = z.object({
  crossing: CrossingId,
  consignment: ConsignmentId,
  enterprise,
  regime: z.string(),
  regimeVersion: count,
  seed: z.string(),
  /** Hundredths of a percent. */
  rateHundredths: count,
  number: count,
  isDrawn: z.boolean(),
  /** The vehicle was admitted and did not go: nothing is to be audited. */
  isVoid: z.boolean(),
  byMs: ms,
  doneMs: ms.nullable(),
  result: z.enum(['in-order', 'fault']).nullable(),
});
export type AuditRow = z.infer<typeof AuditRow>;

/** An enterprise as its dataset in force has it, and what stands open with it. */
export const EnterpriseRow = z.object({
  enterprise: EnterpriseId,
  nameZh: z.string(),
  nameEn: z.string(),
  status: z.enum(['registered', 'suspended']),
  tier: EnterpriseTier,
  /** Suspended by a person at this console. */
  suspendedHere: z.boolean(),
  registeredFromMs: ms,
  registeredToMs: ms.nullable(),
  homeNumber: z.string().nullable(),
  otherNumber: z.string().nullable(),
  /** Kinds of goods of which it has a rest here. */
  openKinds: count,
  /** True where more of a kind left than came in. */
  isBelow: z.boolean(),
  openCustody: count,
  openAudits: count,
  openDeferrals: count,
  /** Of these, overdue. */
  overdueDeferrals: count,
});
export type EnterpriseRow = z.infer<typeof EnterpriseRow>;

export const ConsignmentRow = Consignment.pick({
  consignment: true,
  enterprise: true,
  class: true,
  status: true,
  declaration: true,
  declarationStatus: true,
  cargoReference: true,
  description: true,
});
export type ConsignmentRow = z.infer<typeof ConsignmentRow>;

/** A consignment's passage of a line, and by which vehicle where that is still on file. */
const PassageRow = z.object({
  crossing: CrossingId,
  line: Line,
  direction: Direction,
  atMs: ms,
  vehicle: VehicleId.nullable(),
  lane: LaneId.nullable(),
});

export const ConsignmentDetail = z.object({
  consignment: Consignment,
  lines: z.array(
    ConsignmentLine.extend({
      /** Where the thing that is followed stands; null where it never was in custody. */
      custody: CustodyStep.nullable(),
    }),
  ),
  /** The newest 50. */
  passages: z.array(PassageRow),
  refunds: z.array(RefundRow),
  importTaxes: z.array(ImportTaxRow),
  exempted: z.array(ExemptRow),
});
export type ConsignmentDetail = z.infer<typeof ConsignmentDetail>;
