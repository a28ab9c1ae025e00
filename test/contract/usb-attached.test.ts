import { expect, onTestFinished, test } from 'vitest';
import { createUsbReaders } from '../../src/main/engine/devices/usb/readers.ts';
import { SiteReader, siteLinesOf } from '../../src/shared/domain/site-reader.ts';
import { KeyboardDevice } from '../../src/training/readers/keyboard-device.ts';
import { MagstripeDevice } from '../../src/training/readers/magstripe-device.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { ScannerDevice } from '../../src/training/readers/scanner-device.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { fastTiming as timing } from '../kit/usb-readers.ts';
import { ReaderRecorder } from './desk-reader.contract.ts';

class Recorder extends ReaderRecorder {
  changes = 0;
  attached(): void {
    this.changes += 1;
  }
}

async function start(hid: FakeHid, ...written: readonly object[]) {
  const sink = new Recorder();
  const readers = written.map((one) => SiteReader.parse(one));
  const usb = createUsbReaders({ readers, sink, badges: {}, hid, timing });
  await Promise.all(usb.readers.map((reader) => reader.start()));
  usb.attached.start();
  onTestFinished(async () => {
    usb.attached.stop();
    await Promise.all(usb.readers.map((reader) => reader.stop()));
  });
  const found = () => usb.attached.now().readers.map(({ driver, path }) => `${driver} ${path}`);
  return { sink, found, attached: usb.attached };
}

test('each kind is told by its descriptor and numbers, with what to write to use it', async () => {
  const hid = new FakeHid();
  const kinds = [PcproxDevice, ScannerDevice, MagstripeDevice, KeyboardDevice] as const;
  const devices = kinds.map((Kind) => new Kind());
  for (const [n, device] of devices.entries()) hid.plug(`/dev/hidraw${n}`, `SN${n}`, device);
  const { attached, found, sink } = await start(hid);
  await sink.until(() => found().length === 4, 'all four');
  expect(found()).toEqual([
    ...['pcprox /dev/hidraw0', 'scanner /dev/hidraw1'],
    ...['magstripe /dev/hidraw2', 'wedge /dev/hidraw3'],
  ]);
  expect(attached.now().readers[0]).toEqual({
    ...{ driver: 'pcprox', path: '/dev/hidraw0', vendor: '0c27', product: '3bfa' },
    ...{ serial: 'SN0', model: devices[0]?.product, text: null },
  });
  for (const { driver, ...one } of attached.now().readers) {
    const lines: unknown = JSON.parse(siteLinesOf({ driver, ...one }, ['desk-1', 'desk-3']));
    const { vendor, product, serial } = one;
    const wanted = { id: 'desk-2', use: 'desk', driver, vendor, product, serial };
    expect(SiteReader.parse(lines)).toMatchObject(wanted);
  }
});

test('what the site file names is not among them, open or not; what is like it is', async () => {
  const hid = new FakeHid();
  hid.openFault = { code: 'no-rights', text: 'this user may not open the reader' };
  hid.plug('/dev/hidraw0', 'LEFT', new PcproxDevice());
  hid.plug('/dev/hidraw1', 'RIGHT', new PcproxDevice());
  const one = { id: 'desk-1', use: 'desk', driver: 'pcprox', serial: 'LEFT' };
  const { found, sink } = await start(hid, one);
  await sink.until(() => sink.state()?.text?.includes('may not open') === true, 'no rights');
  await sink.until(() => found().length > 0, 'the other one');
  expect(found()).toEqual(['pcprox /dev/hidraw1']);
  hid.openFault = null;
  await sink.until(() => sink.state()?.online === true, 'the reader');
  expect(found()).toEqual(['pcprox /dev/hidraw1']);
});

test('a reader that took one of two alike leaves the other to be seen, either one', async () => {
  const hid = new FakeHid();
  hid.plug('/dev/hidraw5', 'B', new ScannerDevice());
  const { found, sink } = await start(hid, { id: 'desk-1', use: 'desk', driver: 'scanner' });
  await sink.until(() => sink.state()?.online === true, 'the reader');
  hid.plugFirst('/dev/hidraw1', 'A', new ScannerDevice());
  await sink.until(() => found().length > 0, 'the second');
  expect(found()).toEqual(['scanner /dev/hidraw1']);
});

test('found and removed at once, each told; nothing is told while nothing changes', async () => {
  const hid = new FakeHid();
  const { found, sink } = await start(hid);
  hid.plug('/dev/hidraw0', '', new ScannerDevice());
  await sink.until(() => found().length === 1, 'it', 20 * timing.listEveryMs);
  hid.vanish('/dev/hidraw0');
  await sink.until(() => found().length === 0, 'nothing', 20 * timing.listEveryMs);
  expect(sink.changes).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 5 * timing.listEveryMs));
  expect(sink.changes).toBe(2);
});

test('a device is one, however many parts of it the system lists', async () => {
  const hid = new FakeHid();
  hid.plug('/dev/hidraw0', 'K1', new KeyboardDevice());
  hid.plug('/dev/hidraw1', 'K1', new KeyboardDevice());
  const written = { id: 'desk-1', use: 'desk', driver: 'wedge', badge: { as: 'decimal' } };
  const { vendorId, productId } = new KeyboardDevice();
  const hex = (n: number) => n.toString(16).padStart(4, '0');
  const numbers = { vendor: hex(vendorId), product: hex(productId) };
  const { found, sink } = await start(hid, { ...written, ...numbers });
  await sink.until(() => sink.state()?.online === true, 'the reader');
  hid.plug('/dev/hidraw2', 'K2', new KeyboardDevice());
  await sink.until(() => found().length > 0, 'the other keyboard');
  expect(found()).toEqual(['wedge /dev/hidraw2']);
});

test('what stands in the way is said: rights, and a system library', async () => {
  const hid = new FakeHid();
  hid.mayOpenFault = { code: 'no-rights', text: 'this user may not open the reader' };
  hid.plug('/dev/hidraw0', 'SN1', new ScannerDevice());
  const { attached, found, sink } = await start(hid);
  await sink.until(() => found().length === 1, 'it');
  expect(attached.now()).toMatchObject({
    readers: [{ text: 'this user may not open the reader' }],
    fault: null,
  });
  hid.listFault = { code: 'no-library', text: 'a system library is missing' };
  await sink.until(() => attached.now().fault !== null, 'the fault');
  expect(attached.now()).toEqual({ readers: [], fault: 'a system library is missing' });
});
