import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../src/shared/lib/result.ts';

/** What a run was asked for. */
export interface BenchOptions {
  readonly json: boolean;
  /** A row or a group of rows; null for all. */
  readonly only: string | null;
  readonly events: number;
  readonly permits: number;
  readonly late: number;
  readonly seconds: number;
  readonly burstSeconds: number;
  readonly screenSeconds: number;
}

const MILLION = 1_000_000;

export const USAGE = `npm run bench -- [options]
  --json             the rows as JSON alone on stdout, else a table
  --only ROW         one row or one group of rows (admit, burst, rebuild, …)
  --events N         events of the large journal (${MILLION}); built once, kept in .cache/bench
  --permits N        permits of the reference data (${MILLION})
  --late N           late events that drain while badges are read (100000)
  --seconds N        how long each paced row measures (30)
  --burst-seconds N  how long the burst lasts (60)
  --screen-seconds N how long the page is looked at (90; an hour shows what it keeps)`;

const NUMBERS = {
  events: { of: MILLION, from: 1_000, to: 100 * MILLION },
  permits: { of: MILLION, from: 100_000, to: 10 * MILLION },
  late: { of: 100_000, from: 1, to: MILLION },
  seconds: { of: 30, from: 1, to: 3_600 },
  'burst-seconds': { of: 60, from: 1, to: 3_600 },
  'screen-seconds': { of: 90, from: 10, to: 43_200 },
} as const;
type NumberName = keyof typeof NUMBERS;

/** Reads the command line. Fails with `bad-option`, naming it. */
export function readOptions(argv: readonly string[]): Result<BenchOptions> {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: 'boolean' },
        ...{ only: text, events: text, permits: text, late: text, seconds: text },
        ...{ 'burst-seconds': text, 'screen-seconds': text },
      },
    });
    const numbers = {} as Record<NumberName, number>;
    for (const name of Object.keys(NUMBERS) as NumberName[]) {
      const { of, from, to } = NUMBERS[name];
      const value = Number(values[name] ?? of);
      if (!Number.isInteger(value) || value < from || value > to) {
        return fail('bad-option', `--${name} is a whole number from ${from} to ${to}`);
      }
      numbers[name] = value;
    }
    const { 'burst-seconds': burstSeconds, 'screen-seconds': screenSeconds, ...rest } = numbers;
    const { json = false, only = null } = values;
    return ok({ json, only, burstSeconds, screenSeconds, ...rest });
  } catch (error) {
    return fail('bad-option', (error as Error).message);
  }
}
