import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';

/**
 * The key that a device and the console share: 32 hexadecimal digits in a file. Fault: `bad-key`.
 */
export function readKey(file: string): Result<Uint8Array> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const why = (error as Error).message;
    return fail('bad-key', `the key file cannot be read: ${why}. ${MAKE_ONE}`, file);
  }
  if (!/^[0-9a-fA-F]{32}$/.test(text)) {
    return fail('bad-key', `the key file does not hold 32 hexadecimal digits. ${MAKE_ONE}`, file);
  }
  return ok(Uint8Array.from(Buffer.from(text, 'hex')));
}

const MAKE_ONE = 'Make one with: (umask 077; openssl rand -hex 16 > FILE)';
