import {
  createReadingService,
  type ReadingService,
} from '../../src/main/engine/reading/reading-service.ts';
import type { CrossingFilter, QueryInput } from '../../src/shared/contract/queries.ts';
import { keyOf } from '../../src/shared/domain/ids.ts';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import { ok, type Result } from '../../src/shared/lib/result.ts';
import type { Rng } from '../../src/shared/lib/rng.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { realClock } from '../kit/real-clock.ts';
import type { BenchContext } from './context.ts';
import { percentile } from './figures.ts';
import { type BuiltJournal, builtJournal, builtYear } from './large-journal.ts';
import { PEOPLE } from './people.ts';
import type { Figure } from './row.ts';
import { laneAt } from './zone.ts';

const ROUNDS = 60;
const LIMIT = 100;
const HOUR_MS = 3_600_000;
/** What a person takes for at once, and what for no wait while scrolling. */
const FIRST_PAGE_MS = 200;
const NEXT_PAGE_MS = 100;

type Crossings = QueryInput<'crossings.search'>;
type Incidents = QueryInput<'incidents.search'>;

interface Row {
  readonly crossing?: string | null;
  readonly incident?: string;
}

/** A search as somebody at a desk makes it, drawn anew each time. */
interface Kind {
  readonly row: string;
  readonly atMost: number;
  readonly table: 'crossing' | 'incident';
  readonly ask: (reading: ReadingService) => Promise<Result<{ readonly rows: readonly Row[] }>>;
}

/** First pages through the reading thread, beside the very rows of the answers by their keys. */
export function measureSearch(context: BenchContext): Promise<Figure[]> {
  return measureAll(builtJournal(context), searches);
}

/** Pages that follow, some of them deep, in the same way. */
export function measurePages(context: BenchContext): Promise<Figure[]> {
  return measureAll(builtJournal(context), pages);
}

/** Both over a journal of a year in twelve files, and that year's reports. */
export function measureYear(context: BenchContext): Promise<Figure[]> {
  return measureAll(builtYear(context), year);
}

async function measureAll(
  built: BuiltJournal,
  kindsOf: (draws: Draws) => readonly Kind[],
): Promise<Figure[]> {
  const { dataDir, loaded } = built;
  const reading = createReadingService({
    ...{ dataDir, site: loaded.site, clock: realClock(Date.now()) },
  });
  const draws = new Draws(built, seededRng('search'));
  try {
    const figures: Figure[] = [];
    for (const kind of kindsOf(draws)) figures.push(await measure(built, reading, kind));
    return figures;
  } finally {
    await reading.stop();
    built.segments.close();
  }
}

async function measure(
  { segments }: BuiltJournal,
  reading: ReadingService,
  { row, atMost, table, ask }: Kind,
): Promise<Figure> {
  const times = { ours: [] as number[], bare: [] as number[] };
  const sql = `SELECT * FROM ${table} WHERE key = ?`;
  const ones = segments.all.toReversed().map(({ db }) => db.query<[number], object>(sql));
  let found = 0;
  // The first opens the thread's connections and prepares its statements.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const beganMs = performance.now();
    const page = await ask(reading);
    const tookMs = performance.now() - beganMs;
    if (!page.ok) throw new Error(page.fault.text);
    const keys = page.value.rows.map((found) => keyOf(found[table] ?? ''));
    const bareMs = performance.now();
    for (const key of keys) ones.some((one) => one.get(key) !== undefined);
    if (round === 0) continue;
    times.ours.push(tookMs);
    times.bare.push(performance.now() - bareMs);
    found += keys.length;
  }
  const value = percentile(times.ours, 0.99);
  const bare = found === 0 ? null : percentile(times.bare, 0.99);
  return { row, unit: 'ms', better: 'less', value, bare, bar: { atMost }, wrong: null };
}

const SPAN = 'SELECT min(at_ms) AS low, max(at_ms) AS high FROM crossing';
const BEFORE = 'SELECT crossing FROM crossing WHERE at_ms <= ? ORDER BY at_ms DESC LIMIT 1';

/** Draws what is searched for out of what the journal has. */
class Draws {
  readonly #rng: Rng;
  readonly #span: { readonly from: number; readonly to: number };
  readonly #boards: number;
  readonly #before;

  constructor({ segments, loaded }: BuiltJournal, rng: Rng) {
    this.#rng = rng;
    this.#boards = loaded.site.boards.length;
    const [first, ...others] = segments.all.map(({ db }) =>
      db.query<[], { low: number; high: number }>(SPAN).get(),
    );
    this.#span = { from: first?.low ?? 0, to: (others.at(-1) ?? first)?.high ?? 0 };
    this.#before = segments.all
      .toReversed()
      .map(({ db }) => db.query<[number], { crossing: string }>(BEFORE));
  }

  person(): CrossingFilter {
    return { person: `P-${this.#rng.below(PEOPLE)}` as never };
  }

  lane(): CrossingFilter {
    return { lane: laneAt(this.#rng.below(this.#boards), 1 + this.#rng.below(4)) as never };
  }

  hour(): CrossingFilter {
    const fromMs = this.#moment();
    return { fromMs, toMs: fromMs + HOUR_MS };
  }

  /** The journal's first hour. */
  firstHour(): CrossingFilter {
    const { from } = this.#span;
    return { fromMs: from, toMs: from + HOUR_MS };
  }

  /** A whole day, the first that is one. */
  day(): CrossingFilter {
    const { from, to } = this.#span;
    const start = Math.min(from + 16 * HOUR_MS, Math.max(from, to - 24 * HOUR_MS));
    return { fromMs: start, toMs: start + 24 * HOUR_MS };
  }

  /** Some crossing, or one of a time. */
  crossing({ fromMs = 0, toMs = 0 }: CrossingFilter = {}): NonNullable<Crossings['after']> {
    const atMs = toMs === 0 ? this.#moment() : fromMs + this.#rng.below(toMs - fromMs);
    const found = this.#before.map((query) => query.get(atMs)).find((row) => row !== undefined);
    return (found?.crossing ?? '') as NonNullable<Crossings['after']>;
  }

  /** The report of some day; it has no rows of crossings. */
  async report(reading: ReadingService): Promise<Result<{ readonly rows: readonly Row[] }>> {
    const report = await reading.daily(hkDay(this.#moment()));
    return report.ok ? ok({ rows: [] }) : report;
  }

  #moment(): number {
    const { from, to } = this.#span;
    return from + this.#rng.below(to - from);
  }
}

type CrossingAsk = Omit<Crossings, 'limit'>;

function crossings(row: string, atMost: number, input: () => CrossingAsk): Kind {
  const ask = (reading: ReadingService) =>
    reading.crossings({ ...input(), limit: LIMIT }, 'inspector');
  return { row, atMost, table: 'crossing', ask };
}

function searches(draws: Draws): Kind[] {
  const by = (row: string, filter: () => CrossingFilter) =>
    crossings(`search-${row}`, FIRST_PAGE_MS, () => ({ filter: filter() }));
  const incidents = (row: string, input: Omit<Incidents, 'limit'>): Kind => {
    const ask = (reading: ReadingService) => reading.incidents({ ...input, limit: LIMIT });
    return { row: `search-${row}`, atMost: FIRST_PAGE_MS, table: 'incident', ask };
  };
  return [
    by('newest', () => ({})),
    by('person', () => draws.person()),
    by('lane-hour', () => ({ ...draws.lane(), ...draws.hour() })),
    by('referred', () => ({ verdict: 'refer' })),
    by('refused', () => ({ verdict: 'refuse' })),
    by('reason', () => ({ reason: 'permit-valid' })),
    by('unknown', () => ({ state: 'unknown' })),
    by('late', () => ({ timing: 'late' })),
    by('class', () => ({ class: 'hk-resident' })),
    by('first-hour', () => ({ ...draws.firstHour(), direction: 'out' })),
    by('day-refused', () => ({ ...draws.day(), verdict: 'refuse' })),
    incidents('incidents', {}),
    incidents('incidents-state', { state: 'resolved' }),
  ];
}

function pages(draws: Draws): Kind[] {
  const next = (row: string, input: () => CrossingAsk) =>
    crossings(`page-${row}`, NEXT_PAGE_MS, input);
  const inDay = (share: number): CrossingAsk => {
    const day = draws.day();
    const { fromMs = 0, toMs = 0 } = day;
    return {
      filter: day,
      after: draws.crossing({ fromMs, toMs: fromMs + share * (toMs - fromMs) }),
    };
  };
  return [
    next('next', () => ({ filter: {}, after: draws.crossing() })),
    next('person', () => ({ filter: draws.person(), after: draws.crossing() })),
    next('day', () => inDay(1)),
    next('day-end', () => inDay(0.001)),
    next('far', () => ({ filter: {}, after: draws.crossing(draws.firstHour()) })),
  ];
}

function year(draws: Draws): Kind[] {
  const by = (row: string, atMost: number, input: () => CrossingAsk) =>
    crossings(`year-${row}`, atMost, input);
  return [
    by('person', FIRST_PAGE_MS, () => ({ filter: draws.person() })),
    by('nobody', FIRST_PAGE_MS, () => ({ filter: { person: 'P-nobody' as never } })),
    by('refused', FIRST_PAGE_MS, () => ({ filter: { verdict: 'refuse' } })),
    by('class', FIRST_PAGE_MS, () => ({ filter: { class: 'hk-resident' } })),
    by('day', FIRST_PAGE_MS, () => ({ filter: draws.day() })),
    by('page-far', NEXT_PAGE_MS, () => ({ filter: {}, after: draws.crossing(draws.firstHour()) })),
    by('page-lane', NEXT_PAGE_MS, () => ({ filter: draws.lane(), after: draws.crossing() })),
    {
      row: 'year-report',
      atMost: 5_000,
      table: 'crossing',
      ask: (reading) => draws.report(reading),
    },
  ];
}
