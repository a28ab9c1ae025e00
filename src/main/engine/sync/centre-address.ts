import { isIP } from 'node:net';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';

/** Where a centre listens and as whom this console signs in. */
export interface CentreAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string | undefined;
}

/**
 * Certificates in PEM. Only `verify-full` is a mode: `require` and `verify-ca` mean less from pg 9
 * on, and nothing may switch the check of the server off.
 */
export const CentreTls = z.strictObject({
  sslmode: z.literal('verify-full'),
  ca: z.string().min(1),
  cert: z.string().min(1),
  key: z.string().min(1),
});
export type CentreTls = z.infer<typeof CentreTls>;

/** How to reach a centre, checked: either plain on the loopback in training, or with TLS. */
export interface CentreTarget extends CentreAddress {
  readonly tls: CentreTls | null;
}

/** Only addresses count as loopback: a name could be pointed elsewhere. */
function isLoopback(host: string): boolean {
  return (isIP(host) === 4 && host.startsWith('127.')) || host === '::1';
}

/**
 * Whether this console may speak to a centre at this address. Faults: `centre-tls-missing`,
 * `centre-tls-weak`, `centre-password`, `centre-not-loopback`.
 * `tls` is what the site's certificate file held, unchecked; null when it has none.
 */
export function checkCentre(
  address: CentreAddress,
  training: boolean,
  tls: unknown,
): Result<CentreTarget> {
  const where = `centre ${address.host}:${address.port}`;
  if (training && (tls === null || tls === undefined)) {
    if (isLoopback(address.host)) return ok({ ...address, tls: null });
    const text = 'a training centre without certificates must be on 127.0.0.1';
    return fail('centre-not-loopback', text, where);
  }
  if (tls === null || tls === undefined) {
    const text = 'a centre is reached only with certificates: give ca, cert and key';
    return fail('centre-tls-missing', text, where);
  }
  const parsed = CentreTls.safeParse(tls);
  if (!parsed.success) {
    const what = parsed.error.issues.map((i) => `${i.path.join('.') || 'tls'}: ${i.message}`);
    const text = `certificates: exactly sslmode "verify-full", ca, cert, key (${what.join('; ')})`;
    return fail('centre-tls-weak', text.slice(0, 280), where);
  }
  if (address.password !== undefined && !training) {
    const text = 'a console signs in by its certificate: remove the password from the site file';
    return fail('centre-password', text, where);
  }
  return ok({ ...address, tls: parsed.data });
}
