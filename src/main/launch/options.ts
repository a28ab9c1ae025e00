import { resolve } from 'node:path';
import { hkDayStart } from '../../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { isShippedRegime, SHIPPED_REGIMES } from '../../shared/regime/shipped.ts';

export interface LaunchOptions {
  /** Ask for the browser body, whatever else could be opened. */
  readonly host: boolean;
  /** Open the page in a browser when it is ready. */
  readonly open: boolean;
  /** 0 takes a free one. */
  readonly port: number;
  /** Absolute; null for this person's own folder. */
  readonly data: string | null;
  /** Absolute; null for the training zone. */
  readonly site: string | null;
  /** What goes on to the training zone, checked and in order: `['--seed', 'x', …]`. */
  readonly training: readonly string[];
  readonly help: boolean;
}

export const USAGE = `npm start -- [options]
  --host               in the browser, not in a window of its own
  --no-open            do not open a browser
  --port N             the browser host's port; 0, the default, takes a free one
  --data DIR           where the console keeps its data
  --site FILE          run this site; without it the training zone
the training zone only:
  --from YYYY-MM-DD    the day it starts with (default today)
  --seed S             fixes people, plan and faults
  --speed X            how fast its calendar runs
  --lanes N            1 to 300
  --people N           permit holders
  --trucks N           trucks with goods, up to 200 (default none)
  --regime NAME        the zone's rules: one of
                       ${SHIPPED_REGIMES.join(', ')}
  --demand FILE        the Immigration Department's daily figures (CSV)
`;

const MAX_TEXT_CHARS = 4_096;
const MAX_PORT = 65_535;
const FLAGS = ['host', 'no-open', 'help'];
/** Each tells what is wrong with a value, or nothing. */
const TRAINING = new Map<string, (text: string) => string | null>(
  Object.entries({
    from: (text: string) => (Number.isNaN(hkDayStart(text)) ? 'must be a day: YYYY-MM-DD' : null),
    seed: (text: string) => (text === '' ? 'must not be empty' : null),
    speed: (text: string) =>
      isNumber(text, 0, 3_600) && Number(text) > 0 ? null : 'must be up to 3600',
    lanes: (text: string) =>
      isWhole(text, 1, 300) ? null : 'must be a whole number from 1 to 300',
    people: (text: string) =>
      isWhole(text, 1, 1_000_000) ? null : 'must be a whole number up to 1000000',
    trucks: (text: string) => (isWhole(text, 0, 200) ? null : 'must be a whole number up to 200'),
    regime: (text: string) =>
      isShippedRegime(text) ? null : `must be one of ${SHIPPED_REGIMES.join(', ')}`,
    demand: (text: string) => (text === '' ? 'must be a file' : null),
  }),
);
const OTHERS = new Map<string, (text: string) => string | null>(
  Object.entries({
    port: (text: string) =>
      isWhole(text, 0, MAX_PORT) ? null : 'must be a whole number from 0 to 65535',
    data: (text: string) => (text === '' ? 'must be a folder' : null),
    site: (text: string) => (text === '' ? 'must be a file' : null),
  }),
);

function isNumber(text: string, from: number, to: number): boolean {
  const value = Number(text);
  return text.trim() !== '' && value >= from && value <= to;
}

function isWhole(text: string, from: number, to: number): boolean {
  return /^\d{1,7}$/.test(text) && isNumber(text, from, to);
}

/**
 * Reads the command line; paths are taken from `cwd`. Fails with `bad-option`, naming it, for what
 * is unknown, without a value, with a wrong one, given twice, or of no use with `--site`.
 */
export function readOptions(argv: readonly string[], cwd: string): Result<LaunchOptions> {
  const words = readWords(argv);
  if (!words.ok) return words;
  const { flags, values } = words.value;
  const path = (name: string) => {
    const text = values.get(name);
    return text === undefined ? null : resolve(cwd, text);
  };
  const training = [...values].filter(([name]) => TRAINING.has(name));
  const [first] = training;
  if (values.has('site') && first !== undefined) {
    return bad(first[0], 'is for the training zone, which --site leaves out');
  }
  return ok({
    host: flags.has('host'),
    open: !flags.has('no-open'),
    port: Number(values.get('port') ?? '0'),
    data: path('data'),
    site: path('site'),
    training: training.flatMap(([name, text]) => {
      return [`--${name}`, name === 'demand' ? resolve(cwd, text) : text];
    }),
    help: flags.has('help'),
  });
}

interface Words {
  readonly flags: Set<string>;
  readonly values: Map<string, string>;
}

function readWords(argv: readonly string[]): Result<Words> {
  const words: Words = { flags: new Set(), values: new Map() };
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    const [, name = '', , inline] = /^--([a-z-]+)(=(.*))?$/s.exec(word) ?? [];
    const check = TRAINING.get(name) ?? OTHERS.get(name);
    const isFlag = FLAGS.includes(name);
    if (!isFlag && (name === '' || check === undefined)) {
      return fail('bad-option', `there is no option ${shown(word)}\n\n${USAGE}`, shown(word));
    }
    if (words.flags.has(name) || words.values.has(name)) return bad(name, 'is given twice');
    if (isFlag) {
      if (inline !== undefined) return bad(name, 'takes no value');
      words.flags.add(name);
      continue;
    }
    if (inline === undefined) at += 1;
    const value = inline ?? argv[at];
    if (value === undefined) return bad(name, 'needs a value');
    const wrong = value.length > MAX_TEXT_CHARS ? 'is too long' : check?.(value);
    if (wrong) return bad(name, `${wrong}, not "${shown(value)}"`);
    words.values.set(name, value);
  }
  return ok(words);
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function bad(name: string, what: string) {
  return fail('bad-option', `--${name} ${what}`, `--${name}`);
}
