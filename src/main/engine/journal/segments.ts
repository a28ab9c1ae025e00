import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { must } from '../../../shared/lib/assert.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { ReadableDb } from '../store/database.ts';
import { openReader } from '../store/open.ts';
import { segmentFiles, segmentPath } from '../store/segment-files.ts';
import { readAfter, type StoredEvent } from './read.ts';
import { journalSchema } from './schema.ts';
import { readHeader, type SegmentHeader } from './segment-header.ts';

/** One file of the journal, open for reading. */
export interface Segment extends Omit<SegmentHeader, 'state'> {
  readonly db: ReadableDb;
}

const HOUR_MS = 3_600_000;

/** Earlier segments are read now and then: a page cache of 64 MB each would be too much. */
const EARLIER_CACHE_KB = 4_000;

function segmentOf(db: ReadableDb): Segment {
  const { state, ...header } = readHeader(db);
  return { ...header, db };
}

/** The newest seq in a segment; the one before it where it is empty. */
export function lastSeq({ db, baseSeq }: Pick<Segment, 'db' | 'baseSeq'>): number {
  const last = db.query<[], { seq: number | null }>('SELECT max(seq) AS seq FROM journal').get();
  return last?.seq ?? baseSeq;
}

/**
 * A journal's segments, oldest first, read through handles that stay open. The last one is the one
 * that is written; all before it are sealed and change no more.
 */
export class Segments {
  #all: Segment[];

  /** Over files that are open already, as where they are written. */
  constructor(files: readonly ReadableDb[]) {
    this.#all = files.map(segmentOf);
  }

  /**
   * Opens every segment of a folder for reading. Fails as `openReader` does, and with
   * `segment-absent` where one in the middle is not there.
   */
  static open(dir: string): Result<Segments> {
    const first = openReader(segmentPath(dir, 1), journalSchema);
    if (!first.ok) return first;
    const segments = new Segments([first.value]);
    const grown = segments.refresh();
    if (grown.ok) return ok(segments);
    segments.close();
    return grown;
  }

  get all(): readonly Segment[] {
    return this.#all;
  }

  /** The sealed ones. */
  get earlier(): readonly Segment[] {
    return this.#all.slice(0, -1);
  }

  get live(): Segment {
    return must(this.#all.at(-1), 'a segment');
  }

  /** The one that is written has become an earlier one; `live` goes on from it. */
  rolled(sealed: ReadableDb, live: ReadableDb): void {
    sealed.pragma(`cache_size = ${-EARLIER_CACHE_KB}`);
    sealed.pragma('shrink_memory');
    sealed.pragma('query_only = 1');
    this.#all = [...this.#all.slice(0, -1), segmentOf(sealed), segmentOf(live)];
  }

  /**
   * Takes up what a running console has begun since: a file counts once the one before it is
   * sealed and it is no longer being prepared.
   */
  refresh(): Result<null> {
    for (;;) {
      const { db, ordinal } = this.live;
      if (readHeader(db).state !== 'sealed') return ok(null);
      const path = segmentPath(dirname(db.path), ordinal + 1);
      if (!existsSync(path)) return this.#missing(path, ordinal);
      const opened = openReader(path, journalSchema);
      if (!opened.ok) return opened;
      const header = readHeader(opened.value);
      if (header.state === 'preparing' || header.ordinal !== ordinal + 1) {
        opened.value.close();
        return ok(null);
      }
      db.pragma(`cache_size = ${-EARLIER_CACHE_KB}`);
      this.#all.push(segmentOf(opened.value));
    }
  }

  /** A crash may leave none after a seal; a later file shows that one is lost. */
  #missing(path: string, ordinal: number): Result<null> {
    const files = segmentFiles(dirname(path));
    if (files.every((file) => file.ordinal <= ordinal)) return ok(null);
    return fail('segment-absent', 'this part of the journal is missing: restore the folder', path);
  }

  /**
   * Those that were written to at a moment (ms) or later, oldest first: what happened then, or
   * since, stands in no other. A board's clock may be ahead, but not by an hour.
   */
  since(ms: number): readonly Segment[] {
    const fromMs = ms - HOUR_MS;
    return this.#all.filter((_, i) => (this.#all[i + 1]?.baseAtMs ?? Infinity) >= fromMs);
  }

  /** The segment that holds an event of an epoch, or would: null for an epoch that is not here. */
  holding(epoch: number, seq: number): Segment | null {
    const has = (one: Segment) => one.epoch === epoch && one.baseSeq < seq;
    return this.#all.findLast(has) ?? null;
  }

  /** Events of an epoch after a seq, as `readAfter` gives them, across segments. */
  readAfter(epoch: number, seq: number, maxRows: number, maxBytes: number): StoredEvent[] {
    const taken: StoredEvent[] = [];
    let bytes = 0;
    for (;;) {
      const last = taken.at(-1)?.seq ?? seq;
      const segment = this.holding(epoch, last + 1);
      if (segment === null || taken.length >= maxRows) return taken;
      const rows = readAfter(segment.db, last, maxRows - taken.length, maxBytes - bytes);
      if (rows.length === 0) return taken;
      for (const row of rows) {
        bytes += Buffer.byteLength(row.body);
        if (taken.length > 0 && bytes > maxBytes) return taken;
        taken.push(row);
      }
    }
  }

  close(): void {
    for (const { db } of this.#all) db.close();
  }
}
