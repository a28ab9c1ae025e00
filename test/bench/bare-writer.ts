import type Sqlite from 'better-sqlite3';
import { type Checkpointer, startCheckpointer } from '../../src/main/engine/store/checkpointer.ts';
import { WriteTurn } from '../../src/main/engine/store/write-turn.ts';
import { rawDatabase } from '../kit/raw-database.ts';
import { at } from './pace.ts';
import type { Written, WrittenTransaction } from './write-log.ts';

const PATIENCE_MS = 5_000;

/** Writes rows by the bare driver, set up as durably as the engine's own connection. */
export class BareWriter {
  readonly #handle: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();
  readonly #turn = new WriteTurn();
  readonly #checkpointer: Checkpointer;

  constructor(path: string) {
    this.#handle = rawDatabase(path, { timeout: PATIENCE_MS });
    const settings = ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -64000'];
    const more = ['journal_size_limit = 67108864', 'wal_autocheckpoint = 0'];
    for (const setting of [...settings, ...more]) this.#handle.pragma(setting);
    this.#checkpointer = startCheckpointer(path, this.#turn);
  }

  /**
   * Writes the transactions at the pace they once had. Returns how long each took, in ms, begin to
   * durable commit.
   */
  async repeat(transactions: readonly WrittenTransaction[]): Promise<number[]> {
    const times: number[] = [];
    const began = performance.now();
    const first = transactions[0]?.atMs ?? 0;
    for (const { atMs, writes } of transactions) {
      await at(began + atMs - first);
      const beganMs = performance.now();
      this.#commit(writes);
      times.push(performance.now() - beganMs);
    }
    return times;
  }

  #commit(writes: readonly Written[]): void {
    const begin = this.#statement('BEGIN IMMEDIATE');
    const commit = this.#statement('COMMIT');
    this.#turn.begin(PATIENCE_MS);
    begin.run();
    for (const { sql, values } of writes) this.#statement(sql).run(...values);
    commit.run();
    this.#turn.end();
  }

  #statement(sql: string): Sqlite.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#handle.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  async close(): Promise<void> {
    await this.#checkpointer.stop();
    this.#handle.close();
  }
}
