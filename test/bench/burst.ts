import { join } from 'node:path';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { openReader, openScratch } from '../../src/main/engine/store/open.ts';
import { BareWriter } from './bare-writer.ts';
import type { BoardTold } from './children/messages.ts';
import type { BenchContext } from './context.ts';
import { crossingPlan } from './crossing-plan.ts';
import { startLiveZone } from './live-zone.ts';
import type { Figure } from './row.ts';
import type { WrittenTransaction } from './write-log.ts';

const BOARDS = 75;
const EVENTS_PER_SECOND = 500;
const SETTLE_MS = 3_000;

/** A whole minute of 500 events a second: none may be lost, no projection may be wrong. */
export async function measureBurst(context: BenchContext): Promise<Figure[]> {
  const zone = await startLiveZone(context, { name: 'burst', boards: BOARDS });
  const head = zone.db.query<[], { seq: number }>('SELECT max(seq) AS seq FROM journal');
  const seq = () => head.get()?.seq ?? 0;
  const badges = crossingPlan({
    seconds: context.burstSeconds,
    boards: BOARDS,
    perSecond: EVENTS_PER_SECOND,
  });
  const [before, beganMs] = [seq(), performance.now()];
  const { latencies } = await zone.boards.play(badges);
  const [after, seconds] = [seq(), (performance.now() - beganMs) / 1000];
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const told = await zone.boards.tell();
  const wrong = [
    ...unopened(latencies),
    ...lost(zone.db, told, badges.length),
    ...(await afterwards(zone.dataDir, () => zone.stop())),
  ];
  const bare = await bareRate(zone.dataDir, before);
  const value = (after - before) / seconds;
  return [
    {
      ...{ row: 'burst', unit: 'events/s', better: 'more', value, bare },
      // The last crossings end after the last badge, which the mean rate pays for.
      ...{ bar: { atLeast: EVENTS_PER_SECOND * 0.95 }, wrong: wrong.join('; ') || null },
    },
  ];
}

function unopened(latencies: readonly (number | null)[]): string[] {
  const count = latencies.filter((latency) => latency === null).length;
  return count === 0 ? [] : [`${count} of ${latencies.length} badges opened nothing within 5 s`];
}

/** What the boards' own memories hold beside what the journal has of them. */
export function lostEvents(db: ReadableDb, told: readonly BoardTold[]): string[] {
  const faults: string[] = [];
  const board = db.query<[string], { last_index: number; lost: number }>(
    'SELECT last_index, lost FROM board WHERE board = ?',
  );
  for (const { serial, lastIndex } of told) {
    const row = board.get(String(serial));
    if (row?.last_index === lastIndex && row.lost === 0) continue;
    faults.push(`board ${serial} made ${lastIndex} events, the journal has ${row?.last_index}`);
  }
  const gaps = db.query<[], { n: number }>('SELECT count(*) AS n FROM board_gap').get()?.n ?? 0;
  if (gaps > 0) faults.push(`${gaps} gaps are open`);
  return faults;
}

function lost(db: ReadableDb, told: readonly BoardTold[], badges: number): string[] {
  const faults = lostEvents(db, told);
  const count = (sql: string) => db.query<[], { n: number }>(sql).get()?.n ?? 0;
  const crossings = count('SELECT count(*) AS n FROM crossing');
  if (crossings !== badges) faults.push(`${badges} badges became ${crossings} crossings`);
  const passed = count("SELECT count(*) AS n FROM crossing WHERE state = 'passed'");
  const openings = told.reduce((sum, { openings: own }) => sum + own, 0);
  if (passed !== openings) faults.push(`${openings} openings, ${passed} passages`);
  return faults;
}

/** Stops the engine; then the chain must be whole and a rebuild must give the same rows. */
async function afterwards(dataDir: string, stop: () => Promise<void>): Promise<string[]> {
  await stop();
  const opened = openReader(join(dataDir, 'journal.db'), journalSchema);
  if (!opened.ok) return [opened.fault.text];
  const db = opened.value;
  const { fault, last } = verifyChain(db);
  const scratch = openScratch(join(dataDir, 'rebuilt.db'));
  rebuildProjections(db, scratch, last ?? 0);
  const different = compareProjections(db, scratch).map(({ table }) => table);
  scratch.close();
  db.close();
  return [
    ...(fault === null ? [] : [`the chain breaks at ${fault.seq}: ${fault.text}`]),
    ...(different.length === 0 ? [] : [`a rebuild gives other rows of ${different.join(', ')}`]),
  ];
}

interface Row {
  readonly seq: number;
  readonly body: string;
  readonly hash: Buffer;
}

/**
 * The same events in the same transactions, as far as their moments tell, written bare into a
 * journal table of their own as fast as the disk takes them.
 */
async function bareRate(dataDir: string, after: number): Promise<number> {
  const opened = openReader(join(dataDir, 'journal.db'), journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  const rows = opened.value
    .query<[number], Row>('SELECT seq, body, hash FROM journal WHERE seq > ? ORDER BY seq')
    .all(after);
  opened.value.close();
  const scratch = openScratch(join(dataDir, 'bare.db'));
  scratch.exec('CREATE TABLE journal (seq INTEGER PRIMARY KEY, body TEXT, hash BLOB) STRICT');
  scratch.close();
  const sql = 'INSERT INTO journal (seq, body, hash) VALUES (?, ?, ?)';
  const transactions = new Map<number, WrittenTransaction['writes'][number][]>();
  for (const { seq, body, hash } of rows) {
    const { mono } = JSON.parse(body) as { mono: number };
    const writes = transactions.get(mono) ?? [];
    writes.push({ sql, values: [seq, body, hash] });
    transactions.set(mono, writes);
  }
  const bare = new BareWriter(join(dataDir, 'bare.db'));
  const beganMs = performance.now();
  await bare.repeat([...transactions.values()].map((writes) => ({ atMs: 0, tookMs: 0, writes })));
  const seconds = (performance.now() - beganMs) / 1000;
  await bare.close();
  return rows.length / seconds;
}
