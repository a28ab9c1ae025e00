/** What only OSDP knows: numbers and repeats, busy devices, lines shared and spoilt, keys. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { OsdpSetUp } from '../../src/main/engine/devices/osdp/context.ts';
import type { Credential } from '../../src/shared/domain/credential.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { functions } from '../../src/shared/wire/osdp/messages.ts';
import {
  badgeBits,
  type OsdpZone,
  type OsdpZoneOptions,
  onlineOsdpZone,
  startOsdpZone,
  wired,
} from '../kit/osdp-zone.ts';
import { endOf, stagesOf } from './gate-board.contract.ts';

let zone: OsdpZone | null = null;
async function online(options: OsdpZoneOptions = {}): Promise<OsdpZone> {
  zone = await onlineOsdpZone(options);
  return zone;
}
async function started(options: OsdpZoneOptions): Promise<OsdpZone> {
  zone = await startOsdpZone(options);
  return zone;
}
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

const badge = 'h10301/123/4567' as Credential;
const ownKey = Uint8Array.from({ length: 16 }, (_, i) => 0xc0 ^ (7 * i));

/** A channel whose key lies in a file of its own. */
function channelOf(text: string, commissioning?: boolean): OsdpSetUp['channel'] {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-osdp-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const keyFile = join(dir, 'gate.key');
  writeFileSync(keyFile, text);
  return { key: 'file', keyFile, commissioning };
}
const own = (commissioning?: boolean) => {
  return channelOf(Buffer.from(ownKey).toString('hex'), commissioning);
};

describe('one device', () => {
  test('its events are numbered on from the journal’s last one, without a gap', async () => {
    const { device, sink } = await online({ setUp: { lastIndex: 41 } });
    device.hold(badgeBits(123, 4567));
    device.setInput(wired.tamper, true);
    device.openHousing(true);
    await sink.until(() => sink.all('alarm').length === 2, 'both alarms');
    const events = [...sink.all('swipe'), ...sink.all('alarm')];
    expect(events.map(({ index }) => index)).toEqual([42, 43, 44]);
    expect(sink.all('alarm').map(({ alarm }) => alarm)).toEqual(['tamper', 'tamper']);
    expect(sink.all('gap')).toEqual([]);
    const state = await sink.first('board-state');
    expect(state.text).toContain('what happened here until now is not known');
  });

  test('a reader tells the door and the way; what is no badge is counted and refused', async () => {
    const { board, device, sink } = await online();
    device.hold(badgeBits(123, 4567), 1);
    const swipe = await sink.first('swipe');
    expect(swipe).toMatchObject({ credential: badge, door: 2, direction: 'out', granted: false });
    const { bytes, count } = badgeBits(123, 4567);
    device.hold({ count, bytes: bytes.map((byte, i) => (i === 1 ? byte ^ 1 : byte)) });
    device.hold(badgeBits(1, 1), 7);
    await sink.until(() => board.health().garbage === 2, 'both counted');
    await sink.until(() => device.colour() === 1, 'red at the reader');
    device.hold({ count: 40, bytes: Uint8Array.of(0, 0, 1, 0, 0) });
    const raw = await sink.first('swipe', ({ credential }) => credential.startsWith('raw/'));
    expect(raw.credential).toBe('raw/65536');
  });

  test('a busy device is asked again until it has time, under the same number', async () => {
    const { board, command, device, sink } = await online();
    device.beBusy(3);
    const open = command('open');
    board.send(open);
    expect((await endOf(sink, open)).stage).toBe('confirmed');
    expect(device.received('out')).toBe(1);
    expect(sink.all('board-state').every(({ online: up }) => up)).toBe(true);
  });

  test('one that stays busy past the deadline was sent nothing that counts', async () => {
    const { board, clock, command, device, sink } = await online();
    device.beBusy(1000);
    const open = command('open', { deadlineMonoMs: clock.monoMs() + 100 });
    board.send(open);
    expect(['failed', 'expired']).toContain((await endOf(sink, open)).stage);
    device.beBusy(0);
    await sink.until(() => device.received('poll') > 20, 'polls again');
    expect(device.received('out')).toBe(0);
  });

  test('after a power cut it is set up anew, and a gate that was held is so no more', async () => {
    const { board, command, device, sink } = await online({ timing: { offlineAfterMs: 60_000 } });
    const hold = command('hold');
    board.send(hold);
    expect((await endOf(sink, hold)).stage).toBe('confirmed');
    device.powerCut();
    device.powerOn();
    await sink.until(() => sink.all('door-mode').at(-1)?.mode === 'controlled', 'the mode');
    expect(device.isOn(0)).toBe(false);
    device.hold(badgeBits(123, 4567));
    await sink.first('swipe');
  });

  test('while it is busy for long nobody knows who went through', async () => {
    const { board, device, sink } = await online();
    const blindOf = () => board.health().blindMonoMs ?? 0;
    const looks = async () => {
      const polled = device.received('poll');
      await sink.until(() => device.received('poll') > polled + 100, 'a hundred polls');
      return blindOf();
    };
    const before = blindOf();
    expect(await looks()).toBe(before);
    device.beBusy(80);
    expect(await looks()).toBeGreaterThan(before + 250);
  });

  test('an output that a jammed relay keeps shut is a failure', async () => {
    const { board, command, device, sink } = await online();
    device.jam(0, true);
    const open = command('open');
    board.send(open);
    const end = await endOf(sink, open);
    expect(end).toMatchObject({ stage: 'failed' });
    expect(end.text).toContain('did not open');
    expect(stagesOf(sink, open)).toEqual(['sent', 'accepted', 'failed']);
    const other = command('open', { door: 3 });
    board.send(other);
    expect((await endOf(sink, other)).text).toContain('door 3 is none');
  });

  test('a device that hangs is sent no command: it expires', async () => {
    const { board, clock, command, device, sink } = await online();
    const polls = device.received('poll');
    device.hang('now');
    await sink.until(() => device.received('poll') > polls, 'a question without an answer');
    const open = command('open', { deadlineMonoMs: clock.monoMs() + 150 });
    board.send(open);
    expect((await endOf(sink, open)).stage).toBe('expired');
    expect(device.received('out')).toBe(0);
  });

  test('a conversation that broke off is not gone on with', async () => {
    const { command, device, board, sink } = await online({ timing: { statusEveryMs: 5 } });
    device.hang('from-next-out');
    const open = command('open');
    board.send(open);
    await sink.until(() => device.received('out') === 1, 'the command');
    const names = ['poll', 'istat', 'ostat', 'lstat'] as const;
    const before = names.map((name) => device.received(name));
    const ids = device.received('id');
    await sink.until(() => device.received('id') > ids + 2, 'it to be asked who it is');
    expect(names.map((name) => device.received(name))).toEqual(before);
    await endOf(sink, open);
  });

  test('a lost answer is no loss where the output shows the opening', async () => {
    const { board, command, device, sink } = await online();
    device.hang('from-next-out');
    const open = command('open');
    board.send(open);
    await sink.until(() => device.received('out') === 1, 'the command');
    device.hang('no');
    expect(await endOf(sink, open)).toMatchObject({ stage: 'confirmed', shownBy: 'relay' });
    expect(stagesOf(sink, open)).toEqual(['sent', 'confirmed']);
    expect(device.received('out')).toBe(1);
  });

  test('who tells of nothing by itself is asked; who has no light shows none', async () => {
    const lacks = [functions.leds, functions.text];
    const { board, command, device, sink } = await online({
      device: { tellsChanges: false, lacks },
    });
    device.setInput(wired.contact, true);
    await sink.first('door', ({ state }) => state === 'forced');
    const open = command('open');
    board.send(open);
    expect((await endOf(sink, open)).stage).toBe('confirmed');
    await sink.until(() => device.beeps() === 1, 'the beep');
    expect([device.received('led'), device.received('text')]).toEqual([0, 0]);
  });

  test('a passage sensor counts, and the leaf beside it does not count again', async () => {
    const { board, command, device, sink } = await online({
      setUp: {
        inputs: [
          { input: wired.contact, tells: 'contact', door: 1, inverted: true },
          { input: wired.passage, tells: 'passage', door: 1 },
          { input: wired.forced, tells: 'forced', door: 1 },
        ],
      },
      before: ({ devices }) => devices[0]?.setInput(wired.contact, true),
    });
    expect(board.health().doors).toEqual(['closed']);
    const open = command('open');
    board.send(open);
    await endOf(sink, open);
    device.setInput(wired.contact, false);
    device.setInput(wired.passage, true);
    device.setInput(wired.passage, false);
    device.setInput(wired.contact, true);
    device.setInput(wired.forced, true);
    await sink.first('door', ({ state }) => state === 'forced');
    expect(sink.all('door').map(({ state }) => state)).toEqual(['opened', 'closed', 'forced']);
  });
});

describe('a spoilt line', () => {
  test('bytes lost, repeated, changed: no badge is lost or read twice', async () => {
    const { device, line, sink } = await online({ timing: { offlineAfterMs: 60_000 } });
    line.setFaults({
      incoming: { drop: 0.002, garble: 0.002, repeat: 0.002 },
      outgoing: { drop: 0.002, garble: 0.002, repeat: 0.002 },
    });
    for (let i = 1; i <= 30; i += 1) {
      const before = sink.all('swipe').length;
      device.hold(badgeBits(9, i));
      await sink.until(() => sink.all('swipe').length > before, `badge ${i}`);
    }
    line.setFaults({});
    const seen = sink.all('swipe').map(({ credential }) => credential);
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => `h10301/9/${i + 1}`));
    expect(sink.all('swipe').map(({ index }) => index)).toEqual(seen.map((_, i) => i + 1));
  }, 60_000);

  test('noise opens nothing and stops nothing', async () => {
    const { board, device, line, sink } = await online();
    line.setFaults({ outgoing: { garble: 1 } });
    await sink.first('board-state', ({ online: up }) => !up);
    expect(board.health().garbage).toBeGreaterThan(20);
    line.setFaults({});
    await sink.until(() => sink.all('board-state').at(-1)?.online === true, 'it to be back');
    device.hold(badgeBits(123, 4567));
    await sink.first('swipe');
    expect(device.openings()).toEqual([]);
  });

  test('a line that breaks off is connected again; what was not known is said', async () => {
    const { line, sink, device } = await online();
    line.dropConnections();
    await sink.until(() => line.connections() === 2, 'another connection');
    device.hold(badgeBits(123, 4567));
    await sink.first('swipe');
    expect(sink.all('board-state')).toHaveLength(1);
  });

  test('a line that cannot be had is said in words, and had when it is there', async () => {
    const { boards, line, sink } = await online();
    await line.close();
    const away = await sink.first('board-state', ({ online: up }) => !up);
    expect(away.text).toMatch(/^device 5 on 127\.0\.0\.1:\d+: .*cannot be reached .*converter/);
    await line.listen();
    await sink.until(() => sink.all('board-state').at(-1)?.online === true, 'it to be back');
    expect(sink.all('board-state').at(-1)?.text).toContain('is not known');
    expect(boards).toHaveLength(1);
  });
});

describe('several devices on one line', () => {
  test('each reads, opens and tells for itself', async () => {
    const { boards, command, devices, sink } = await online({ count: 4 });
    for (const [i, device] of devices.entries()) device.hold(badgeBits(1, i + 1));
    await sink.until(() => sink.all('swipe').length === 4, 'four badges');
    for (const swipe of sink.all('swipe')) {
      expect(swipe.credential).toBe(`h10301/1/${swipe.board.slice(-1)}`);
      expect(swipe.index).toBe(1);
    }
    const opens = boards.map((board) => ({ board, open: command('open') }));
    for (const { board, open } of opens) board.send(open);
    for (const { open } of opens) expect((await endOf(sink, open)).stage).toBe('confirmed');
    expect(devices.map((device) => device.openings().length)).toEqual([1, 1, 1, 1]);
  });

  test('one that is dead is told of alone, and takes little time from the others', async () => {
    const { devices, sink } = await online({ count: 3 });
    const [alive, dead] = [must(devices[0], 'device'), must(devices[1], 'device')];
    dead.powerCut();
    await sink.first('board-state', ({ board, online: up }) => board === 'gate-2' && !up);
    const before = alive.received('poll');
    const startMs = performance.now();
    await sink.until(() => alive.received('poll') - before >= 40, 'forty questions');
    const perPollMs = (performance.now() - startMs) / 40;
    console.log(`beside a dead device one is asked every ${perPollMs.toFixed(1)} ms`);
    expect(perPollMs).toBeLessThan(60);
    expect(sink.all('board-state').filter(({ online: up }) => !up)).toHaveLength(1);
    dead.powerOn();
    await sink.until(() => sink.all('board-state').at(-1)?.online === true, 'it to be back');
  });

  test('many commands to one do not keep the others from being asked', async () => {
    const { board, command, devices, sink } = await online({ count: 2 });
    const other = must(devices[1], 'device');
    const before = other.received('poll');
    const orders = Array.from({ length: 40 }, () => command('open'));
    for (const order of orders) board.send(order);
    other.hold(badgeBits(123, 4567));
    await sink.first('swipe');
    const done = must(devices[0], 'device').received('out');
    console.log(`a badge beside 40 commands was read after ${done} of them`);
    expect(done).toBeLessThan(40);
    expect(other.received('poll')).toBeGreaterThan(before);
    for (const order of orders) expect((await endOf(sink, order)).stage).toBe('confirmed');
  });
});

describe('keys', () => {
  test('nothing but who it is and what it can is said in the open', async () => {
    const { device, sink } = await online({ setUp: { channel: own() }, device: { key: ownKey } });
    expect(device.isSecure()).toBe(true);
    expect((await sink.first('board-state')).text).toBeUndefined();
  });

  test('another key, or none but the one all devices know, is refused in words', async () => {
    const other = ownKey.map((byte) => byte ^ 1);
    for (const key of [other, undefined]) {
      const one = await started({ setUp: { channel: own() }, device: { key } });
      const state = await one.sink.first('board-state');
      expect(state.online).toBe(false);
      expect(state.text).toMatch(/does not have the key of the site file.*"commissioning": true/);
      one.device.hold(badgeBits(123, 4567));
      expect(one.device.key()).toEqual(key ?? null);
      expect(one.sink.all('swipe')).toEqual([]);
      await one.stop();
    }
  });

  test('on its day of commissioning a device is given its key, and that day is told', async () => {
    const one = await online({ setUp: { channel: own(true) } });
    expect(one.device.key()).toEqual(ownKey);
    expect(one.device.isSecure()).toBe(true);
    const state = await one.sink.first('board-state', ({ online: up }) => up);
    expect(state.text).toMatch(/being commissioned.*Take "commissioning" out/);
  });

  test('a key file without a key, and a device without a channel, are said in words', async () => {
    const bad = await started({ setUp: { channel: channelOf('secret') } });
    const said = await bad.sink.first('board-state');
    expect(said.text).toMatch(/does not hold 32 hexadecimal digits.*openssl rand -hex 16/);
    await bad.stop();
    const lacks = [functions.security];
    const plain = await started({ setUp: { channel: own() }, device: { key: ownKey, lacks } });
    expect((await plain.sink.first('board-state')).text).toContain('knows no secure channel');
  });

  test('a channel is made anew after a power cut, and after spoilt bytes', async () => {
    const { device, line, sink } = await online({
      setUp: { channel: own() },
      device: { key: ownKey },
      timing: { offlineAfterMs: 60_000 },
    });
    device.powerCut();
    device.powerOn();
    device.hold(badgeBits(1, 1));
    await sink.first('swipe');
    line.setFaults({ incoming: { garble: 0.003 }, outgoing: { garble: 0.003 } });
    for (let i = 2; i <= 10; i += 1) {
      device.hold(badgeBits(1, i));
      await sink.until(() => sink.all('swipe').length === i, `badge ${i}`);
    }
    expect(sink.all('swipe').map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(device.isSecure()).toBe(true);
  }, 60_000);
});
