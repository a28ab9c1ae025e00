import { MAX_EVENT_BYTES } from '../../../shared/journal/envelope.ts';

export interface SyncLimits {
  /** The largest batch. */
  readonly maxRows: number;
  readonly maxBytes: number;
  /** The largest single event: a batch can always hold one. */
  readonly maxEventBytes: number;
  /** What is read from the journal at a time; others run between two reads. */
  readonly sliceRows: number;
  readonly sliceBytes: number;
  /** How long new events are gathered when nothing older waits. */
  readonly lingerMs: number;
  /** The centre is asked again at least this often, whether or not there is anything to send. */
  readonly heartbeatMs: number;
  /** An answer that takes longer counts as lost; longer than the port's own limits. */
  readonly answerTimeoutMs: number;
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /** After a fork or a refusal the centre is only asked, this seldom, whether it was mended. */
  readonly recheckMs: number;
  /** An oldest waiting event above this age is `behind`. */
  readonly behindMs: number;
  /** How often the journal itself is looked at and the numbers are told. */
  readonly tickMs: number;
}

/** A real site over a wide-area line. */
export const REAL_LIMITS: SyncLimits = {
  maxRows: 1000,
  maxBytes: 512 * 1024,
  maxEventBytes: MAX_EVENT_BYTES,
  sliceRows: 100,
  sliceBytes: 64 * 1024,
  lingerMs: 200,
  heartbeatMs: 15_000,
  answerTimeoutMs: 25_000,
  backoffMinMs: 250,
  backoffMaxMs: 30_000,
  recheckMs: 60_000,
  behindMs: 10_000,
  tickMs: 1000,
};

/** The training centre is on this machine: what is broken shows at once. */
export const TRAINING_LIMITS: SyncLimits = {
  ...REAL_LIMITS,
  heartbeatMs: 5000,
  answerTimeoutMs: 10_000,
  backoffMaxMs: 5000,
  recheckMs: 10_000,
};
