import { z } from 'zod';

/**
 * `first` towards the other customs territory, `second` towards home, `inner` between two areas.
 */
export const Line = z.enum(['first', 'second', 'inner']);
export type Line = z.infer<typeof Line>;

/** `in` into the zone, `out` of it, `across` through an inner passage. */
export const Direction = z.enum(['in', 'out', 'across']);
export type Direction = z.infer<typeof Direction>;

export const SubjectKind = z.enum(['person', 'vehicle', 'consignment']);
export type SubjectKind = z.infer<typeof SubjectKind>;

export const PERSON_CLASSES = [
  'special-pass',
  'hk-resident',
  'mainland-visitor',
  'other-visitor',
  'roster-member',
  'innovator',
  'macao-resident',
  'official',
  'escorted-visitor',
  'unidentified',
] as const;
export const PersonClass = z.enum(PERSON_CLASSES);
export type PersonClass = z.infer<typeof PersonClass>;

export const VEHICLE_CLASSES = ['registered', 'other'] as const;
export type VehicleClass = (typeof VEHICLE_CLASSES)[number];

export const CONSIGNMENT_CLASSES = [
  'registered-enterprise',
  'research',
  'zone-origin',
  'general',
  'unregistered',
] as const;
export type ConsignmentClass = (typeof CONSIGNMENT_CLASSES)[number];

/** Every class that a subject of any kind can have. */
export const SubjectClass = z.enum([...PERSON_CLASSES, ...VEHICLE_CLASSES, ...CONSIGNMENT_CLASSES]);
export type SubjectClass = z.infer<typeof SubjectClass>;

/** The classes that a subject of each kind can have. */
export const CLASSES_OF: Readonly<Record<SubjectKind, readonly SubjectClass[]>> = {
  person: PERSON_CLASSES,
  vehicle: VEHICLE_CLASSES,
  consignment: CONSIGNMENT_CLASSES,
};
