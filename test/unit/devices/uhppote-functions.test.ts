/**
 * Every function of a board, byte for byte in both ways and the training board's answer to it. Each
 * vector is written from the offsets of uhppote-core's messages: serial number 423187757.
 */
import { describe, expect, test } from 'vitest';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
  MESSAGE_BYTES,
} from '../../../src/shared/wire/uhppote/codec.ts';
import {
  type MessageName,
  messages,
  type ReplyFields,
  type RequestFields,
} from '../../../src/shared/wire/uhppote/messages.ts';
import { answer } from '../../../src/training/boards/answers.ts';
import { BoardCore } from '../../../src/training/boards/board-core.ts';

const SERIAL = 423187757;
const HK = (text: string): number => Date.parse(`${text}+08:00`);
const NOW = HK('2026-03-02T09:30:15');

function hexOf(opcode: number, content: string): string {
  const start = `17${opcode.toString(16).padStart(2, '0')}00002d553919`;
  return `${start}${content.replaceAll(' ', '')}`.padEnd(MESSAGE_BYTES * 2, '0');
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

interface Vector<N extends MessageName = MessageName> {
  readonly name: N;
  /** Bytes from the eighth on; the rest is 0. */
  readonly asked: readonly [RequestFields<N>, string];
  /** Null where the board answers nothing. */
  readonly told: readonly [ReplyFields<N>, string] | null;
}

function vector<N extends MessageName>(
  name: N,
  asked: Vector<N>['asked'],
  told: Vector<N>['told'],
): Vector {
  return { name, asked, told };
}

const ok = [{ ok: true }, '01'] as const;
const guarded = [{ magic: true }, '55aaaa55'] as const;
const workdays = {
  ...{ monday: true, tuesday: true, wednesday: false, thursday: true },
  ...{ friday: false, saturday: true, sunday: true },
};
const card = {
  ...{ card: 6154412, from: '2026-01-02', to: '2026-12-31' },
  ...{ door1: 1, door2: 0, door3: 29, door4: 1, pin: 986532, firstCard: 5 },
};
const CARD = 'ace85d00 20260102 20261231 01001d01 a40d0f 05';
const profile = {
  ...{ profile: 29, from: '2026-04-01', to: '2026-12-29', ...workdays },
  ...{ start1: '08:30', end1: '09:45', start2: '11:35', end2: '13:15' },
  ...{ start3: '14:01', end3: '17:59', linked: 19 },
};
const PROFILE = '1d 20260401 20261229 01010001000101 0830 0945 1135 1315 1401 1759 13';
const door = { door: 3, mode: 2, delayS: 17 };
const listener = { address: '192.168.1.100', port: 60001, autoSendS: 15 };
const opened = {
  ...{ index: 1, type: 2, granted: true, door: 4, direction: 1, card: 3922570474 },
  ...{ at: NOW, reason: 0x2c },
};
const EVENT = '01000000 02 01 04 01 eaaccde9 20260302093015 2c';
const doors = {
  ...{ door1Open: false, door2Open: false, door3Open: false, door4Open: false },
  ...{ button1: false, button2: false, button3: false, button4: false },
};
const status = {
  ...{ ...opened, ...doors, systemError: 0, clock: NOW, sequence: 1 },
  ...{ specialInfo: 0, relays: 8, inputs: 0 },
};
const STATUS = `${EVENT} 00000000 00000000 00 093015 01000000 00000000 00 08 00 260302`;
const network = { address: '192.168.1.9', mask: '255.255.254.0', gateway: '192.168.1.1' };
const identity = { mac: '00:66:19:39:55:2d', version: '8.92', date: '2018-08-16' };
const task = {
  ...{ from: '2026-04-01', to: '2026-12-29', ...workdays, at: '08:45' },
  ...{ door: 3, task: 12, moreCards: 7 },
};
const first = {
  ...{ door: 4, start: '07:15', startMode: 1, end: '19:40', endMode: 3, ...workdays },
};

/** In this order one board is asked them all: some answers show what was set before. */
const vectors: readonly Vector[] = [
  vector('get-time', [{}, ''], [{ at: NOW }, '20260302093015']),
  vector('set-time', [{ at: NOW }, '20260302093015'], [{ at: NOW }, '20260302093015']),
  vector('open-door', [{ door: 4 }, '04'], ok),
  vector('get-status', [{}, ''], [status, STATUS]),
  vector('get-event', [{ index: 0xffffffff }, 'ffffffff'], [opened, EVENT]),
  vector('put-card', [card, CARD], ok),
  vector('count-cards', [{}, ''], [{ count: 1 }, '01']),
  vector('get-card', [{ card: 6154412 }, 'ace85d00'], [card, CARD]),
  vector('get-card-at', [{ slot: 1 }, '01'], [card, CARD]),
  vector('delete-card', [{ card: 6154412 }, 'ace85d00'], ok),
  vector('delete-cards', guarded, ok),
  vector('set-door', [door, '03 02 11'], [door, '03 02 11']),
  vector('get-door', [{ door: 3 }, '03'], [door, '03 02 11']),
  vector('set-anti-passback', [{ mode: 2 }, '02'], ok),
  vector('get-anti-passback', [{}, ''], [{ mode: 2 }, '02']),
  vector('set-time-profile', [profile, PROFILE], ok),
  vector('get-time-profile', [{ profile: 29 }, '1d'], [profile, PROFILE]),
  vector('clear-time-profiles', guarded, ok),
  vector(
    'set-passcodes',
    [
      { door: 3, code1: 12345, code2: 0, code3: 999999, code4: 54321 },
      '03 000000 39300000 00000000 3f420f00 31d40000',
    ],
    ok,
  ),
  vector('record-special-events', [{ on: true }, '01'], ok),
  vector('set-listener', [listener, 'c0a80164 61ea 0f'], ok),
  vector('get-listener', [{}, ''], [listener, 'c0a80164 61ea 0f']),
  vector('set-address', [{ ...network, magic: true }, 'c0a80109 fffffe00 c0a80101 55aaaa55'], null),
  vector(
    'get-device',
    [{}, ''],
    [{ ...network, ...identity }, 'c0a80109 fffffe00 c0a80101 00661939552d 0892 20180816'],
  ),
  vector('set-pc-control', [{ magic: true, on: true }, '55aaaa55 01'], ok),
  vector('set-interlock', [{ doors: 8 }, '08'], ok),
  vector(
    'set-keypads',
    [{ reader1: true, reader2: true, reader3: false, reader4: true }, '01010001'],
    ok,
  ),
  vector('clear-tasks', guarded, ok),
  vector('add-task', [task, '20260401 20261229 01010001000101 0845 03 0c 07'], ok),
  vector('refresh-tasks', guarded, ok),
  vector('set-first-card', [first, '04 0715 01 1940 03 01010001000101'], ok),
  vector(
    'set-event-index',
    [{ index: 7, magic: true }, '07000000 55aaaa55'],
    [{ changed: true }, '01'],
  ),
  vector('get-event-index', [{}, ''], [{ index: 7 }, '07']),
  vector('restore-defaults', guarded, ok),
];

function core(): BoardCore {
  return new BoardCore({
    ...{ serial: SERIAL, wallMs: () => NOW, monoMs: () => 1, silenceMs: 30_000 },
    ...{ eventMemory: 256, cardCapacity: 100, openTooLongMs: 20_000 },
    ...{ onEvent: () => {}, onOpened: () => {} },
  });
}

test('the 34 functions of the table are all here, each once', () => {
  const names = vectors.map(({ name }) => name);
  expect([...names].sort()).toEqual(Object.keys(messages).sort());
  expect(new Set(names).size).toBe(34);
});

describe('byte for byte', () => {
  test.each(vectors)('$name is asked', ({ name, asked: [fields, content] }) => {
    const request = encodeRequest(name, SERIAL, fields);
    expect(hex(request)).toBe(hexOf(messages[name].opcode, content));
    expect(decodeRequest(request)).toMatchObject({ value: { name, fields } });
  });

  const answered = vectors.flatMap(({ name, told }) => (told === null ? [] : [{ name, told }]));
  test.each(answered)('$name is told', ({ name, told: [fields, content] }) => {
    const reply = encodeReply(name, SERIAL, fields);
    expect(hex(reply)).toBe(hexOf(messages[name].opcode, content));
    expect(decodeReply(reply)).toMatchObject({ value: { name, fields } });
  });

  test('a training board answers each of them with these bytes', () => {
    const board = core();
    const place = { serial: SERIAL, address: '127.0.0.1', version: '8.92' };
    for (const { name, asked, told } of vectors) {
      const request = decodeRequest(encodeRequest(name, SERIAL, asked[0]));
      if (!request.ok) throw new Error(request.fault.text);
      const bytes = answer(request.value, board, place);
      const wanted = told === null ? null : hexOf(messages[name].opcode, told[1]);
      expect([name, bytes === null ? null : hex(bytes)]).toEqual([name, wanted]);
    }
    board.stop();
  });
});

test('a guarded function without its guard word is none', () => {
  const dangerous = [
    'set-address',
    'set-pc-control',
    'set-event-index',
    'restore-defaults',
  ] as const;
  const cleared = ['delete-cards', 'clear-time-profiles', 'clear-tasks', 'refresh-tasks'] as const;
  for (const name of [...dangerous, ...cleared]) {
    const bytes = Buffer.from(hexOf(messages[name].opcode, '000000000000000000000000'), 'hex');
    expect([name, decodeRequest(bytes)]).toMatchObject([name, { fault: { code: 'bad-field' } }]);
  }
});

test('what the table does not know of is refused with its place', () => {
  const refused: readonly [MessageName, string, string][] = [
    ['set-interlock', '05', 'byte 8'],
    ['set-anti-passback', '05', 'byte 8'],
    ['set-time-profile', '01', 'byte 8'],
    ['set-time-profile', PROFILE.replace('0830', '2430'), 'byte 24'],
    ['set-time-profile', PROFILE.replace('1759', '175a'), 'byte 34'],
    ['add-task', '20260401 20261229 01010001000101 0845 03 0d 07', 'byte 26'],
    ['set-first-card', '05 0715 01 1940 03', 'byte 8'],
    ['set-keypads', '0101000101'.replace('0001', '0201'), 'byte 10'],
  ];
  for (const [name, content, where] of refused) {
    const read = decodeRequest(Buffer.from(hexOf(messages[name].opcode, content), 'hex'));
    expect([name, read.ok ? null : read.fault.where]).toEqual([
      name,
      expect.stringContaining(where),
    ]);
  }
});
