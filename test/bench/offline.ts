import { hash } from 'node:crypto';
import { join } from 'node:path';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { projectionTables } from '../../src/main/engine/projections/projector.ts';
import { rebuildProjections } from '../../src/main/engine/projections/rebuild.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { scratchDir } from './cache.ts';
import type { BenchContext } from './context.ts';
import { median } from './figures.ts';
import { builtJournal } from './large-journal.ts';
import type { Figure } from './row.ts';

const ROUNDS = 2;
const PAGE = 5_000;

interface Row {
  readonly seq: number;
  readonly body: string;
}

/** Re-hashing the chain, beside reading and hashing the same rows each by itself. */
export function measureVerify(context: BenchContext): Figure[] {
  return withJournal(context, (db, events) => {
    const rates = alternate(
      events,
      () => checked(db),
      () => eachRow(db, hashed),
    );
    return [{ row: 'verify', unit: 'events/s', better: 'more', ...rates, bar: {}, wrong: null }];
  });
}

/**
 * All projections from the journal into an empty file, beside reading and parsing the same events
 * and copying the finished rows.
 */
export function measureRebuild(context: BenchContext): Figure[] {
  return withJournal(context, (db, events) => {
    let dir = '';
    const rebuild = () => {
      dir = scratchDir('rebuild');
      const into = openScratch(join(dir, 'rebuilt.db'));
      rebuildProjections(db, into, events);
      into.close();
    };
    const bare = () => {
      eachRow(db, (body) => void JSON.parse(body));
      copyRows(join(dir, 'rebuilt.db'), join(dir, 'copied.db'));
    };
    const rates = alternate(events, rebuild, bare);
    const bar = { atLeast: 50_000 };
    return [{ row: 'rebuild', unit: 'events/s', better: 'more', ...rates, bar, wrong: null }];
  });
}

function withJournal(
  context: BenchContext,
  measure: (db: ReadableDb, events: number) => Figure[],
): Figure[] {
  const { segments } = builtJournal(context);
  const { db } = segments.live;
  const head = db.query<[], { seq: number }>('SELECT max(seq) AS seq FROM journal').get();
  const figures = measure(db, head?.seq ?? 0);
  segments.close();
  return figures;
}

/** Events a second of each, in turn: A B A B. */
function alternate(
  events: number,
  ours: () => void,
  bare: () => void,
): { value: number; bare: number } {
  const rates = { ours: [] as number[], bare: [] as number[] };
  const time = (work: () => void) => {
    const beganMs = performance.now();
    work();
    return (events * 1000) / (performance.now() - beganMs);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.ours.push(time(ours));
    rates.bare.push(time(bare));
  }
  return { value: median(rates.ours), bare: median(rates.bare) };
}

function checked(db: ReadableDb): void {
  const { fault } = verifyChain(db);
  if (fault !== null) throw new Error(`the chain breaks at ${fault.seq}: ${fault.text}`);
}

function hashed(body: string): void {
  hash('sha256', body, 'buffer');
}

function eachRow(db: ReadableDb, work: (body: string) => void): void {
  const page = db.query<[number, number], Row>(
    'SELECT seq, body FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  for (let last = 0, read = PAGE; read === PAGE; ) {
    read = 0;
    for (const { seq, body } of page.iterate(last, PAGE)) {
      work(body);
      last = seq;
      read += 1;
    }
  }
}

function copyRows(from: string, to: string): void {
  const into = openScratch(to);
  into.exec(`ATTACH '${from.replaceAll("'", "''")}' AS finished`);
  for (const table of projectionTables()) {
    into.exec(`CREATE TABLE main.${table} AS SELECT * FROM finished.${table}`);
  }
  into.close();
}
