import type Sqlite from 'better-sqlite3';
import { steadySql } from './steady-sql.ts';

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

  constructor(handle: Sqlite.Database) {
    this.handle = handle;
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
    return this.handle.transaction(read).deferred();
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
  readonly #transaction: Sqlite.Transaction<(body: () => unknown) => unknown>;

  constructor(handle: Sqlite.Database) {
    super(handle);
    this.#transaction = handle.transaction((body) => {
      const result = body();
      if (result instanceof Promise) throw new Error('a transaction may not be asynchronous');
      return result;
    });
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
    this.handle.pragma(`busy_timeout = ${ms}`);
  }

  exec(sql: string): void {
    this.handle.exec(sql);
  }

  /** One immediate transaction. A body that returns a promise is a mistake and throws. */
  transaction<T>(body: () => T): T {
    return this.#transaction.immediate(body) as T;
  }
}
