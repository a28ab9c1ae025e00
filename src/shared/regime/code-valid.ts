import type { LaneId } from '../domain/ids.ts';
import type { Direction } from '../domain/line.ts';
import type { CodeProof } from '../domain/qr-permit.ts';
import { minuteOf } from '../lib/hk-time.ts';
import type { Reason } from './requirement.ts';

/** A permit's code that was shown instead of a badge. */
export interface CodeFacts {
  readonly proof: CodeProof;
  readonly key: string;
  readonly validFromMs: number;
  readonly validToMs: number;
  /** False where the permit in force names another holder or class than the code. */
  readonly agrees: boolean;
  /** The lane it is shown at; null at a desk. */
  readonly lane: LaneId | null;
  /** Where this very code was admitted last, within the time that the site sets. */
  readonly last: { readonly lane: LaneId; readonly atMs: number } | null;
}

export const CODE_DETAILS = [
  'unknown-key',
  'forged',
  'not-yet',
  'expired',
  'differs',
  'replayed',
  'two-lanes',
] as const;
type Detail = (typeof CODE_DETAILS)[number];

/** What nobody may come in by. A way out is never refused for what data say: a person looks. */
const REFUSED: ReadonlySet<string> = new Set<Detail>([
  'unknown-key',
  'forged',
  'not-yet',
  'expired',
]);

export type CodeReasonKey = `code-valid/${Detail}`;

export interface CodeFault {
  readonly reason: Reason;
  readonly verdict: 'refer' | 'refuse';
}

/**
 * What is wrong with a code, the first of it: whatever rule a crossing falls under, its code must
 * be an issuer's, valid at this very minute, the permit's as it stands, and shown once.
 */
export function codeFault(
  code: CodeFacts | null,
  direction: Direction,
  atMs: number,
): CodeFault | null {
  if (code === null) return null;
  const found = detailOf(code, atMs);
  if (found === null) return null;
  const [detail, params] = found;
  return { reason: { is: 'code-valid', detail, params }, verdict: codeVerdict(detail, direction) };
}

/** What a code that is wrong in this way leads to, whatever the rule. */
export function codeVerdict(detail: string, direction: Direction): CodeFault['verdict'] {
  return REFUSED.has(detail) && direction !== 'out' ? 'refuse' : 'refer';
}

function detailOf(code: CodeFacts, atMs: number): [Detail, Reason['params']] | null {
  const { proof, key, validFromMs, validToMs, agrees, lane, last } = code;
  if (proof !== 'proven') return [proof, { key }];
  const minute = minuteOf(atMs);
  if (minute < validFromMs) return ['not-yet', { fromMs: validFromMs }];
  if (minute >= validToMs) return ['expired', { toMs: validToMs }];
  if (!agrees) return ['differs', {}];
  if (last === null) return null;
  const shown = { lane: last.lane, atMs: last.atMs };
  return [last.lane === lane ? 'replayed' : 'two-lanes', shown];
}
