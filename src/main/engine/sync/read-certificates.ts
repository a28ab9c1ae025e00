import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { CentreTls } from './centre-address.ts';

const MAX_BYTES = 256 * 1024;

/**
 * Reads `ca.pem` (whom this console trusts), `cert.pem` and `key.pem` (its own) from a folder.
 * Faults: `centre-certificates` with the file and what to do about it.
 */
export function readCertificates(folder: string, nowMs: number): Result<CentreTls> {
  let where = folder;
  const read = (name: string) => {
    where = join(folder, name);
    const { size, mode } = statSync(where);
    if (size > MAX_BYTES) throw new Error('larger than any certificate');
    // As everyone's PostgreSQL client does: a key that others may read is a key no longer.
    if (name === 'key.pem' && process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new Error('others may read it: chmod 600');
    }
    return readFileSync(where, 'utf8');
  };
  try {
    const ca = read('ca.pem');
    checkDates(new X509Certificate(ca), nowMs);
    const cert = read('cert.pem');
    const own = new X509Certificate(cert);
    checkDates(own, nowMs);
    const key = read('key.pem');
    if (!own.checkPrivateKey(createPrivateKey(key))) throw new Error('not the key of cert.pem');
    return ok({ sslmode: 'verify-full', ca, cert, key });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('centre-certificates', `certificates for the centre: ${why}`.slice(0, 280), where);
  }
}

function checkDates(certificate: X509Certificate, nowMs: number): void {
  if (certificate.validToDate.getTime() < nowMs) {
    throw new Error(`expired on ${certificate.validTo}`);
  }
}
