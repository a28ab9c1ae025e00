import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE_KEY_FILE } from './training-site.ts';

/**
 * The key that the zone's desk signs permits' codes with, made at the zone's first start; returns
 * its public half as the site file has it.
 */
export function trainingCodeKey(folder: string): string {
  const path = join(folder, CODE_KEY_FILE);
  const secret = readKey(path) ?? makeKey(path);
  return createPublicKey(secret).export({ format: 'jwk' }).x as string;
}

function readKey(path: string): KeyObject | null {
  try {
    const key = createPrivateKey(readFileSync(path));
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    // None yet, or one that was cut short: codes of it are valid for hours only.
    return null;
  }
}

function makeKey(path: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return privateKey;
}
