import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CompactSign, importPKCS8 } from 'jose';
import type { KeyId, QrClaims } from '../../../shared/domain/qr-permit.ts';
import type { SiteCodes } from '../../../shared/domain/site-codes.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { ALGORITHM, CodeVerifier } from './verify-code.ts';

export interface SignedCode {
  /** What stands in the QR code. */
  readonly text: string;
  readonly token: string;
  readonly key: KeyId;
}

/**
 * Signs a permit's code with the key that the site file names, and looks whether a lane would take
 * it. Faults, each with what to do: `no-signing-key`, `signing-key-unreadable`,
 * `signing-key-other`.
 */
export async function signCode(
  codes: SiteCodes | undefined,
  dir: string,
  claims: QrClaims,
): Promise<Result<SignedCode>> {
  if (codes?.signing === undefined) {
    return fail(
      'no-signing-key',
      'the site file names no key to sign codes with: see codes.signing',
    );
  }
  const { key, file } = codes.signing;
  const path = resolve(dir, file);
  let text: string;
  try {
    const secret = await importPKCS8(await readFile(path, 'utf8'), ALGORITHM);
    const payload = new TextEncoder().encode(JSON.stringify(claims));
    const header = { alg: ALGORITHM, kid: key };
    text = await new CompactSign(payload).setProtectedHeader(header).sign(secret);
  } catch (error) {
    const told = `codes cannot be signed with ${file}: ${(error as Error).message.slice(0, 120)}`;
    return fail('signing-key-unreadable', `${told}: make one with twoline code-key create`, path);
  }
  const read = await new CodeVerifier(codes).verify(text);
  if (read.ok && read.value.proof === 'proven') return ok({ text, token: read.value.token, key });
  const told = `${file} is not the private half of key ${key} in the site file`;
  return fail('signing-key-other', `${told}: name the key that it belongs to`, path);
}
