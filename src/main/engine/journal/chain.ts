import { hash } from 'node:crypto';
import { MAX_EVENT_BYTES } from '../../../shared/journal/envelope.ts';

/** What stands before the first event of an epoch. */
export const GENESIS_HASH = Buffer.alloc(32);

/** Where what is hashed is put together, unless it may be too long for it. */
const joined = Buffer.alloc(GENESIS_HASH.length + MAX_EVENT_BYTES);
/** A character of a text takes at most so many bytes as UTF-8. */
export const MOST_BYTES = 3;

/** SHA-256(previous hash ‖ body as UTF-8): over the very bytes that are stored. */
export function chainHash(previous: Buffer, body: string): Buffer {
  if (previous.length + body.length * MOST_BYTES > joined.length) {
    return hash('sha256', Buffer.concat([previous, Buffer.from(body, 'utf8')]), 'buffer');
  }
  previous.copy(joined);
  const end = previous.length + joined.write(body, previous.length, 'utf8');
  return hash('sha256', joined.subarray(0, end), 'buffer');
}
