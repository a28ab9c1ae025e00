import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeReply,
  decodeRequest,
  encodePushed,
  encodeReply,
  encodeRequest,
  MESSAGE_BYTES,
  peek,
} from '../../../src/shared/wire/uhppote/codec.ts';
import { type MessageName, messages } from '../../../src/shared/wire/uhppote/messages.ts';

/** Bytes from the start of a message; the rest is 0. Vectors: uhppote-core, messages/*_test.go. */
function message(hex: string): Uint8Array {
  const bytes = new Uint8Array(MESSAGE_BYTES);
  bytes.set(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  return bytes;
}

const SERIAL = 423187757;
const HK = (text: string): number => Date.parse(`${text}+08:00`);

describe('requests, byte for byte', () => {
  const card = {
    card: 6154412,
    from: '2019-01-02',
    to: '2019-12-31',
    door1: 1,
    door2: 0,
    door3: 29,
    door4: 1,
    pin: 0,
    firstCard: 0,
  };
  const listener = { address: '192.168.1.100', port: 40000, autoSendS: 0 };
  const vectors: readonly [string, Uint8Array, string][] = [
    ['get-status', encodeRequest('get-status', SERIAL, {}), '17 20 0000 2d553919'],
    ['get-device of all', encodeRequest('get-device', 0, {}), '17 94 0000 00000000'],
    ['open-door', encodeRequest('open-door', SERIAL, { door: 3 }), '17 40 0000 2d553919 03'],
    [
      'set-door',
      encodeRequest('set-door', SERIAL, { door: 4, mode: 2, delayS: 5 }),
      '17 80 0000 2d553919 04 02 05',
    ],
    [
      'set-time',
      encodeRequest('set-time', SERIAL, { at: HK('2019-04-21T09:44:40') }),
      '17 30 0000 2d553919 20190421094440',
    ],
    [
      'set-pc-control',
      encodeRequest('set-pc-control', SERIAL, { magic: true, on: true }),
      '17 a0 0000 2d553919 55aaaa55 01',
    ],
    ['get-event', encodeRequest('get-event', SERIAL, { index: 1 }), '17 b0 0000 2d553919 01'],
    [
      'set-listener',
      encodeRequest('set-listener', SERIAL, listener),
      '17 90 0000 2d553919 c0a80164 409c',
    ],
    [
      'put-card',
      encodeRequest('put-card', SERIAL, card),
      '17 50 0000 2d553919 ace85d00 20190102 20191231 01 00 1d 01',
    ],
    [
      'get-card',
      encodeRequest('get-card', SERIAL, { card: 6154412 }),
      '17 5a 0000 2d553919 ace85d',
    ],
    ['get-card-at', encodeRequest('get-card-at', SERIAL, { slot: 4 }), '17 5c 0000 2d553919 04'],
  ];
  test.each(vectors)('%s', (_name, bytes, hex) => {
    expect(Buffer.from(bytes).toString('hex')).toBe(Buffer.from(message(hex)).toString('hex'));
    expect(decodeRequest(bytes).ok).toBe(true);
  });
});

const STATUS =
  '17200000 2d553919 39000000 01 00 03 01 aae85d00 20190419170009 06 01000101' +
  '00000101 09 143702 11000000 21000000 2b 04 01 190420 0000 93260488 0892';

describe('replies, byte for byte', () => {
  test('get-status with an event', () => {
    const reply = decodeReply(message(STATUS));
    expect(reply).toMatchObject({
      ok: true,
      value: {
        name: 'get-status',
        serial: SERIAL,
        pushed: false,
        fields: {
          index: 57,
          type: 1,
          granted: false,
          door: 3,
          direction: 1,
          card: 6154410,
          at: HK('2019-04-19T17:00:09'),
          reason: 6,
          door1Open: true,
          door2Open: false,
          door3Open: true,
          door4Open: true,
          button1: false,
          button2: false,
          button3: true,
          button4: true,
          systemError: 9,
          clock: HK('2019-04-20T14:37:02'),
          sequence: 17,
          specialInfo: 43,
          relays: 4,
          inputs: 1,
        },
      },
    });
  });

  test('get-status without an event', () => {
    const bytes = message('17200000 e5d84f0d'.concat('00'.repeat(20), '0101', '00'.repeat(7)));
    bytes.set([0x16, 0x03, 0x34], 37);
    bytes.set([0x21, 0x04, 0x08], 51);
    expect(decodeReply(bytes)).toMatchObject({
      ok: true,
      value: {
        serial: 223336677,
        fields: { index: 0, at: null, clock: HK('2021-04-08T16:03:34'), door1Open: true },
      },
    });
  });

  test('an event pushed by firmware 6.62 starts with 0x19', () => {
    const bytes = message(STATUS.replace('1720', '1920'));
    expect(decodeReply(bytes)).toMatchObject({ ok: true, value: { pushed: true } });
    expect(peek(bytes)).toEqual({ opcode: 0x20, serial: SERIAL });
    expect(decodeReply(message('1994'))).toMatchObject({ fault: { code: 'bad-start' } });
  });

  test('get-event, get-device, get-card-at with a code', () => {
    const event = '17b00000 2d553919 08000000 02 01 03 01 ade85d00 20190210071201 06';
    expect(decodeReply(message(event))).toMatchObject({
      value: {
        name: 'get-event',
        fields: { index: 8, type: 2, granted: true, card: 6154413, at: HK('2019-02-10T07:12:01') },
      },
    });
    const device = '17940000 2d553919 c0a80000 ffffff00 00000000 00661939552d 0892 20180816';
    expect(decodeReply(message(device))).toMatchObject({
      value: {
        name: 'get-device',
        fields: {
          address: '192.168.0.0',
          mask: '255.255.255.0',
          mac: '00:66:19:39:55:2d',
          version: '8.92',
          date: '2018-08-16',
        },
      },
    });
    const card = '175c0000 2d553919 ace85d00 20190203 20191229 00 00 1d 01 a40d0f';
    expect(decodeReply(message(card))).toMatchObject({
      value: { fields: { card: 6154412, from: '2019-02-03', door3: 29, pin: 986532 } },
    });
  });

  test('a bad field is named with its place', () => {
    const badBool = message('17400000 2d553919 02');
    expect(decodeReply(badBool)).toMatchObject({
      ok: false,
      fault: { code: 'bad-field', where: 'open-door reply, ok, byte 8' },
    });
    const badDate = message('17300000 2d553919 20190230 094440');
    expect(decodeReply(badDate)).toMatchObject({ fault: { where: 'set-time reply, at, byte 8' } });
    expect(decodeReply(new Uint8Array(63))).toMatchObject({ fault: { code: 'bad-length' } });
    const noMagic = message('17a00000 2d553919 00000000 01');
    expect(decodeRequest(noMagic)).toMatchObject({ fault: { code: 'bad-field' } });
  });
});

describe('properties', () => {
  test('no bytes whatever make the codec throw', () => {
    const opcodes = Object.values(messages).map((row) => row.opcode);
    const any = fc.uint8Array({ minLength: 0, maxLength: 80 });
    const near = fc
      .tuple(
        fc.constantFrom(0x17, 0x17, 0x17, 0x19),
        fc.constantFrom(...opcodes),
        fc.uint8Array({ minLength: 62, maxLength: 62 }),
      )
      .map(([start, opcode, rest]) => Uint8Array.of(start, opcode, ...rest));
    const check = (bytes: Uint8Array): void => {
      for (const read of [decodeReply(bytes), decodeRequest(bytes)]) {
        if (!read.ok && read.fault.text === '') throw new Error('a fault without words');
      }
    };
    fc.assert(fc.property(any, check), { numRuns: 100_000 });
    fc.assert(fc.property(near, check), { numRuns: 100_000 });
  }, 60_000);

  test('what decodes encodes to the bytes it came from, unused ones apart', () => {
    const names = Object.keys(messages) as MessageName[];
    const u8 = fc.integer({ min: 0, max: 255 });
    const u32 = fc.integer({ min: 0, max: 0xffffffff });
    const door = fc.integer({ min: 1, max: 4 });
    const at = fc
      .integer({ min: HK('2000-01-01T00:00:00') / 1000, max: HK('2099-12-31T23:59:59') / 1000 })
      .map((s) => s * 1000);
    const flag = fc.boolean();
    const status = fc.record({
      index: u32,
      type: u8,
      granted: flag,
      door: u8,
      direction: u8,
      card: u32,
      at: fc.option(at),
      reason: u8,
      door1Open: flag,
      door2Open: flag,
      door3Open: flag,
      door4Open: flag,
      button1: flag,
      button2: flag,
      button3: flag,
      button4: flag,
      systemError: u8,
      clock: fc.option(at),
      sequence: u32,
      specialInfo: u8,
      relays: u8,
      inputs: u8,
    });
    fc.assert(
      fc.property(u32, status, flag, (serial, fields, old) => {
        const reply = decodeReply(encodePushed(serial, fields, old));
        expect(reply).toEqual({
          ok: true,
          value: { name: 'get-status', serial, pushed: old, fields },
        });
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(u32, door, u8, fc.integer({ min: 1, max: 3 }), (serial, doorNo, delayS, mode) => {
        const fields = { door: doorNo, mode, delayS };
        const asked = decodeRequest(encodeRequest('set-door', serial, fields));
        const told = decodeReply(encodeReply('set-door', serial, fields));
        expect(asked).toEqual({ ok: true, value: { name: 'set-door', serial, fields } });
        expect(told).toMatchObject({ ok: true, value: { name: 'set-door', serial, fields } });
      }),
    );
    expect(new Set(names.map((name) => messages[name].opcode)).size).toBe(names.length);
  });
});
