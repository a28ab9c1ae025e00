import type { CentreNotice } from './centre-port.ts';

/**
 * How the upload stands:
 * - `none` the centre has not been asked yet
 * - `in-step` the centre has everything but the last moments
 * - `behind` it answers, but the oldest waiting event is older than it should be
 * - `lost` it does not answer
 * - `fork` it holds another journal under this console's name; nothing is sent
 * - `refused` a person has to mend something; nothing is sent
 */
export type SyncStateName = 'none' | 'in-step' | 'behind' | 'lost' | 'fork' | 'refused';

export interface SyncState {
  readonly state: SyncStateName;
  /** The centre holds every event up to this one. */
  readonly ackedSeq: number;
  /** Events that the centre does not have. */
  readonly waiting: number;
  /** Real ms since the oldest waiting event was committed; null when none waits. */
  readonly oldestUnackedMs: number | null;
  /** When the centre last answered, on the monotonic clock; null when it never did. */
  readonly lastAnswerMonoMs: number | null;
  /** Why nothing is taken, for programs and for people; null when all is well. */
  readonly code: string | null;
  readonly text: string | null;
  /** What people must know besides, as of the last greeting. */
  readonly notices: readonly CentreNotice[];
}

/** What the uploader knows of the line, before the age of what waits is looked at. */
export type Phase = 'starting' | 'connected' | 'lost' | 'fork' | 'refused';

export interface BehindRule {
  readonly behindMs: number;
  /** True when the last state told was `behind`: it ends only at half the age. */
  readonly wasBehind: boolean;
}

export function stateName(
  phase: Phase,
  oldestUnackedMs: number | null,
  rule: BehindRule,
): SyncStateName {
  if (phase === 'starting') return 'none';
  if (phase !== 'connected') return phase;
  const limit = rule.wasBehind ? rule.behindMs / 2 : rule.behindMs;
  return oldestUnackedMs !== null && oldestUnackedMs > limit ? 'behind' : 'in-step';
}
