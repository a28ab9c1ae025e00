import { z } from 'zod';
import { AreaId, BoardId, CheckpointId, LaneId, TextId } from '../domain/ids.ts';
import { Direction, Line } from '../domain/line.ts';
import { Place } from '../domain/place.ts';

/**
 * Somebody went through a gate that stood open for everybody, and no badge told who: one person
 * less in `from` and one more in `to`, whom nobody can name.
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
});
/** A head count: a person says how many are in the area, beside what the ledger had. */
const AreaCounted = z.object({
  area: AreaId,
  counted: z.number().int().min(0),
  named: z.number().int(),
  unnamed: z.number().int(),
  reason: TextId,
});

export const unnamedEvents = {
  'passage.unnamed': PassageUnnamed,
  'area.counted': AreaCounted,
} as const;
