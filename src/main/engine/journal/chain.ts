import { hash } from 'node:crypto';

/** What stands before the first event of an epoch. */
export const GENESIS_HASH = Buffer.alloc(32);

/** SHA-256(previous hash ‖ body as UTF-8): over the very bytes that are stored. */
export function chainHash(previous: Buffer, body: string): Buffer {
  return hash('sha256', Buffer.concat([previous, Buffer.from(body, 'utf8')]), 'buffer');
}
