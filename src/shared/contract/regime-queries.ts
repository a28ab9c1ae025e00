import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { Verdict } from '../domain/crossing.ts';
import { CrossingId, DraftId, LaneId, PersonId } from '../domain/ids.ts';
import { PersonClass } from '../domain/line.ts';
import { Text3 } from '../domain/text.ts';
import { RegimeShape } from '../regime/regime-shape.ts';
import { ReasonName } from '../regime/requirement.ts';
import { operation } from './row.ts';

const everyone = ['operator', 'supervisor', 'inspector', 'administrator'] as const;
const readers = ['supervisor', 'inspector', 'administrator'] as const;
const ms = z.number().int();

/** Somebody who acted; the name is null where nobody of that id may sign in any more. */
const Who = z.object({ user: z.string(), name: z.string().nullable() });
export type Who = z.infer<typeof Who>;

/** A version of the regime that was handed in here. */
const RegimeVersionRow = z.object({
  draft: DraftId,
  regime: z.string(),
  version: z.number().int(),
  hash: z.string(),
  /** `proposed`: one of two persons wants it; `in-force`, `past`: it decides now, or did. */
  state: z.enum(['drafted', 'proposed', 'enacted', 'in-force', 'past', 'withdrawn']),
  draftedMs: ms,
  draftedBy: Who.nullable(),
  /** From when on it decides, or is to decide. */
  fromMs: ms.nullable(),
  proposedBy: Who.nullable(),
  /** On whose behalf they proposed it; null where it makes no difference. */
  proposedSide: Authority.nullable(),
  enactedBy: Who.nullable(),
  withdrawnBy: Who.nullable(),
  /** The newest reason that was typed; null where there is none, or it was erased. */
  reason: z.string().nullable(),
});
export type RegimeVersionRow = z.infer<typeof RegimeVersionRow>;

const WhatIfCount = z.object({
  class: PersonClass,
  rule: z.string(),
  from: Verdict,
  toRule: z.string(),
  to: Verdict,
  count: z.number().int(),
});

/** Somebody who would have been treated otherwise; rules are null where a reason is withheld. */
const WhatIfRow = z.object({
  crossing: CrossingId,
  atMs: ms,
  lane: LaneId,
  class: PersonClass,
  person: PersonId.nullable(),
  from: Verdict,
  to: Verdict,
  rule: z.string().nullable(),
  toRule: z.string().nullable(),
  /** The requirements that fail under the other version. */
  because: z.array(ReasonName),
});
export type WhatIfRow = z.infer<typeof WhatIfRow>;

const WhatIfSlice = z.object({
  /** Decisions of the whole day, told with its first part only; else 0. */
  total: z.number().int(),
  /** Of this part: decisions looked at, those that differ, those of which nothing can be told. */
  looked: z.number().int(),
  changed: z.number().int(),
  cannotTell: z.number().int(),
  counts: z.array(WhatIfCount),
  rows: z.array(WhatIfRow),
  /** Where to go on; null once the day is looked through. */
  cursor: z.string().nullable(),
});
export type WhatIfSlice = z.infer<typeof WhatIfSlice>;

/** Reads of the regime's versions. */
export const regimeQueries = {
  'regime.versions': operation({
    roles: readers,
    input: z.object({}),
    output: z.object({
      inForce: z.object({ id: z.string(), version: z.number().int(), title: Text3 }),
      /** Where a change needs one person of each side: which sides. */
      eachSide: z.object({ first: Authority, home: Authority }).nullable(),
      /** On whose behalf whoever asks acts; null where nobody has said. */
      ownSide: Authority.nullable(),
      /** The newest 50, newest first. */
      versions: z.array(RegimeVersionRow),
    }),
  }),
  /** A version as its file says it: one that was handed in, or the one in force (null). */
  'regime.read': operation({
    roles: everyone,
    input: z.object({ draft: DraftId.nullable() }),
    output: z.object({
      regime: RegimeShape,
      /** SHA-256 of the file's text. */
      hash: z.string(),
      /** From when on it decides, or is to decide; null where that is not settled. */
      fromMs: ms.nullable(),
    }),
  }),
  /**
   * A part of a day's live decisions under another version, on the facts as they were then: whoever
   * asks adds the parts up (`mergeWhatIf`) and goes on from each one's cursor.
   */
  'regime.what-if': operation({
    roles: readers,
    input: z.object({
      /** Null = the version in force. */
      draft: DraftId.nullable(),
      day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day: YYYY-MM-DD'),
      cursor: z.string().max(64).nullable(),
      /** How many of those treated otherwise are listed at most; 0 = counts alone. */
      limit: z.number().int().min(0).max(200),
    }),
    output: WhatIfSlice,
  }),
} as const;
