import type { Direction } from './line.ts';
import type {
  BoardInputName,
  DoorInputName,
  InputPoint,
  ModuleMap,
  OutputPoint,
  Setting,
  SiteModbusDoor,
} from './modbus-map.ts';
import type { SiteModbusBoard } from './site-board.ts';

/**
 * The modules whose maps are known, each no further than its manual was read. ICP DAS tM: outputs
 * 00001+, inputs 00033+, safe values 00129+, power-on values 00161+, host watchdog 00261, timed-out
 * status 00270 where writing 1 clears it. Advantech ADAM-4056SO: outputs 00017+, "comm safety"
 * enable 40215 and flag 40216; it has no inputs, and its safe values are not known.
 */
const KNOWN: Readonly<Record<'icp-das-tm' | 'adam-4056so', ModuleMap>> = {
  'icp-das-tm': {
    name: 'ICP DAS tM',
    outputs: { coil: 0 },
    inputs: { coil: 32 },
    safeValues: 128,
    powerOnValues: 160,
    watchdog: {
      enable: { coil: 260, value: true },
      status: { coil: 269 },
      clear: { coil: 269, value: true },
    },
    settings: [],
  },
  'adam-4056so': {
    name: 'Advantech ADAM-4056SO',
    outputs: { coil: 16 },
    watchdog: { enable: { register: 214, value: 1 }, status: { register: 215 } },
    settings: [],
  },
};

/** The four tables of a module. */
export type Table = 'coil' | 'discrete' | 'holding' | 'input';

/** One coil, input or register; `bit` where an input is one of a register's. */
export interface Place {
  readonly table: Table;
  readonly at: number;
}

export interface Output extends Place {
  readonly on: number;
  readonly off: number;
}

export interface Input extends Place {
  readonly bit: number;
  /** What the bit is when nothing happens. */
  readonly rest: 0 | 1;
}

/** A value that the module is to hold. */
export interface Held extends Place {
  readonly value: number;
}

export interface DoorMap {
  readonly door: number;
  readonly open: Output;
  readonly lock: Output | null;
  readonly close: Output | null;
  /** Null: held until somebody went through. */
  readonly pulseMs: number | null;
  readonly inputs: Readonly<Partial<Record<DoorInputName, Input>>>;
  readonly openTooLongMs: number;
}

export interface WatchdogMap {
  /** Its period, then what switches it on. */
  readonly asked: readonly Held[];
  /** Not 0: it has tripped. */
  readonly status: Place | null;
  readonly clear: Held | null;
}

export interface ModbusMap {
  readonly name: string;
  readonly doors: readonly DoorMap[];
  readonly inputs: Readonly<Partial<Record<BoardInputName, Input>>>;
  /** Written where they differ, and read back, each time the module is found. */
  readonly settings: readonly Held[];
  readonly watchdog: WatchdogMap | null;
  readonly safeValues: number | null;
  readonly powerOnValues: number | null;
  /** Coil of the first output channel. */
  readonly firstOutput: number | null;
}

/** What a map asks for that the module's own map does not have, by its path in the board. */
export interface MapFault {
  readonly path: string;
  readonly text: string;
}

/** A board's map with every channel as an address; faults where the module names none. */
export function modbusMap(board: Pick<SiteModbusBoard, 'module' | 'inputs' | 'doors'>): {
  readonly map: ModbusMap;
  readonly faults: readonly MapFault[];
} {
  const module = typeof board.module === 'string' ? KNOWN[board.module] : board.module;
  const faults: MapFault[] = [];
  const channel = (first: number | undefined, n: number, path: string, what: string): number => {
    if (first === undefined) {
      const text = `the map of ${module.name} names no ${what}: write the address instead`;
      faults.push({ path, text });
    }
    const at = (first ?? 0) + n;
    if (at > 65_535) faults.push({ path, text: `${what} ${n} would lie at ${at}: over 65535` });
    return at;
  };
  const output = (point: OutputPoint, path: string): Output => {
    if ('register' in point) {
      if (point.on === point.off) {
        faults.push({ path, text: '"on" and "off" are the same value: give each its own' });
      }
      return { table: 'holding', at: point.register, on: point.on, off: point.off };
    }
    const first = module.outputs?.coil;
    const at = 'coil' in point ? point.coil : channel(first, point.channel, path, 'outputs');
    return { table: 'coil', at, on: 1, off: 0 };
  };
  const input = (point: InputPoint, path: string): Input => {
    const rest = point.normally === 'closed' ? 1 : 0;
    if ('inputRegister' in point) {
      return { table: 'input', at: point.inputRegister, bit: point.bit, rest };
    }
    if ('discrete' in point) return { table: 'discrete', at: point.discrete, bit: 0, rest };
    if ('coil' in point) return { table: 'coil', at: point.coil, bit: 0, rest };
    const { inputs } = module;
    const isCoil = inputs !== undefined && 'coil' in inputs;
    const first = inputs === undefined ? undefined : isCoil ? inputs.coil : inputs.discrete;
    const at = channel(first, point.channel, path, 'inputs');
    return { table: isCoil ? 'coil' : 'discrete', at, bit: 0, rest };
  };
  const door = (one: SiteModbusDoor, n: number): DoorMap => {
    const path = `doors[${n}]`;
    return {
      door: one.door,
      open: output(one.open, `${path}.open`),
      lock: one.lock === undefined ? null : output(one.lock, `${path}.lock`),
      close: one.close === undefined ? null : output(one.close, `${path}.close`),
      pulseMs: one.opening === 'until-passage' ? null : one.opening.pulseMs,
      inputs: mapped(one.inputs, (point, name) => input(point, `${path}.inputs.${name}`)),
      openTooLongMs: one.openTooLongMs,
    };
  };
  const { watchdog } = module;
  const map: ModbusMap = {
    name: module.name,
    doors: board.doors.map(door),
    inputs: mapped(board.inputs, (point, name) => input(point, `inputs.${name}`)),
    settings: module.settings.map(held),
    watchdog: watchdog === undefined ? null : watchdogOf(watchdog),
    safeValues: module.safeValues ?? null,
    powerOnValues: module.powerOnValues ?? null,
    firstOutput: module.outputs?.coil ?? null,
  };
  return { map, faults };
}

function watchdogOf(watchdog: NonNullable<ModuleMap['watchdog']>): WatchdogMap {
  const { enable, period, status, clear } = watchdog;
  const place: Place | null =
    status === undefined
      ? null
      : 'coil' in status
        ? { table: 'coil', at: status.coil }
        : { table: 'holding', at: status.register };
  const asked = period === undefined ? [held(enable)] : [held(period), held(enable)];
  return { asked, status: place, clear: clear === undefined ? null : held(clear) };
}

function held(setting: Setting): Held {
  if ('coil' in setting) {
    return { table: 'coil', at: setting.coil, value: setting.value ? 1 : 0 };
  }
  return { table: 'holding', at: setting.register, value: setting.value };
}

function mapped<N extends string, T>(
  points: Readonly<Partial<Record<N, InputPoint | undefined>>>,
  make: (point: InputPoint, name: N) => T,
): Partial<Record<N, T>> {
  const made: Partial<Record<N, T>> = {};
  for (const name of Object.keys(points) as N[]) {
    const point = points[name];
    if (point !== undefined) made[name] = make(point, name);
  }
  return made;
}

/** The input that says somebody went a lane's own way; the other one, that they came against it. */
export function ownPassage(direction: Direction): 'passageIn' | 'passageOut' {
  return direction === 'out' ? 'passageOut' : 'passageIn';
}

/**
 * What the module is to make of each output alone: while we are silent, and after power-on. Shut
 * or free as the lane is when nobody decides.
 */
export function valuesAlone(map: ModbusMap, freeOf: (door: number) => boolean): readonly Held[] {
  const bases = [map.safeValues, map.powerOnValues].filter((base) => base !== null);
  const { firstOutput } = map;
  if (firstOutput === null) return [];
  return bases.flatMap((base) =>
    map.doors.flatMap(({ door, open, lock, close }) => {
      const free = freeOf(door);
      const wanted: [Output | null, boolean][] = [
        [open, free],
        [lock, !free],
        [close, false],
      ];
      return wanted.flatMap(([output, on]): Held[] => {
        if (output === null || output.table !== 'coil' || output.at < firstOutput) return [];
        return [{ table: 'coil', at: base + output.at - firstOutput, value: on ? 1 : 0 }];
      });
    }),
  );
}
