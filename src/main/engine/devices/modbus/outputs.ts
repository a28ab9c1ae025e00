/** Reads and writes the outputs of one module, and keeps in mind what they show. */
import type { Input, Output, Place } from '../../../../shared/domain/modbus-modules.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import type { BoardContext } from './context.ts';
import type { Ask, Written } from './exchange.ts';

export class Outputs {
  readonly #context: BoardContext;

  constructor(context: BoardContext) {
    this.#context = context;
  }

  isOn(output: Output): boolean | undefined {
    return this.#context.seen.isOn(output);
  }

  /** Asks the module now; undefined where it does not answer. */
  async look(output: Output, ask: Ask): Promise<boolean | undefined> {
    return (await this.#read(output, ask)) ? this.#context.seen.isOn(output) : undefined;
  }

  /** Whether an input is on, asked for now; undefined where it does not answer. */
  async input(input: Input, ask: Ask): Promise<boolean | undefined> {
    return (await this.#read(input, ask)) ? this.#context.seen.happens(input) : undefined;
  }

  async #read(place: Place, ask: Ask): Promise<boolean> {
    const { exchange, seen } = this.#context;
    const read = { table: place.table, at: place.at, count: 1 };
    const answer = await exchange.read(read, ask);
    if (answer.ok) seen.take(read, answer.value);
    return answer.ok;
  }

  /** Writes once. `isOn` says afterwards what the module showed, where it showed anything. */
  async write(output: Output, on: boolean, ask: Ask): Promise<Result<Written>> {
    const { exchange, seen } = this.#context;
    const written = await exchange.write(output, on ? output.on : output.off, ask);
    if (!written.ok) return written;
    const { value } = written.value;
    if (value === null) seen.forget(output);
    else seen.set(output, value);
    return written;
  }
}
