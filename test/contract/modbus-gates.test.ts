/** What hangs on the module: sensors, locks, pulses, registers, and barriers for vehicles. */
import { afterEach, describe, expect, test } from 'vitest';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { type GateWiring, ModuleGate } from '../../src/training/modbus/module-gate.ts';
import {
  channel,
  type ModuleZone,
  type ModuleZoneOptions,
  onlineModuleZone,
  turnstile,
} from '../kit/module-zone.ts';
import { endOf } from './gate-board.contract.ts';

let zone: ModuleZone | null = null;
async function online(options: ModuleZoneOptions = {}): Promise<ModuleZone> {
  zone = await onlineModuleZone(options);
  return zone;
}
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

const settled = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** The driver has looked at everything a few times since, however busy this machine is. */
async function looked({ device, sink }: ModuleZone): Promise<void> {
  const before = device.asked().length;
  await sink.until(() => device.asked().length > before + 12, 'a few looks');
}
/** Somebody is in the passage for a few looks. */
async function inPassage(one: ModuleZone, n = 2): Promise<void> {
  one.device.set(channel(n), 1);
  await looked(one);
  one.device.set(channel(n), 0);
  await looked(one);
}
const states = ({ sink }: ModuleZone) => sink.all('door').map(({ state }) => state);

/** Sends a command and waits for its end. */
async function ordered(
  { board, command, sink }: ModuleZone,
  action: 'open' | 'hold' | 'lock' | 'control',
  openS = 1,
) {
  const order = command(action, { openS });
  board.send(order);
  return endOf(sink, order);
}

const sensors = {
  ...turnstile,
  inputs: { passageIn: { channel: 2 }, passageOut: { channel: 3 } },
};

describe('a turnstile with sensors', () => {
  const start = async (doors: ModuleZoneOptions['doors'] = [sensors]) => {
    const one = await online({ doors, passage: 'sensor' });
    const gate = new ModuleGate(one.device, { open: 0, passage: channel(2) });
    return { one, gate };
  };

  test('a passage is told once, ends the opening, and is over with the sensor', async () => {
    const { one, gate } = await start();
    expect((await ordered(one, 'open', 60)).stage).toBe('confirmed');
    expect(gate.isOpen()).toBe(true);
    await inPassage(one);
    await one.sink.until(() => states(one).length === 2, 'the passage');
    expect(states(one)).toEqual(['opened', 'closed']);
    expect(one.sink.all('door')[0]).toMatchObject({ door: 1, delivery: 'polled', inOrder: true });
    expect(one.sink.all('door')[0]?.ageMs).toBeLessThan(500);
    await one.sink.until(() => !one.device.output(0), 'the output off');
    expect(one.device.openings(0)).toBe(1);
  });

  test('without a passage it is held for its longest time and no longer', async () => {
    const { one } = await start();
    await ordered(one, 'open', 1);
    await one.sink.until(() => !one.device.output(0), 'the output off');
    const [on, off] = one.device.changes();
    const heldMs = (off?.atMonoMs ?? 0) - (on?.atMonoMs ?? 0);
    console.log(`held for ${heldMs.toFixed(0)} ms of 1000`);
    expect(heldMs).toBeGreaterThanOrEqual(980);
    expect(heldMs).toBeLessThan(1200);
    expect(states(one)).toEqual([]);
  });

  test('one without an opening, one against its way, and one too many are told', async () => {
    const { one } = await start();
    await inPassage(one);
    expect(states(one)).toEqual(['forced']);
    await inPassage(one, 3);
    expect(states(one)).toEqual(['forced', 'forced']);
    await ordered(one, 'open', 30);
    await inPassage(one);
    await inPassage(one);
    await one.sink.first('door', ({ state }) => state === 'followed');
    expect(states(one).filter((state) => state === 'opened')).toHaveLength(1);
  });

  test('two who are let through one after the other follow nobody', async () => {
    const { one } = await start();
    await ordered(one, 'open', 30);
    await ordered(one, 'open', 30);
    await inPassage(one);
    await inPassage(one);
    await one.sink.until(() => states(one).includes('closed'), 'both passages');
    expect(states(one)).toEqual(['opened', 'opened', 'closed']);
    expect(one.device.openings(0)).toBe(1);
  });

  test('held, everybody goes through; locked, nobody opens it', async () => {
    const { one } = await start([{ ...sensors, lock: { channel: 4 } }]);
    await ordered(one, 'hold');
    await inPassage(one);
    await one.sink.until(() => states(one).length >= 1, 'the passage');
    expect(await ordered(one, 'lock')).toMatchObject({ stage: 'confirmed', shownBy: 'mode' });
    expect([one.device.output(0), one.device.output(4)]).toEqual([false, true]);
    expect(await ordered(one, 'open')).toMatchObject({ stage: 'failed' });
    expect(one.device.openings(0)).toBe(1);
    await ordered(one, 'control');
    expect([one.device.output(0), one.device.output(4)]).toEqual([false, false]);
    expect(states(one)).not.toContain('followed');
    expect(states(one)).not.toContain('forced');
  });
});

test('away, a gate that lets people out alone was not seen; any other only failed', async () => {
  for (const freeAlone of [true, false]) {
    const one = await online({ freeAlone });
    expect((await ordered(one, 'open')).unseen).toBeUndefined();
    one.device.setFaults({ deaf: true });
    await one.sink.first('board-state', (state) => !state.online);
    const { stage, unseen } = await ordered(one, 'open');
    expect(['failed', 'expired']).toContain(stage);
    expect(unseen).toBe(freeAlone ? true : undefined);
    await one.stop();
  }
}, 30_000);

describe('other wiring', () => {
  test('a pulse is as long as it is written', async () => {
    const doors = [{ ...turnstile, opening: { pulseMs: 200 } }];
    // Far longer than the pulse is: no look may be needed to end it.
    const one = await online({ doors, timing: { lookEveryMs: 1000, offlineAfterMs: 5000 } });
    expect((await ordered(one, 'open')).stage).toBe('confirmed');
    await one.sink.until(() => !one.device.output(0), 'the output off');
    const [on, off] = one.device.changes();
    const pulseMs = (off?.atMonoMs ?? 0) - (on?.atMonoMs ?? 0);
    console.log(`a pulse of 200 ms took ${pulseMs.toFixed(0)} ms`);
    expect(pulseMs).toBeGreaterThanOrEqual(190);
    expect(pulseMs).toBeLessThan(320);
  });

  test('registers, and inputs that are closed at rest', async () => {
    const open = { register: 5, on: 1200, off: 7 };
    const inputs = {
      contact: { discrete: 3, normally: 'closed' },
      tamper: { inputRegister: 2, bit: 4 },
      emergency: { inputRegister: 2, bit: 5, normally: 'closed' },
    };
    const one = await online({
      doors: [{ door: 1, open, opening: 'until-passage', inputs }],
      board: { module: { name: 'Bench module' } },
      before: (device) => {
        device.set({ table: 'holding', at: 5 }, 7);
        device.set({ table: 'discrete', at: 3 }, 1);
        device.set({ table: 'input', at: 2 }, 0b10_0000);
      },
    });
    expect(one.sink.all('board-state')[0]?.version).toBe('Bench module, unit 1');
    expect((await ordered(one, 'open')).stage).toBe('confirmed');
    expect(one.device.get({ table: 'holding', at: 5 })).toBe(1200);
    one.device.set({ table: 'discrete', at: 3 }, 0);
    await one.sink.first('door', ({ state }) => state === 'opened');
    await one.sink.until(() => one.device.get({ table: 'holding', at: 5 }) === 7, 'it shut');
    one.device.set({ table: 'input', at: 2 }, 0b11_0000);
    expect(await one.sink.first('alarm')).toMatchObject({ alarm: 'tamper', door: 1 });
    one.device.set({ table: 'input', at: 2 }, 0);
    await one.sink.first('alarm', (event) => event.alarm === 'fire' && event.door === 1);
    expect(one.sink.all('input-levels').at(-1)).toMatchObject({ fire: true });
  });

  test('the board’s own inputs: force lock and tamper', async () => {
    const inputs = { forceLock: { channel: 9 }, tamper: { channel: 10 } };
    const one = await online({ board: { inputs } });
    one.device.set(channel(9), 1);
    await one.sink.first('input-levels', (levels) => levels.forceLock && !levels.fire);
    one.device.set(channel(10), 1);
    expect(await one.sink.first('alarm')).toMatchObject({ alarm: 'tamper', door: 0 });
  });

  test('a contact that opens is a proof where the output shows none', async () => {
    const one = await online({ timing: { confirmTimeoutMs: 5000 } });
    const order = one.command('open', { openS: 5 });
    const output = { table: 'coil', at: 0 } as const;
    one.device.setFaults({ mute: 5 });
    one.board.send(order);
    await one.sink.until(() => one.device.written(output).includes(1), 'the command');
    // Nobody said yes, and the output is off again before it can be read back.
    one.device.set(output, 0);
    await one.sink.until(() => one.device.asked().at(-1)?.fn !== 5, 'the look back');
    await looked(one);
    await inPassage(one, 1);
    expect(await endOf(one.sink, order)).toMatchObject({ stage: 'confirmed', shownBy: 'door' });
  });
});

const loops = { loopBefore: { channel: 5 }, loopUnder: { channel: 6 } };
const wiring: GateWiring = { open: 0, loopBefore: channel(5), loopUnder: channel(6) };
const barriers = [
  ['a boom that is held up', { ...turnstile, inputs: loops }, wiring],
  [
    'a boom with a close output',
    { ...turnstile, inputs: loops, opening: { pulseMs: 80 }, close: { channel: 1 } },
    { ...wiring, close: 1 },
  ],
] as const;

for (const [name, door, wires] of barriers) {
  describe(name, () => {
    const start = async () => {
      const one = await online({ doors: [door], passage: 'sensor' });
      return { one, boom: new ModuleGate(one.device, wires) };
    };
    const shut = ({ one, boom }: Awaited<ReturnType<typeof start>>) =>
      one.sink.until(() => !boom.isOpen(), 'the boom down');

    test('comes down once the vehicle has passed, which is told then', async () => {
      const at = await start();
      const { one, boom } = at;
      boom.comesNear(true);
      await ordered(one, 'open', 60);
      await one.sink.until(() => boom.isOpen(), 'the boom up');
      boom.isUnder(true);
      boom.comesNear(false);
      await looked(one);
      expect(states(one)).toEqual([]);
      expect(boom.isOpen()).toBe(true);
      boom.isUnder(false);
      await shut(at);
      expect(boom.closings()).toMatchObject([{ onVehicle: false }]);
      await one.sink.until(() => states(one).length === 2, 'the passage');
      expect(states(one)).toEqual(['opened', 'closed']);
    });

    test('stays up over a vehicle, past its time, and against a lock', async () => {
      const at = await start();
      const { one, boom } = at;
      await ordered(one, 'open', 1);
      boom.isUnder(true);
      await settled(1500);
      expect(boom.isOpen()).toBe(true);
      const lock = await ordered(one, 'lock');
      expect(lock).toMatchObject({ stage: 'unknown' });
      expect(lock.text).toContain('a vehicle is under the barrier of door 1');
      expect(boom.isOpen()).toBe(true);
      boom.isUnder(false);
      await shut(at);
      expect(boom.closings()).toMatchObject([{ onVehicle: false }]);
      await one.sink.first('door-mode', ({ mode }) => mode === 'locked');
    });

    test('a second vehicle in one opening is told', async () => {
      const at = await start();
      const { one, boom } = at;
      await ordered(one, 'open', 10);
      boom.isUnder(true);
      await looked(one);
      boom.isUnder(false);
      // Closer behind than a look can see a boom come down.
      await one.sink.first('door', ({ state }) => state === 'opened');
      boom.isUnder(true);
      await one.sink.first('door', ({ state }) => state === 'followed');
      boom.isUnder(false);
      await shut(at);
      expect(states(one).filter((state) => state === 'opened')).toHaveLength(1);
      expect(states(one).filter((state) => state === 'followed')).toHaveLength(1);
    });

    test('comes down early where the vehicle drives away again, else after its time', async () => {
      const at = await start();
      const { one, boom } = at;
      boom.comesNear(true);
      await looked(one);
      const openedMs = performance.now();
      await ordered(one, 'open', 20);
      boom.comesNear(false);
      await shut(at);
      expect(performance.now() - openedMs).toBeLessThan(5000);
      await ordered(one, 'open', 1);
      await one.sink.until(() => boom.isOpen(), 'the boom up');
      await shut(at);
      expect(states(one)).toEqual([]);
    });

    test('never comes down on a vehicle, however they drive and whatever is ordered', async () => {
      const { one, boom } = await start();
      const rng = seededRng(`drive ${name}`);
      for (let i = 0; i < 60; i += 1) {
        const draw = rng.below(6);
        if (draw <= 1) boom.isUnder(true);
        else if (draw === 2) boom.isUnder(false);
        else if (draw === 3) one.board.send(one.command('open', { openS: 1 }));
        else if (draw === 4) one.board.send(one.command(rng.chance(0.5) ? 'lock' : 'control'));
        else one.board.send(one.command(rng.chance(0.5) ? 'hold' : 'control'));
        await settled(20 + rng.below(60));
      }
      boom.isUnder(false);
      one.board.send(one.command('control'));
      await settled(1500);
      const closings = boom.closings();
      console.log(`${name}: ${closings.length} closings`);
      expect(closings.length).toBeGreaterThan(2);
      expect(closings.filter(({ onVehicle }) => onVehicle)).toEqual([]);
      expect(boom.isOpen()).toBe(false);
    }, 30_000);
  });
}
