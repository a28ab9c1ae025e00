import { z } from 'zod';
import { DayReturnOutcome } from './day-return.ts';

const ms = z.number().int();

/** What a crossing is put right to: whether somebody went through. */
export const CorrectedPassage = z.enum(['passed', 'not-taken']);
export type CorrectedPassage = z.infer<typeof CorrectedPassage>;

/**
 * A recorded fact that turns out to be wrong, and what is right: whether a crossing was taken, when
 * it happened (ms since 1970), or what was decided of a day return.
 */
export const CorrectionChange = z.discriminatedUnion('fact', [
  z.object({ fact: z.literal('passage'), after: CorrectedPassage }),
  z.object({ fact: z.literal('time'), after: ms }),
  z.object({ fact: z.literal('day-return'), after: DayReturnOutcome }),
]);
export type CorrectionChange = z.infer<typeof CorrectionChange>;
export type CorrectedFact = CorrectionChange['fact'];
export const CORRECTED_FACTS = ['passage', 'time', 'day-return'] as const;

/** One person asks, a second one confirms it or declines it; who asked may take it back too. */
export const CorrectionState = z.enum(['asked', 'confirmed', 'declined']);
export type CorrectionState = z.infer<typeof CorrectionState>;

/** What stood there, or shall stand there: a word of the fact's own, or ms since 1970. */
export const FactValue = z.union([z.string().min(1).max(16), ms]);
export type FactValue = z.infer<typeof FactValue>;
