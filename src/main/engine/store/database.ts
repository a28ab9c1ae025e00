import type Sqlite from 'better-sqlite3';
import { steadySql } from './steady-sql.ts';
import { WriteTurn } from './write-turn.ts';

/** A value that SQLite can hold. Integers stay below 2^53: seqs, ms and counts do. */
export type Sql = string | number | null | Buffer;

/** A prepared reading statement, typed by its parameters and its row. */
export interface Query<P extends readonly Sql[], R> {
  get(...parameters: P): R | undefined;
  all(...parameters: P): R[];
  iterate(...parameters: P): IterableIterator<R>;
}

/** A prepared writing statement; returns how many rows changed. */
export interface Write<P extends readonly Sql[]> {
  run(...parameters: P): number;
}

/** A statement's place: what is prepared there changes with the file that the connection is on. */
interface Slot {
  statement: Sqlite.Statement;
}

/** A connection that can only read. Statements are prepared once and kept by their text. */
export class ReadableDb {
  protected handle: Sqlite.Database;
  protected readonly slots = new Map<string, Slot>();
  #begin: Slot;
  #commit: Slot;
  #rollback: Slot;

  constructor(handle: Sqlite.Database) {
    this.handle = handle;
    this.#begin = this.slot('BEGIN');
    this.#commit = this.slot('COMMIT');
    this.#rollback = this.slot('ROLLBACK');
  }

  get path(): string {
    return this.handle.name;
  }

  query<P extends readonly Sql[], R>(sql: string): Query<P, R> {
    const slot = this.slot(sql);
    return {
      get: (...parameters) => slot.statement.get(...parameters) as R | undefined,
      all: (...parameters) => slot.statement.all(...parameters) as R[],
      iterate: (...parameters) => slot.statement.iterate(...parameters) as IterableIterator<R>,
    };
  }

  /** Reads inside one snapshot; keep it under 250 ms, since a reader holds up the checkpoint. */
  snapshot<T>(read: () => T): T {
    this.#begin.statement.run();
    return this.begun(read);
  }

  /**
   * Runs the body of a transaction that has begun and ends it. Where SQLite has ended it already,
   * as after an I/O error, the body's own error is the one that is thrown.
   */
  protected begun<T>(body: () => T): T {
    try {
      const result = body();
      if (result instanceof Promise) throw new Error('a transaction may not be asynchronous');
      this.#commit.statement.run();
      return result;
    } catch (error) {
      if (this.handle.inTransaction) this.#rollback.statement.run();
      throw error;
    }
  }

  pragma(text: string): unknown {
    return this.handle.pragma(text, { simple: true });
  }

  close(): void {
    if (this.handle.open) this.handle.close();
  }

  protected slot(sql: string): Slot {
    let slot = this.slots.get(sql);
    if (slot === undefined) {
      slot = { statement: this.handle.prepare(steadySql(sql)) };
      this.slots.set(sql, slot);
    }
    return slot;
  }
}

/** The one writing connection of a database: only the step and the outbox hold it. */
export class WritableDb extends ReadableDb {
  #turn = new WriteTurn();
  #beginWriting: Slot;
  #patienceMs: number;

  constructor(handle: Sqlite.Database) {
    super(handle);
    this.#patienceMs = this.pragma('busy_timeout') as number;
    this.#beginWriting = this.slot('BEGIN IMMEDIATE');
  }

  /** Shared with the thread that begins the file's log anew. */
  get turn(): WriteTurn {
    return this.#turn;
  }

  write<P extends readonly Sql[]>(sql: string): Write<P> {
    const slot = this.slot(sql);
    return { run: (...parameters) => slot.statement.run(...parameters).changes };
  }

  /** Leaves checkpoints to the checkpointer's thread; a commit then never carries one. */
  leaveCheckpoints(): void {
    this.handle.pragma('wal_autocheckpoint = 0');
  }

  /** How long the next transaction waits, with the whole process, for another who writes. */
  waitForOthers(ms: number): void {
    this.#patienceMs = ms;
    this.handle.pragma(`busy_timeout = ${ms}`);
  }

  exec(sql: string): void {
    this.handle.exec(sql);
  }

  /** One immediate transaction. A body that returns a promise is a mistake and throws. */
  transaction<T>(body: () => T): T {
    this.turn.begin(this.#patienceMs);
    try {
      this.#beginWriting.statement.run();
      return this.begun(body);
    } finally {
      this.turn.end();
    }
  }

  /**
   * Prepares what the other has prepared, so that going on over there takes no time: at most so
   * many statements at one go. False once there is nothing left to prepare.
   */
  prepareAs(other: WritableDb, most = Infinity): boolean {
    const missing = [...other.slots.keys()].filter((sql) => !this.slots.has(sql));
    for (const sql of missing.slice(0, most)) this.slot(sql);
    return missing.length > most;
  }

  /**
   * Goes on with another file: every statement that anybody holds runs there from now on. The
   * other connection is used up by it. Returns the file that was left, for reading.
   */
  become(next: WritableDb): ReadableDb {
    next.prepareAs(this);
    const left = new ReadableDb(this.handle);
    this.handle = next.handle;
    for (const [sql, slot] of this.slots) slot.statement = next.slot(sql).statement;
    this.#turn = next.#turn;
    this.waitForOthers(this.#patienceMs);
    return left;
  }
}
