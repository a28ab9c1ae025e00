import { afterEach, expect, test } from 'vitest';
import type { DeskReader } from '../../src/main/engine/devices/ports.ts';
import { createUsbReaders } from '../../src/main/engine/devices/usb/readers.ts';
import type { Credential } from '../../src/shared/domain/credential.ts';
import type { ReaderId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { fastTiming as timing } from '../kit/usb-readers.ts';
import { deskReaderContract, ReaderRecorder } from './desk-reader.contract.ts';

const PATH = '/dev/hidraw0';

const held = (credential: string) => must(badgeOf(credential as Credential), credential);

const site = (id: string, serial?: string) =>
  ({ id: id as ReaderId, driver: 'pcprox', use: 'desk', serial }) as const;

deskReaderContract('pcProx', { isAsked: true }, async () => {
  const hid = new FakeHid();
  const device = new PcproxDevice();
  hid.plug(PATH, 'SN0001', device);
  const sink = new ReaderRecorder();
  const readers = [site('desk-1')];
  const [reader] = createUsbReaders({ readers, sink, badges: {}, hid, timing }).readers;
  const bench = { reader: must(reader, 'reader'), sink };
  await bench.reader.start();
  return {
    ...bench,
    badges: ['h10301/123/4567', 'h10301/10/1188'],
    hold: (credential) => device.hold(held(credential)),
    lift: () => device.lift(),
    plug: () => hid.plug(PATH, 'SN0001', device),
    unplug: () => hid.unplug(PATH),
    asked: () => device.reads(),
    typed: () => device.typed(),
  };
});

let started: readonly DeskReader[] = [];
afterEach(async () => {
  await Promise.all(started.map((reader) => reader.stop()));
  started = [];
});

async function start(hid: FakeHid, serials: readonly (string | undefined)[]) {
  const sink = new ReaderRecorder();
  const readers = serials.map((serial, i) => site(`desk-${i + 1}`, serial));
  started = createUsbReaders({ readers, sink, badges: {}, hid, timing }).readers;
  await Promise.all(started.map((reader) => reader.start()));
  return sink;
}

test('SDK mode is set, all other configuration kept, and set again after a replug', async () => {
  const hid = new FakeHid();
  const device = new PcproxDevice();
  const before = device.page(0);
  hid.plug(PATH, 'SN1', device);
  const sink = await start(hid, [undefined]);
  await sink.until(() => sink.state()?.online === true, 'the reader');
  const after = device.page(0);
  expect(after[2]).toBe(0);
  expect(after[7]).toBe(0x80);
  expect([0, 1, 3, 4, 5, 6].map((i) => after[i])).toEqual([0, 1, 3, 4, 5, 6].map((i) => before[i]));
  hid.unplug(PATH);
  await sink.until(() => sink.state()?.online === false, 'the loss');
  const fresh = new PcproxDevice();
  hid.plug(PATH, 'SN1', fresh);
  await sink.until(() => sink.state()?.online === true, 'the return');
  expect(fresh.keystrokesHalted()).toBe(true);
});

test('two readers are told apart by their serial numbers', async () => {
  const hid = new FakeHid();
  const [left, right] = [new PcproxDevice(), new PcproxDevice()];
  hid.plug('/dev/hidraw0', 'RIGHT', right);
  hid.plug('/dev/hidraw1', 'LEFT', left);
  const sink = await start(hid, ['LEFT', 'RIGHT']);
  const online = (): number =>
    sink.reports.filter((r) => r.kind === 'reader-state' && r.online).length;
  await sink.until(() => online() === 2, 'both');
  right.hold(held('h10301/1/2'));
  await sink.until(() => sink.reads().length === 1, 'the badge');
  expect(sink.reports.at(-1)).toMatchObject({ kind: 'read', reader: 'desk-2' });
});

test('a badge with a wrong parity admits nobody and is said to be unreadable', async () => {
  const hid = new FakeHid();
  const device = new PcproxDevice();
  hid.plug(PATH, 'SN1', device);
  const sink = await start(hid, [undefined]);
  await sink.until(() => sink.state()?.online === true, 'the reader');
  device.hold({ value: held('h10301/123/4567').value ^ 4n, bits: 26 });
  await sink.until(() => sink.state()?.text !== undefined, 'the complaint');
  expect(sink.state()?.text).toContain('hold it to the reader again');
  expect(sink.reads()).toEqual([]);
  device.hold(held('h10301/123/4567'));
  await sink.until(() => sink.reads().length === 1, 'the badge');
  expect(sink.state()?.text).toBeUndefined();
});

test.each([
  ['listFault', { code: 'no-library', text: 'a system library is missing' }],
  ['openFault', { code: 'no-rights', text: 'this user may not open the reader' }],
] as const)('%s is said once, in words, and ends when it is mended', async (which, fault) => {
  const hid = new FakeHid();
  hid.plug(PATH, 'SN1', new PcproxDevice());
  hid[which] = fault;
  const sink = await start(hid, [undefined]);
  await sink.until(() => sink.state()?.text === fault.text, 'the complaint');
  await new Promise((resolve) => setTimeout(resolve, timing.listEveryMs * 3));
  expect(sink.reports).toHaveLength(1);
  hid[which] = null;
  await sink.until(() => sink.state()?.online === true, 'the reader');
});

test('a reader that answers nothing is said to be stuck, once, until it does', async () => {
  const hid = new FakeHid();
  hid.plug(PATH, 'SN1', new PcproxDevice());
  hid.illness = 'mute';
  const sink = await start(hid, [undefined]);
  await sink.until(() => sink.state()?.text?.includes('does not answer') === true, 'the complaint');
  await sink.until(() => hid.opened > 2, 'it to be tried again');
  expect(sink.reports).toHaveLength(1);
  hid.illness = 'none';
  await sink.until(() => sink.state()?.online === true, 'the reader');
  hid.illness = 'mute';
  await sink.until(() => sink.state()?.online === false, 'it to be missed');
  expect(sink.state()?.text).toContain('does not answer');
});
