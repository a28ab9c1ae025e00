import type {
  AuditRow,
  BalanceRow,
  CustodyRow,
  DeferralRow,
} from '../../shared/contract/goods-rows.ts';
import type { CustodyStep } from '../../shared/domain/goods-steps.ts';
import type { VehicleId } from '../../shared/domain/ids.ts';

/** What a person is asked to confirm of goods and vehicles: which command, and on what. */
export type GoodsAsked = { readonly onDone: () => void } & (
  | { readonly act: 'lock'; readonly vehicle: VehicleId | null }
  | {
      readonly act: 'custody';
      readonly item: Pick<CustodyRow, 'consignment' | 'item'> & {
        /** Its last step; null where it never was in custody. */
        readonly step: CustodyStep | null;
      };
    }
  | { readonly act: 'use'; readonly of: BalanceRow }
  | { readonly act: 'audit'; readonly draw: AuditRow }
  | { readonly act: 'sale'; readonly deferral: DeferralRow }
);
