import { z } from 'zod';
import type { Credential } from './credential.ts';
import { PermitId, PersonId } from './ids.ts';
import { PersonClass } from './line.ts';

/** Seconds since 1970 (RFC 7519, NumericDate), at a whole minute. */
const minute = z.number().int().min(0).max(32_503_680_000).multipleOf(60);

/**
 * What a permit's code says: the payload of a JWS in its compact form, signed with Ed25519
 * (RFC 7515, RFC 8037). The holder is named by the id that stands for them everywhere.
 */
export const QrClaims = z.strictObject({
  /** The permit. */
  jti: PermitId,
  /** Its holder's pseudonym. */
  sub: PersonId,
  cls: PersonClass,
  /** Valid from, and until: the end is exclusive. */
  nbf: minute,
  exp: minute,
});
export type QrClaims = z.infer<typeof QrClaims>;

/** The name of a key, as the codes signed with it carry it. */
export const KeyId = z.string().regex(/^[A-Za-z0-9._-]{1,32}$/, 'a key: letters, digits, . _ -');
export type KeyId = z.infer<typeof KeyId>;

/** Longer than any permit's code: what is longer is none. */
export const MOST_CODE_CHARS = 1_000;

/** Whether a code is signed by an issuer whom the site knows. */
export const CodeProof = z.enum(['proven', 'unknown-key', 'forged']);
export type CodeProof = z.infer<typeof CodeProof>;

/** A permit's code as it was shown. Unless it is proven nothing that it says may be believed. */
export interface ShownCode {
  /** Names this very code: the first 16 bytes of the SHA-256 of what is signed, in hex. */
  readonly token: string;
  readonly key: KeyId;
  readonly proof: CodeProof;
  readonly permit: PermitId;
  readonly person: PersonId;
  readonly class: PersonClass;
  readonly validFromMs: number;
  readonly validToMs: number;
}

const PREFIX = 'qr/';

/** The credential that a permit's code stands for. */
export function codeCredential(permit: PermitId): Credential {
  return `${PREFIX}${permit}` as Credential;
}

/** The permit behind such a credential; null for a badge's. */
export function codePermit(credential: string): string | null {
  return credential.startsWith(PREFIX) ? credential.slice(PREFIX.length) : null;
}
