/**
 * A reader to practise with: the kernel takes it for a USB device (/dev/uhid, Linux, root). Ending
 * this program unplugs it. `virtual-reader KIND SERIAL`; the kind is pcprox, wedge, scanner or
 * magstripe, and what it is told on stdin stands below. Source of the records: linux/uhid.h.
 */
import { openSync, readSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { h10301 } from '../../shared/domain/credential.ts';
import { must } from '../../shared/lib/assert.ts';
import { badgeOf } from '../../shared/wire/badges.ts';
import type { HidDevice } from './hid-device.ts';
import { KeyboardDevice } from './keyboard-device.ts';
import { MagstripeDevice } from './magstripe-device.ts';
import { PcproxDevice } from './pcprox-device.ts';
import { reportsOf, ScannerDevice } from './scanner-device.ts';

const EVENT_BYTES = 4380;
const GET_REPORT = 9;
const GET_REPORT_REPLY = 10;
const CREATE2 = 11;
const INPUT2 = 12;
const SET_REPORT = 13;
const SET_REPORT_REPLY = 14;

/** A device and what a line on stdin makes it do; what that gives is printed as a line of JSON. */
interface Practice {
  readonly device: HidDevice;
  tell(word: string, rest: readonly string[]): unknown;
}

/** `hold FACILITY CARD`, `spoil FACILITY CARD` (one bit wrong), `lift`, `ask`. */
function pcprox(): Practice {
  const device = new PcproxDevice();
  return {
    device,
    tell(word, [facility, card]) {
      if (word === 'lift') device.lift();
      if (word === 'ask') return { typed: device.typed(), halted: device.keystrokesHalted() };
      if (word !== 'hold' && word !== 'spoil') return undefined;
      const badge = must(badgeOf(h10301(Number(facility), Number(card))), 'badge');
      device.hold(word === 'hold' ? badge : { ...badge, value: badge.value ^ 8n });
      return undefined;
    },
  };
}

/** `show TEXT`: as one read. `half TEXT`: its first part, and no end. */
function sending(kind: string): Practice {
  if (kind === 'wedge') {
    const device = new KeyboardDevice();
    const tell: Practice['tell'] = (word, [text = '']) =>
      word === 'half' ? device.type(text, null) : device.type(text);
    return { device, tell };
  }
  if (kind === 'scanner') {
    const device = new ScannerDevice();
    const tell: Practice['tell'] = (word, [text = '']) => {
      const code = { aim: 'Q1', text };
      if (word === 'half') device.onReport(must(reportsOf(code)[0], 'report'));
      else device.scan(code);
    };
    return { device, tell };
  }
  const device = new MagstripeDevice();
  return { device, tell: (_word, [text = '']) => device.swipe(text) };
}

function record(type: number): Buffer {
  const bytes = Buffer.alloc(EVENT_BYTES);
  bytes.writeUInt32LE(type, 0);
  return bytes;
}

function create(fd: number, device: HidDevice, serial: string): void {
  const bytes = record(CREATE2);
  bytes.write(device.product, 4);
  bytes.write('virtual/input0', 132);
  bytes.write(serial, 196);
  bytes.writeUInt16LE(device.descriptor.length, 260);
  bytes.writeUInt16LE(3, 262);
  bytes.writeUInt32LE(device.vendorId, 264);
  bytes.writeUInt32LE(device.productId, 268);
  bytes.writeUInt32LE(0x100, 272);
  bytes.set(device.descriptor, 280);
  writeSync(fd, bytes);
}

function send(fd: number, report: Uint8Array): void {
  const bytes = record(INPUT2);
  bytes.writeUInt16LE(report.length, 4);
  bytes.set(report, 6);
  writeSync(fd, bytes);
}

/** A feature report comes and goes with its number first, which is 0 for one that has none. */
function onRecord(fd: number, bytes: Buffer, device: HidDevice): void {
  const kind = bytes.readUInt32LE(0);
  const id = bytes.readUInt32LE(4);
  const reportId = bytes[8] ?? 0;
  if (kind === SET_REPORT) {
    const size = bytes.readUInt16LE(10);
    device.write(Uint8Array.from(bytes.subarray(13, 12 + size)), reportId);
    const reply = record(SET_REPORT_REPLY);
    reply.writeUInt32LE(id, 4);
    writeSync(fd, reply);
  } else if (kind === GET_REPORT) {
    const report = device.read(reportId);
    const reply = record(GET_REPORT_REPLY);
    reply.writeUInt32LE(id, 4);
    reply.writeUInt16LE(report.length + 1, 10);
    reply[12] = reportId;
    reply.set(report, 13);
    writeSync(fd, reply);
  }
}

function main(kind = 'pcprox', serial = 'SN0001'): void {
  const fd = openSync('/dev/uhid', 'r+');
  const { device, tell } = kind === 'pcprox' ? pcprox() : sending(kind);
  device.onReport = (report) => send(fd, report);
  create(fd, device, serial);
  const reader = new Worker(new URL(import.meta.url), { workerData: fd });
  reader.on('message', (bytes: Uint8Array) => onRecord(fd, Buffer.from(bytes), device));
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [word = '', ...rest] = line.split(' ');
    const answer = tell(word, rest);
    if (answer !== undefined) process.stdout.write(`${JSON.stringify(answer)}\n`);
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

if (isMainThread) main(...process.argv.slice(2));
else readForever(workerData as number);
