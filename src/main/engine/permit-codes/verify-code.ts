import { hash } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, errors, importJWK } from 'jose';
import {
  type CodeProof,
  KeyId,
  MOST_CODE_CHARS,
  QrClaims,
  type ShownCode,
} from '../../../shared/domain/qr-permit.ts';
import type { SiteCodes } from '../../../shared/domain/site-codes.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';

type Key = Awaited<ReturnType<typeof importJWK>>;

/** The only signature that is taken: no code chooses how it is checked. */
export const ALGORITHM = 'EdDSA';

const NOT_A_PERMIT = 'what was read is no permit’s code';

/** Tells whose codes are whose, from the keys of the site file alone: it needs no network. */
export class CodeVerifier {
  readonly #keys: ReadonlyMap<string, Promise<Key>>;

  constructor(codes: SiteCodes | undefined) {
    this.#keys = new Map(
      (codes?.keys ?? []).map(({ id, x }) => {
        return [id, importJWK({ kty: 'OKP', crv: 'Ed25519', x }, ALGORITHM)] as const;
      }),
    );
  }

  /** What a text says as a permit's code, and whether that is proven. Fault: `not-a-permit`. */
  async verify(text: string): Promise<Result<ShownCode>> {
    const said = text.length > MOST_CODE_CHARS ? null : readCode(text);
    if (said === null) return fail('not-a-permit', NOT_A_PERMIT);
    const { key, claims } = said;
    const { jti: permit, sub: person, cls, nbf, exp } = claims;
    return ok({
      token: tokenOf(text),
      ...{ key, proof: await this.#proof(text, key), permit, person, class: cls },
      ...{ validFromMs: nbf * 1000, validToMs: exp * 1000 },
    });
  }

  async #proof(text: string, id: string): Promise<CodeProof> {
    const key = await this.#keys.get(id);
    if (key === undefined) return 'unknown-key';
    try {
      await compactVerify(text, key, { algorithms: [ALGORITHM] });
      return 'proven';
    } catch (error) {
      if (error instanceof errors.JOSEError) return 'forged';
      throw error;
    }
  }
}

/**
 * What is signed, not the signature: its last letter has bits that nobody looks at, so that one
 * signature can be written in several ways.
 */
function tokenOf(text: string): string {
  return hash('sha256', text.slice(0, text.lastIndexOf('.'))).slice(0, 32);
}

/** What it says, believed or not; null where it is none. */
function readCode(text: string): { key: KeyId; claims: QrClaims } | null {
  try {
    const key = KeyId.parse(decodeProtectedHeader(text).kid);
    const payload = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('utf8');
    return { key, claims: QrClaims.parse(JSON.parse(payload)) };
  } catch {
    // Any text may be shown to a scanner: what does not read as a code is none.
    return null;
  }
}
