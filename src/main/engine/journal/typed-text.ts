import { hash } from 'node:crypto';

/** What a person typed, with the salted hash that stands in the journal in its place. */
export interface SaltedText {
  readonly body: string;
  readonly saltHex: string;
  readonly saltedHash: string;
}

const SALT_BYTES = 16;

/** SHA-256(salt in hex ‖ `:` ‖ body): who has text and salt can show that it is the one. */
export function saltText(body: string, randomBytes: (size: number) => Uint8Array): SaltedText {
  const saltHex = Buffer.from(randomBytes(SALT_BYTES)).toString('hex');
  return { body, saltHex, saltedHash: hash('sha256', `${saltHex}:${body}`) };
}
