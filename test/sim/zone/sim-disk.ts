import Sqlite from 'better-sqlite3';
import type { WritableDb } from '../../../src/main/engine/store/database.ts';

const NO_LIMIT = 1_073_741_823;

/** The disk under the journal, with real faults of SQLite's own: full, or locked by another. */
export class SimDisk {
  #db: WritableDb | null = null;
  #full = false;
  #locker: Sqlite.Database | null = null;

  /** The engine opened its journal: it waits for nobody, since that would be real time. */
  opened(db: WritableDb): void {
    this.#db = db;
    db.waitForOthers(0);
    if (this.#full) this.fill();
  }

  /** The engine that had it open is gone. */
  gone(): void {
    this.#db = null;
    this.unlock();
  }

  /** Not a page more fits in. */
  fill(): void {
    this.#full = true;
    const pages = this.#db?.pragma('page_count') as number | undefined;
    if (pages !== undefined) this.#db?.pragma(`max_page_count = ${pages}`);
  }

  makeRoom(): void {
    this.#full = false;
    this.#db?.pragma(`max_page_count = ${NO_LIMIT}`);
  }

  /** Another program writes and does not end. */
  lock(): void {
    if (this.#locker !== null || this.#db === null) return;
    this.#locker = new Sqlite(this.#db.path, { timeout: 0 });
    this.#locker.exec('BEGIN IMMEDIATE');
  }

  unlock(): void {
    this.#locker?.close();
    this.#locker = null;
  }
}
