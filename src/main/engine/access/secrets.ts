import { scrypt, timingSafeEqual } from 'node:crypto';

/**
 * scrypt with N = 2^15, r = 8, p = 3: 32 MiB and about a quarter of a second in the thread pool,
 * one of the settings that OWASP's password storage cheat sheet recommends.
 */
const COST = { N: 32_768, r: 8, p: 3, maxmem: 67_108_864 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const SCHEME = `scrypt-${COST.N}-${COST.r}-${COST.p}`;

export type RandomBytes = (bytes: number) => Uint8Array;

/** A secret as it is stored: scheme, salt and hash, so that a later scheme can stand beside. */
export async function hashSecret(secret: string, random: RandomBytes): Promise<string> {
  const salt = Buffer.from(random(SALT_BYTES));
  const hash = await derive(secret, salt);
  return `${SCHEME}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/** Whether the secret is the stored one. Takes as long when nothing is stored (`null`). */
export async function isSecret(secret: string, stored: string | null): Promise<boolean> {
  const [scheme, salt = '', expected = ''] = (stored ?? '').split('$');
  const hash = await derive(secret, Buffer.from(salt, 'base64url'));
  const wanted = Buffer.from(expected, 'base64url');
  if (scheme !== SCHEME || wanted.length !== hash.length) return false;
  return timingSafeEqual(hash, wanted);
}

/** The same characters typed on another keyboard are the same secret. */
function derive(secret: string, salt: Uint8Array): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(secret.normalize('NFKC'), salt, HASH_BYTES, COST, (error, hash) => {
    if (error === null) resolve(hash);
    else reject(error);
  });
  return promise;
}
