import { existsSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { JournalAppender } from '../journal/append.ts';
import { readHead } from '../journal/read.ts';
import { journalSchema } from '../journal/schema.ts';
import { readHeader } from '../journal/segment-header.ts';
import { Segments } from '../journal/segments.ts';
import { Projector } from '../projections/projector.ts';
import { projectionSeq, rebuildProjections } from '../projections/rebuild.ts';
import type { ReadableDb, WritableDb } from '../store/database.ts';
import { openReader, openWriter, storeDamaged } from '../store/open.ts';
import { removeDatabase, segmentPath } from '../store/segment-files.ts';

export interface OpenJournal {
  readonly dataDir: string;
  /** The segment that is written. */
  readonly db: WritableDb;
  readonly segments: Segments;
  readonly journal: JournalAppender;
  readonly projector: Projector;
}

type Log = (line: string) => void;

/**
 * Opens a folder's journal: its sealed segments for reading, the last one for writing. Projections
 * that do not fit are built anew from the journal: where there are none, where they are another
 * version's, or where they do not end where the segment ends.
 */
export function openJournal(
  dataDir: string,
  console: string,
  boot: string,
  log: Log,
): Result<OpenJournal> {
  const found = openEarlier(dataDir, log);
  if (!found.ok) return found;
  const earlier = found.value;
  const path = segmentPath(dataDir, earlier.length + 1);
  const opened = openWriter(path, journalSchema);
  if (!opened.ok) {
    for (const db of earlier) db.close();
    return opened;
  }
  const db = opened.value;
  if (readHeader(db).state === 'sealed') {
    for (const one of [...earlier, db]) one.close();
    const text = 'the journal went on in this file, which is missing: restore the folder';
    return fail('segment-absent', text, segmentPath(dataDir, earlier.length + 2));
  }
  try {
    fitProjections(db, earlier.at(-1) ?? null, log);
    db.leaveCheckpoints();
    const segments = new Segments([...earlier, db]);
    const journal = new JournalAppender(db, console, boot);
    return ok({ dataDir, db, segments, journal, projector: new Projector(db) });
  } catch (error) {
    for (const one of [...earlier, db]) one.close();
    return storeDamaged(error, path);
  }
}

/**
 * Every segment that is sealed, oldest first. A file after one that is not sealed was being
 * prepared when the console ended: it holds nothing, and goes.
 */
function openEarlier(dataDir: string, log: Log): Result<ReadableDb[]> {
  const earlier: ReadableDb[] = [];
  const end = (fault: Result<never>) => {
    for (const db of earlier) db.close();
    return fault;
  };
  for (let ordinal = 1; ; ordinal += 1) {
    const [path, nextPath] = [segmentPath(dataDir, ordinal), segmentPath(dataDir, ordinal + 1)];
    if (!existsSync(nextPath)) return ok(earlier);
    const opened = openFitting(path, earlier.at(-1) ?? null, log);
    if (!opened.ok) return end(opened);
    if (opened.value !== null) {
      earlier.push(opened.value);
      continue;
    }
    const gone = dropUnbegun(nextPath);
    return gone.ok ? ok(earlier) : end(gone);
  }
}

/** A sealed segment with projections that fit it; null for one that is not sealed. */
function openFitting(path: string, before: ReadableDb | null, log: Log): Result<ReadableDb | null> {
  const opened = openReader(path, journalSchema);
  if (!opened.ok) return opened;
  const db = opened.value;
  if (readHeader(db).state !== 'sealed') {
    db.close();
    return ok(null);
  }
  if (projectionSeq(db) === readHead(db).seq) return opened;
  db.close();
  const writer = openWriter(path, journalSchema);
  if (!writer.ok) return writer;
  fitProjections(writer.value, before, log);
  writer.value.close();
  return openReader(path, journalSchema);
}

function fitProjections(db: WritableDb, before: ReadableDb | null, log: Log): void {
  const { seq } = readHead(db);
  if (projectionSeq(db) === seq) return;
  if (seq > 0) log(`rebuilding the projections of ${db.path} up to event ${seq}`);
  rebuildProjections(db, db, seq, before);
}

/** A file whose preparing was not finished. One that holds events is not ours to remove. */
function dropUnbegun(path: string): Result<null> {
  const opened = openReader(path, journalSchema);
  if (!opened.ok && opened.fault.code !== 'store-damaged') return opened;
  if (opened.ok) {
    const db = opened.value;
    const there = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'journal'";
    const made = db.query<[], { n: number }>(there).get()?.n === 1;
    const holdsEvents = made && db.query<[], object>('SELECT 1 FROM journal LIMIT 1').get();
    db.close();
    if (holdsEvents) {
      const text = 'this file goes on from another journal than the one here: restore the folder';
      return fail('segment-strange', text, path);
    }
  }
  removeDatabase(path);
  return ok(null);
}
