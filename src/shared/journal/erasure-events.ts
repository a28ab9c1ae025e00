import { z } from 'zod';
import { ErasureId, TextId } from '../domain/ids.ts';
import { DatasetName } from '../domain/permit.ts';
import { ErasureScope } from '../domain/retention.ts';

/** Personal data is to go; who said so is the event's actor. */
const Ordered = z.object({
  erasure: ErasureId,
  scope: ErasureScope,
  /** The settled period's, where its time came; null where a person asked. */
  basis: z.string().max(200).nullable(),
  reason: TextId.nullable(),
});
/** It is gone: how many typed texts, and how many rows of which dataset. */
const Done = z.object({
  erasure: ErasureId,
  texts: z.number().int().min(0),
  rows: z.partialRecord(DatasetName, z.number().int().min(0)),
});

export const erasureEvents = { 'erasure.ordered': Ordered, 'erasure.done': Done } as const;
