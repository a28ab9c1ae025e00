import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { compareProjections } from '../../src/main/engine/projections/rebuild.ts';
import type { LoadedSite } from '../../src/main/engine/site/load-site.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Clock } from '../../src/shared/lib/clock.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { realClock } from '../kit/real-clock.ts';
import { BareWriter } from './bare-writer.ts';
import { BusyReader } from './busy-reader.ts';
import { scratchDir } from './cache.ts';
import type { BenchContext } from './context.ts';
import { median, percentile } from './figures.ts';
import { bringIntoMemory } from './in-memory.ts';
import { journalIn, largeJournal, twinOf } from './large-journal.ts';
import { at } from './pace.ts';
import { People } from './people.ts';
import { type PermitStore, permitStore } from './permits.ts';
import { firstInputs, openDeciding, Route } from './route.ts';
import type { Figure } from './row.ts';
import { admittedBy, WriteLog, type WrittenTransaction } from './write-log.ts';
import { absentBoards, credentialOf, writeBenchSite } from './zone.ts';

const BOARDS = 75;
const PER_SECOND = 200;
export const ROUND_SECONDS = 2;

export type JournalSize = 'empty' | 'large';

/** In ms: from an input to its durable commit, and the admitting transactions, ours and bare. */
interface Times {
  readonly latencies: number[];
  readonly ours: number[];
  readonly bare: number[];
}

/**
 * The engine's route on a journal, and beside it the bare limit: a file of the same content, into
 * which plain better-sqlite3 writes the very rows that the engine has just written.
 */
export class Contest {
  readonly times: Times = { latencies: [], ours: [], bare: [] };
  readonly #clock: Clock = realClock(Date.now());
  readonly #route: Route;
  readonly #bare: BareWriter;
  readonly #people: People;
  readonly #paths: readonly [string, string];
  #log: WriteLog | null = null;

  constructor(loaded: LoadedSite, permits: PermitStore, path: string) {
    this.#paths = [path, twinOf(path)];
    this.#route = new Route({
      ...{ dataDir: dirname(path), loaded, permits, clock: this.#clock, boot: randomUUID() },
      onOpen: (db) => {
        this.#log = new WriteLog(db);
      },
    });
    this.#people = People.of(this.#route.db, seededRng(`admit ${this.#route.seq()}`));
    this.#bare = new BareWriter(this.#paths[1]);
  }

  /**
   * Crossings at the pace, each to its end; then the same rows bare, at the same moments. Returns
   * what was written.
   */
  async round(keep: boolean): Promise<readonly WrittenTransaction[]> {
    bringIntoMemory(this.#paths);
    const taken: number[] = [];
    this.#log?.take();
    const began = performance.now();
    for (let n = 0; n < PER_SECOND * ROUND_SECONDS; n += 1) {
      await at(began + (n * 1000) / PER_SECOND);
      this.#swipe(n, taken);
    }
    await this.#route.quiet();
    const transactions = this.#log?.take() ?? [];
    const bare = await this.#bare.repeat(transactions);
    if (!keep) return transactions;
    this.times.latencies.push(...taken);
    for (const [at, transaction] of transactions.entries()) {
      if (admittedBy(transaction) === 0) continue;
      this.times.ours.push(transaction.tookMs);
      this.times.bare.push(must(bare[at], 'bare time'));
    }
    return transactions;
  }

  #swipe(n: number, taken: number[]): void {
    const { who, direction } = this.#people.next();
    const door = (direction === 'in' ? 1 : 2) + 2 * (n % 2);
    const report = this.#route.board(n >> 1).swipe(door, direction, credentialOf(who));
    const receivedMono = this.#clock.monoMs();
    void this.#route.intake.submit({ kind: 'board', report, receivedMono }).then(() => {
      taken.push(this.#clock.monoMs() - receivedMono);
    });
  }

  /** Closes both; says what the bare file has that ours has not, since it must be the same. */
  async close(compare: boolean): Promise<string | null> {
    await this.#route.close();
    await this.#bare.close();
    if (!compare) return null;
    const [ours, bare] = this.#paths.map(openOrThrow) as [Opened, Opened];
    const differences = compareProjections(ours, bare);
    ours.close();
    bare.close();
    const tables = differences.map(({ table }) => table).join(', ');
    return differences.length === 0 ? null : `the bare limit wrote other rows: ${tables}`;
  }
}

type Opened = ReturnType<typeof openOrThrow>;

function openOrThrow(path: string) {
  const opened = openReader(path, journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  return opened.value;
}

/** Measures the sizes asked for, round by round in turn, so that a busy machine hits all alike. */
export async function measureAdmit(
  context: BenchContext,
  sizes: readonly JournalSize[],
): Promise<Figure[]> {
  const permits = permitStore(context.permits, context.say);
  const contests = sizes.map((size) => {
    const { path, loaded } = size === 'empty' ? empty(permits) : large(context, permits);
    return { size, contest: new Contest(loaded, permits, path) };
  });
  for (const { contest } of contests) await contest.round(false);
  for (let round = 0; round < context.seconds / ROUND_SECONDS; round += 1) {
    for (const { contest } of contests) await contest.round(true);
  }
  const figures: Figure[] = [];
  for (const { size, contest } of contests) {
    const wrong = await contest.close(size === 'empty');
    figures.push(...admitFigures(size, contest.times, wrong));
  }
  const [small, big] = contests.map(({ contest }) => contest.times);
  if (small !== undefined && big !== undefined) figures.push(growth(small, big));
  return figures;
}

/**
 * Admissions on the large journal while somebody searches it and makes reports of it without a
 * pause, in turn with admissions alone, which are the bare limit.
 */
export async function measureReading(context: BenchContext): Promise<Figure[]> {
  const permits = permitStore(context.permits, context.say);
  const { path, loaded } = large(context, permits);
  const contest = new Contest(loaded, permits, path);
  const times = { beside: [] as number[], alone: [] as number[] };
  const reader = new BusyReader(dirname(path), loaded.site);
  await contest.round(false);
  for (let round = 0; round < context.seconds / ROUND_SECONDS; round += 1) {
    await contest.round(true);
    times.alone.push(...contest.times.latencies.splice(0));
    const read = reader.read();
    await contest.round(true);
    reader.pause();
    await read;
    times.beside.push(...contest.times.latencies.splice(0));
  }
  await reader.stop();
  await contest.close(false);
  const [value, bare] = [percentile(times.beside, 0.99), percentile(times.alone, 0.99)];
  const wrong = reader.answers > 0 ? null : 'nothing was read meanwhile';
  context.say(`${reader.answers} searches and reports meanwhile`);
  const row = 'admit-reading-p99';
  return [{ row, unit: 'ms', better: 'less', value, bare, bar: { atMost: 5 }, wrong }];
}

function admitFigures(size: JournalSize, times: Times, wrong: string | null): Figure[] {
  const name = size === 'empty' ? 'admit' : 'admit-large';
  const { latencies, ours, bare } = times;
  const all = { unit: 'ms', better: 'less', wrong } as const;
  const [bare50, bare99] = [median(bare), percentile(bare, 0.99)];
  const p99 = percentile(latencies, 0.99);
  return [
    { ...all, row: `${name}-p50`, value: median(latencies), bare: bare50, bar: { atMost: 1.5 } },
    { ...all, row: `${name}-p99`, value: p99, bare: bare99, bar: { atMost: 5 } },
    { ...all, row: `${name}-write`, value: median(ours), bare: bare50, bar: { ratioAtLeast: 0.7 } },
  ];
}

function growth(small: Times, big: Times): Figure {
  const grown = (of: keyof Times) => percentile(big[of], 0.99) / percentile(small[of], 0.99);
  const [value, bare] = [grown('latencies'), grown('bare')];
  return {
    row: 'growth',
    unit: 'x',
    better: 'less',
    value,
    bare,
    bar: { atMost: 1.5 },
    wrong: null,
  };
}

export function empty(permits: PermitStore): { path: string; loaded: LoadedSite } {
  const dir = scratchDir('admit');
  const { loaded } = writeBenchSite(dir, absentBoards(BOARDS));
  const clock = realClock(Date.now());
  const deciding = openDeciding({ dataDir: dir, loaded, permits, clock, boot: 'first' });
  for (const input of firstInputs(loaded, permits)) {
    deciding.step.run([{ input, settle: () => undefined }], () => null);
  }
  deciding.close();
  return { path: journalIn(dir), loaded };
}

function large(context: BenchContext, permits: PermitStore) {
  const { loaded } = writeBenchSite(scratchDir('large'), absentBoards(BOARDS));
  return { path: journalIn(largeJournal(context.events, loaded, permits, context.say)), loaded };
}
