import type { AreaId, EnterpriseId, PermitId, PersonId } from '../domain/ids.ts';
import type { PersonClass } from '../domain/line.ts';
import type { Hours, PermitStatus } from '../domain/permit.ts';
import type { Place } from '../domain/place.ts';
import type { CodeFacts } from './code-valid.ts';
import type { PassageFacts, RosterEntry } from './passage-facts.ts';

/** The permit as it stood at the moment of the decision. */
export interface PermitFacts {
  readonly permit: PermitId;
  readonly status: PermitStatus;
  readonly validFromMs: number;
  readonly validToMs: number;
  readonly areas: readonly AreaId[];
  readonly hours: Hours;
  readonly consentAtMs: number | null;
  readonly enterprise: EnterpriseId | null;
}

/** A health test as the station reported it. */
export interface HealthTestFacts {
  readonly takenMs: number;
  readonly result: 'negative' | 'positive';
}

/** Everything that a rule may look at of a person. Gathered once, before deciding; plain data. */
export interface PersonFacts extends PassageFacts {
  readonly kind: 'person';
  /** `unidentified` where no permit stands behind the credential. */
  readonly class: PersonClass;
  readonly person: PersonId | null;
  readonly permit: PermitFacts | null;
  /** Local suspensions in force besides the permit's own status. */
  readonly suspended: {
    readonly person: boolean;
    readonly permit: boolean;
    readonly enterprise: boolean;
  };
  readonly watchlisted: boolean;
  /** Where the ledger has the person: null = never seen. `reservedLane` = a crossing under way. */
  readonly presence: {
    readonly place: Place | null;
    readonly unknown: boolean;
    readonly sinceMs: number | null;
    readonly reserved: boolean;
  };
  /** The area the crossing leads into, null when it leads out of the zone. */
  readonly area: {
    readonly id: AreaId;
    readonly inside: number;
    readonly reserved: number;
    readonly soft: number;
    readonly hard: number;
  } | null;
  /** The person's ordinary clearance for this line at this moment. */
  readonly clearance: { readonly untilMs: number } | null;
  /**
   * Whether an official has just gone through the same lane, and still has room for a visitor:
   * `full` where as many follow as one passage of an official may take along.
   */
  readonly escort: 'none' | 'there' | 'full';
  /** The permit's code that was shown; null where a badge was read. */
  readonly code: CodeFacts | null;
  /** The person's entries in rosters; null where this console has no roster. */
  readonly roster: readonly RosterEntry[] | null;
  /** The newest health test that is known here; null = none. */
  readonly healthTest: HealthTestFacts | null;
}
