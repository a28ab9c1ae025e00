import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Checkpointer, startCheckpointer } from '../../src/main/engine/store/checkpointer.ts';
import type { ReadableDb, WritableDb } from '../../src/main/engine/store/database.ts';
import { openReader, openWriter, type Schema } from '../../src/main/engine/store/open.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { value } from '../kit/journal-kit.ts';
import { until } from '../kit/waiting.ts';

const SCHEMA: Schema = {
  applicationId: 0x54574c4e,
  migrations: [{ version: 1, sql: 'CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT)' }],
};
/** Short times and logs, so that seconds show what otherwise takes hours. */
const TIMING = {
  ...{ everyMs: 20, againMs: 5, longPages: 200, tooLongPages: 2_000 },
  ...{ patienceMs: 150, patientEveryMs: 300 },
};
const PAGE_BYTES = 4_096;
const BODY = 'x'.repeat(3_000);

// Thousands of commits, each on the disk: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

let dir: string;
let path: string;
let db: WritableDb;
let checkpointer: Checkpointer | null;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-wal-'));
  path = join(dir, 'journal.db');
  db = value(openWriter(path, SCHEMA));
  db.leaveCheckpoints();
  checkpointer = null;
});
afterEach(async () => {
  await checkpointer?.stop();
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const walBytes = () => statSync(`${path}-wal`).size;
const count = (of: ReadableDb) =>
  must(of.query<[], { n: number }>('SELECT count(*) AS n FROM event').get(), 'count').n;

/** Commits until told to stop, giving way to everybody else between; returns each commit's ms. */
async function write(isOver: () => boolean): Promise<number[]> {
  const insert = db.write<[string]>('INSERT INTO event (body) VALUES (?)');
  const times: number[] = [];
  while (!isOver()) {
    const from = performance.now();
    db.transaction(() => insert.run(BODY));
    times.push(performance.now() - from);
    await turn();
  }
  return times;
}

/** Over after that many. */
function commits(limit: number): () => boolean {
  let done = 0;
  return () => {
    done += 1;
    return done > limit;
  };
}

/** How often the log was begun anew while it ran, and its longest length, in pages. */
interface LogSeen {
  restarts: number;
  longestPages: number;
}

const PATIENCE_MS = 90_000;

/** Writes until the log was begun anew that often: on a slow machine it takes longer, but comes. */
async function writeUntilRestarts(restarts: number): Promise<LogSeen & { times: number[] }> {
  const seen: LogSeen = { restarts: 0, longestPages: 0 };
  let pagesBefore = 0;
  const look = setInterval(() => {
    const pages = must(checkpointer, 'thread').walPages();
    if (pages < pagesBefore) seen.restarts += 1;
    pagesBefore = pages;
    seen.longestPages = Math.max(seen.longestPages, walBytes() / PAGE_BYTES);
  }, 5);
  const lastMs = performance.now() + PATIENCE_MS;
  const times = await write(() => seen.restarts >= restarts || performance.now() > lastMs);
  clearInterval(look);
  expect(seen.restarts, 'how often the log was begun anew').toBeGreaterThanOrEqual(restarts);
  return { ...seen, times };
}

test('without a checkpointer the log only grows: so the others below prove something', async () => {
  const times = await write(commits(1_500));
  expect(times).toHaveLength(1_500);
  expect(walBytes() / PAGE_BYTES).toBeGreaterThan(1_500);
});

test('beside a busy writer the log is begun anew again and again, nothing is lost', async () => {
  checkpointer = startCheckpointer(path, db.turn, TIMING);
  const { longestPages, times } = await writeUntilRestarts(5);
  console.info(
    `${times.length} commits: log at most ${longestPages.toFixed(0)} pages, ${slowest(times)}`,
  );
  const reader = value(openReader(path, SCHEMA));
  expect(count(reader)).toBe(times.length);
  reader.close();
});

test('a slow reader holds up the log but never the writer; then it is short again', async () => {
  checkpointer = startCheckpointer(path, db.turn, TIMING);
  const reader = value(openReader(path, SCHEMA));
  let over = false;
  const writing = write(() => over);
  await until('some commits', () => count(reader) > 200);
  const held = reader.query<[], { seq: number }>('SELECT seq FROM event').iterate();
  held.next();
  const before = count(reader);
  await until('a long log', () => walBytes() / PAGE_BYTES > 6_000, 90_000);
  // The reader looked at one moment all the while, though the writer went on.
  expect(count(reader)).toBe(before);
  held.return?.(undefined);
  expect(count(reader)).toBeGreaterThan(before + 1_000);
  await until('the log begun anew', () => must(checkpointer, 'thread').walPages() < 500, 20_000);
  over = true;
  const times = await writing;
  reader.close();
  console.info(`beside a slow reader: ${times.length} commits, ${slowest(times)}`);
  // It waits for readers no longer than its patience, and a busy machine adds to that; a writer
  // whom the reader held up would not have come to a long log at all.
  expect(p(times, 0.99)).toBeLessThan(1_000);
  // A busy disk takes its time to come to a long log.
}, 150_000);

/** Two readers by turns, in threads of their own: at every moment one of them reads. */
async function overlappingReaders(holdMs: number): Promise<{ stop(): Promise<void> }> {
  const script = new URL('../kit/slow-reader.ts', import.meta.url);
  const threads: Worker[] = [];
  for (let i = 0; i < 2; i += 1) {
    const thread = new Worker(script, { workerData: { path, holdMs } });
    await once(thread, 'message');
    await new Promise((resolve) => setTimeout(resolve, holdMs / 2));
    threads.push(thread);
  }
  return {
    async stop() {
      const ended = threads.map((thread) => once(thread, 'exit'));
      for (const thread of threads) thread.postMessage('stop');
      await Promise.all(ended);
    },
  };
}

test('readers that follow one another without a gap cannot keep the log growing', async () => {
  checkpointer = startCheckpointer(path, db.turn, TIMING);
  const readers = await overlappingReaders(40);
  const { longestPages, times } = await writeUntilRestarts(5);
  await readers.stop();
  console.info(
    `beside overlapping readers: log at most ${longestPages.toFixed(0)} pages, ${slowest(times)}`,
  );
  expect(p(times, 0.99)).toBeLessThan(1_000);
});

function p(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return must(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))], 'time');
}

function slowest(times: readonly number[]): string {
  return `commit p99 ${p(times, 0.99).toFixed(1)} ms, slowest ${p(times, 1).toFixed(1)} ms`;
}
