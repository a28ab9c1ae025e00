import { z } from 'zod';
import { ErasureId, UserId } from '../domain/ids.ts';
import { ErasureScope, RetentionClass } from '../domain/retention.ts';
import { operation } from './row.ts';

const ms = z.number().int();

const ErasureRow = z.object({
  erasure: ErasureId,
  scope: ErasureScope,
  basis: z.string().nullable(),
  orderedMs: ms,
  /** Null where its time had come by itself. */
  orderedBy: UserId.nullable(),
  /** Null until it is carried out. */
  doneMs: ms.nullable(),
  texts: z.number().int().nullable(),
  rows: z.number().int().nullable(),
});
export type ErasureRow = z.infer<typeof ErasureRow>;

export const retentionQueries = {
  /** How long each class of data is kept, and the newest erasures. */
  'retention.now': operation({
    roles: ['inspector', 'administrator'],
    input: z.object({}),
    output: z.object({
      classes: z.array(
        z.object({
          class: RetentionClass,
          /** Null where it is kept until somebody erases it. */
          days: z.number().int().nullable(),
          basis: z.string().nullable(),
        }),
      ),
      erasures: z.array(ErasureRow),
    }),
  }),
} as const;
