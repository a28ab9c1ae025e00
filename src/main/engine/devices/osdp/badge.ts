import type { Credential } from '../../../../shared/domain/credential.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import type { Bits } from '../../../../shared/wire/osdp/fields.ts';
import { credentialOf } from '../pcprox/codec.ts';

/**
 * The badge behind bits as an OSDP reader hands them over: left-justified, most significant first.
 * Faults: those of `credentialOf`, which wants them right-justified and lowest byte first.
 */
export function credentialOfBits({ bytes, count }: Bits): Result<Credential> {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let left = value >> BigInt(bytes.length * 8 - count);
  const data = new Uint8Array(bytes.length);
  for (let i = 0; i < data.length; i += 1) {
    data[i] = Number(left & 0xffn);
    left >>= 8n;
  }
  return credentialOf(data, Uint8Array.of(Math.min(count, 255)));
}
