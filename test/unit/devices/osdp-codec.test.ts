import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksum, crc16 } from '../../../src/shared/wire/osdp/check.ts';
import { Framer } from '../../../src/shared/wire/osdp/framing.ts';
import {
  type Command,
  commands,
  decodeCommand,
  decodeReply,
  encodeCommand,
  encodeReply,
  type Reply,
  replies,
} from '../../../src/shared/wire/osdp/messages.ts';
import {
  decodePacket,
  encodePacket,
  type Packet,
  type Received,
} from '../../../src/shared/wire/osdp/packet.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const plain = { hasCrc: true, block: null } as const;

function commandPacket(address: number, sequence: number, command: Command): Packet {
  return { ...plain, address, isReply: false, sequence, ...encodeCommand(command) };
}

function replyPacket(address: number, sequence: number, reply: Reply): Packet {
  return { ...plain, address, isReply: true, sequence, ...encodeReply(reply) };
}

function decoded(hex: string): Received {
  const packet = decodePacket(bytesOf(hex));
  if (!packet.ok) throw new Error(packet.fault.text);
  return packet.value;
}

describe('packets of SIA OSDP, Annex E', () => {
  test.each([
    ['537f0d00046e0080250000', 0x386e],
    ['53000900046100', 0x66c0],
  ])('CRC of %s', (hex, crc) => {
    expect(crc16(bytesOf(hex))).toBe(crc);
  });

  test.each([
    ['537f0c00006e0080250000', 0x0f],
    ['53000800006100', 0x44],
  ])('check sum of %s', (hex, sum) => {
    expect(checksum(bytesOf(hex))).toBe(sum);
  });

  const comset: Command = { name: 'comset', address: 0, baudRate: 9600 };
  const id: Command = { name: 'id', kind: true };
  test.each([
    ['537f0d00046e00802500006e38', commandPacket(0x7f, 0, comset)],
    ['53000900046100c066', commandPacket(0, 0, id)],
    ['537f0c00006e00802500000f', { ...commandPacket(0x7f, 0, comset), hasCrc: false }],
    ['5300080000610044', { ...commandPacket(0, 0, id), hasCrc: false }],
  ])('%s', (hex, packet) => {
    expect(hexOf(encodePacket(packet))).toBe(hex);
    expect(decoded(hex)).toMatchObject(packet);
  });
});

describe('exchanges recorded from libosdp’s device at address 5', () => {
  const led: Command = {
    ...{ name: 'led', reader: 0, led: 0, temporary: 2, onTenths: 5, offTenths: 5 },
    ...{ onColour: 2, offColour: 0, tenths: 20, permanent: 1, permanentOnTenths: 1 },
    ...{ permanentOffTenths: 0, permanentOnColour: 1, permanentOffColour: 0 },
  };
  const sent: readonly [string, number, Command][] = [
    ['530508000460bc89', 0, { name: 'poll' }],
    ['53050900056100f112', 1, { name: 'id', kind: true }],
    ['53050900066200f21e', 2, { name: 'cap', kind: true }],
    ['53051600056900000205050200140001010001008cf7', 1, led],
    [
      '53050d00066a00020201017a05',
      2,
      { name: 'buz', reader: 0, tone: 2, onTenths: 2, offTenths: 1, count: 1 },
    ],
    ['5305080005608dba', 1, { name: 'poll' }],
    ['53050c0007680005320076ee', 3, { name: 'out', output: 0, control: 5, tenths: 50 }],
  ];
  test.each(sent)('sent %s', (hex, sequence, command) => {
    expect(hexOf(encodePacket(commandPacket(5, sequence, command)))).toBe(hex);
    expect(decodeCommand(decoded(hex))).toEqual({ ok: true, value: command });
  });

  const received: readonly [string, number, Reply][] = [
    ['5385080004400e8f', 0, { name: 'ack' }],
    [
      '538514000545c3b2a19901040302010a0b0c73fb',
      1,
      {
        ...{ name: 'pdid', vendor: 0xa1b2c3, model: 0x99, version: 1, serial: 0x01020304 },
        firmware: Uint8Array.of(10, 11, 12),
      },
    ],
    [
      '53851d0006460301000401010501010801000901000a00011002009395',
      2,
      {
        name: 'pdcap',
        capabilities: [
          { capability: 3, compliance: 1, count: 0 },
          { capability: 4, compliance: 1, count: 1 },
          { capability: 5, compliance: 1, count: 1 },
          { capability: 8, compliance: 1, count: 0 },
          { capability: 9, compliance: 1, count: 0 },
          { capability: 10, compliance: 0, count: 1 },
          { capability: 16, compliance: 2, count: 0 },
        ],
      },
    ],
    [
      '53851000055000011a00bd88eb800325',
      1,
      {
        ...{ name: 'raw', reader: 0, format: 1 },
        bits: { count: 26, bytes: Uint8Array.of(0xbd, 0x88, 0xeb, 0x80) },
      },
    ],
    ['53850900074103349e', 3, { name: 'nak', code: 3, more: new Uint8Array(0) }],
  ];
  test.each(received)('received %s', (hex, sequence, reply) => {
    expect(hexOf(encodePacket(replyPacket(5, sequence, reply)))).toBe(hex);
    const packet = decoded(hex);
    expect(packet).toMatchObject({ address: 5, isReply: true, sequence });
    expect(decodeReply(packet)).toEqual({ ok: true, value: reply });
  });
});

describe('what does not fit is a fault with its place', () => {
  test.each([
    ['', 'bad-start'],
    ['5205080004400e8f', 'bad-start'],
    ['5385080004400e', 'bad-length'],
    ['5385080004400e8e', 'bad-check'],
  ])('%s: %s', (hex, code) => {
    expect(decodePacket(bytesOf(hex))).toMatchObject({ ok: false, fault: { code } });
  });

  test('bits, counted bytes and triples that are cut short, and bytes too many', () => {
    const reply = (code: number, hex: string) => decodeReply({ code, data: bytesOf(hex) });
    expect(reply(0x50, '00011a00bd88eb')).toMatchObject({ fault: { code: 'bad-field' } });
    expect(reply(0x50, '00011a00bd88eb8000')).toMatchObject({ fault: { code: 'bad-length' } });
    expect(reply(0x53, '000331')).toMatchObject({ fault: { where: 'keypad, byte 2' } });
    expect(reply(0x46, '0301')).toMatchObject({ fault: { code: 'bad-field' } });
    expect(reply(0x99, '')).toMatchObject({ fault: { code: 'unknown-code' } });
    const chlng = decodeCommand({ code: 0x76, data: bytesOf('00') });
    expect(chlng).toMatchObject({ fault: { where: 'chlng, byte 0' } });
  });
});

describe('a stream of bytes', () => {
  const poll = encodePacket(commandPacket(5, 1, { name: 'poll' }));
  const ack = encodePacket(replyPacket(5, 1, { name: 'ack' }));

  test('packets are found however the bytes are cut, behind marks and noise', () => {
    const noise = bytesOf('ff005300ff53050700');
    const stream = Uint8Array.from([...noise, 0xff, ...poll, 0xff, ...ack, 0x53]);
    for (let size = 1; size <= stream.length; size += 1) {
      const framer = new Framer();
      const found: Received[] = [];
      for (let at = 0; at < stream.length; at += size) {
        found.push(...framer.push(stream.subarray(at, at + size)));
      }
      // The noise ends like the start of a packet of 7 bytes: what is in it is lost, no more.
      expect(found.map(({ code }) => code)).toEqual([0x60, 0x40]);
      expect(framer.garbage()).toBeGreaterThan(5);
    }
  });

  test('a packet that never ends is given up for the next one', () => {
    const framer = new Framer();
    expect(framer.push(bytesOf('5305f000046000'))).toEqual([]);
    framer.reset();
    expect(framer.push(ack)).toHaveLength(1);
    expect(framer.garbage()).toBe(7);
  });

  test('any bytes whatever: nothing throws, nothing grows, a packet behind them is found', () => {
    const framer = new Framer();
    const chunk = fc.uint8Array({ minLength: 0, maxLength: 40 });
    fc.assert(
      fc.property(chunk, (bytes) => {
        framer.push(bytes);
        framer.reset();
        if (framer.push(ack).length !== 1) throw new Error('the packet behind was not found');
      }),
      { numRuns: 100_000 },
    );
  }, 120_000);
});

describe('properties', () => {
  const any = fc.uint8Array({ minLength: 0, maxLength: 64 });
  const codes = [...Object.values(commands), ...Object.values(replies)].map(({ code }) => code);

  test('no bytes whatever make the packets throw', () => {
    const check = (bytes: Uint8Array): void => {
      const packet = decodePacket(bytes);
      if (!packet.ok) expect(packet.fault.text).not.toBe('');
    };
    fc.assert(fc.property(any, check), { numRuns: 100_000 });
    const near = fc.tuple(fc.integer({ min: 0, max: 255 }), any).map(([control, body]) => {
      const bytes = Uint8Array.of(0x53, 5, body.length + 7, 0, control, ...body, 0, 0);
      const crc = crc16(bytes.subarray(0, -2));
      bytes.set([crc & 0xff, crc >> 8], bytes.length - 2);
      if ((control & 4) === 0) bytes[bytes.length - 1] = checksum(bytes.subarray(0, -1));
      return bytes;
    });
    let whole = 0;
    const alsoCount = (bytes: Uint8Array): void => {
      check(bytes);
      if (decodePacket(bytes).ok) whole += 1;
    };
    fc.assert(fc.property(near, alsoCount), { numRuns: 100_000 });
    expect(whole).toBeGreaterThan(40_000);
  }, 120_000);

  test('no bytes whatever make the messages throw; what is read is written as it was', () => {
    const content = fc.record({ code: fc.constantFrom(...codes), data: any });
    let read = 0;
    const check = (one: { code: number; data: Uint8Array }): void => {
      const command = decodeCommand(one);
      if (command.ok) expect(encodeCommand(command.value)).toEqual(one);
      const reply = decodeReply(one);
      if (reply.ok) expect(encodeReply(reply.value)).toEqual(one);
      if (command.ok || reply.ok) read += 1;
    };
    fc.assert(fc.property(content, check), { numRuns: 100_000 });
    expect(read).toBeGreaterThan(5_000);
  }, 120_000);

  test('a packet written is read as it was', () => {
    const packet = fc.record({
      address: fc.integer({ min: 0, max: 0x7f }),
      isReply: fc.boolean(),
      sequence: fc.integer({ min: 0, max: 3 }),
      hasCrc: fc.boolean(),
      block: fc.option(
        fc.record({
          type: fc.integer({ min: 0x11, max: 0x14 }),
          data: fc.uint8Array({ maxLength: 3 }),
        }),
      ),
      code: fc.integer({ min: 0, max: 255 }),
      data: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(packet, (one) => {
        const read = decodePacket(encodePacket(one));
        expect(read).toMatchObject({ ok: true, value: { ...one, mac: null } });
      }),
      { numRuns: 5_000 },
    );
  });
});
