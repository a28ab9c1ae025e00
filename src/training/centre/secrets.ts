import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * What outlives a restart, so that a console that keeps running finds its centre again at the same
 * address under the same password.
 */
const Secrets = z.strictObject({
  admin: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/),
  console: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/),
  port: z.number().int().min(0).max(65_535),
});
export type Secrets = z.infer<typeof Secrets>;

function freshPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** The secrets of a folder; `fresh` when there were none that could be read. */
export function loadSecrets(folder: string): { secrets: Secrets; fresh: boolean } {
  try {
    const text = readFileSync(join(folder, 'secrets.json'), 'utf8');
    return { secrets: Secrets.parse(JSON.parse(text)), fresh: false };
  } catch {
    const secrets = { admin: freshPassword(), console: freshPassword(), port: 0 };
    return { secrets, fresh: true };
  }
}

export function saveSecrets(folder: string, secrets: Secrets): void {
  const path = join(folder, 'secrets.json');
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
