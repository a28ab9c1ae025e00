import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeAes as aes } from '../../../src/main/engine/devices/osdp/aes.ts';
import { encodeCommand, encodeReply } from '../../../src/shared/wire/osdp/messages.ts';
import { decodePacket, type Received } from '../../../src/shared/wire/osdp/packet.ts';
import {
  cryptogram,
  DEFAULT_KEY,
  firstMac,
  macOf,
  type Session,
  seal,
  sessionKeys,
  unseal,
} from '../../../src/shared/wire/osdp/secure-channel.ts';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const run = (from: number, count: number) => Uint8Array.from({ length: count }, (_, i) => from + i);

const cpRandom = run(0xb0, 8);
const pdRandom = run(0xa0, 8);
const keys = sessionKeys(aes, DEFAULT_KEY, cpRandom);
const cpCryptogram = cryptogram(aes, keys, pdRandom, cpRandom);
const opened: Session = { keys, chain: firstMac(aes, keys, cpCryptogram) };

test('AES-128 is the one of FIPS 197', () => {
  const block = Uint8Array.from(Buffer.from('00112233445566778899aabbccddeeff', 'hex'));
  const secret = aes.encrypt(run(0, 16), block);
  expect(hexOf(secret)).toBe('69C4E0D86A7B0430D8CDB78070B4C55A');
  expect(aes.decrypt(run(0, 16), secret)).toEqual(block);
});

test('the vectors of SIA OSDP, Annex E', () => {
  expect(hexOf(DEFAULT_KEY)).toBe('303132333435363738393A3B3C3D3E3F');
  expect(hexOf(keys.mac1)).toBe('5E86C676603BDEE2D8BEAFE178637332');
  expect(hexOf(keys.mac2)).toBe('6FDA86E857777E81132035758239172E');
  expect(hexOf(keys.enc)).toBe('BF8DC2A8329ACB8C67C6D0CD9A451682');
  expect(hexOf(cpCryptogram)).toBe('26D3356E07762D262801FC8E6665A891');
  const pdCryptogram = cryptogram(aes, keys, cpRandom, pdRandom);
  expect(hexOf(pdCryptogram)).toBe('FDE5D2F428EC16312471EA3C02BD7796');
  expect(hexOf(opened.chain)).toBe('B2A30057EB98BA2229EC1F875662B524');
});

function received(bytes: Uint8Array): Received {
  const packet = decodePacket(bytes);
  if (!packet.ok) throw new Error(packet.fault.text);
  return packet.value;
}

const base = { address: 5, sequence: 1, hasCrc: true } as const;
const poll = { ...base, isReply: false, ...encodeCommand({ name: 'poll' }) };
const levels = Uint8Array.of(1, 0, 1);
const inputs = { ...base, isReply: true, ...encodeReply({ name: 'istatr', levels }) };

/** CBC as the library does it, unpadded. */
function cbc(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false).update(bytes);
}

/** The bytes, 80 and zeros to a multiple of 16: at most where `always` is false. */
function padded(bytes: Uint8Array, always: boolean): Uint8Array {
  const isWhole = bytes.length % 16 === 0;
  if (isWhole && !always) return bytes;
  const out = new Uint8Array((Math.floor(bytes.length / 16) + 1) * 16);
  out.set(bytes);
  out[bytes.length] = 0x80;
  return out;
}

describe('packets of the channel', () => {
  test('MACs and data are the chains that the standard names', () => {
    for (const size of [1, 8, 15, 16, 17, 32, 33, 64]) {
      const message = run(size, size);
      const blocks = padded(message, false);
      const most = blocks.subarray(0, -16);
      const between = most.length === 0 ? opened.chain : cbc(keys.mac1, opened.chain, most);
      const mac = cbc(keys.mac2, between.subarray(-16), blocks.subarray(-16));
      expect(hexOf(macOf(aes, opened, message))).toBe(hexOf(mac));
      const { bytes } = seal(aes, opened, { ...inputs, data: message });
      const secret = cbc(
        keys.enc,
        opened.chain.map((byte) => ~byte),
        padded(message, true),
      );
      expect(hexOf(received(bytes).data)).toBe(hexOf(secret));
    }
  });

  test('a command and its reply go on with the chain of MACs', () => {
    const sent = seal(aes, opened, poll);
    const heard = unseal(aes, opened, received(sent.bytes));
    expect(heard).toEqual({ ok: true, value: { data: poll.data, session: sent.session } });
    const answered = seal(aes, sent.session, inputs);
    expect(hexOf(answered.bytes)).not.toContain(hexOf(levels));
    const read = unseal(aes, sent.session, received(answered.bytes));
    expect(read).toEqual({ ok: true, value: { data: levels, session: answered.session } });
  });

  test('what was changed, said again, turned round or said in the open is refused', () => {
    const { bytes, session } = seal(aes, opened, poll);
    const packet = received(bytes);
    expect(unseal(aes, session, packet)).toMatchObject({ fault: { code: 'bad-mac' } });
    const changed = { ...packet, signed: packet.signed.map((byte, i) => (i === 1 ? 6 : byte)) };
    expect(unseal(aes, opened, changed)).toMatchObject({ fault: { code: 'bad-mac' } });
    const turned = unseal(aes, opened, { ...packet, isReply: true });
    expect(turned).toMatchObject({ fault: { code: 'not-signed' } });
    const open = { ...packet, block: null, mac: null };
    expect(unseal(aes, opened, open)).toMatchObject({ fault: { code: 'not-signed' } });
  });

  test('data of any length come out as they went in; no bytes whatever throw', () => {
    const data = fc.uint8Array({ minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(data, (plain) => {
        const sealed = seal(aes, opened, { ...inputs, data: plain });
        const read = unseal(aes, opened, received(sealed.bytes));
        expect(read).toEqual({ ok: true, value: { data: plain, session: sealed.session } });
      }),
      { numRuns: 300 },
    );
    const any = fc.record({
      data: fc.uint8Array({ maxLength: 48 }),
      type: fc.integer({ min: 0x11, max: 0x18 }),
      mac: fc.option(fc.uint8Array({ maxLength: 4 })),
    });
    const template = received(seal(aes, opened, inputs).bytes);
    fc.assert(
      fc.property(any, ({ data: bytes, mac, type }) => {
        const block = { type, data: new Uint8Array(0) };
        const forged = unseal(aes, opened, { ...template, block, mac, data: bytes });
        // A MAC is over the bytes received, and these are the template's: none of 4 fits by chance.
        if (forged.ok) expect(mac).toEqual(template.mac);
      }),
      { numRuns: 100_000 },
    );
  }, 120_000);
});
