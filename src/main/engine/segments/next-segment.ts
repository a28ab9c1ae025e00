import type { EventData } from '../../../shared/journal/events.ts';
import { assert } from '../../../shared/lib/assert.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { JournalAppender } from '../journal/append.ts';
import { GENESIS_HASH } from '../journal/chain.ts';
import { journalSchema } from '../journal/schema.ts';
import { type SegmentHeader, sealHeader, writeHeader } from '../journal/segment-header.ts';
import type { Segment } from '../journal/segments.ts';
import { carriedTables, carryOf, RowCopy } from '../projections/carry.ts';
import {
  createProjectionTables,
  PROJECTIONS_VERSION,
  type Projector,
} from '../projections/projector.ts';
import type { ReadableDb, WritableDb } from '../store/database.ts';
import { openWriter } from '../store/open.ts';
import { removeDatabase } from '../store/segment-files.ts';
import { LargeCopies, largeTables } from './large-tables.ts';

/** What is done at one go: about a millisecond of work. */
const EVENTS = 256;
const STATEMENTS = 16;
const TABLES = 4;

const OTHERS = carriedTables.filter((table) => !largeTables.has(table));

/** Texts that open incidents still show. */
const TEXTS = `WHERE text IN (SELECT note FROM incident WHERE state <> 'resolved')`;

/** `PRAGMA synchronous`. */
const FULL = 2;

export type SealedBecause = EventData<'segment.sealed'>['why'];

export interface Written {
  readonly db: WritableDb;
  readonly journal: JournalAppender;
  readonly projector: Projector;
}

function headerOf(
  { epoch, seq, hash, lastAtMs }: JournalAppender,
  ordinal: number,
  state: SegmentHeader['state'],
): SegmentHeader {
  return { ordinal, state, epoch, baseSeq: seq, baseHash: hash, baseAtMs: lastAtMs };
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
  readonly #large: LargeCopies;
  readonly #kept: readonly RowCopy[];
  readonly #carry: RowCopy[] = [];
  /** Rows of the large tables are as of this seq, or newer. */
  #asOf: number;

  private constructor(db: WritableDb, from: Written, ordinal: number) {
    this.db = db;
    this.#from = from;
    this.#ordinal = ordinal;
    this.#asOf = from.journal.seq;
    this.#large = new LargeCopies(from.db, db);
    this.#kept = [
      new RowCopy(from.db, db, 'typed_text', TEXTS),
      ...['reader_cursor', 'console_state'].map((name) => new RowCopy(from.db, db, name)),
    ];
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
      db.transaction(() => {
        writeHeader(db, headerOf(from.journal, ordinal, 'preparing'));
        createProjectionTables(db);
      });
      return new NextSegment(db, from, ordinal);
    } catch (error) {
      db.close();
      removeDatabase(path);
      throw error;
    }
  }

  /** Prepares a little more; false once there is nothing left but what comes meanwhile. */
  prepare(): boolean {
    const { db: from, journal } = this.#from;
    const { db } = this;
    if (db.transaction(() => this.#large.copyPage())) return true;
    const ready = this.#carry.length;
    if (ready < OTHERS.length) {
      const tables = OTHERS.slice(ready, ready + TABLES);
      this.#carry.push(...tables.map((table) => carryOf(from, db, table)));
      return true;
    }
    if (db.prepareAs(from, STATEMENTS)) return true;
    if (journal.seq - this.#asOf <= EVENTS) return false;
    db.transaction(() => this.#catchUp(this.#asOf + EVENTS));
    return true;
  }

  #catchUp(upTo: number): void {
    this.#large.catchUp(this.#asOf, upTo);
    this.#asOf = upTo;
  }

  /**
   * Seals the old file and goes on in this one. Two files cannot be committed as one: this one is
   * durable first, and counts only once the old one is sealed. Returns the old file, for reading.
   * Throws where either commit fails; nothing has changed then, and this one is of no more use.
   */
  goOn({ ordinal, baseSeq }: Segment, why: SealedBecause, clock: Clock): ReadableDb {
    const { db: from, journal, projector } = this.#from;
    this.#makeDurable();
    const stamp = { atMs: clock.wallMs(), monoMs: clock.monoMs(), cause: null };
    try {
      from.transaction(() => {
        const data = { ordinal, firstSeq: baseSeq + 1, events: journal.seq + 1 - baseSeq, why };
        const actor = { type: 'console' } as const;
        projector.apply(journal.append({ kind: 'segment.sealed', data }, { ...stamp, actor }));
        projector.mark(journal.seq);
        sealHeader(from);
        this.db.transaction(() => this.#fill(headerOf(journal, this.#ordinal, 'open')));
      });
    } catch (error) {
      journal.reload();
      throw error;
    }
    return from.become(this.db);
  }

  /**
   * Goes on in this file with a later epoch, which begins with what `first` writes into it. The
   * old file is sealed as it stands. Returns it, and throws, as `goOn` does.
   */
  goOnInNewEpoch(epoch: number, first: (into: WritableDb) => void): ReadableDb {
    const { db: from, journal } = this.#from;
    this.#makeDurable();
    from.transaction(() => {
      sealHeader(from);
      this.db.transaction(() => {
        const base = { baseSeq: 0, baseHash: GENESIS_HASH, epoch };
        this.#fill({ ...headerOf(journal, this.#ordinal, 'open'), ...base });
        first(this.db);
      });
    });
    return from.become(this.db);
  }

  /** What was copied so far need not have lasted; the commit that follows must, with all of it. */
  #makeDurable(): void {
    this.db.pragma('synchronous = FULL');
    assert(this.db.pragma('synchronous') === FULL, 'the next segment is written durably');
  }

  /** What the old file leaves, with the header that makes this one count. */
  #fill(header: SegmentHeader): void {
    this.#catchUp(this.#from.journal.seq);
    for (const copy of [...this.#carry, ...this.#kept]) copy.run();
    this.db
      .write<[number, number]>('UPDATE projection_state SET version = ?, seq = ? WHERE id = 1')
      .run(PROJECTIONS_VERSION, header.baseSeq);
    writeHeader(this.db, header);
  }

  /** Gives up: the journal stays where it is. */
  drop(): void {
    this.db.close();
    removeDatabase(this.db.path);
  }
}
