import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Aes } from '../../shared/wire/osdp/secure-channel.ts';

/** AES-128 of single blocks, for the devices' side. */
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
