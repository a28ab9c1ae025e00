import type { Sql, WritableDb, Write } from '../../src/main/engine/store/database.ts';

/** One statement that changed something, with the values it had. */
export interface Written {
  readonly sql: string;
  readonly values: readonly Sql[];
}

/** One committed transaction: when it began, how long it took, and what it wrote. */
export interface WrittenTransaction {
  readonly atMs: number;
  readonly tookMs: number;
  readonly writes: readonly Written[];
}

/** What tells that a transaction admits somebody: it writes the crossing's row. */
const ADMITS = 'INSERT INTO crossing';

/** How many people a transaction admits. */
export function admittedBy({ writes }: WrittenTransaction): number {
  return writes.filter(({ sql }) => sql.startsWith(ADMITS)).length;
}

/**
 * Notes every write of a connection, transaction by transaction, so that the very same rows can be
 * written again with nothing else around them. Statements that changed nothing are left out.
 */
export class WriteLog {
  #writes: Written[] = [];
  #transactions: WrittenTransaction[] = [];

  constructor(db: WritableDb) {
    const write = db.write.bind(db);
    const transaction = db.transaction.bind(db);
    db.write = <P extends readonly Sql[]>(sql: string): Write<P> => {
      const statement = write<P>(sql);
      return {
        run: (...values) => {
          const changed = statement.run(...values);
          if (changed > 0) this.#writes.push({ sql, values });
          return changed;
        },
      };
    };
    db.transaction = <T>(body: () => T): T => {
      const atMs = performance.now();
      this.#writes = [];
      const result = transaction(body);
      const tookMs = performance.now() - atMs;
      if (this.#writes.length > 0) this.#transactions.push({ atMs, tookMs, writes: this.#writes });
      return result;
    };
  }

  /** Hands over what was committed since the last call. */
  take(): readonly WrittenTransaction[] {
    const taken = this.#transactions;
    this.#transactions = [];
    return taken;
  }
}
