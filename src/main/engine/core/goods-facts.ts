import type { Credential } from '../../../shared/domain/credential.ts';
import type { CustodyStep } from '../../../shared/domain/goods-steps.ts';
import type {
  ConsignmentId,
  CrossingId,
  EnterpriseId,
  PermitId,
  PersonId,
  VehicleId,
} from '../../../shared/domain/ids.ts';
import type { DeferralNow, PlacedSale } from '../../../shared/domain/sale.ts';
import type { CargoGoods } from '../../../shared/journal/goods-events.ts';
import type { VehicleFacts } from '../../../shared/regime/vehicle-facts.ts';

/** Half of what asks to cross at a lane for vehicles: a tag, a badge, or neither known. */
export interface CargoHalf {
  readonly what: 'tag' | 'badge' | 'unknown';
  readonly credential: Credential;
  readonly vehicle: VehicleId | null;
  readonly person: PersonId | null;
  readonly permit: PermitId | null;
}

/** Both halves together. */
export interface CargoPair {
  readonly driver: CargoHalf;
  readonly tag: Credential;
  readonly firstReadMs: number;
  readonly slots: readonly string[];
  readonly goods: readonly CargoGoods[];
  readonly vehicle: VehicleFacts;
}

/** What draws are made with: stated in the site file. */
export interface AuditTerms {
  readonly seed: string;
  readonly withinDays: number;
}

/** A read at a lane for vehicles. */
export interface CargoRead {
  readonly half: CargoHalf;
  /** Null until the other half was read within the lane's window. */
  readonly pair: CargoPair | null;
  readonly audit: AuditTerms;
}

/** A vehicle that was referred, looked at again. */
export interface CargoAgain {
  readonly vehicle: VehicleFacts;
  readonly goods: readonly CargoGoods[];
  readonly audit: AuditTerms;
}

/** An audit that was drawn, or a deferral, whose time has run out. */
export interface GoodsDue {
  readonly what: 'audit' | 'deferral';
  readonly crossing: CrossingId;
  readonly consignment: ConsignmentId;
}

/** What the ledger knows that a reported sale is held against. */
export interface SaleFacts {
  readonly known: PlacedSale | null;
  readonly deferrals: readonly DeferralNow[];
}

/** What a person's command on goods acts on; null where it names nothing that is there. */
export interface GoodsRequestFacts {
  readonly vehicle: { readonly vehicle: VehicleId; readonly lock: string | null } | null;
  /** The thing's last step in custody; `step` is null where it never was. */
  readonly item: {
    readonly enterprise: EnterpriseId | null;
    readonly step: CustodyStep | null;
  } | null;
  /** What of these goods the enterprise has in the zone. */
  readonly rest: number | null;
  readonly audit: { readonly isDrawn: boolean; readonly isDone: boolean } | null;
  readonly deferral: {
    readonly valueCents: number;
    readonly vatCents: number;
    readonly soldCents: number;
    readonly closedCents: number;
  } | null;
}
