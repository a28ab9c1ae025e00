/** The module and its line: what it is set up with, what it says no to, when it is silent. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createModbusBoards } from '../../src/main/engine/devices/modbus/boards.ts';
import { Exchange } from '../../src/main/engine/devices/modbus/exchange.ts';
import type { BoardId } from '../../src/shared/domain/ids.ts';
import { modbusMap } from '../../src/shared/domain/modbus-modules.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { TrainingModule } from '../../src/training/modbus/training-module.ts';
import { RecordingSink } from '../kit/gate-sink.ts';
import {
  channel,
  type ModuleZone,
  type ModuleZoneOptions,
  moduleBoard,
  onlineModuleZone,
  quickModbus,
  startModuleZone,
  turnstile,
} from '../kit/module-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { endOf, stagesOf } from './gate-board.contract.ts';

let zone: ModuleZone | null = null;
async function online(options: ModuleZoneOptions = {}): Promise<ModuleZone> {
  zone = await onlineModuleZone(options);
  return zone;
}
async function started(options: ModuleZoneOptions = {}): Promise<ModuleZone> {
  zone = await startModuleZone(options);
  return zone;
}
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

/** The output, the contact and the watchdog lie apart from each other. */
const ASKED_A_LOOK = 3;

const coil = (at: number) => ({ table: 'coil', at }) as const;
const offline = (one: ModuleZone, words: string) =>
  one.sink.first('board-state', (state) => !state.online && state.text?.includes(words) === true);
const backOnline = (one: ModuleZone) =>
  one.sink.until(() => one.sink.all('board-state').at(-1)?.online === true, 'the module again');
const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('what it says no to', () => {
  test('a wrong unit number is silence, and is named with what to do', async () => {
    const one = await started({ board: { unit: 7 } });
    expect((await offline(one, 'unit 7')).text).toContain('see the unit number');
    expect(one.device.asked()).toEqual([]);
  });

  test('a module that answers as another unit is no module of ours', async () => {
    const one = await started({ before: (device) => device.setFaults({ asUnit: 9 }) });
    await offline(one, 'an answer that is none');
    expect(one.board.health().garbage).toBeGreaterThan(0);
    one.device.setFaults({});
    await backOnline(one);
    expect(one.sink.all('board-state').map(({ online: is }) => is)).toEqual([false, true]);
  });

  const exceptions = [
    [1, 'illegal function'],
    [2, 'illegal data address'],
    [3, 'illegal data value'],
    [4, 'device failure'],
    [6, 'device busy'],
    [11, 'gateway target silent'],
  ] as const;
  for (const [code, words] of exceptions) {
    test(`exception ${code} is named in words: ${words}`, async () => {
      const one = await online();
      one.device.setFaults({ exception: { code } });
      const { text } = await offline(one, `exception ${code}: ${words}: `);
      expect(text).toMatch(/ \(coil 0; 127\.0\.0\.1:\d+, unit 1\)$/);
      one.device.setFaults({});
      await backOnline(one);
    });
  }

  test('a point that the module does not have is named by its address', async () => {
    const doors = [{ ...turnstile, inputs: { contact: { coil: 99 } } }];
    const told = await offline(await started({ doors }), 'exception 2: illegal data address');
    expect(told.text).toContain('correct its map in the site file (coil 99; ');
  });

  test('an exception to an open command is a failure in words, and nothing opened', async () => {
    const { board, command, device, sink } = await online();
    device.setFaults({ exception: { code: 4, fn: 5 } });
    const open = command('open');
    board.send(open);
    expect(await endOf(sink, open)).toMatchObject({ stage: 'failed' });
    expect((await endOf(sink, open)).text).toContain(
      'exception 4: device failure: see the module itself',
    );
    expect(device.openings(0)).toBe(0);
  });

  test('a refused connection, and a service that is no module, are told apart', async () => {
    const one = await started();
    await backOnline(one);
    await one.device.stop();
    expect((await offline(one, 'ECONNREFUSED')).text).toContain('refused or has no way there');
    await one.device.start();
    await backOnline(one);
    one.device.setFaults({ garbled: true });
    expect((await offline(one, 'an answer that is none')).text).toContain('see what listens there');
  });
});

describe('the line', () => {
  test('a dropped connection is made anew by our own hand', async () => {
    const one = await online();
    for (let i = 0; i < 3; i += 1) {
      const before = one.sink.all('board-state').length;
      one.device.drop();
      await one.sink.until(() => one.sink.all('board-state').length > before, 'the module again');
    }
    expect(one.sink.all('board-state').every((state) => state.online)).toBe(true);
    expect(one.sink.all('board-state').at(-1)?.text).toContain('is not known');
  });

  test('a write that nobody answered is read back at once, and never repeated', async () => {
    const { board, command, device, sink } = await online();
    device.setFaults({ mute: 5 });
    const open = command('open', { openS: 60 });
    board.send(open);
    expect(await endOf(sink, open)).toMatchObject({ stage: 'confirmed', shownBy: 'relay' });
    expect(stagesOf(sink, open)).toEqual(['sent', 'confirmed']);
    const write = device.asked().findIndex(({ fn, at }) => fn === 5 && at === 0);
    expect(device.asked()[write + 1]).toEqual({ fn: 1, at: 0 });
    await settled(200);
    expect(device.written(coil(0))).toEqual([1]);
  });

  test('a module that says yes and does nothing has failed', async () => {
    const { board, command, device, sink } = await online();
    device.setFaults({ idle: true });
    const open = command('open');
    board.send(open);
    const end = await endOf(sink, open);
    expect(stagesOf(sink, open)).toEqual(['sent', 'accepted', 'failed']);
    expect(end.text).toContain('for door 1 stays off');
    expect(device.written(coil(0)).filter((on) => on === 1)).toHaveLength(1);
  });

  test('a hold that nobody saw done does not come about by itself later', async () => {
    const { board, command, device, sink } = await online({ timing: { offlineAfterMs: 5000 } });
    device.setFaults({ deaf: true });
    const hold = command('hold');
    board.send(hold);
    expect((await endOf(sink, hold)).stage).toBe('unknown');
    device.setFaults({});
    const before = device.asked().length;
    await sink.until(() => device.asked().length > before + 20, 'the module again');
    expect(device.openings(0)).toBe(0);
    expect(sink.all('door-mode').map(({ mode }) => mode)).toEqual(['controlled']);
  });

  test('a command goes before what waits; too late, or not wanted, it never leaves', async () => {
    const clock = realClock();
    const device = new TrainingModule();
    const place = await device.start();
    device.setFaults({ slowMs: 20 });
    const none = (): void => {};
    const awaited: number[] = [];
    const exchange = new Exchange({
      ...{ place: { ...place, unit: 1 }, clock, timing: quickModbus },
      ...{ onAwaited: (change) => void awaited.push(change) },
      ...{ onGone: none, onHeard: none, onGarbage: none },
    });
    expect((await exchange.connect()).ok).toBe(true);
    const look = (at: number) => exchange.read({ ...coil(at), count: 1 }, { urgency: 'look' });
    const looks = [0, 1, 2].map(look);
    const command = (at: number, more: object) =>
      exchange.write(coil(at), 1, { urgency: 'command', ...more });
    const ends = await Promise.all([
      command(9, {}),
      command(10, { deadlineMonoMs: clock.monoMs() - 1 }),
      command(11, { wanted: () => false }),
    ]);
    expect(ends.map((end) => (end.ok ? 'done' : end.fault.code))).toEqual([
      ...['done', 'expired', 'unwanted'],
    ]);
    await Promise.all(looks);
    expect(device.asked().map(({ at }) => at)).toEqual([0, 9, 1, 2]);
    expect(device.mostTogether()).toBe(1);
    expect(awaited).toEqual([1, -1]);
    exchange.close();
    await device.stop();
  });

  test('one request at a time, at a bounded rate', async () => {
    const { clock, device } = await online({ timing: { lookEveryMs: 50 } });
    const before = device.asked().length;
    const startMs = clock.monoMs();
    await settled(600);
    const looks = (device.asked().length - before) / ASKED_A_LOOK;
    const most = (clock.monoMs() - startMs) / 50 + 1;
    expect(looks).toBeGreaterThan(most / 3);
    expect(looks).toBeLessThanOrEqual(most);
    expect(device.mostTogether()).toBe(1);
  });

  test('silent modules take no turn from the others', async () => {
    const clock = realClock();
    const sink = new RecordingSink();
    const devices = Array.from({ length: 20 }, () => new TrainingModule());
    const places = await Promise.all(devices.map((device) => device.start()));
    for (const [i, device] of devices.entries()) if (i % 4 === 0) device.setFaults({ deaf: true });
    const { map } = modbusMap(moduleBoard([turnstile]));
    const rules = { openS: 1, passage: 'door', own: 'passageIn', freeAlone: false } as const;
    const boards = createModbusBoards({
      setUps: places.map((place, i) => ({
        ...{ ...place, board: `module-${i}` as BoardId, unit: 1, map },
        ...{ doors: [{ door: 1, ...rules }], lastIndex: 0, gaps: [] },
      })),
      deps: { clock, sink },
      timing: { ...quickModbus, lookEveryMs: 100, offlineAfterMs: 1000 },
    });
    await Promise.all(boards.map((board) => board.start()));
    await sink.until(() => sink.all('board-state').length >= 15, 'fifteen modules');
    const before = devices.map((device) => device.asked().length);
    await settled(2000);
    const asked = devices.map((device, i) => device.asked().length - must(before[i], 'count'));
    const heard = asked.filter((_, i) => i % 4 !== 0);
    console.log(`requests in 2 s: ${Math.min(...heard)} to ${Math.max(...heard)} a module`);
    // Ten looks a second.
    expect(Math.max(...heard)).toBeLessThanOrEqual(ASKED_A_LOOK * 22);
    expect(Math.min(...heard)).toBeGreaterThan(Math.max(...heard) * 0.7);
    await Promise.all([...boards, ...devices].map((one) => one.stop()));
  }, 20_000);

  test('a service that takes the connection and says nothing is left by a reset', async () => {
    let sockets = 0;
    let gone = 0;
    let farewells = 0;
    const server = createServer((socket) => {
      sockets += 1;
      socket.on('error', () => {});
      socket.on('close', () => {
        gone += 1;
      });
      // A farewell is sent after all that waits; a reset throws that away.
      socket.on('end', () => {
        farewells += 1;
      });
      socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const at = server.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    const one = await started({ setUp: { port } });
    await offline(one, 'does not answer');
    await one.sink.until(() => sockets >= 3, 'three connections');
    await one.board.stop();
    await one.sink.until(() => gone === sockets, 'all of them gone');
    expect(farewells).toBe(0);
    server.close();
  });
});

describe('what it does alone', () => {
  test('safe and power-on values and the watchdog are written, and not again', async () => {
    const one = await online({ freeAlone: true });
    expect(one.device.written(coil(128))).toEqual([1]);
    expect(one.device.written(coil(160))).toEqual([1]);
    expect(one.device.written(coil(260))).toEqual([1]);
    one.device.drop();
    await one.sink.until(() => one.sink.all('board-state').length > 1, 'the module again');
    expect(one.device.written(coil(128))).toEqual([1]);
  });

  test('our silence brings safe values: told, cleared, and the mode comes back', async () => {
    const one = await online({ device: { watchdogMs: 250 } });
    const hold = one.command('hold');
    one.board.send(hold);
    await endOf(one.sink, hold);
    one.device.setFaults({ deaf: true });
    await one.sink.until(() => !one.device.output(0), 'the safe value');
    expect(one.device.changes().at(-1)).toMatchObject({ output: 0, on: false, by: 'silence' });
    one.device.setFaults({});
    const back = await one.sink.first(
      'board-state',
      (state) => state.online && state.text?.includes('watchdog had tripped') === true,
    );
    expect(back.text).toContain('what happened at its gates then is not known');
    await one.sink.until(() => one.device.output(0), 'the door held again');
    expect(one.device.get(coil(269))).toBe(0);
  });

  test('a value that the module does not keep is told, and no command goes to it', async () => {
    const one = await started({ before: (device) => device.setFaults({ idle: true }) });
    one.device.set(coil(128), 1);
    await offline(one, 'coil 128 shows 1 after 0');
    const open = one.command('open');
    one.board.send(open);
    expect((await endOf(one.sink, open)).stage).toBe('failed');
    expect(one.device.written(coil(0))).toEqual([]);
  });

  test('a flag that nothing takes down is told, and keeps nobody out', async () => {
    const module = {
      ...{ name: 'Flagged', outputs: { coil: 0 }, inputs: { coil: 32 } },
      watchdog: { enable: { register: 3, value: 1 }, status: { register: 4 } },
    };
    const before = (device: TrainingModule) => device.set({ table: 'holding', at: 4 }, 1);
    const one = await online({ board: { module }, before });
    expect(one.sink.all('board-state')).toHaveLength(1);
    expect(one.sink.all('board-state')[0]?.text).toContain('its watchdog had tripped');
    const open = one.command('open');
    one.board.send(open);
    expect((await endOf(one.sink, open)).stage).toBe('confirmed');
    expect(one.sink.all('board-state')).toHaveLength(1);
  });

  test('a mode is ours: back when the module is found, and after its power was gone', async () => {
    const mode = 'held' as const;
    const rules = { openS: 1, passage: 'door', own: 'passageIn', freeAlone: false } as const;
    const one = await online({ setUp: { doors: [{ door: 1, mode, ...rules }] } });
    expect(one.device.output(0)).toBe(true);
    expect(one.sink.all('door-mode')).toMatchObject([{ door: 1, mode: 'held' }]);
    one.device.powerCycle();
    expect(one.device.output(0)).toBe(false);
    await one.sink.until(() => one.device.output(0), 'the door held again');
  });

  test('events go on from the last index, with none left out', async () => {
    const one = await online({ setUp: { lastIndex: 41 } });
    expect(one.sink.all('board-state').at(-1)?.text).toContain('before this start is not known');
    for (let i = 0; i < 3; i += 1) {
      one.device.set(channel(1), 1);
      await one.sink.until(() => one.sink.all('door').length === 2 * i + 1, 'the contact open');
      one.device.set(channel(1), 0);
      await one.sink.until(() => one.sink.all('door').length === 2 * i + 2, 'the contact closed');
    }
    expect(one.sink.all('door').map(({ index }) => index)).toEqual([42, 43, 44, 45, 46, 47]);
    expect(one.board.health()).toMatchObject({ lastIndex: 47, missing: 0 });
  });

  test('a contact that differs after an absence is told late, a passage never', async () => {
    const inputs = { contact: { channel: 1 }, passageIn: { channel: 2 } };
    const one = await online({ doors: [{ ...turnstile, inputs }] });
    one.device.setFaults({ deaf: true });
    await one.sink.first('board-state', (state) => !state.online);
    one.device.set(channel(1), 1);
    one.device.set(channel(2), 1);
    one.device.setFaults({});
    const told = await one.sink.first('door');
    expect(told).toMatchObject({ state: 'opened', delivery: 'backlog' });
    one.device.set(channel(1), 0);
    await one.sink.first('door', ({ state }) => state === 'closed');
    expect(one.sink.all('door')).toHaveLength(2);
    expect(one.sink.all('gap')).toEqual([]);
  });

  test('what is open for a crossing is shut when the console stops', async () => {
    const one = await online();
    const open = one.command('open', { openS: 60 });
    one.board.send(open);
    await endOf(one.sink, open);
    expect(one.device.output(0)).toBe(true);
    await one.board.stop();
    expect(one.device.output(0)).toBe(false);
  });
});

describe('a journal that cannot be written', () => {
  test('keeps no gate open, and what found no room is told as lost', async () => {
    const one = await online({ timing: { lookEveryMs: 4 } });
    let write = (): void => {};
    const written = new Promise<void>((resolve) => {
      write = resolve;
    });
    one.sink.durable = () => written;
    const open = one.command('open', { openS: 1 });
    one.board.send(open);
    for (let i = 0; one.board.health().lastIndex < 1100; i += 1) {
      one.device.set(channel(1), i % 2);
      await settled(4);
    }
    expect(one.device.output(0)).toBe(false);
    expect(one.sink.all('door').length).toBeLessThan(100);
    write();
    const lost = await one.sink.first('lost');
    expect(lost.from).toBe(one.sink.all('door').length + 1);
    const indexes = one.sink.all('door').map(({ index }) => index);
    expect(indexes).toEqual(indexes.map((_, i) => i + 1));
    // What waited so long is no longer live.
    expect(one.sink.all('door').at(-1)?.ageMs).toBeGreaterThan(20);
  }, 60_000);
});
