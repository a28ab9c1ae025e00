import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Input } from '../../src/main/engine/core/input.ts';
import type { JournalAppender } from '../../src/main/engine/journal/append.ts';
import { readHead } from '../../src/main/engine/journal/read.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { guardPath } from '../../src/main/engine/segments/epoch-guard.ts';
import { NextSegment } from '../../src/main/engine/segments/next-segment.ts';
import type { LoadedSite } from '../../src/main/engine/site/load-site.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { segmentPath } from '../../src/main/engine/store/segment-files.ts';
import { commandId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { type Clock, ManualClock } from '../../src/shared/lib/clock.ts';
import { hkMonth } from '../../src/shared/lib/hk-time.ts';
import { type Rng, seededRng } from '../../src/shared/lib/rng.ts';
import { cached, copyDatabase, scratchDir } from './cache.ts';
import type { BenchContext } from './context.ts';
import { LaneBoard } from './lane-board.ts';
import { People } from './people.ts';
import { type PermitStore, permitStore } from './permits.ts';
import { type Deciding, firstInputs, openDeciding } from './route.ts';
import { absentBoards, credentialOf, writeBenchSite } from './zone.ts';

/** Raise it when what is built changes. */
const VERSION = 3;
/** 300,000 crossings a day, each as long after the one before. */
const BETWEEN_MS = 288;
/**
 * In a year that no machine's clock has come to: what is written after it is written into the month
 * of the last event, and the journal goes on in no other file.
 */
const FROM_MS = Date.UTC(2040, 0, 5);
/** Of the year's journal: a passage in every other minute. */
const YEAR_BETWEEN_MS = 130_000;
const YEAR_TO_MS = Date.UTC(2040, 11, 28);
/** Badges nobody knows: each opens an exception, which lapses. */
const STRANGERS = 0.005;
const DUE_EVERY = 100;
const BOARDS = 75;
/** Inputs a transaction while building. */
const TOGETHER = 2_000;

/**
 * A folder with `journal.db` of at least so many events: real crossings decided by the engine in
 * virtual time, written with `synchronous=OFF`. Built once.
 */
export function largeJournal(
  events: number,
  loaded: LoadedSite,
  permits: PermitStore,
  say: (line: string) => void,
): string {
  const stamp = `journal ${VERSION}, ${permits.count} permits, ${loaded.siteHash}`;
  return cached(`journal-${events}`, stamp, say, (making, dir) => {
    // An engine that ran on an earlier one noted how far that had come.
    rmSync(guardPath(dir), { force: true });
    const until = ({ seq }: JournalAppender) => seq >= events;
    build({ dataDir: making, loaded, permits, say }, BETWEEN_MS, until);
  });
}

/** A copy beside it for the bare limit: the one that is there, where it still has the same head. */
export function twinOf(path: string): string {
  const twin = `${path}.twin`;
  if (!existsSync(twin) || headOf(twin) !== headOf(path)) copyDatabase(path, twin);
  return twin;
}

function headOf(path: string): string {
  const opened = openReader(path, journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  const { seq, hash } = readHead(opened.value);
  opened.value.close();
  return `${seq} ${hash.toString('hex')}`;
}

interface BuildOptions {
  readonly dataDir: string;
  readonly loaded: LoadedSite;
  readonly permits: PermitStore;
  readonly say: (line: string) => void;
}

function build(
  { dataDir, loaded, permits, say }: BuildOptions,
  betweenMs: number,
  isDone: (journal: JournalAppender) => boolean,
): void {
  const clock = new ManualClock(FROM_MS);
  let lastOpen = 0;
  const onEvent = (seq: number, kind: string) => {
    if (kind === 'gate.requested') lastOpen = seq;
  };
  const options = { dataDir, loaded, permits, clock, boot: 'built', onEvent };
  const deciding = openDeciding(options);
  const { db, journal, step, close } = deciding;
  db.exec('PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 20000');
  const crowd = new Crowd(loaded, clock, betweenMs, () => lastOpen);
  const settle = () => undefined;
  const pending = crowd.inputs(firstInputs(loaded, permits));
  let month = hkMonth(FROM_MS);
  for (let told = 0; !isDone(journal); ) {
    let left = TOGETHER;
    const next = () => ({ input: must(pending.next().value, 'input'), settle });
    step.run([next()], () => {
      left -= 1;
      return left > 0 ? next() : null;
    });
    if (hkMonth(journal.lastAtMs) !== month) {
      month = hkMonth(journal.lastAtMs);
      goOn(deciding, clock);
    }
    if (journal.seq - told < 250_000) continue;
    told = journal.seq;
    say(`${told} events`);
  }
  db.exec('PRAGMA synchronous = FULL');
  close();
}

/** In another file, as the engine does at a month's end. */
function goOn({ db, journal, projector, segments }: Deciding, clock: Clock): void {
  const ordinal = segments.live.ordinal + 1;
  const path = segmentPath(dirname(db.path), ordinal);
  const next = NextSegment.begin(path, { db, journal, projector }, ordinal);
  while (next.prepare());
  segments.rolled(next.goOn(segments.live, 'month', clock), db);
  db.exec('PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 20000');
}

/** People who cross one after the other, for ever. */
class Crowd {
  readonly #clock: ManualClock;
  readonly #lastOpen: () => number;
  readonly #rng: Rng = seededRng('crowd');
  readonly #boards: readonly LaneBoard[];
  readonly #people = new People(this.#rng.fork('people'));

  readonly #betweenMs: number;

  constructor(loaded: LoadedSite, clock: ManualClock, betweenMs: number, lastOpen: () => number) {
    this.#clock = clock;
    this.#betweenMs = betweenMs;
    this.#lastOpen = lastOpen;
    this.#boards = loaded.site.boards.map(
      ({ serial }) =>
        new LaneBoard(
          serial,
          0,
          () => clock.wallMs(),
          () => undefined,
        ),
    );
  }

  *inputs(first: readonly Input[]): Generator<Input, undefined> {
    yield* first;
    for (let n = 1; ; n += 1) {
      yield* this.#crossing();
      if (n % DUE_EVERY === 0) yield { kind: 'due' };
    }
  }

  *#crossing(): Generator<Input> {
    const clock = this.#clock;
    const board = this.#rng.pick(this.#boards);
    const input = (report: ReturnType<LaneBoard['event']>): Input => {
      return { kind: 'board', report, receivedMono: clock.monoMs() };
    };
    clock.advance(this.#betweenMs - 50);
    if (this.#rng.chance(STRANGERS)) {
      yield input(board.swipe(1, 'in', `raw/${this.#rng.below(1e9)}`));
      return;
    }
    const { who, direction } = this.#people.next();
    const door = (direction === 'in' ? 1 : 2) + 2 * this.#rng.below(2);
    yield input(board.swipe(door, direction, credentialOf(who)));
    const command = commandId(1, this.#lastOpen());
    clock.advance(10);
    yield input(board.event({ kind: 'remote-open', door }));
    const shown = { stage: 'confirmed', shownBy: 'relay' } as const;
    const report = { kind: 'command', board: board.board, command, ...shown } as const;
    yield { kind: 'board', report, receivedMono: clock.monoMs() };
    clock.advance(20);
    yield input(board.event({ kind: 'door', door, state: 'opened' }));
    clock.advance(20);
    yield input(board.event({ kind: 'door', door, state: 'closed' }));
  }
}

/** The journal's own path in a folder that `largeJournal` gave. */
export function journalIn(dir: string): string {
  return join(dir, 'journal.db');
}

export interface BuiltJournal {
  readonly dataDir: string;
  readonly loaded: LoadedSite;
  readonly permits: PermitStore;
  /** For reading beside those who are measured; whoever asked closes it. */
  readonly segments: Segments;
}

/** The large journal of a run, with the site and the permits that it was built of. */
export function builtJournal({ events, permits: count, say }: BenchContext): BuiltJournal {
  const permits = permitStore(count, say);
  const { loaded } = writeBenchSite(scratchDir('large'), absentBoards(BOARDS));
  const dataDir = largeJournal(events, loaded, permits, say);
  return { dataDir, loaded, permits, segments: openSegments(dataDir) };
}

/** A year of few crossings, a month to a file: as many files as an engine has after a year. */
export function builtYear({ permits: count, say }: BenchContext): BuiltJournal {
  const permits = permitStore(count, say);
  const { loaded } = writeBenchSite(scratchDir('large'), absentBoards(BOARDS));
  const stamp = `year ${VERSION}, ${permits.count} permits, ${loaded.siteHash}`;
  const dataDir = cached('journal-year', stamp, say, (making, dir) => {
    rmSync(guardPath(dir), { force: true });
    const until = ({ lastAtMs }: JournalAppender) => lastAtMs >= YEAR_TO_MS;
    build({ dataDir: making, loaded, permits, say }, YEAR_BETWEEN_MS, until);
  });
  return { dataDir, loaded, permits, segments: openSegments(dataDir) };
}

function openSegments(dataDir: string): Segments {
  const opened = Segments.open(dataDir);
  if (!opened.ok) throw new Error(opened.fault.text);
  return opened.value;
}
