/** A board is brought to the settings of the site file, and asked for those that it can show. */
import { afterEach, expect, test } from 'vitest';
import type { Credential } from '../../src/shared/domain/credential.ts';
import type { UhppoteSettings } from '../../src/shared/domain/site-board-settings.ts';
import { encodeRequest } from '../../src/shared/wire/uhppote/codec.ts';
import type { MessageName } from '../../src/shared/wire/uhppote/messages.ts';
import { sendFrom } from '../kit/forger.ts';
import { type GateZone, type GateZoneOptions, onlineGateZone } from '../kit/gate-zone.ts';

let zone: GateZone | null = null;
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

const settings: UhppoteSettings = {
  interlock: '1-2,3-4',
  antiPassback: '1,3:2,4',
  timeProfiles: [
    {
      ...{
        profile: 7,
        doors: [1],
        from: '2026-01-01',
        to: '2035-12-31',
        days: [1, 2, 3, 4, 5, 6, 7],
      },
      ...{ hours: [{ from: '00:00', to: '23:59' }], otherwise: 8 },
    },
    {
      ...{ profile: 8, doors: [], from: '2026-01-01', to: '2035-12-31', days: [1] },
      hours: [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '17:30' },
      ],
    },
  ],
  firstCard: 'off',
  keypads: [2],
  codes: 'off',
};

async function online(options: GateZoneOptions = {}): Promise<GateZone> {
  const one = await onlineGateZone({ ...options, setUp: { settings, ...options.setUp } });
  zone = one;
  return one;
}

const UNPROVED = 'it was told, but cannot be asked for: interlock, firstCard, keypads, codes';

function isBrought({ device }: GateZone): boolean {
  const { antiPassback, interlock, keypads, profiles } = device.settings();
  return (
    antiPassback === 2 &&
    interlock === 3 &&
    profiles.size === 2 &&
    keypads.has(2) &&
    !keypads.has(1)
  );
}

test('interlock with anti-passback, profiles, keypads; what cannot be proved is said', async () => {
  const one = await online();
  expect(isBrought(one)).toBe(true);
  expect(one.device.settings().profiles.get(8)).toMatchObject({
    ...{ monday: true, tuesday: false, start2: '13:00', end2: '17:30', end3: '00:00', linked: 0 },
  });
  const state = await one.sink.first('board-state', ({ online: on }) => on);
  expect(state.text).toBe(`board 423187757 is set; ${UNPROVED}`);
  expect(one.device.received('restore-defaults')).toBe(0);
});

test('what the site file leaves out is not touched, and nothing is said', async () => {
  const one = await online({ setUp: { settings: undefined } });
  const state = await one.sink.first('board-state', ({ online: on }) => on);
  expect(state.text).toBeUndefined();
  const touched: MessageName[] = [
    ...(['set-anti-passback', 'set-interlock', 'set-keypads', 'set-first-card'] as const),
    ...(['set-passcodes', 'set-time-profile', 'clear-time-profiles', 'restore-defaults'] as const),
  ];
  expect(touched.map((name) => one.device.received(name))).toEqual(touched.map(() => 0));
});

test('what already agrees is not written again, as at the next connect', async () => {
  const one = await online();
  const before = one.device.received('set-anti-passback');
  one.device.unplug();
  await one.sink.first('board-state', ({ online: on }) => !on);
  one.device.plug();
  await one.sink.until(() => one.device.received('set-interlock') === 2, 'the second connect');
  expect(before).toBe(1);
  expect(one.device.received('set-anti-passback')).toBe(1);
  expect(one.device.received('set-time-profile')).toBe(2);
});

test('after a power cut, long or too short to notice, it is brought to them again', async () => {
  const one = await online({ timing: { offlineAfterMs: 1500 } });
  one.device.powerCut();
  expect(isBrought(one)).toBe(false);
  one.device.powerOn();
  await one.sink.until(() => isBrought(one), 'the settings after a short cut');
  expect(one.sink.all('board-state').filter(({ online: on }) => !on)).toEqual([]);
  one.device.powerCut();
  await one.sink.first('board-state', ({ online: on }) => !on);
  one.device.powerOn();
  await one.sink.until(() => isBrought(one), 'the settings after a long cut');
});

test('a setting that somebody else changed is put right, once it is looked at', async () => {
  const one = await online({ timing: { pcControlEveryMs: 200 } });
  const { serial } = one.device;
  const other = encodeRequest('set-anti-passback', serial, { mode: 0 });
  await sendFrom('127.0.0.1', { address: '127.0.0.1', port: one.port }, [other]);
  await one.sink.until(() => one.device.received('set-anti-passback') === 3, 'the old mode again');
  expect(one.device.settings().antiPassback).toBe(2);
});

test('a board that says yes and keeps its own is told of, once, until it agrees', async () => {
  const one = await online({
    before: (device) => device.jamSettings(true),
    timing: { pcControlEveryMs: 150 },
  });
  const against = 'board 423187757 does not take its settings: antiPassback, timeProfiles 7, ';
  const said = await one.sink.first(
    'board-state',
    ({ text }) => text?.startsWith(against) === true,
  );
  expect(said).toMatchObject({ online: true });
  expect(said.text).toContain(UNPROVED);
  const before = one.device.received('get-anti-passback');
  await one.sink.until(() => one.device.received('get-anti-passback') > before + 4, 'more looks');
  expect(one.sink.all('board-state').filter(({ text }) => text !== undefined)).toHaveLength(1);
  one.device.jamSettings(false);
  await one.sink.first('board-state', ({ text, online: on }) => on && text === undefined);
  expect(one.device.settings().antiPassback).toBe(2);
});

test('badges without room and settings not taken are told together', async () => {
  const list = [1, 2, 3].map((n) => ({
    ...{ credential: `h10301/0/${n}` as Credential, doors: [1] },
    ...{ fromDay: '2026-01-01', toDay: '2035-12-31' },
  }));
  const one = await online({
    before: (device) => device.jamSettings(true),
    setUp: { cardCapacity: 1, settings: { antiPassback: '1,3:2,4' } },
  });
  one.board.storeCards(list);
  const left = `2 badges are not stored in board ${one.board.board}: it opens for none of them`;
  const settings = `board ${one.board.board} does not take its settings: antiPassback`;
  const said = await one.sink.first('board-state', ({ text = '' }) => text.startsWith(left));
  expect(said).toMatchObject({ online: true, text: `${left} alone | ${settings}` });
  expect(said.version).toBeDefined();
  one.board.storeCards(list.slice(0, 1));
  await one.sink.until(() => one.sink.all('board-state').at(-1)?.text === settings, 'no more left');
});

test('an opening by a code is told; with codes off the board opens by none', async () => {
  const codes = { code1: 4321, code2: 0, code3: 0, code4: 0 };
  const give = async ({ device, port, sink }: GateZone): Promise<void> => {
    const { serial } = device;
    const on = { reader1: false, reader2: true, reader3: false, reader4: false };
    await sendFrom('127.0.0.1', { address: '127.0.0.1', port }, [
      encodeRequest('set-passcodes', serial, { door: 2, ...codes }),
      encodeRequest('set-keypads', serial, on),
    ]);
    await sink.until(() => device.settings().keypads.has(2), 'the keypad');
  };
  const one = await online({ setUp: { settings: { codes: 'off' } } });
  await give(one);
  expect(one.device.enterCode(2, 4321)).toBe(true);
  expect(await one.sink.first('alarm')).toMatchObject({ alarm: 'code', door: 2, reason: 0x19 });
  one.device.unplug();
  await one.sink.first('board-state', ({ online: on }) => !on);
  one.device.plug();
  await one.sink.until(() => one.device.received('set-passcodes') === 1 + 2 * 4, 'no codes');
  expect(one.device.settings().keypads.has(2)).toBe(true);
  expect(one.device.enterCode(2, 4321)).toBe(false);
});

test('stored cards open a door with a profile within it, and the others always', async () => {
  const one = await online();
  const credential = 'h10301/0/101' as Credential;
  const days = { fromDay: '2026-01-01', toDay: '2035-12-31' };
  one.board.storeCards([{ credential, doors: [1, 3], ...days }]);
  await one.sink.until(() => one.board.health().storedCards === 1, 'the card');
  expect(one.device.storedCard(101)).toMatchObject({ door1: 7, door2: 0, door3: 1, firstCard: 0 });
});
