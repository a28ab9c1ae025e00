/**
 * The packets of OSDP (IEC 60839-11-5) as pure functions over bytes. They stand in shared/ because
 * the training zone's devices speak the other side of the same protocol.
 *
 * SOM 0x53, address (a reply has 0x80 set), length (LE, SOM to check bytes), control, security
 * block where there is one, command or reply code, data, MAC where the block asks for one, CRC (LE)
 * or check sum. A mark byte 0xFF may stand before and counts nowhere.
 */
import { assert } from '../../lib/assert.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { checksum, crc16 } from './check.ts';

export const START = 0x53;
export const MARK = 0xff;
/** The address that every device hears. */
export const EVERY_DEVICE = 0x7f;
/** No packet of ours or of a device that we know is longer. */
export const MOST_BYTES = 256;
export const MAC_BYTES = 4;

const HEADER_BYTES = 5;
const REPLY = 0x80;
const HAS_CRC = 0x04;
const HAS_BLOCK = 0x08;

/** Block types: 11-14 make the secure channel, 15-18 use it (even ones are replies). */
export const scs = {
  challenge: 0x11,
  challenged: 0x12,
  cryptogram: 0x13,
  confirmed: 0x14,
  command: 0x15,
  reply: 0x16,
  commandWithData: 0x17,
  replyWithData: 0x18,
} as const;

export interface SecurityBlock {
  readonly type: number;
  /** What follows the block's length and type: the kind of key while a channel is made. */
  readonly data: Uint8Array;
}

export interface Packet {
  /** 0 to 0x7E, or 0x7F for every device. */
  readonly address: number;
  readonly isReply: boolean;
  /** 0 (re)starts; then 1, 2, 3, 1. A repeated number is a repeated packet. */
  readonly sequence: number;
  readonly hasCrc: boolean;
  readonly block: SecurityBlock | null;
  readonly code: number;
  /** As on the wire: encrypted where the block says so. */
  readonly data: Uint8Array;
}

/** A packet as it was received. */
export interface Received extends Packet {
  /** 4 bytes where the block asks for them. */
  readonly mac: Uint8Array | null;
  /** The bytes that the MAC was made over. */
  readonly signed: Uint8Array;
}

/** True for the blocks of an open channel, whose packets end with a MAC. */
export function isSigned(block: SecurityBlock | null): boolean {
  return block !== null && block.type >= scs.command && block.type <= scs.replyWithData;
}

/**
 * The bytes of a packet, without mark. `sign` gives the 4 bytes of MAC over what stands before it.
 * Throws on a value out of range (a programmer's mistake).
 */
export function encodePacket(
  packet: Packet,
  sign: ((message: Uint8Array) => Uint8Array) | null = null,
): Uint8Array {
  const { address, block, code, data, hasCrc, isReply, sequence } = packet;
  assert(address >= 0 && address <= EVERY_DEVICE, `address ${address}`);
  assert(sequence >= 0 && sequence <= 3, `sequence ${sequence}`);
  assert(isSigned(block) === (sign !== null), 'a MAC with a block that asks for one, and only so');
  const blockBytes = block === null ? [] : [block.data.length + 2, block.type, ...block.data];
  const signedBytes = HEADER_BYTES + blockBytes.length + 1 + data.length;
  const length = signedBytes + (sign === null ? 0 : MAC_BYTES) + (hasCrc ? 2 : 1);
  assert(length <= MOST_BYTES, `a packet of ${length} bytes`);
  const bytes = new Uint8Array(length);
  const control = sequence | (hasCrc ? HAS_CRC : 0) | (block === null ? 0 : HAS_BLOCK);
  bytes.set([START, address | (isReply ? REPLY : 0), length & 0xff, length >> 8, control]);
  bytes.set([...blockBytes, code], HEADER_BYTES);
  bytes.set(data, HEADER_BYTES + blockBytes.length + 1);
  if (sign !== null) bytes.set(sign(bytes.slice(0, signedBytes)), signedBytes);
  if (hasCrc) {
    const crc = crc16(bytes.subarray(0, length - 2));
    bytes.set([crc & 0xff, crc >> 8], length - 2);
  } else {
    bytes[length - 1] = checksum(bytes.subarray(0, length - 1));
  }
  return bytes;
}

/**
 * Reads the bytes of one packet, SOM to check bytes. Never throws. Faults: `bad-start`,
 * `bad-length`, `bad-check`, `bad-block`.
 */
export function decodePacket(bytes: Uint8Array): Result<Received> {
  const [start = 0, address = 0, low = 0, high = 0, control = 0] = bytes;
  if (start !== START) return fail('bad-start', 'a packet starts with 0x53', 'byte 0');
  const hasCrc = (control & HAS_CRC) !== 0;
  const checkBytes = hasCrc ? 2 : 1;
  const length = low | (high << 8);
  if (length !== bytes.length || length < HEADER_BYTES + 1 + checkBytes || length > MOST_BYTES) {
    return fail('bad-length', `${bytes.length} bytes, said to be ${length}`, 'byte 2');
  }
  const end = length - checkBytes;
  const checked = bytes.subarray(0, end);
  const [first = 0, second = 0] = bytes.subarray(end);
  const right = hasCrc ? crc16(checked) === (first | (second << 8)) : checksum(checked) === first;
  if (!right) return fail('bad-check', 'the check bytes do not fit', `byte ${end}`);
  const read = readBlock(bytes, control, end);
  if (!read.ok) return read;
  const { block, codeAt } = read.value;
  const macBytes = isSigned(block) ? MAC_BYTES : 0;
  const dataEnd = end - macBytes;
  if (codeAt >= dataEnd) return fail('bad-length', 'there is no code', `byte ${codeAt}`);
  return ok({
    address: address & EVERY_DEVICE,
    isReply: (address & REPLY) !== 0,
    sequence: control & 0x03,
    hasCrc,
    block,
    code: bytes[codeAt] ?? 0,
    data: bytes.slice(codeAt + 1, dataEnd),
    mac: macBytes === 0 ? null : bytes.slice(dataEnd, end),
    signed: bytes.slice(0, dataEnd),
  });
}

function readBlock(
  bytes: Uint8Array,
  control: number,
  end: number,
): Result<{ readonly block: SecurityBlock | null; readonly codeAt: number }> {
  if ((control & HAS_BLOCK) === 0) return ok({ block: null, codeAt: HEADER_BYTES });
  const [length = 0, type = 0] = bytes.subarray(HEADER_BYTES, end);
  const codeAt = HEADER_BYTES + length;
  if (length < 2 || codeAt >= end) {
    return fail('bad-block', `a security block of ${length} bytes`, `byte ${HEADER_BYTES}`);
  }
  return ok({ block: { type, data: bytes.slice(HEADER_BYTES + 2, codeAt) }, codeAt });
}
