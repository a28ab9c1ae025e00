/**
 * From a module's map to the fewest requests that read all of it, and from what was read back to
 * levels. Pure.
 */
import type {
  Input,
  ModbusMap,
  Output,
  Place,
  Table,
} from '../../../../shared/domain/modbus-modules.ts';

/** Numbers of one table that are read by one request. */
export interface Read extends Place {
  readonly count: number;
}

/** As many as one answer may carry. Source: Modbus application protocol 1.1b3, 6.1 to 6.4. */
const MOST: Readonly<Record<Table, number>> = {
  coil: 2000,
  discrete: 2000,
  holding: 125,
  input: 125,
};

/** Only neighbours share a request: between them may lie what the module does not have. */
export function readsOf(places: readonly Place[]): Read[] {
  const reads: Read[] = [];
  for (const table of ['coil', 'discrete', 'holding', 'input'] as const) {
    const all = places.filter((place) => place.table === table).map(({ at }) => at);
    for (const at of [...new Set(all)].sort((a, b) => a - b)) {
      const last = reads.at(-1);
      const follows = last?.table === table && last.at + last.count === at;
      if (last !== undefined && follows && last.count < MOST[table]) {
        reads.splice(-1, 1, { ...last, count: last.count + 1 });
      } else reads.push({ table, at, count: 1 });
    }
  }
  return reads;
}

/** All that is looked at in each round: inputs, outputs, and whether the watchdog has tripped. */
export function placesOf({ doors, inputs, watchdog }: ModbusMap): Place[] {
  const status = watchdog?.status ?? null;
  return [
    ...Object.values(inputs),
    ...doors.flatMap((door) => [
      ...Object.values(door.inputs),
      ...[door.open, door.lock, door.close].filter((output) => output !== null),
    ]),
    ...(status === null ? [] : [status]),
  ];
}

/** The values last read, by their place. */
export class Seen {
  readonly #values = new Map<string, number>();

  take({ table, at, count }: Read, values: readonly number[]): void {
    for (let i = 0; i < count; i += 1) {
      const value = values[i];
      if (value !== undefined) this.#values.set(`${table} ${at + i}`, value);
    }
  }

  set({ table, at }: Place, value: number): void {
    this.#values.set(`${table} ${at}`, value);
  }

  forget({ table, at }: Place): void {
    this.#values.delete(`${table} ${at}`);
  }

  clear(): void {
    this.#values.clear();
  }

  value({ table, at }: Place): number | undefined {
    return this.#values.get(`${table} ${at}`);
  }

  /** Whether an output is on; undefined where that is not known. */
  isOn(output: Output): boolean | undefined {
    const value = this.value(output);
    return value === undefined ? undefined : value === output.on;
  }

  /** Whether what an input watches happens now; undefined where that is not known. */
  happens(input: Input): boolean | undefined {
    const value = this.value(input);
    return value === undefined ? undefined : ((value >> input.bit) & 1) !== input.rest;
  }

  /** The same of several inputs, by their names. */
  levels<N extends string>(
    inputs: Readonly<Partial<Record<N, Input>>>,
  ): Partial<Record<N, boolean>> {
    const levels: Partial<Record<N, boolean>> = {};
    for (const name of Object.keys(inputs) as N[]) {
      const input = inputs[name];
      const level = input === undefined ? undefined : this.happens(input);
      if (level !== undefined) levels[name] = level;
    }
    return levels;
  }
}
