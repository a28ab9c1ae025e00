import type { EnterpriseId, VehicleId } from '../domain/ids.ts';
import type { VehicleClass } from '../domain/line.ts';
import type { ConsignmentFacts } from './consignment-facts.ts';
import type { PassageFacts } from './passage-facts.ts';
import type { PersonFacts } from './person-facts.ts';

/** A vehicle with who drives it and what it carries: each is decided by a rule of its own. */
export interface VehicleFacts extends PassageFacts {
  readonly kind: 'vehicle';
  readonly class: VehicleClass;
  /** Null where the plate is not known. */
  readonly vehicle: VehicleId | null;
  readonly enterprise: EnterpriseId | null;
  readonly suspended: { readonly vehicle: boolean; readonly enterprise: boolean };
  readonly watchlisted: boolean;
  /** Of class `unidentified` where nobody is known to drive. */
  readonly driver: PersonFacts;
  /** None where it goes empty. */
  readonly consignments: readonly ConsignmentFacts[];
}
