import { z } from 'zod';

/** `first` towards the other customs territory, `second` towards home, `inner` between two areas. */
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

/** Every class that a subject of any kind can have. */
export const SubjectClass = z.enum([
  ...PERSON_CLASSES,
  'registered',
  'other',
  'registered-enterprise',
  'research',
  'zone-origin',
  'general',
  'unregistered',
]);
export type SubjectClass = z.infer<typeof SubjectClass>;
