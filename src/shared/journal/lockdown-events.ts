import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { AreaId, LaneId, LockdownId, TextId, UserId } from '../domain/ids.ts';
import { LockdownExits } from '../domain/lockdown.ts';

/** One of two persons, on whose behalf, and who has to be the other; null: anybody else. */
const first = { side: Authority.nullable(), other: Authority.nullable(), reason: TextId };
const second = {
  proposedBy: UserId,
  proposedSide: Authority.nullable(),
  side: Authority.nullable(),
  reason: TextId,
};

/** The first of two persons wants an area, or the whole zone, shut. Nothing is shut yet. */
const Proposed = z.object({
  lockdown: LockdownId,
  area: AreaId.nullable(),
  exits: LockdownExits,
  ...first,
});
/** The second one wants it too: from here on these lanes are shut, whatever their boards show. */
const Begun = z.object({
  lockdown: LockdownId,
  area: AreaId.nullable(),
  exits: LockdownExits,
  lanes: z.array(LaneId),
  /** Those of them that were locked before: they stay so when it ends. */
  lockedBefore: z.array(LaneId),
  ...second,
});
/** The first of two persons wants its end. It goes on. */
const EndProposed = z.object({ lockdown: LockdownId, ...first });
const Ended = z.object({ lockdown: LockdownId, lanes: z.array(LaneId), ...second });
/** What one person proposed is taken back: it was not begun, or goes on. */
const Withdrawn = z.object({
  lockdown: LockdownId,
  what: z.enum(['begin', 'end']),
  reason: TextId,
});

export const lockdownEvents = {
  'lockdown.proposed': Proposed,
  'lockdown.begun': Begun,
  'lockdown.end-proposed': EndProposed,
  'lockdown.ended': Ended,
  'lockdown.withdrawn': Withdrawn,
} as const;
