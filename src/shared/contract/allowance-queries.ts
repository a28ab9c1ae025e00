import { z } from 'zod';
import { operation } from './row.ts';

/** A person's crossings, or an enterprise's goods in cents. */
export const allowanceQueries = {
  /**
   * What is left of an allowance now: in crossings, or in cents of the currency. Null where the
   * regime in force sets none. Ids only, as in every list.
   */
  'allowance.left': operation({
    roles: ['operator', 'supervisor', 'inspector'],
    input: z.object({ of: z.enum(['person', 'enterprise']), id: z.string().min(1).max(64) }),
    output: z.object({
      allowance: z
        .object({
          /** The Hong Kong midnight with which the period began. */
          fromMs: z.number().int(),
          most: z.number().int(),
          /** With what is under way, or may have gone through: as a gate decides by it. */
          used: z.number().int(),
          left: z.number().int(),
          currency: z.string().nullable(),
        })
        .nullable(),
    }),
  }),
} as const;
