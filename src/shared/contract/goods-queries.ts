import { z } from 'zod';
import { ConsignmentId, EnterpriseId } from '../domain/ids.ts';
import {
  AuditRow,
  BalanceRow,
  ConsignmentDetail,
  ConsignmentRow,
  CustodyRow,
  DeferralRow,
  EnterpriseRow,
  ExemptRow,
  ImportTaxRow,
  RefundRow,
  VehicleSteps,
} from './goods-rows.ts';
import { operation } from './row.ts';

const watchers = ['operator', 'supervisor', 'inspector'] as const;
/** Found in ids, numbers and names, in any case. */
const text = z.string().trim().max(60);
const limit = z.number().int().min(1).max(200);

/**
 * A page of what is gone through in the order of its id; a look that ended before its page was full
 * says how far it came (`reached`): pass that as `after` to go on.
 */
const page = <R extends z.ZodType>(row: R) =>
  z.object({ rows: z.array(row), more: z.boolean(), reached: z.string().nullable() });

/** What the goods' datasets and their ledger hold. Goods and firms, nobody's personal data. */
export const goodsQueries = {
  /** What stands open now, over all enterprises: at most 500 of each, what is due first on top. */
  'goods.overview': operation({
    roles: watchers,
    input: z.object({}),
    output: z.object({
      balances: z.array(BalanceRow),
      custody: z.array(CustodyRow),
      /** Drawn and not audited yet. */
      audits: z.array(AuditRow),
      /** Not sold whole yet. */
      deferrals: z.array(DeferralRow),
      /** The newest vehicles. */
      vehicles: z.array(VehicleSteps),
    }),
  }),
  /** Enterprises in force, by their ids. `open`: only those with whom anything stands open. */
  'goods.enterprises': operation({
    roles: watchers,
    input: z.object({
      text,
      status: z.enum(['any', 'registered', 'suspended', 'open']),
      after: z.string().max(64).optional(),
      limit,
    }),
    output: page(EnterpriseRow),
  }),
  /** One enterprise: its balance, what stands open, and the newest 200 of each that is over. */
  'goods.enterprise': operation({
    roles: watchers,
    input: z.object({ enterprise: EnterpriseId }),
    output: z.object({
      /** Null where the enterprises in force do not name it, though the ledger may. */
      row: EnterpriseRow.nullable(),
      balances: z.array(BalanceRow),
      custody: z.array(CustodyRow),
      deferrals: z.array(DeferralRow),
      refunds: z.array(RefundRow),
      importTaxes: z.array(ImportTaxRow),
      exempted: z.array(ExemptRow),
    }),
  }),
  /** Consignments in force, by their ids. */
  'goods.consignments': operation({
    roles: watchers,
    input: z.object({
      text,
      enterprise: EnterpriseId.optional(),
      after: z.string().max(64).optional(),
      limit,
    }),
    output: page(ConsignmentRow),
  }),
  /** One consignment with its lines and marks, and what crossed of it. Fails with `not-found`. */
  'goods.consignment': operation({
    roles: watchers,
    input: z.object({ consignment: ConsignmentId }),
    output: ConsignmentDetail,
  }),
  /** Draws, newest first; after one of them, named by `auditKey`, for the next page. */
  'goods.audits': operation({
    roles: watchers,
    input: z.object({
      /** `open`: drawn, not audited yet; `drawn`: audited too; `all`: also what was not drawn. */
      state: z.enum(['open', 'drawn', 'all']),
      after: z.string().max(130).optional(),
      limit,
    }),
    output: z.object({ rows: z.array(AuditRow), more: z.boolean() }),
  }),
} as const;

/** A draw's own name: its crossing and its consignment. */
export function auditKey({ crossing, consignment }: Pick<AuditRow, 'crossing' | 'consignment'>) {
  return `${crossing} ${consignment}`;
}
