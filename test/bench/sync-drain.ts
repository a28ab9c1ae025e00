import { join } from 'node:path';
import { Client } from 'pg';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { openReader, openWriter } from '../../src/main/engine/store/open.ts';
import { journalSource } from '../../src/main/engine/sync/journal-source.ts';
import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { TRAINING_LIMITS } from '../../src/main/engine/sync/sync-limits.ts';
import { realTimers } from '../../src/main/engine/sync/timers.ts';
import { startUploader } from '../../src/main/engine/sync/uploader.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { QUICK_LIMITS, TestCentre } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';
import { realClock } from '../kit/real-clock.ts';
import { copyIn } from './copy-in.ts';

const ROUNDS = 5;
const CHUNK_BYTES = 64 * 1024;

/** Rows per second: `value` of a whole drain, `bare` of a raw COPY; `ratio` is value by bare. */
export interface DrainFigure {
  readonly value: number;
  readonly bare: number;
  readonly ratio: number;
}

/**
 * Drains a journal on disk to a real PostgreSQL through the uploader and the least-privilege
 * function, which computes every hash anew, and copies the very same rows by raw COPY into a table
 * without a key, in turn. Both wait for the disk. The figures are the medians of five rounds.
 */
export async function measureDrain(rows = 100_000): Promise<DrainFigure> {
  const centre = await TestCentre.start(true);
  try {
    const journal = new MemoryJournal();
    journal.grow(rows);
    const path = join(centre.folder, 'journal.db');
    writeJournal(path, journal);
    const chunks = copyChunks(journal);
    await makeRawTable(centre);
    const drains: number[] = [];
    const copies: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      copies.push(rows / (await timeCopy(centre, chunks)));
      drains.push(rows / (await timeDrain(centre, path, rows)));
    }
    const value = median(drains);
    const bare = median(copies);
    return { value: Math.round(value), bare: Math.round(bare), ratio: value / bare };
  } finally {
    await centre.dispose();
  }
}

/** Where raw rows are copied to: no key, nothing checked. */
export async function makeRawTable(centre: TestCentre): Promise<void> {
  await centre.sql(
    'CREATE TABLE public.raw (console_id text, epoch integer, seq bigint, day date, ' +
      'received_at timestamptz, body text, hash bytea)',
  );
}

function writeJournal(path: string, journal: MemoryJournal): void {
  const opened = openWriter(path, journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  const insert = opened.value.write<[number, string, Buffer]>('INSERT INTO journal VALUES (?,?,?)');
  opened.value.transaction(() => {
    for (const row of journal.rows) insert.run(row.seq, row.body, Buffer.from(row.hash));
  });
  opened.value.close();
}

/** The rows in COPY's text form, made beforehand: the bare limit pays for no encoding. */
export function copyChunks(journal: MemoryJournal): Buffer[] {
  const lines: string[] = [];
  const chunks: Buffer[] = [];
  let bytes = 0;
  for (const { seq, body, hash: sum } of journal.rows) {
    const text = body.replaceAll('\\', '\\\\');
    const hex = Buffer.from(sum).toString('hex');
    const line = `C7\t1\t${seq}\t2026-11-23\t2026-11-23 00:00:00+00\t${text}\t\\\\x${hex}\n`;
    lines.push(line);
    bytes += line.length;
    if (bytes < CHUNK_BYTES) continue;
    chunks.push(Buffer.from(lines.splice(0).join('')));
    bytes = 0;
  }
  chunks.push(Buffer.from(lines.join('')));
  return chunks;
}

async function timeCopy(centre: TestCentre, chunks: readonly Buffer[]): Promise<number> {
  await centre.sql('TRUNCATE public.raw');
  await centre.sql('CHECKPOINT');
  const client = new Client({ ...centre.running.admin, database: 'central', ssl: false });
  await client.connect();
  const startedMs = performance.now();
  await copyIn(client, 'public.raw', chunks);
  const seconds = (performance.now() - startedMs) / 1000;
  await client.end();
  return seconds;
}

async function timeDrain(centre: TestCentre, path: string, rows: number): Promise<number> {
  await centre.empty();
  await centre.sql('CHECKPOINT');
  const reader = openReader(path, journalSchema);
  if (!reader.ok) throw new Error(reader.fault.text);
  const startedMs = performance.now();
  let acked = () => {};
  const drained = new Promise<void>((resolve) => {
    acked = resolve;
  });
  const uploader = startUploader({
    journal: journalSource(new Segments([reader.value])),
    centre: new PgCentre(centre.target(), QUICK_LIMITS, 'boot-1'),
    clock: realClock(),
    timers: realTimers,
    rng: seededRng('drain'),
    limits: TRAINING_LIMITS,
    ackedSeq: 0,
    onState: () => {},
    onAcked: (seq) => {
      if (seq === rows) acked();
    },
  });
  await drained;
  const seconds = (performance.now() - startedMs) / 1000;
  await uploader.stop();
  reader.value.close();
  return seconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
