import type { EventData } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { JournalAppender } from '../journal/append.ts';
import { journalSchema } from '../journal/schema.ts';
import { type SegmentHeader, sealHeader, writeHeader } from '../journal/segment-header.ts';
import { EARLIER_CACHE_KB, type Segment } from '../journal/segments.ts';
import { carryProjections, copyRows, LARGE_TABLE } from '../projections/carry.ts';
import {
  createProjectionTables,
  PROJECTIONS_VERSION,
  type Projector,
} from '../projections/projector.ts';
import type { ReadableDb, WritableDb } from '../store/database.ts';
import { openWriter } from '../store/open.ts';
import { removeDatabase } from '../store/segment-files.ts';

/** Rows copied, and events looked through, at one go: about a millisecond of work. */
const ROWS = 256;
const EVENTS = 256;

/** Texts that open incidents still show; cursors and notes, which say how things are. */
const TEXTS = `WHERE text IN (SELECT note FROM incident WHERE state <> 'resolved')`;

const LARGE_PAGE = 'WHERE person > ? ORDER BY person LIMIT ?';
/** Whose row may have changed: every event that changes one names the person. */
const CHANGED = `WHERE person IN (
  SELECT body ->> '$.data.person' FROM journal WHERE seq > ? AND seq <= ?)`;

/** `PRAGMA synchronous`. */
const FULL = 2;

export type SealedBecause = EventData<'segment.sealed'>['why'];

export interface Written {
  readonly db: WritableDb;
  readonly journal: JournalAppender;
  readonly projector: Projector;
}

/**
 * The file that the journal goes on in, while it is prepared beside the one that is written: tables
 * and the large part of what is carried over come first, a little at a time; what is left for the
 * moment of the change is little.
 */
export class NextSegment {
  readonly db: WritableDb;
  readonly #from: Written;
  readonly #ordinal: number;
  #copiedTo: string | null = '';
  /** Rows of the large table are as of this seq, or newer. */
  #asOf: number;

  private constructor(db: WritableDb, from: Written, ordinal: number) {
    this.db = db;
    this.#from = from;
    this.#ordinal = ordinal;
    this.#asOf = from.journal.seq;
  }

  /** Begins the file anew, whatever an earlier attempt left. Throws what the store throws. */
  static begin(path: string, from: Written, ordinal: number): NextSegment {
    removeDatabase(path);
    const opened = openWriter(path, journalSchema);
    if (!opened.ok) throw new Error(opened.fault.text);
    const db = opened.value;
    try {
      db.leaveCheckpoints();
      // Nothing in it counts until the commit that makes it the one which is written.
      db.pragma('synchronous = OFF');
      const next = new NextSegment(db, from, ordinal);
      db.transaction(() => {
        writeHeader(db, next.#header('preparing'));
        createProjectionTables(db);
      });
      return next;
    } catch (error) {
      db.close();
      removeDatabase(path);
      throw error;
    }
  }

  #header(state: SegmentHeader['state']): SegmentHeader {
    const { epoch, seq, hash, lastAtMs } = this.#from.journal;
    const base = { baseSeq: seq, baseHash: hash, baseAtMs: lastAtMs };
    return { ordinal: this.#ordinal, state, epoch, ...base };
  }

  /** Copies a little more; false once there is nothing left but what comes meanwhile. */
  prepare(): boolean {
    const { db: from, journal } = this.#from;
    const { db } = this;
    if (this.#copiedTo !== null) {
      const after = this.#copiedTo;
      db.transaction(() => copyRows(from, db, LARGE_TABLE, LARGE_PAGE, [after, ROWS]));
      const page = `SELECT person FROM ${LARGE_TABLE} ${LARGE_PAGE}`;
      const rows = from.query<[string, number], { person: string }>(page).all(after, ROWS);
      this.#copiedTo = rows.length < ROWS ? null : (rows.at(-1)?.person ?? null);
      return true;
    }
    if (journal.seq - this.#asOf > EVENTS) {
      db.transaction(() => this.#catchUp(this.#asOf + EVENTS));
      return true;
    }
    if (db.pragma('synchronous') !== FULL) {
      db.pragma('synchronous = FULL');
      db.prepareAs(from);
      return true;
    }
    return false;
  }

  #catchUp(upTo: number): void {
    copyRows(this.#from.db, this.db, LARGE_TABLE, CHANGED, [this.#asOf, upTo]);
    this.#asOf = upTo;
  }

  /**
   * Seals the old file and goes on in this one. Two files cannot be committed as one: this one is
   * durable first, and counts only once the old one is sealed. Returns the old file, for reading.
   * Throws where either commit fails; nothing has changed then, and this one is of no more use.
   */
  goOn({ ordinal, baseSeq }: Segment, why: SealedBecause, clock: Clock): ReadableDb {
    const { db: from, journal, projector } = this.#from;
    const stamp = { atMs: clock.wallMs(), monoMs: clock.monoMs(), cause: null };
    try {
      from.transaction(() => {
        const data = { ordinal, firstSeq: baseSeq + 1, events: journal.seq + 1 - baseSeq, why };
        const actor = { type: 'console' } as const;
        projector.apply(journal.append({ kind: 'segment.sealed', data }, { ...stamp, actor }));
        projector.mark(journal.seq);
        sealHeader(from);
        this.db.transaction(() => this.#fill());
      });
    } catch (error) {
      journal.reload();
      throw error;
    }
    const left = from.become(this.db);
    // It is read now and then: the room that its pages take is worth more elsewhere.
    left.pragma(`cache_size = ${-EARLIER_CACHE_KB}`);
    left.pragma('shrink_memory');
    left.pragma('query_only = 1');
    return left;
  }

  /** What the old file leaves, with the header that makes this one count. */
  #fill(): void {
    const { db: from, journal } = this.#from;
    this.#catchUp(journal.seq);
    carryProjections(from, this.db, LARGE_TABLE);
    copyRows(from, this.db, 'typed_text', TEXTS);
    for (const table of ['reader_cursor', 'console_state']) copyRows(from, this.db, table);
    this.db
      .write<[number, number]>('UPDATE projection_state SET version = ?, seq = ? WHERE id = 1')
      .run(PROJECTIONS_VERSION, journal.seq);
    writeHeader(this.db, this.#header('open'));
  }

  /** Gives up: the journal stays where it is. */
  drop(): void {
    this.db.close();
    removeDatabase(this.db.path);
  }
}
