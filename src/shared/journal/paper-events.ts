import { z } from 'zod';
import { CheckpointId, PassageId, TextId } from '../domain/ids.ts';
import { PaperNumber, PaperSeries, StaffNumber } from '../domain/paper-form.ts';

/** A block of numbered forms goes to somebody: each number once. */
const HandedOut = z.object({
  series: PaperSeries,
  from: PaperNumber,
  /** Included. */
  to: PaperNumber,
  checkpoint: CheckpointId.nullable(),
  holder: StaffNumber,
  reason: TextId,
});

/** A form that was spoiled, or came back unused: nobody crossed on it. */
const Voided = z.object({ series: PaperSeries, number: PaperNumber, reason: TextId });

/** What a crossing that was written on paper adds to `crossing.recorded`. */
export const OnPaper = z.object({
  series: PaperSeries,
  number: PaperNumber,
  writer: StaffNumber,
  reason: TextId,
  /** Whose place it takes: they were counted at an open gate before, without a name. */
  takes: PassageId.optional(),
});

export const paperEvents = {
  'paper.handed-out': HandedOut,
  'paper.voided': Voided,
} as const;
