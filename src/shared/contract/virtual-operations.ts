import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { AreaId, EnterpriseId, FilingId, PersonId } from '../domain/ids.ts';
import { FilingAbout, FilingOutcome, VirtualArea } from '../domain/virtual-area.ts';
import { operation } from './row.ts';

const ms = z.number().int();
const reason = z.string().trim().min(3).max(500);
/** It stays in the journal for ever: a number of a file, not a sentence about somebody. */
export const FilingReference = z
  .string()
  .trim()
  .regex(/^[\p{L}\d._/()-]{1,64}$/u, 'a reference: letters, digits, . _ / - ( ), no spaces');
/** As many persons as one word of an entity may name. */
export const MOST_DECLARED = 100;

const done = z.object({ seq: z.number().int() });
const entity = { area: AreaId, enterprise: EnterpriseId };

/** Areas without gates: what entities declare, and what is filed with the other side. */
export const virtualCommands = {
  /** An entity's word on who of it is there; it takes the place of the word before it. */
  'virtual.declare': operation({
    roles: ['supervisor'],
    input: z.object({
      ...entity,
      persons: z.array(PersonId).max(MOST_DECLARED),
      fromMs: ms,
      toMs: ms.nullable(),
      reason,
    }),
    output: done,
  }),
  /** What was sent to the area's authority, under the reference that it was sent with. */
  'filing.send': operation({
    roles: ['supervisor'],
    input: z.object({ ...entity, about: FilingAbout, reference: FilingReference, reason }),
    output: z.object({ filing: FilingId }),
  }),
  /** What the authority answered, under its own reference. */
  'filing.answer': operation({
    roles: ['supervisor'],
    input: z.object({
      filing: FilingId,
      outcome: FilingOutcome,
      reference: FilingReference,
      reason,
    }),
    output: done,
  }),
} as const;

const Declaration = z.object({
  ...entity,
  persons: z.array(PersonId),
  fromMs: ms,
  toMs: ms.nullable(),
  declaredMs: ms,
  declaredBy: z.string().nullable(),
});
export type VirtualDeclaration = z.infer<typeof Declaration>;
const Filing = z.object({
  filing: FilingId,
  ...entity,
  about: FilingAbout,
  authority: Authority,
  reference: z.string(),
  sentMs: ms,
  sentBy: z.string().nullable(),
  dueMs: ms,
  /** Not answered, and it should have been. */
  isOverdue: z.boolean(),
  answer: z
    .object({
      atMs: ms,
      by: z.string().nullable(),
      outcome: FilingOutcome,
      reference: z.string(),
    })
    .nullable(),
});
export type VirtualFiling = z.infer<typeof Filing>;

export const virtualQueries = {
  /** Ids only. Filings that wait come first, by when they are due; at most 500 of each. */
  'virtual.overview': operation({
    roles: ['supervisor', 'inspector'],
    input: z.object({}),
    output: z.object({
      areas: z.array(VirtualArea),
      declarations: z.array(Declaration),
      filings: z.array(Filing),
    }),
  }),
} as const;
