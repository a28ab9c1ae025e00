import type { WritableDb } from '../store/database.ts';

const WRONG_IN_A_ROW = 5;
const LOCKED_MS = 5 * 60_000;
/** Names that nobody has are counted too, but only so many and never written down. */
const MAX_COUNTED = 1_000;

interface Count {
  wrong: number;
  /** Monotonic ms at which the lock ends; null while not locked. */
  untilMs: number | null;
}

interface Row {
  readonly key: string;
  readonly wrong: number;
  readonly left_ms: number;
}

/**
 * Five wrong secrets in a row lock a user, and a workstation, for five minutes of real time. A
 * restart of the engine keeps the count and begins the five minutes anew.
 */
export class Lockout {
  readonly #db: WritableDb;
  readonly #nowMs: () => number;
  readonly #counts = new Map<string, Count>();

  constructor(db: WritableDb, nowMs: () => number) {
    this.#db = db;
    this.#nowMs = nowMs;
    for (const row of db.query<[], Row>('SELECT key, wrong, left_ms FROM lockouts').all()) {
      const untilMs = row.left_ms > 0 ? nowMs() + row.left_ms : null;
      this.#counts.set(row.key, { wrong: row.wrong, untilMs });
    }
  }

  /** How long the key stays locked, in ms; 0 when it is not. */
  leftMs(key: string): number {
    const count = this.#counts.get(key);
    if (count === undefined || count.untilMs === null) return 0;
    const leftMs = count.untilMs - this.#nowMs();
    if (leftMs > 0) return leftMs;
    this.clear(key);
    return 0;
  }

  /** Counts a wrong secret. `keep`: over a restart too. */
  wrong(key: string, keep: boolean): void {
    const count = this.#counts.get(key) ?? { wrong: 0, untilMs: null };
    count.wrong += 1;
    if (count.wrong >= WRONG_IN_A_ROW) count.untilMs = this.#nowMs() + LOCKED_MS;
    // The newest stand last, so that the first is the one to forget.
    this.#counts.delete(key);
    this.#counts.set(key, count);
    if (keep) this.#write(key, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MAX_COUNTED && oldest !== undefined) this.clear(oldest);
  }

  /** A right secret: the row of wrong ones is over. */
  clear(key: string): void {
    if (this.#counts.delete(key)) this.#db.write<[string]>(FORGET).run(key);
  }

  #write(key: string, count: Count): void {
    const leftMs = count.untilMs === null ? 0 : LOCKED_MS;
    this.#db.write<[string, number, number]>(KEEP).run(key, count.wrong, leftMs);
  }
}

const FORGET = 'DELETE FROM lockouts WHERE key = ?';
const KEEP = 'INSERT OR REPLACE INTO lockouts (key, wrong, left_ms) VALUES (?, ?, ?)';
