import { afterEach, describe, expect, test } from 'vitest';
import type { DeskReader } from '../../src/main/engine/devices/ports.ts';
import { createUsbReaders } from '../../src/main/engine/devices/usb/readers.ts';
import type { SiteUsbReader } from '../../src/shared/domain/site-reader.ts';
import { SiteReader } from '../../src/shared/domain/site-reader.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { HidDevice } from '../../src/training/readers/hid-device.ts';
import { KeyboardDevice } from '../../src/training/readers/keyboard-device.ts';
import { MagstripeDevice } from '../../src/training/readers/magstripe-device.ts';
import { reportsOf, ScannerDevice } from '../../src/training/readers/scanner-device.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { fastTiming as timing } from '../kit/usb-readers.ts';
import { deskReaderContract, ReaderRecorder } from './desk-reader.contract.ts';

const PATH = '/dev/hidraw0';

const wedge = {
  ...{ id: 'desk-1', use: 'desk', driver: 'wedge', vendor: '076b', product: '5127' },
  badge: { as: 'filler-hex' },
};
const scanner = { id: 'desk-1', use: 'desk', driver: 'scanner' };
const magstripe = {
  ...{ id: 'desk-1', use: 'desk', driver: 'magstripe', length: 8 },
  badge: { as: 'decimal' },
};

let started: readonly DeskReader[] = [];
afterEach(async () => {
  await Promise.all(started.map((reader) => reader.stop()));
  started = [];
});

async function start(hid: FakeHid, ...written: readonly object[]) {
  const sink = new ReaderRecorder();
  const readers = written.map((one): SiteUsbReader => SiteReader.parse(one));
  started = createUsbReaders({ readers, sink, badges: {}, hid, timing }).readers;
  await Promise.all(started.map((reader) => reader.start()));
  const online = () => sink.reports.filter((r) => r.kind === 'reader-state' && r.online).length;
  return { sink, online };
}

/** One reader on a device that is plugged in. */
async function startOne<D extends HidDevice>(written: object, device: D) {
  const hid = new FakeHid();
  hid.plug(PATH, 'SN1', device);
  const { sink } = await start(hid, written);
  await sink.until(() => sink.state()?.online === true, 'the reader');
  return { hid, device, sink };
}

function contractOf<D extends HidDevice>(
  driver: string,
  written: object,
  make: () => D,
  badges: readonly [string, string],
  show: (device: D, badge: string) => void,
): void {
  deskReaderContract(driver, { isAsked: false }, async () => {
    const hid = new FakeHid();
    const device = make();
    hid.plug(PATH, 'SN1', device);
    const { sink } = await start(hid, written);
    const none = { lift: () => {}, asked: () => 0, typed: () => 0 };
    return {
      ...{ reader: must(started[0], 'reader'), sink, badges, ...none },
      hold: (badge) => show(device, badge),
      plug: () => hid.plug(PATH, 'SN1', device),
      unplug: () => hid.unplug(PATH),
    };
  });
}

const typedOf: Readonly<Record<string, string>> = {
  'h10301/123/4567': '06BD88EB80',
  'h10301/10/1188': '0605025240',
};

contractOf(
  'a reader that types',
  wedge,
  () => new KeyboardDevice(),
  ['h10301/123/4567', 'h10301/10/1188'],
  (device, badge) => device.type(must(typedOf[badge], badge)),
);
contractOf(
  'a bar-code scanner',
  scanner,
  () => new ScannerDevice(),
  ['M1GATHERGOOD', 'permit '.repeat(30)],
  (device, text) => device.scan({ aim: 'Q1', text }),
);
contractOf(
  'a reader of magnetic stripes',
  magstripe,
  () => new MagstripeDevice(),
  ['raw/12345678', 'raw/87654321'],
  (device, badge) => device.swipe(badge.slice('raw/'.length)),
);

describe('which device is which reader', () => {
  test('two alike are told apart by their serial numbers', async () => {
    const hid = new FakeHid();
    const [left, right] = [new KeyboardDevice(), new KeyboardDevice()];
    hid.plug('/dev/hidraw0', 'RIGHT', right);
    hid.plug('/dev/hidraw1', 'LEFT', left);
    const { sink, online } = await start(
      hid,
      { ...wedge, serial: 'LEFT' },
      { ...wedge, id: 'desk-2', serial: 'RIGHT' },
    );
    await sink.until(() => online() === 2, 'both');
    right.type('06BD88EB80');
    left.type('0605025240');
    expect(sink.reports.slice(-2)).toMatchObject([
      { reader: 'desk-2', credential: 'h10301/123/4567' },
      { reader: 'desk-1', credential: 'h10301/10/1188' },
    ]);
  });

  test('each comes back to its own reader, whatever its new path', async () => {
    const hid = new FakeHid();
    const device = new KeyboardDevice();
    const other = new KeyboardDevice();
    hid.plug('/dev/hidraw0', 'LEFT', device);
    const { sink, online } = await start(hid, { ...wedge, serial: 'LEFT' });
    await sink.until(() => online() === 1, 'the reader');
    hid.unplug('/dev/hidraw0');
    hid.plug('/dev/hidraw0', 'RIGHT', other);
    hid.plug('/dev/hidraw7', 'LEFT', device);
    await sink.until(() => online() === 2, 'it to be back');
    other.type('0605025240');
    device.type('06BD88EB80');
    expect(sink.reads()).toEqual(['h10301/123/4567']);
  });

  test('the keyboard on the desk is no reader', async () => {
    const hid = new FakeHid();
    const desk = Object.assign(new KeyboardDevice(), { vendorId: 0x046d });
    hid.plug(PATH, 'SN1', desk);
    const { sink } = await start(hid, wedge);
    await sink.until(() => sink.state()?.online === false, 'the sentence');
    expect(hid.opened).toBe(0);
  });

  test('the site file outranks the descriptor', async () => {
    const odd = Object.assign(new ScannerDevice(), { vendorId: 0x1234, productId: 0x5678 });
    Object.assign(odd, { usagePage: 0xff00 }).write(Uint8Array.of(1), 0xfe);
    const named = { ...scanner, vendor: '1234', product: '5678' };
    const { sink } = await startOne(named, odd);
    odd.scan({ aim: 'Q1', text: 'one' });
    expect(sink.reads()).toEqual(['one']);
  });

  test('of several collections the one that fits is enough, and opened once', async () => {
    const hid = new FakeHid();
    const device = new ScannerDevice();
    hid.plug(PATH, 'SN1', Object.assign(new KeyboardDevice(), { productId: 1 }));
    hid.plug('/dev/hidraw1', 'SN1', device);
    const list = hid.list.bind(hid);
    hid.list = async () => {
      const listed = await list();
      const rows = listed.ok ? listed.value : [];
      const keyboard = rows.map((row) => ({ ...row, usagePage: 1, usage: 6 }));
      return { ok: true, value: [...keyboard, ...rows] };
    };
    const { sink } = await start(hid, scanner, { ...scanner, id: 'desk-2' });
    await sink.until(() => sink.reports.length === 2, 'what becomes of both');
    expect(hid.opened).toBe(1);
    expect(sink.reports).toMatchObject([
      { reader: 'desk-2', online: false },
      { reader: 'desk-1', online: true },
    ]);
    device.scan({ aim: 'Q1', text: 'one' });
    expect(sink.reads()).toEqual(['one']);
  });
});

describe('a reader that fails', () => {
  test('again and again is said to be faulty, once, until it is well again', async () => {
    const hid = new FakeHid();
    hid.plug(PATH, 'SN1', new KeyboardDevice());
    hid.illness = 'broken';
    const { sink, online } = await start(hid, wedge);
    await sink.until(() => sink.state()?.text?.includes('does not work') === true, 'the complaint');
    const before = online();
    await sink.until(() => hid.opened > 4, 'it to be tried again');
    expect(online()).toBe(before);
    expect(sink.state()?.text).toContain('does not work');
    hid.illness = 'none';
    await sink.until(() => sink.state()?.online === true, 'the reader');
  });

  test('gone without an error it is missed, also where another takes its path', async () => {
    const { hid, device, sink } = await startOne({ ...wedge, serial: 'SN1' }, new KeyboardDevice());
    hid.vanish(PATH);
    await sink.until(() => sink.state()?.online === false, 'it to be missed');
    hid.plug(PATH, 'SN1', device);
    await sink.until(() => sink.state()?.online === true, 'it to be back');
    hid.vanish(PATH);
    hid.plug(PATH, 'SN2', new KeyboardDevice());
    await sink.until(() => sink.state()?.online === false, 'it to be missed again');
  });

  test('a listing that hangs is given up, in words, and the reader found by the next', async () => {
    const hid = new FakeHid();
    hid.plug(PATH, 'SN1', new KeyboardDevice());
    const list = hid.list.bind(hid);
    hid.list = () => new Promise(() => {});
    const { sink } = await start(hid, wedge);
    await sink.until(() => sink.state()?.text?.includes('cannot be listed') === true, 'the words');
    hid.list = list;
    await sink.until(() => sink.state()?.online === true, 'the reader');
  });

  test('many readers list the devices together', async () => {
    const hid = new FakeHid();
    const many = Array.from({ length: 8 }, (_, i) => ({ ...wedge, id: `r-${i}`, serial: `S${i}` }));
    await start(hid, ...many);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(hid.listed).toBeGreaterThan(5);
    expect(hid.listed).toBeLessThan(40);
  });
});

describe('a reader that types', () => {
  test('half a badge is no badge: what stops without its key is refused', async () => {
    const { device, sink } = await startOne(wedge, new KeyboardDevice());
    device.type('06BD88', null);
    await sink.until(() => sink.state()?.text?.includes('again') === true, 'the complaint');
    device.type('06BD88EB80');
    expect(sink.reads()).toEqual(['h10301/123/4567']);
    expect(sink.state()?.text).toBeUndefined();
  });

  test('one that was unplugged in the middle of a badge begins anew', async () => {
    const { hid, device, sink } = await startOne(wedge, new KeyboardDevice());
    device.type('0605025240'.slice(0, 4), null);
    hid.unplug(PATH);
    await sink.until(() => sink.state()?.online === false, 'it to be missed');
    hid.plug(PATH, 'SN1', device);
    await sink.until(() => sink.state()?.online === true, 'it to be back');
    device.type('06BD88EB80');
    expect(sink.reads()).toEqual(['h10301/123/4567']);
  });

  test('where the site says so, silence ends a badge', async () => {
    const { device, sink } = await startOne({ ...wedge, ends: 'silence' }, new KeyboardDevice());
    device.type('06BD88EB80', null);
    expect(sink.reads()).toEqual([]);
    await sink.until(() => sink.reads().length === 1, 'the badge');
  });

  test('another length than the site’s is refused, and what is no such badge', async () => {
    const decimal = { ...wedge, badge: { as: 'decimal' }, length: 8 };
    const { device, sink } = await startOne(decimal, new KeyboardDevice());
    device.type('1234567');
    expect(sink.state()?.text).toContain('hold it to the reader again');
    device.type('1234567A');
    expect(sink.state()?.text).toContain('no badge as the site file');
    device.type('12345678');
    expect(sink.reads()).toEqual(['raw/12345678']);
  });

  test('a report of another shape is said to be one', async () => {
    const { device, sink } = await startOne(wedge, new KeyboardDevice());
    device.onReport(new Uint8Array(16));
    expect(sink.state()?.text).toContain('is its driver right');
  });
});

describe('a bar-code scanner', () => {
  test('is put into POS mode after each opening', async () => {
    const { hid, device } = await startOne(scanner, new ScannerDevice());
    expect(device.isPos()).toBe(true);
    device.write(Uint8Array.of(0), 0xfe);
    hid.unplug(PATH);
    hid.plug(PATH, 'SN2', device);
    await expect.poll(() => device.isPos()).toBe(true);
  });

  test('other codes are refused, by name', async () => {
    const { device, sink } = await startOne(scanner, new ScannerDevice());
    device.scan({ aim: 'C0', text: '12345' });
    expect(sink.state()?.text).toContain('only QR codes are read here');
    expect(sink.state()?.text).toContain('Code 128');
    expect(sink.reads()).toEqual([]);
  });

  test('half a code is given up, and not joined to the next', async () => {
    const { device, sink } = await startOne(scanner, new ScannerDevice());
    const [first] = reportsOf({ aim: 'Q1', text: 'x'.repeat(100) });
    device.onReport(must(first, 'report'));
    await sink.until(() => sink.state()?.text?.includes('in part') === true, 'the complaint');
    device.scan({ aim: 'Q1', text: 'whole' });
    expect(sink.reads()).toEqual(['whole']);
  });
});

describe('a reader of magnetic stripes', () => {
  test('refuses a stripe that it could not read, and one of another length, unread', async () => {
    const { device, sink } = await startOne(magstripe, new MagstripeDevice());
    device.swipe('12345678', true);
    expect(sink.state()?.text).toContain('swipe the card again');
    device.swipe('4111111111111111');
    expect(sink.state()?.text).toContain('no badge as the site file');
    expect(JSON.stringify(sink.reports)).not.toContain('4111');
    expect(sink.reads()).toEqual([]);
  });
});

describe('a reader that is plugged in again between two looks at what is attached', () => {
  test('is taken up anew, though it has its old path and nobody told of an error', async () => {
    const { device, hid, sink } = await startOne(wedge, new KeyboardDevice());
    const { opened } = hid;
    hid.vanish(PATH);
    // The old handle is dead: nothing comes of it any more.
    device.onReport = () => {};
    const again = new KeyboardDevice();
    hid.plug(PATH, 'SN1', again);
    await sink.until(() => hid.opened > opened, 'it to be opened anew');
    await sink.until(() => sink.state()?.online === true, 'it to be back');
    again.type('06BD88EB80');
    await sink.until(() => sink.reads().length === 1, 'the read');
  });

  test('is not taken for a faulty one, though the dying device was opened once more', async () => {
    const { hid, sink } = await startOne(wedge, new KeyboardDevice());
    // Still listed, and every handle of it soon fails: as a device on its way out.
    hid.illness = 'broken';
    hid.fail(PATH);
    await sink.until(() => sink.state()?.text?.includes('does not work') === true, 'two failures');
    hid.illness = 'none';
    hid.plug(PATH, 'SN1', new KeyboardDevice());
    const startedMs = performance.now();
    await sink.until(() => sink.state()?.online === true, 'it to be back');
    // Not only once it has been steady for long.
    expect(performance.now() - startedMs).toBeLessThan(timing.steadyMs);
  });
});
