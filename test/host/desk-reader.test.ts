import { expect, test } from 'vitest';
import type { FoundPerson } from '../../src/shared/contract/queries.ts';
import type { DeskReadRow, DeviceNow } from '../../src/shared/contract/views.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { ScannerDevice } from '../../src/training/readers/scanner-device.ts';
import { callerOf } from '../kit/caller.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { value } from '../kit/journal-kit.ts';
import { type SmallZone, viewUntil } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const held = (facility: number, card: number) => must(badgeOf(h10301(facility, card)), 'badge');

const PATH = '/dev/hidraw0';

async function start() {
  const hid = new FakeHid();
  const device = new PcproxDevice();
  hid.plug(PATH, 'SN1', device);
  return { ...(await startWatchedZone([{ n: 1 }, { n: 2 }], { hid })), hid, device };
}

const readOf = (of: SmallZone, credential: string) =>
  viewUntil<DeskReadRow>(
    of.engine,
    'desk-reads',
    (rows) => rows.get('desk-1')?.credential === credential,
  );

async function find(of: SmallZone, credential: string): Promise<FoundPerson | undefined> {
  const input = { by: { credential }, purpose: 'asks at the desk' };
  const found = await of.engine.backend.query('person.find', input, callerOf('operator'));
  return (value(found) as { persons: FoundPerson[] }).persons[0];
}

test('a badge laid on a desk reader finds the person and their permit', async () => {
  const { zone: of, journal: log, device } = await start();
  device.hold(held(1, 2));
  const rows = await readOf(of, 'h10301/1/2');
  expect(rows.get('desk-1')).toMatchObject({ reader: 'desk-1', permit: 'SP-2' });
  expect(Math.abs((rows.get('desk-1')?.atMs ?? 0) - of.clock.wallMs())).toBeLessThan(10_000);
  expect(await find(of, 'h10301/1/2')).toMatchObject({
    person: 'P-2',
    permits: [{ permit: 'SP-2', class: 'special-pass' }],
  });
  // The journal knows who was at the desk, and never the badge; a desk admits nobody.
  const read = await log.first('desk.read');
  expect(read.data).toEqual({ reader: 'desk-1', person: 'P-2' });
  expect(log.all('crossing.asked')).toEqual([]);
  const opened = of.boards.flatMap((board) => board.openings());
  expect(opened).toEqual([]);
});

test('a badge that nobody holds is shown as read, with no permit', async () => {
  const { zone: of, journal: log, device } = await start();
  device.hold(held(1, 77));
  const rows = await readOf(of, 'h10301/1/77');
  expect(rows.get('desk-1')?.permit).toBeNull();
  expect(await find(of, 'h10301/1/77')).toBeUndefined();
  expect((await log.first('desk.read')).data.person).toBeNull();
  device.lift();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  device.hold(held(1, 1));
  expect((await readOf(of, 'h10301/1/1')).get('desk-1')?.permit).toBe('SP-1');
});

test('a reader that is unplugged is off line on the devices screen, and comes back', async () => {
  const { zone: of, hid, device } = await start();
  const become = (online: boolean) =>
    viewUntil<DeviceNow>(of.engine, 'devices', (rows) => rows.get('desk-1')?.online === online);
  expect((await become(true)).get('desk-1')?.version).toContain('firmware');
  hid.unplug(PATH);
  expect((await become(false)).get('desk-1')?.text).toContain('plug it in');
  hid.plug(PATH, 'SN1', device);
  await become(true);
});

test('a code that is no permit is told as such, and what it says is kept nowhere', async () => {
  const hid = new FakeHid();
  const scanner = new ScannerDevice();
  hid.plug(PATH, 'SN1', scanner);
  const readers = [{ id: 'desk-1', driver: 'scanner', use: 'desk' }];
  const { journal: log } = await startWatchedZone([{ n: 1 }], { hid, site: { readers } });
  await log.first('reader.state', ({ online }) => online);
  scanner.scan({ aim: 'Q1', text: 'menu of the day' });
  const unread = await log.first('reader.unread');
  expect(unread.data).toEqual({ reader: 'desk-1', why: 'no-permit' });
  expect(log.all('desk.read')).toEqual([]);
  expect(JSON.stringify(log.all('reader.state'))).not.toContain('menu');
});

test('a reader that nobody named is seen within 2 s of being plugged in or out', async () => {
  const { zone: of, journal: log, hid } = await start();
  const other = '/dev/hidraw7';
  const shown = () => viewUntil<DeviceNow>(of.engine, 'devices', (rows) => isThere(rows), 2_000);
  const isThere = (rows: ReadonlyMap<string, DeviceNow>) =>
    [...rows.values()].some(({ attached }) => attached?.path === other);
  hid.plug(other, 'X9', new ScannerDevice());
  const rows = await shown();
  const row = [...rows.values()].find(({ type }) => type === 'attached');
  expect(row).toMatchObject({
    ...{ device: '0c2e:0b8f hidraw7', online: true, heardAgoMs: 0, lanes: [], text: null },
    attached: { driver: 'scanner', vendor: '0c2e', product: '0b8f', serial: 'X9', path: other },
  });
  hid.vanish(other);
  await viewUntil<DeviceNow>(of.engine, 'devices', (all) => !isThere(all), 2_000);
  hid.listFault = { code: 'no-library', text: 'a system library is missing' };
  const none = (all: ReadonlyMap<string, DeviceNow>) => all.get('USB')?.text !== undefined;
  const told = await viewUntil<DeviceNow>(of.engine, 'devices', none);
  expect(told.get('USB')).toMatchObject({ type: 'usb', online: false });
  expect(told.get('USB')?.text).toBe('a system library is missing');
  // It is nobody's input: the journal hears of it no more than of a keyboard.
  expect(JSON.stringify(log.events())).not.toContain('X9');
});
