import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { AreaId, LaneId, LockdownId } from '../domain/ids.ts';
import { LockdownExits, LockdownState } from '../domain/lockdown.ts';

const ms = z.number().int();

/** One row, key `now`: the newest lockdown. How far each lane has come stands in `lanes`. */
export const LockdownNow = z.object({
  lockdown: LockdownId,
  state: LockdownState,
  area: AreaId.nullable(),
  exits: LockdownExits,
  /** Who proposed what is not confirmed, or was last; and on whose behalf. */
  proposedBy: z.string().nullable(),
  proposedSide: Authority.nullable(),
  proposedMs: ms,
  /** On whose behalf the second person has to act; null: anybody else. */
  needs: Authority.nullable(),
  begunMs: ms.nullable(),
  begunBy: z.string().nullable(),
  endedMs: ms.nullable(),
  endedBy: z.string().nullable(),
  /** The lanes that it shuts; none before it begins. */
  lanes: z.array(LaneId),
});
export type LockdownNow = z.infer<typeof LockdownNow>;
