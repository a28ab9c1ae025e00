import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { AreaId, EnterpriseId, FilingId, IncidentId, PersonId, TextId } from '../domain/ids.ts';
import { FilingAbout, FilingOutcome } from '../domain/virtual-area.ts';

const reference = z.string().min(1).max(64);

/** Who of an entity is in a virtual area, by its own word; takes the place of its last one. */
const Declared = z.object({
  area: AreaId,
  enterprise: EnterpriseId,
  persons: z.array(PersonId).max(100),
  fromMs: z.number().int(),
  /** Null: until it declares otherwise. */
  toMs: z.number().int().nullable(),
  reason: TextId,
});
/** Told to the other side's authority under a reference, which has to answer by a moment. */
const Sent = z.object({
  filing: FilingId,
  area: AreaId,
  enterprise: EnterpriseId,
  about: FilingAbout,
  authority: Authority,
  reference,
  dueMs: z.number().int(),
  reason: TextId,
});
const Answered = z.object({
  filing: FilingId,
  outcome: FilingOutcome,
  reference,
  reason: TextId,
});

/** Not answered in time: told once, by this incident, which the answer ends. */
const Overdue = z.object({ filing: FilingId, incident: IncidentId });

export const virtualEvents = {
  'virtual.declared': Declared,
  'filing.sent': Sent,
  'filing.answered': Answered,
  'filing.overdue': Overdue,
} as const;
