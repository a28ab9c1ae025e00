import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { DraftId, TextId, UserId } from '../domain/ids.ts';

/** Characters of a regime's text in one event: in UTF-8, escaped, far below an event's limit. */
export const REGIME_PART_CHARS = 12_000;

/** A part of a drafted regime file's text, as it was handed in. `hash`: SHA-256 of the whole. */
const TextPart = z.object({
  hash: z.string().length(64),
  part: z.number().int().min(1),
  parts: z.number().int().min(1),
  text: z.string().max(REGIME_PART_CHARS),
});

const version = {
  draft: DraftId,
  regime: z.string(),
  version: z.number().int(),
  hash: z.string().length(64),
};
/** A version of the regime was handed in, proven whole, and waits. Its text stands before it. */
const Drafted = z.object({
  ...version,
  /** Before this moment, ms, its own text lets it decide nothing. */
  effectiveFromMs: z.number().int(),
  /** Why it was handed in; earlier consoles did not ask. */
  reason: TextId.optional(),
});
/** The first of two persons wants it to decide from a moment on. */
const Proposed = z.object({
  draft: DraftId,
  fromMs: z.number().int(),
  /** On whose behalf they act; null where it makes no difference or nobody has said. */
  side: Authority.nullable(),
  reason: TextId,
});
/** The second one wants it too: from that moment on it decides. */
const Enacted = z.object({
  ...version,
  fromMs: z.number().int(),
  proposedBy: UserId,
  proposedSide: Authority.nullable(),
  side: Authority.nullable(),
  reason: TextId,
});
/** It will not come in force: no draft any more, or not enacted any more. */
const Withdrawn = z.object({ draft: DraftId, reason: TextId });

export const regimeEvents = {
  'regime.text': TextPart,
  'regime.drafted': Drafted,
  'regime.proposed': Proposed,
  'regime.enacted': Enacted,
  'regime.withdrawn': Withdrawn,
} as const;
