import { parseArgs } from 'node:util';
import { ConsoleId } from '../shared/domain/ids.ts';
import { hkDay, hkDayStart } from '../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';
import { isShippedRegime, SHIPPED_REGIMES, type ShippedRegime } from '../shared/regime/shipped.ts';
import { MAX_TRUCKS } from './freight/trips.ts';
import { MAX_LANES } from './site/lanes.ts';

export const MAX_PEOPLE = 1_000_000;
/** Beyond this a minute of the calendar is shorter than a decision. */
const MAX_SPEED = 3600;

export interface TrainingOptions {
  /** Folder of the site file, the people, the centre and the logs; made when missing. */
  readonly data: string;
  /** The first moment, ms since 1970: 00:00 of a Hong Kong day. */
  readonly fromMs: number;
  /** The seed's text: fixes people, plan and faults. */
  readonly seed: string;
  readonly speed: number;
  readonly lanes: number;
  readonly people: number;
  /** Trucks with goods, through lanes of their own; 0 = none. */
  readonly trucks: number;
  /** The Immigration Department's file, null for the built-in week. */
  readonly demand: string | null;
  readonly regime: ShippedRegime;
  readonly centre: boolean;
  readonly consoleId: ConsoleId;
}

function numberIn(name: string, text: string, from: number, to: number): Result<number> {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= from && value <= to) {
    return ok(value);
  }
  return fail('options', `--${name} must be a number from ${from} to ${to}, not "${text}"`);
}

function wholeIn(name: string, text: string, from: number, to: number): Result<number> {
  const value = numberIn(name, text, from, to);
  if (!value.ok || Number.isInteger(value.value)) return value;
  return fail('options', `--${name} must be a whole number, not "${text}"`);
}

function read(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args: [...argv],
    strict: true,
    allowPositionals: false,
    options: {
      data: text,
      from: text,
      seed: { ...text, default: 'twoline' },
      speed: { ...text, default: '60' },
      lanes: { ...text, default: '24' },
      people: { ...text, default: '20000' },
      trucks: { ...text, default: '0' },
      demand: text,
      regime: { ...text, default: 'cma-buffer-zone' },
      'no-centre': { type: 'boolean', default: false },
      'console-id': { ...text, default: 'training-1' },
    },
  }).values;
}

/** Reads the command line; `nowMs` gives today where `--from` is not given. Fault `options`. */
export function parseOptions(argv: readonly string[], nowMs: number): Result<TrainingOptions> {
  let values: ReturnType<typeof read>;
  try {
    values = read(argv);
  } catch (error) {
    return fail('options', error instanceof Error ? error.message : String(error));
  }
  const { data } = values;
  if (data === undefined || data === '') return fail('options', '--data DIR is missing');
  const fromMs = hkDayStart(values.from ?? hkDay(nowMs));
  if (Number.isNaN(fromMs)) {
    return fail('options', `--from must be a day YYYY-MM-DD, not "${values.from ?? ''}"`);
  }
  const speed = numberIn('speed', values.speed, 0.1, MAX_SPEED);
  if (!speed.ok) return speed;
  const lanes = wholeIn('lanes', values.lanes, 1, MAX_LANES);
  if (!lanes.ok) return lanes;
  const people = wholeIn('people', values.people, 1, MAX_PEOPLE);
  if (!people.ok) return people;
  const trucks = wholeIn('trucks', values.trucks, 0, MAX_TRUCKS);
  if (!trucks.ok) return trucks;
  const { regime } = values;
  if (!isShippedRegime(regime)) {
    const one = SHIPPED_REGIMES.join(', ');
    return fail('options', `--regime must be one of ${one}, not "${regime.slice(0, 80)}"`);
  }
  const consoleId = ConsoleId.safeParse(values['console-id']);
  if (!consoleId.success) return fail('options', '--console-id is not an id');
  return ok({
    ...{ data, fromMs, seed: values.seed, speed: speed.value },
    ...{ lanes: lanes.value, people: people.value, trucks: trucks.value, regime },
    ...{ demand: values.demand ?? null },
    ...{ centre: !values['no-centre'], consoleId: consoleId.data },
  });
}
