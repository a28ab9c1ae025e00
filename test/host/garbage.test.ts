import { createSocket, type Socket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TrainingClock } from '../../src/main/engine/devices/clock/training-clock.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import type { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { forgedPush, sendFrom } from '../kit/forger.ts';
import { type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/** One engine for all: whatever it is sent, it goes on deciding. */
let zone: SmallZone;
let journal: ZoneJournal;
let board: TrainingBoard;
let next = 0;

beforeAll(async () => {
  const holders = Array.from({ length: 400 }, (_, i) => ({ n: i + 1 }));
  zone = await startSmallZone(holders);
  journal = new ZoneJournal(zone.dataDir);
  board = must(zone.boards[0], 'board');
}, 60_000);
afterAll(async () => {
  journal?.close();
  await zone?.close();
});

/** The next holder badges and goes in; true where the gate opened for them. */
async function admitted(): Promise<boolean> {
  next += 1;
  const swipe = await board.swipe(1, 'in', zone.badge(next), 10_000);
  await board.personPasses(1, 5);
  return swipe.opened && swipe.by === 'remote';
}

interface Device {
  readonly garbage: number;
  readonly strangers: number;
  readonly online: boolean;
}

function device(wanted: (row: Device) => boolean): Promise<unknown> {
  const serial = String(board.serial);
  return viewUntil<Device>(
    zone.engine,
    'devices',
    (rows) => wanted(must(rows.get(serial), 'board')),
    20_000,
  );
}

/** Datagrams of any length and content, among them some that begin as ours do. */
function noise(count: number): Uint8Array[] {
  const rng = seededRng('garbage');
  return Array.from({ length: count }, (_, i) => {
    const bytes = new Uint8Array(i % 3 === 0 ? 64 : rng.below(1_400));
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = rng.below(256);
    if (i % 3 !== 0) return bytes;
    // The board's own serial number and start, and a function that there is none of.
    new DataView(bytes.buffer).setUint32(4, board.serial, true);
    bytes[0] = 0x17;
    bytes[1] = 1 + rng.below(0x1f);
    return bytes;
  });
}

test('noise at the boards’ socket is counted; people go on crossing meanwhile', async () => {
  const flood = Promise.all([
    sendFrom('127.0.0.1', board.listener(), noise(3_000)),
    sendFrom('127.0.0.2', board.listener(), noise(1_000)),
  ]);
  for (let i = 0; i < 10; i += 1) expect(await admitted()).toBe(true);
  await flood;
  await device((row) => row.online && row.garbage > 0 && row.strangers > 0);
  expect(await admitted()).toBe(true);
});

test('a badge read that somebody makes up admits nobody', async () => {
  const before = { head: journal.head(), opened: board.received('open-door') };
  const index = board.lastIndex() + 1;
  const forged = [index, index + 1, index + 5, 4_000_000_000].map((at) =>
    forgedPush(board.serial, { index: at, card: zone.badge(300), at: zone.clock.wallMs() }),
  );
  await sendFrom('127.0.0.1', board.listener(), forged);
  await sendFrom('127.0.0.2', board.listener(), forged);
  expect(await admitted()).toBe(true);
  await journal.first('crossing.passed', undefined, { after: before.head });
  expect(board.received('open-door') - before.opened).toBe(1);
  const asked = journal.all('crossing.asked', before.head).map(({ data }) => data.person);
  expect(asked).toEqual([`P-${next}`]);
  expect(journal.all('crossing.recorded', before.head)).toEqual([]);
});

test('a dataset file that turns to noise is told of, and what was in force stays', async () => {
  const versions = journal.all('dataset.in-force').length;
  writeFileSync(join(zone.dir, 'permits.csv'), Buffer.alloc(60_000, 0xa7));
  writeFileSync(join(zone.dir, 'watch-list.csv'), '\u0000');
  await until('the loader to tell', () => zone.log.length >= 2, 10_000);
  for (const line of zone.log)
    expect(line).toMatch(/was not loaded: dataset-unreadable: .+\(.+csv/);
  expect(await admitted()).toBe(true);
  expect(journal.all('dataset.in-force')).toHaveLength(versions);
});

let clock: TrainingClock | null = null;
let server: Socket | null = null;

afterEach(() => {
  clock?.stop();
  server?.close();
  clock = null;
  server = null;
});

/** A training clock's address; whoever asks gets these answers. */
async function clockServer(answers: (n: number) => readonly (string | Buffer)[]) {
  const socket = createSocket('udp4');
  server = socket;
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  let asked = 0;
  socket.on('message', (_bytes, from) => {
    asked += 1;
    for (const answer of answers(asked)) socket.send(answer, from.port, from.address);
  });
  return { address: '127.0.0.1', port: socket.address().port };
}

const RUBBISH: readonly (string | Buffer)[] = [
  ...[
    '',
    'hello',
    '{',
    '[]',
    'null',
    '{"v":2,"wallMs":5,"speed":1}',
    '{"v":1,"wallMs":"x","speed":1}',
  ],
  ...['{"v":1,"wallMs":5}', '{"v":1,"wallMs":5,"speed":-1}', '{"v":1,"wallMs":5,"speed":1e9}'],
  ...['{"v":1,"wallMs":5,"speed":1,"asked":"fast"}', '{"v":1,"wallMs":5,"speed":1,"achieved":-2}'],
  ...['{"v":1,"wallMs":1e300,"speed":1}', '{"v":1,"wallMs":-1,"speed":1}', Buffer.alloc(900, 0x20)],
];

test('the training clock takes no rubbish for time', async () => {
  const told = JSON.stringify({ v: 1, wallMs: 1_800_000_000_000, speed: 60 });
  const address = await clockServer((n) => (n === 1 ? [...RUBBISH, told] : []));
  const connected = await TrainingClock.connect(address);
  if (!connected.ok) throw new Error(connected.fault.text);
  clock = connected.value;
  expect(clock.garbage).toBe(RUBBISH.length);
  expect(clock.pace()).toEqual({ now: 60, asked: 60, achieved: 60 });
  expect(clock.wallMs()).toBeGreaterThanOrEqual(1_800_000_000_000);
  expect(clock.wallMs()).toBeLessThan(1_800_000_000_000 + 60 * 60_000);
  const lie = Buffer.from(JSON.stringify({ v: 1, wallMs: 4_000_000_000_000, speed: 60 }));
  await sendFrom('127.0.0.1', { address: '127.0.0.1', port: clock.port }, [lie]);
  await until('the stranger to be counted', () => clock?.garbage === RUBBISH.length + 1);
  expect(clock.wallMs()).toBeLessThan(1_900_000_000_000);
});

test('a training clock that never tells the time is named', async () => {
  const address = await clockServer(() => RUBBISH);
  expect(await TrainingClock.connect(address)).toEqual({
    ok: false,
    fault: {
      code: 'training-clock-silent',
      text: expect.stringContaining('does not tell the time'),
      where: `127.0.0.1:${address.port}`,
    },
  });
});
