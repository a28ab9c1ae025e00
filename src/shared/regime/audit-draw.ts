import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hundredthsOf } from '../lib/money.ts';

/** What a draw is made from, so that whoever has these can make it again. */
export interface AuditSubject {
  readonly regime: string;
  readonly regimeVersion: number;
  /** Stated before the crossings that it decides on, by whoever orders the audit. */
  readonly seed: string;
  /** The crossing's id. */
  readonly crossing: string;
}

/** A draw as it is recorded: everything that an auditor needs to make it again. */
export interface AuditDraw extends AuditSubject {
  readonly percent: number;
  /** What was drawn: from 0 to 2^32 - 1. */
  readonly number: number;
  readonly isDrawn: boolean;
}

/** What is hashed: five lines, without a line feed at the end. */
export function auditText({ regime, regimeVersion, seed, crossing }: AuditSubject): string {
  return ['twoline-audit-draw-1', regime, regimeVersion, seed, crossing].join('\n');
}

/**
 * Whether a released crossing is audited afterwards. To make a draw again with any other program:
 *
 * 1. Join with line feeds (0x0A), without one at the end, as UTF-8: `twoline-audit-draw-1`, the
 *    regime's id, its version in decimal digits, the seed, the crossing's id.
 * 2. Take the SHA-256 of it; its first four bytes, the highest first, are the number.
 * 3. It is drawn where number × 10,000 < rate × 2^32, the rate in hundredths of a percent (5 % are
 *    500): none at 0 %, all at 100 %.
 */
export function auditDraw(subject: AuditSubject, percent: number): AuditDraw {
  const { regime, regimeVersion, seed, crossing } = subject;
  const digest = sha256(utf8ToBytes(auditText(subject)));
  const number = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
  const isDrawn = number * 10_000 < hundredthsOf(percent) * 2 ** 32;
  return { regime, regimeVersion, seed, crossing, percent, number, isDrawn };
}
