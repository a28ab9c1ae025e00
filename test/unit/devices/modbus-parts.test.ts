/** The pure parts of the Modbus driver: maps, requests, words, and what inputs tell of a door. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DoorLevels,
  type DoorRules,
  DoorWatch,
} from '../../../src/main/engine/devices/modbus/door-watch.ts';
import {
  exceptionText,
  faultOf,
  isUncertain,
} from '../../../src/main/engine/devices/modbus/faults.ts';
import { placesOf, readsOf, Seen } from '../../../src/main/engine/devices/modbus/plan.ts';
import type { DoorInputName } from '../../../src/shared/domain/modbus-map.ts';
import { modbusMap, valuesAlone } from '../../../src/shared/domain/modbus-modules.ts';
import { SiteBoard, type SiteModbusBoard } from '../../../src/shared/domain/site-board.ts';
import { answerTo, requestOf } from '../../../src/training/modbus/requests.ts';
import { moduleBoard, turnstile } from '../../kit/module-zone.ts';

const CASES = 100_000;
const SLOW_MS = 120_000;

const address = fc.integer({ min: 0, max: 65_535 });
const channel = fc.integer({ min: 0, max: 255 });
const normally = fc.constantFrom('open', 'closed');
const output = fc.oneof(
  fc.record({ channel }),
  fc.record({ coil: address }),
  fc.record({ register: address, on: address, off: address }),
);
const input = fc.oneof(
  fc.record({ channel, normally }),
  fc.record({ discrete: address, normally }),
  fc.record({ coil: address, normally }),
  fc.record({ inputRegister: address, bit: fc.integer({ min: 0, max: 15 }), normally }),
);
const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const inputs = fc.record({
  ...{ passageIn: some(input), passageOut: some(input), contact: some(input) },
  ...{ forced: some(input), tamper: some(input), emergency: some(input) },
  ...{ loopBefore: some(input), loopUnder: some(input) },
});
const door = fc.record({
  door: fc.integer({ min: 1, max: 4 }),
  ...{ open: output, lock: some(output), close: some(output), inputs },
  opening: fc.oneof(
    fc.constant('until-passage'),
    fc.record({ pulseMs: fc.integer({ min: 50, max: 10_000 }) }),
  ),
});
const module = fc.oneof(
  fc.constantFrom('icp-das-tm', 'adam-4056so'),
  fc.record({
    name: fc.constant('written'),
    outputs: some(fc.record({ coil: address })),
    inputs: some(fc.oneof(fc.record({ discrete: address }), fc.record({ coil: address }))),
    ...{ safeValues: some(address), powerOnValues: some(address) },
  }),
);
const board = fc.record({ module, doors: fc.array(door, { minLength: 1, maxLength: 4 }) });

test(
  'any map becomes requests that read all of it, within what one answer may carry',
  () => {
    let clean = 0;
    const most = { coil: 2000, discrete: 2000, holding: 125, input: 125 };
    fc.assert(
      fc.property(board, (written) => {
        const place = { serial: 'b', driver: 'modbus', address: '10.0.0.1', port: 502, unit: 1 };
        const parsed = SiteBoard.parse({ ...place, ...written }) as SiteModbusBoard;
        const { map, faults } = modbusMap(parsed);
        if (faults.length === 0) clean += 1;
        const places = placesOf(map);
        const reads = readsOf(places);
        for (const { count, table } of reads) if (count > most[table]) throw new Error('too long');
        for (const { at, table } of places) {
          const covers = reads.filter(
            (read) => read.table === table && read.at <= at && at < read.at + read.count,
          );
          if (covers.length !== 1) throw new Error(`${table} ${at} is read ${covers.length} times`);
        }
        valuesAlone(map, (n) => n % 2 === 0);
      }),
      { numRuns: CASES, seed: 1 },
    );
    expect(clean).toBeGreaterThan(CASES / 10);
  },
  SLOW_MS,
);

test(
  'any bytes as a request are answered or refused, never thrown at',
  () => {
    let answered = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(1, 2, 3, 4, 5, 6, 15, 16),
        (b, fn) => {
          const pdu = Buffer.from([fn, ...b]);
          const request = requestOf(pdu);
          if (typeof request === 'number') return request >= 1 && request <= 3;
          answered += 1;
          return answerTo(request, pdu, () => 1)[0] === fn;
        },
      ),
      { numRuns: CASES, seed: 2 },
    );
    expect(answered).toBeGreaterThan(100);
  },
  SLOW_MS,
);

test(
  'whatever is thrown at the driver becomes a fault with words',
  () => {
    const place = { table: 'coil', at: 3 } as const;
    fc.assert(
      fc.property(fc.anything(), fc.integer(), (thrown, code) => {
        const fault = faultOf(thrown, place, 1);
        return fault.text.length > 0 && exceptionText(code, place).includes('coil 3');
      }),
      { numRuns: CASES, seed: 3 },
    );
    expect(isUncertain(faultOf(new Error('CRC error'), place, 1))).toBe(true);
    expect(isUncertain(faultOf({ modbusCode: 2 }, place, 1))).toBe(false);
  },
  SLOW_MS,
);

test('more neighbours than one answer may carry are asked for in several', () => {
  const places = (table: 'coil' | 'holding', count: number) =>
    Array.from({ length: count }, (_, at) => ({ table, at }));
  expect(readsOf([...places('coil', 2001), ...places('holding', 126)])).toEqual([
    { table: 'coil', at: 0, count: 2000 },
    { table: 'coil', at: 2000, count: 1 },
    { table: 'holding', at: 0, count: 125 },
    { table: 'holding', at: 125, count: 1 },
  ]);
});

const NAMES: readonly DoorInputName[] = [
  ...(['passageIn', 'passageOut', 'contact', 'forced'] as const),
  ...(['tamper', 'emergency', 'loopBefore', 'loopUnder'] as const),
];
const step = fc.record({
  afterMs: fc.integer({ min: 0, max: 2000 }),
  live: fc.boolean(),
  bits: fc.integer({ min: 0, max: 255 }),
  do: fc.constantFrom('look', 'look', 'look', 'open', 'cancel', 'held', 'locked', 'controlled'),
});
const rules = fc.record({
  passage: fc.constantFrom('sensor', 'door', 'relay'),
  own: fc.constantFrom('passageIn', 'passageOut'),
  has: fc.subarray([...NAMES]).map((names) => new Set(names)),
  pulseMs: fc.option(fc.integer({ min: 50, max: 1000 })),
  closes: fc.boolean(),
  openTooLongMs: fc.integer({ min: 100, max: 5000 }),
  ...{ graceMs: fc.constant(100), leftAfterMs: fc.constant(300) },
});

const DOOR = new Set(['opened', 'closed', 'forced', 'open-too-long', 'followed']);

test(
  'whatever inputs show, a door tells words it knows, and is open only for a reason',
  () => {
    fc.assert(
      fc.property(rules, fc.array(step, { maxLength: 24 }), (of, steps) => {
        const watch = new DoorWatch(of);
        let nowMs = 0;
        let openUntilMs = -1;
        for (const { afterMs, live, bits, do: act } of steps) {
          nowMs += afterMs;
          if (act === 'open') {
            const opening = watch.open(nowMs, 1000);
            if (bits < 32) watch.cancel(opening, nowMs);
            openUntilMs = nowMs + 1000;
          } else if (act !== 'look' && act !== 'cancel') watch.setMode(act, nowMs);
          const levels: Partial<Record<DoorInputName, boolean>> = {};
          for (const [i, name] of NAMES.entries()) {
            if (of.has.has(name)) levels[name] = ((bits >> i) & 1) === 1;
          }
          for (const { what, late } of watch.look(levels, nowMs, live)) {
            if (!DOOR.has(what) && what !== 'tamper' && what !== 'emergency') throw new Error(what);
            if (late !== !live) throw new Error('late');
            if (late && (what === 'forced' || what === 'followed')) throw new Error(`late ${what}`);
          }
          const wants = watch.wantsOpen(nowMs);
          if (watch.mode() === 'held' && !wants) throw new Error('held and not open');
          if (watch.mode() === 'locked' && wants) throw new Error('locked and open');
          const onLoop = levels.loopUnder === true;
          const inTime = nowMs < openUntilMs || onLoop;
          // An absence ends nothing by itself: the next live look does.
          if (live && watch.mode() === 'controlled' && wants && !inTime)
            throw new Error('too long');
          if (wants && watch.wantsClose(nowMs)) throw new Error('open and close at once');
        }
      }),
      { numRuns: CASES, seed: 4 },
    );
  },
  SLOW_MS,
);

describe('a door', () => {
  const plain: DoorRules = {
    passage: 'door',
    own: 'passageIn',
    has: new Set<DoorInputName>(['contact']),
    ...{ pulseMs: null, closes: false, openTooLongMs: 1000, graceMs: 100, leftAfterMs: 300 },
  };
  const told = (watch: DoorWatch, levels: DoorLevels, nowMs: number, live = true) =>
    watch.look(levels, nowMs, live).map(({ what }) => what);

  test('opened late in its time is no force; after the grace it is', () => {
    for (const [atMs, what] of [
      [1090, 'opened'],
      [1150, 'forced'],
    ] as const) {
      const watch = new DoorWatch(plain);
      told(watch, { contact: false }, 0);
      watch.open(0, 1000);
      told(watch, { contact: false }, 1000);
      expect(told(watch, { contact: true }, atMs)).toEqual([what]);
    }
  });

  test('left open is told once until it was shut; while it is held, never', () => {
    const watch = new DoorWatch(plain);
    told(watch, { contact: false }, 0, false);
    watch.open(0, 1000);
    expect(told(watch, { contact: true }, 100)).toEqual(['opened']);
    expect(told(watch, { contact: true }, 1000)).toEqual([]);
    expect(told(watch, { contact: true }, 1100)).toEqual(['open-too-long']);
    expect(told(watch, { contact: true }, 9000)).toEqual([]);
    expect(told(watch, { contact: false }, 9100)).toEqual(['closed']);
    watch.setMode('held', 9200);
    expect(told(watch, { contact: true }, 9300)).toEqual(['opened']);
    expect(told(watch, { contact: true }, 20_000)).toEqual([]);
  });

  test('a door with a forced input leaves that word to it', () => {
    const has = new Set<DoorInputName>(['contact', 'forced']);
    const watch = new DoorWatch({ ...plain, has });
    told(watch, { contact: false, forced: false }, 0, false);
    expect(told(watch, { contact: true, forced: true }, 50)).toEqual(['forced', 'opened']);
  });

  test('whoever is in the door when it is no longer held has forced nothing', () => {
    const watch = new DoorWatch(plain);
    watch.setMode('held', 0);
    told(watch, { contact: false }, 0, false);
    watch.setMode('controlled', 1000);
    expect(watch.wantsOpen(1000)).toBe(false);
    expect(told(watch, { contact: true }, 1050)).toEqual(['opened']);
    told(watch, { contact: false }, 1300);
    expect(told(watch, { contact: true }, 1500)).toEqual(['forced']);
    const sensor = new DoorWatch({ ...plain, passage: 'sensor', has: new Set(['passageIn']) });
    sensor.setMode('held', 0);
    told(sensor, { passageIn: false }, 0, false);
    sensor.setMode('controlled', 1000);
    const two = [1020, 1040, 1060].flatMap((atMs, i) =>
      told(sensor, { passageIn: i % 2 === 0 }, atMs),
    );
    expect(two).toEqual(['opened', 'closed', 'opened']);
  });
});

describe('the maps that are known', () => {
  const mapOf = (more: Record<string, unknown>, doors = [turnstile]) =>
    modbusMap(moduleBoard(doors, more));

  test('ICP DAS tM: outputs from coil 0, inputs from coil 32, what it does alone', () => {
    const doors = [{ ...turnstile, open: { channel: 3 }, lock: { channel: 4 } }];
    const { map, faults } = mapOf({}, doors);
    expect(faults).toEqual([]);
    expect(map.doors[0]).toMatchObject({
      open: { table: 'coil', at: 3 },
      lock: { table: 'coil', at: 4 },
      inputs: { contact: { table: 'coil', at: 33, rest: 0 } },
    });
    expect(map.watchdog).toEqual({
      asked: [{ table: 'coil', at: 260, value: 1 }],
      status: { table: 'coil', at: 269 },
      clear: { table: 'coil', at: 269, value: 1 },
    });
    const values = (free: boolean) =>
      valuesAlone(map, () => free).map(({ at, value }) => [at, value]);
    expect(values(false)).toEqual([
      [131, 0],
      [132, 1],
      [163, 0],
      [164, 1],
    ]);
    expect(values(true)).toEqual([
      [131, 1],
      [132, 0],
      [163, 1],
      [164, 0],
    ]);
  });

  test('ADAM-4056SO: outputs from coil 16, comm safety, no inputs and no safe values', () => {
    const plain = { door: 1, open: { channel: 0 }, opening: { pulseMs: 200 } };
    const { map, faults } = mapOf({ module: 'adam-4056so' }, [plain]);
    expect(faults).toEqual([]);
    expect(map.doors[0]?.open).toEqual({ table: 'coil', at: 16, on: 1, off: 0 });
    expect(map.watchdog?.asked).toEqual([{ table: 'holding', at: 214, value: 1 }]);
    expect(valuesAlone(map, () => true)).toEqual([]);
    const [fault] = mapOf({ module: 'adam-4056so' }).faults;
    expect(fault).toMatchObject({ path: 'doors[0].inputs.contact' });
    expect(fault?.text).toContain('names no inputs');
  });

  test('an input that is closed at rest happens when it opens', () => {
    const inputs = { contact: { discrete: 4, normally: 'closed' } };
    const { map } = mapOf({}, [{ ...turnstile, inputs }]);
    const seen = new Seen();
    const levels = () => seen.levels(map.doors[0]?.inputs ?? {});
    expect(levels()).toEqual({});
    seen.take({ table: 'discrete', at: 4, count: 1 }, [1]);
    expect(levels()).toEqual({ contact: false });
    seen.take({ table: 'discrete', at: 4, count: 1 }, [0]);
    expect(levels()).toEqual({ contact: true });
  });
});
