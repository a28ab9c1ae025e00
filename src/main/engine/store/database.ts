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

/** A connection that can only read. Statements are prepared once and kept by their text. */
export class ReadableDb {
  protected readonly handle: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();
  readonly #begin: Sqlite.Statement;
  readonly #commit: Sqlite.Statement;
  readonly #rollback: Sqlite.Statement;

  constructor(handle: Sqlite.Database) {
    this.handle = handle;
    this.#begin = handle.prepare('BEGIN');
    this.#commit = handle.prepare('COMMIT');
    this.#rollback = handle.prepare('ROLLBACK');
  }

  get path(): string {
    return this.handle.name;
  }

  query<P extends readonly Sql[], R>(sql: string): Query<P, R> {
    const statement = this.prepared(sql);
    return {
      get: (...parameters) => statement.get(...parameters) as R | undefined,
      all: (...parameters) => statement.all(...parameters) as R[],
      iterate: (...parameters) => statement.iterate(...parameters) as IterableIterator<R>,
    };
  }

  /** Reads inside one snapshot; keep it under 250 ms, since a reader holds up the checkpoint. */
  snapshot<T>(read: () => T): T {
    this.#begin.run();
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
      this.#commit.run();
      return result;
    } catch (error) {
      if (this.handle.inTransaction) this.#rollback.run();
      throw error;
    }
  }

  pragma(text: string): unknown {
    return this.handle.pragma(text, { simple: true });
  }

  close(): void {
    if (this.handle.open) this.handle.close();
  }

  protected prepared(sql: string): Sqlite.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.handle.prepare(steadySql(sql));
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The one writing connection of a database file: only the step and the outbox hold it. */
export class WritableDb extends ReadableDb {
  /** Shared with the thread that begins the file's log anew. */
  readonly turn = new WriteTurn();
  readonly #beginWriting: Sqlite.Statement;
  #patienceMs: number;

  constructor(handle: Sqlite.Database) {
    super(handle);
    this.#patienceMs = this.pragma('busy_timeout') as number;
    this.#beginWriting = handle.prepare('BEGIN IMMEDIATE');
  }

  write<P extends readonly Sql[]>(sql: string): Write<P> {
    const statement = this.prepared(sql);
    return { run: (...parameters) => statement.run(...parameters).changes };
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
      this.#beginWriting.run();
      return this.begun(body);
    } finally {
      this.turn.end();
    }
  }
}
