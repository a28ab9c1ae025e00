import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { expect, onTestFinished, test } from 'vitest';
import { createUsbReaders } from '../../src/main/engine/devices/usb/readers.ts';
import { type Serial, serialPorts } from '../../src/main/engine/devices/usb/serial.ts';
import { SiteReader } from '../../src/shared/domain/site-reader.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { ownNumberTypes } from '../../src/shared/wire/twn4.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { FakeSerial } from '../kit/fake-serial.ts';
import { noSerialPair, serialPair } from '../kit/serial-pair.ts';
import { Twn4Device } from '../kit/twn4-device.ts';
import { fastTiming as timing } from '../kit/usb-readers.ts';
import { deskReaderContract, ReaderRecorder } from './desk-reader.contract.ts';

const PATH = '/dev/ttyACM0';
const site = { id: 'desk-1', use: 'desk', driver: 'twn4' };
const A = 'csn/04A1B2C3D4E5F6';
const B = 'csn/DEADBEEF';

const bytesOf = (csn: string) =>
  Uint8Array.from(csn.slice(4).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const tag = (csn: string, type: number = ownNumberTypes.iso14443a) => ({ type, id: bytesOf(csn) });

async function start(serial: Serial, ...written: readonly object[]) {
  const sink = new ReaderRecorder();
  const readers = written.map((one) => SiteReader.parse(one));
  const usb = createUsbReaders({ readers, sink, badges: {}, hid: new FakeHid(), serial, timing });
  await Promise.all(usb.readers.map((reader) => reader.start()));
  usb.attached.start();
  onTestFinished(async () => {
    usb.attached.stop();
    await Promise.all(usb.readers.map((reader) => reader.stop()));
  });
  return { sink, readers: usb.readers, attached: usb.attached };
}

deskReaderContract('TWN4', { isAsked: true }, async () => {
  const serial = new FakeSerial();
  const device = new Twn4Device();
  serial.plug(PATH, 'SN0001', device);
  const { readers, sink } = await start(serial, site);
  return {
    ...{ reader: must(readers[0], 'reader'), sink, badges: [A, B] },
    hold: (badge) => device.hold(tag(badge)),
    lift: () => device.lift(),
    plug: () => serial.plug(PATH, 'SN0001', device),
    unplug: () => serial.unplug(PATH),
    asked: () => device.asked(),
    typed: () => 0,
  };
});

async function startOne(more: object = {}) {
  const serial = new FakeSerial();
  const device = new Twn4Device();
  serial.plug(PATH, 'SN1', device);
  const { sink } = await start(serial, { ...site, ...more });
  await sink.until(() => sink.state()?.online === true, 'the reader');
  return { device, serial, sink };
}

test('two alike are told apart by their serial numbers, whatever their new paths', async () => {
  const serial = new FakeSerial();
  const [left, right] = [new Twn4Device(), new Twn4Device()];
  serial.plug('/dev/ttyACM0', 'RIGHT', right);
  serial.plug('/dev/ttyACM1', 'LEFT', left);
  const { sink } = await start(
    serial,
    { ...site, serial: 'LEFT' },
    {
      ...{ ...site, id: 'desk-2', serial: 'RIGHT' },
    },
  );
  const online = () => sink.reports.filter((r) => r.kind === 'reader-state' && r.online).length;
  await sink.until(() => online() === 2, 'both');
  serial.unplug('/dev/ttyACM0');
  serial.unplug('/dev/ttyACM1');
  serial.plug('/dev/ttyACM0', 'LEFT', left);
  serial.plug('/dev/ttyACM1', 'RIGHT', right);
  await sink.until(() => online() === 4, 'both again');
  left.hold(tag(A));
  await sink.until(() => sink.reads().length === 1, 'the read');
  expect(sink.reports.at(-1)).toMatchObject({ reader: 'desk-1', credential: A });
});

test('a number that the site has the other way round', async () => {
  const { device, sink } = await startOne({ reversed: true });
  device.hold(tag('csn/01020304'));
  await sink.until(() => sink.reads().length === 1, 'the read');
  expect(sink.reads()).toEqual(['csn/04030201']);
});

test('tags whose form is not known are refused by their kind, once, not guessed', async () => {
  const { device, sink } = await startOne();
  device.hold(tag('csn/01020304', 0x49));
  await sink.until(() => sink.state()?.text?.includes('kind 49') === true, 'the refusal');
  device.hold({ ...tag(B), bits: 31 });
  await new Promise((resolve) => setTimeout(resolve, 5 * timing.pollEveryMs));
  device.lift();
  expect(sink.reads()).toEqual([]);
  expect(sink.state()?.online).toBe(true);
});

test('one that is stuck is noticed and opened anew; one that is no TWN4 is told of', async () => {
  const { device, serial, sink } = await startOne();
  device.illness = 'mute';
  await sink.until(() => sink.state()?.text?.includes('does not answer') === true, 'the silence');
  device.illness = 'garbled';
  await sink.until(() => sink.state()?.text?.includes('is it a TWN4?') === true, 'the doubt');
  const { opened } = serial;
  device.illness = 'none';
  await sink.until(() => sink.state()?.online === true, 'it well again', 10_000);
  expect(serial.opened).toBeGreaterThan(opened);
});

test('one that the site file does not name is seen, by its maker’s number', async () => {
  const serial = new FakeSerial();
  serial.plug(PATH, 'SN9', new Twn4Device());
  const { attached, sink } = await start(serial);
  await sink.until(() => attached.now().readers.length === 1, 'it');
  expect(attached.now().readers[0]).toMatchObject({ driver: 'twn4', path: PATH, serial: 'SN9' });
});

/** The files by which Linux tells of a serial port on USB. */
function sysTree(dir: string, name: string): string {
  const device = join(dir, 'sys/devices/usb1/1-1');
  mkdirSync(join(device, '1-1:1.0'), { recursive: true });
  mkdirSync(join(dir, 'sys/class/tty', name), { recursive: true });
  symlinkSync(join(device, '1-1:1.0'), join(dir, 'sys/class/tty', name, 'device'));
  for (const [file, text] of Object.entries({
    ...{ idVendor: '09d8\n', idProduct: '0420\n', serial: 'SN7\n', product: 'TWN4 CDC\n' },
  })) {
    writeFileSync(join(device, file), text);
  }
  return join(dir, 'sys');
}

test('a TWN4 on a real serial port is listed by its files, read, and lost with its port', async ({
  skip,
}) => {
  const missing = noSerialPair();
  if (missing !== null) skip(missing);
  const { dir, ours, theirs } = await serialPair('ttyACM0');
  const device = new Twn4Device();
  const port = new SerialPort({ path: theirs, baudRate: 9600 });
  port.on('data', (bytes: Uint8Array) => device.receive(bytes));
  port.on('error', () => {});
  device.onBytes = (bytes) => void port.write(bytes);
  const sys = sysTree(dir, 'ttyACM0');
  const serial = serialPorts('linux', { sys, dev: dir });
  expect(await serial.list()).toEqual({
    ok: true,
    value: [
      {
        since: expect.stringMatching(/^\d+$/),
        ...{ path: ours, vendorId: 0x09d8, productId: 0x0420, serialNumber: 'SN7' },
        ...{ product: 'TWN4 CDC', usagePage: 0, usage: 0 },
      },
    ],
  });
  const { sink } = await start(serial, { ...site, serial: 'SN7' });
  await sink.until(() => sink.state()?.online === true, 'the reader');
  expect(sink.state()?.model).toContain('firmware TWN4/');
  device.hold(tag(A));
  await sink.until(() => sink.reads().length === 1, 'the read');
  expect(sink.reads()).toEqual([A]);
  rmSync(join(sys, 'class/tty/ttyACM0'), { recursive: true });
  await sink.until(() => sink.state()?.online === false, 'it gone');
  await new Promise<void>((resolve) => port.close(() => resolve()));
});
