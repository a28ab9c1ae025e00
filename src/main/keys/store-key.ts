import { createHash, randomBytes } from 'node:crypto';

/** What a data folder is encrypted by: random bytes, never a word that somebody thought of. */
export type StoreKey = Buffer;

const BYTES = 32;
const HEX = /^[0-9a-f]{64}$/;
/** The first line says what the file is, and in which form. */
const KIND = 'twoline store key 1';
const ID_CHARS = 16;

export function newStoreKey(): StoreKey {
  return randomBytes(BYTES);
}

/** Tells keys apart and tells nothing of them: it may lie beside what they lock. */
export function keyId(key: StoreKey): string {
  return createHash('sha256').update(`${KIND} `).update(key).digest('hex').slice(0, ID_CHARS);
}

/** A key as it is kept in a file, or handed to the system's key store: two lines. */
export function keyText(key: StoreKey): string {
  return `${KIND}\n${key.toString('hex')}\n`;
}

/** Null where this is not the text of a key. */
export function parseKeyText(text: string): StoreKey | null {
  const [kind, hex = '', ...rest] = text.split(/\r?\n/);
  const isWhole = kind === KIND && HEX.test(hex) && rest.every((line) => line === '');
  return isWhole ? Buffer.from(hex, 'hex') : null;
}
