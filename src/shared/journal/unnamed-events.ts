import { z } from 'zod';
import { BoardId, CheckpointId, CrossingId, LaneId } from '../domain/ids.ts';
import { Direction, Line } from '../domain/line.ts';
import { Place } from '../domain/place.ts';

/**
 * Somebody went through a gate that stood open for everybody, and no badge told who: one person
 * less in `from` and one more in `to`, whom nobody can name. `late`: the gate's board told of it
 * afterwards, of a moment at which the gate stood open; else it was told at once.
 */
const PassageUnnamed = z.object({
  board: BoardId,
  index: z.number().int(),
  door: z.number().int(),
  lane: LaneId,
  checkpoint: CheckpointId,
  line: Line,
  direction: Direction,
  from: Place,
  to: Place,
  timing: z.literal('late').optional(),
  /** Whose passage it was: a form that was keyed in before had told of it, with a name. */
  namedBy: CrossingId.optional(),
});
export const unnamedEvents = {
  'passage.unnamed': PassageUnnamed,
} as const;
