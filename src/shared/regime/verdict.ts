import type { Verdict } from '../domain/crossing.ts';
import type { ConsignmentId, PersonId } from '../domain/ids.ts';
import type { Obligation } from './obligation.ts';
import type { Reason } from './requirement.ts';

/** What a regime says of one crossing. Explains itself: rule, version, every failed requirement. */
export interface RegimeVerdict {
  readonly verdict: Verdict;
  readonly rule: string;
  readonly regime: string;
  readonly regimeVersion: number;
  /** Every failed requirement, not only the first. */
  readonly reasons: readonly Reason[];
  /** Requirements that held only softly (an area near its limit). */
  readonly warnings: readonly Reason[];
  /** What admitting starts, also when a person admits a referred crossing; none when refused. */
  readonly obligations: readonly Obligation[];
  /** Way out on an expired permit: no bar to leaving, and recorded as overstay once admitted. */
  readonly overstay: boolean;
  /** For a vehicle: its driver, then each consignment; none for others. */
  readonly parts: readonly PartVerdict[];
}

/** What its own rule says of somebody or something in a vehicle. */
export type PartVerdict = { readonly said: RegimeVerdict } & (
  | { readonly kind: 'person'; readonly id: PersonId | null }
  | { readonly kind: 'consignment'; readonly id: ConsignmentId | null }
);
