/**
 * OSDP's secure channel as pure functions: AES-128 under a key that console and device share. AES
 * itself is handed in, since shared/ has no library for it.
 *
 * Each packet's MAC starts from the last MAC of the other side, so that packets can neither be
 * changed, left out nor said again. Both sides speak in turn: one chain serves both ways.
 */
import { fail, ok, type Result } from '../../lib/result.ts';
import { encodePacket, isSigned, MAC_BYTES, type Packet, type Received, scs } from './packet.ts';

/** AES-128 of one block of 16 bytes. */
export interface Aes {
  encrypt(key: Uint8Array, block: Uint8Array): Uint8Array;
  decrypt(key: Uint8Array, block: Uint8Array): Uint8Array;
}

export const BLOCK_BYTES = 16;

/** SCBK-D, which everybody knows: good for nothing but giving a device its own key. */
export const DEFAULT_KEY: Uint8Array = Uint8Array.from({ length: 16 }, (_, i) => 0x30 + i);

/** The byte of a block that says which key is meant. */
export const keyKinds = { known: 0, own: 1 } as const;

export interface SessionKeys {
  readonly enc: Uint8Array;
  readonly mac1: Uint8Array;
  readonly mac2: Uint8Array;
}

const PAD = 0x80;
/** Bytes of the console's random number that go into a session's keys. */
const SEED_BYTES = 6;

export function sessionKeys(aes: Aes, key: Uint8Array, cpRandom: Uint8Array): SessionKeys {
  const derived = (second: number): Uint8Array => {
    const block = new Uint8Array(BLOCK_BYTES);
    block.set([0x01, second, ...cpRandom.subarray(0, SEED_BYTES)]);
    return aes.encrypt(key, block);
  };
  return { enc: derived(0x82), mac1: derived(0x01), mac2: derived(0x02) };
}

/** What proves the device's key: `deviceCryptogram(cpRandom, pdRandom)`; the console's: swapped. */
export function cryptogram(
  aes: Aes,
  keys: SessionKeys,
  first: Uint8Array,
  second: Uint8Array,
): Uint8Array {
  return cbc(aes, keys.enc, new Uint8Array(BLOCK_BYTES), Uint8Array.from([...first, ...second]));
}

/** The MAC that the chain of a session begins with (R-MAC-I). */
export function firstMac(aes: Aes, keys: SessionKeys, cpCryptogram: Uint8Array): Uint8Array {
  return aes.encrypt(keys.mac2, aes.encrypt(keys.mac1, cpCryptogram));
}

/** An open channel: its keys, and the last MAC, whole. */
export interface Session {
  readonly keys: SessionKeys;
  readonly chain: Uint8Array;
}

/** The 16 bytes of a message's MAC, of which 4 are sent. */
export function macOf(aes: Aes, { chain, keys }: Session, message: Uint8Array): Uint8Array {
  const padded = message.length % BLOCK_BYTES === 0 ? message : pad(message);
  const last = padded.length - BLOCK_BYTES;
  let mac = chain;
  for (let at = 0; at <= last; at += BLOCK_BYTES) {
    const key = at === last ? keys.mac2 : keys.mac1;
    mac = aes.encrypt(key, xor(padded.subarray(at, at + BLOCK_BYTES), mac));
  }
  return mac;
}

export interface Sealed {
  readonly bytes: Uint8Array;
  readonly session: Session;
}

/** The bytes of a packet within the channel, and the channel after it. */
export function seal(aes: Aes, session: Session, packet: Omit<Packet, 'block'>): Sealed {
  const hasData = packet.data.length > 0;
  const base = packet.isReply ? scs.reply : scs.command;
  const block = { type: hasData ? base + 2 : base, data: new Uint8Array(0) };
  const iv = session.chain.map((byte) => ~byte);
  const data = hasData ? cbc(aes, session.keys.enc, iv, pad(packet.data)) : packet.data;
  let chain = session.chain;
  const bytes = encodePacket({ ...packet, block, data }, (message) => {
    chain = macOf(aes, session, message);
    return chain.subarray(0, MAC_BYTES);
  });
  return { bytes, session: { ...session, chain } };
}

export interface Unsealed {
  readonly data: Uint8Array;
  readonly session: Session;
}

/** Checks and decrypts a packet of the channel. Faults: `not-signed`, `bad-mac`, `bad-padding`. */
export function unseal(aes: Aes, session: Session, packet: Received): Result<Unsealed> {
  const { block, data, isReply, mac, signed } = packet;
  const base = isReply ? scs.reply : scs.command;
  if (block === null || mac === null || !isSigned(block) || block.type % 2 !== base % 2) {
    return fail('not-signed', 'it was sent outside the secure channel');
  }
  const chain = macOf(aes, session, signed);
  if (!same(chain.subarray(0, MAC_BYTES), mac)) return fail('bad-mac', 'its MAC does not fit');
  const opened = { ...session, chain };
  if (block.type === base) return ok({ data, session: opened });
  const plain = decrypt(aes, session, data);
  if (plain === null) return fail('bad-padding', 'its data cannot be decrypted');
  return ok({ data: plain, session: opened });
}

function decrypt(aes: Aes, { chain, keys }: Session, data: Uint8Array): Uint8Array | null {
  if (data.length === 0 || data.length % BLOCK_BYTES !== 0) return null;
  const plain = new Uint8Array(data.length);
  let before: Uint8Array = chain.map((byte) => ~byte);
  for (let at = 0; at < data.length; at += BLOCK_BYTES) {
    const block = data.subarray(at, at + BLOCK_BYTES);
    plain.set(xor(aes.decrypt(keys.enc, block), before), at);
    before = block;
  }
  const end = plain.lastIndexOf(PAD);
  const isPadded =
    end >= plain.length - BLOCK_BYTES && plain.subarray(end + 1).every((b) => b === 0);
  return isPadded ? plain.slice(0, end) : null;
}

function cbc(aes: Aes, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length);
  let before = iv;
  for (let at = 0; at < data.length; at += BLOCK_BYTES) {
    before = aes.encrypt(key, xor(data.subarray(at, at + BLOCK_BYTES), before));
    out.set(before, at);
  }
  return out;
}

function pad(data: Uint8Array): Uint8Array {
  const blocks = Math.floor(data.length / BLOCK_BYTES) + 1;
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(data);
  padded[data.length] = PAD;
  return padded;
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}

/** Whether two runs of bytes are equal, in a time that does not tell where they differ. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  let differs = a.length ^ b.length;
  for (const [i, byte] of a.entries()) differs |= byte ^ (b[i] ?? 0);
  return differs === 0;
}
