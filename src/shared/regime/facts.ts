import type { SubjectKind } from '../domain/line.ts';
import type { ConsignmentFacts } from './consignment-facts.ts';
import type { PersonFacts } from './person-facts.ts';
import type { VehicleFacts } from './vehicle-facts.ts';

/** Everything that a regime may look at, by the kind of who or what asks to cross. */
export type CrossingFacts = PersonFacts | VehicleFacts | ConsignmentFacts;

/** The facts of one kind, or of several. */
export type FactsOf<K extends SubjectKind> = Extract<CrossingFacts, { readonly kind: K }>;
