/**
 * A pcProx reader to practise with: the kernel takes it for a USB device (/dev/uhid, Linux, root).
 * Ending this program unplugs it. On stdin it is told `hold FACILITY CARD`, `spoil FACILITY CARD`
 * (one bit wrong), `lift` and `ask`; to `ask` it answers with a line of JSON.
 * Source of the records: linux/uhid.h.
 */
import { openSync, readSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { h10301 } from '../../shared/domain/credential.ts';
import { must } from '../../shared/lib/assert.ts';
import { type Badge, badgeOf } from '../../shared/wire/badges.ts';
import { PcproxDevice } from './pcprox-device.ts';

const EVENT_BYTES = 4380;
const GET_REPORT = 9;
const GET_REPORT_REPLY = 10;
const CREATE2 = 11;
const INPUT2 = 12;
const SET_REPORT = 13;
const SET_REPORT_REPLY = 14;

/** A boot keyboard with an 8-byte feature report, no report numbers. */
const descriptor = Uint8Array.from([
  0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01,
  0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06, 0x75, 0x08,
  0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0x06, 0x00, 0xff, 0x09,
  0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x08, 0xb1, 0x02, 0xc0,
]);

function record(type: number): Buffer {
  const bytes = Buffer.alloc(EVENT_BYTES);
  bytes.writeUInt32LE(type, 0);
  return bytes;
}

function create(fd: number): void {
  const bytes = record(CREATE2);
  bytes.write('RFIDeas USB Keyboard (virtual)', 4);
  bytes.write('virtual/input0', 132);
  bytes.write('SN0001', 196);
  bytes.writeUInt16LE(descriptor.length, 260);
  bytes.writeUInt16LE(3, 262);
  bytes.writeUInt32LE(0x0c27, 264);
  bytes.writeUInt32LE(0x3bfa, 268);
  bytes.writeUInt32LE(0x100, 272);
  bytes.set(descriptor, 280);
  writeSync(fd, bytes);
}

/** Types the card number and Enter: usages 1E-27 are the digits, 28 is Enter. */
function type(fd: number, badge: Badge): void {
  const digits = [...String((badge.value >> 1n) & 0xffffn)].map(Number);
  for (const usage of [...digits.map((digit) => (digit === 0 ? 0x27 : 0x1d + digit)), 0x28]) {
    for (const key of [usage, 0]) {
      const bytes = record(INPUT2);
      bytes.writeUInt16LE(8, 4);
      bytes[8] = key;
      writeSync(fd, bytes);
    }
  }
}

/** An unnumbered feature report comes and goes with a leading 0: 9 bytes. */
function onRecord(fd: number, bytes: Buffer, device: PcproxDevice): void {
  const kind = bytes.readUInt32LE(0);
  const id = bytes.readUInt32LE(4);
  if (kind === SET_REPORT) {
    const size = bytes.readUInt16LE(10);
    const data = bytes.subarray(12, 12 + size);
    device.write(size === 9 ? data.subarray(1) : data);
    const reply = record(SET_REPORT_REPLY);
    reply.writeUInt32LE(id, 4);
    writeSync(fd, reply);
  } else if (kind === GET_REPORT) {
    const reply = record(GET_REPORT_REPLY);
    reply.writeUInt32LE(id, 4);
    reply.writeUInt16LE(9, 10);
    reply.set(device.read(), 13);
    writeSync(fd, reply);
  }
}

function main(): void {
  const fd = openSync('/dev/uhid', 'r+');
  const device = new PcproxDevice((badge) => type(fd, badge));
  create(fd);
  const reader = new Worker(new URL(import.meta.url), { workerData: fd });
  reader.on('message', (bytes: Uint8Array) => onRecord(fd, Buffer.from(bytes), device));
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [word, facility, card] = line.split(' ');
    const badge = must(badgeOf(h10301(Number(facility ?? 0), Number(card ?? 0))), line);
    if (word === 'hold') device.hold(badge);
    if (word === 'spoil') device.hold({ ...badge, value: badge.value ^ 8n });
    if (word === 'lift') device.lift();
    if (word !== 'ask') return;
    const state = { typed: device.typed(), halted: device.keystrokesHalted() };
    process.stdout.write(`${JSON.stringify(state)}\n`);
  });
}

/** /dev/uhid blocks until the kernel has something: a thread of its own waits for it. */
function readForever(fd: number): void {
  for (;;) {
    const bytes = Buffer.alloc(EVENT_BYTES);
    const size = readSync(fd, bytes);
    if (size > 0) parentPort?.postMessage(bytes);
  }
}

if (isMainThread) main();
else readForever(workerData as number);
