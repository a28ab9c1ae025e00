import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Aes } from '../../../../shared/wire/osdp/secure-channel.ts';

/** AES-128 of single blocks; how they hang together is the protocol's. */
export const nodeAes: Aes = {
  encrypt: (key, block) => {
    const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    return Uint8Array.from(cipher.update(block));
  },
  decrypt: (key, block) => {
    const cipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    return Uint8Array.from(cipher.update(block));
  },
};
