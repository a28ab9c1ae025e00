/** The numbers of a Modbus I/O module: what it has, what it takes, what it refuses. */
import type { Place, Table } from '../../shared/domain/modbus-modules.ts';

/** Ranges of addresses that a module has, first and last. */
export type Ranges = Readonly<Record<Table, readonly (readonly [number, number])[]>>;

export class Memory {
  readonly #ranges: Ranges;
  readonly #values = new Map<string, number>();

  constructor(ranges: Ranges) {
    this.#ranges = ranges;
  }

  has({ table, at }: Place, count = 1): boolean {
    const isIn = (n: number) => this.#ranges[table].some(([from, to]) => from <= n && n <= to);
    for (let n = at; n < at + count; n += 1) if (!isIn(n)) return false;
    return true;
  }

  get({ table, at }: Place): number {
    return this.#values.get(`${table} ${at}`) ?? 0;
  }

  set({ table, at }: Place, value: number): void {
    this.#values.set(`${table} ${at}`, value);
  }
}
