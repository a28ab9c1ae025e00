import type { Session } from '../../../shared/contract/commands.ts';
import type { WritableDb } from '../store/database.ts';

const LIVES_MS = 12 * 3_600_000;
/** How often the rest of a session's life is written down while it is used. */
const WRITTEN_EVERY_MS = 5 * 60_000;
const MAX_SESSIONS = 1_000;

interface Live {
  readonly session: Session;
  readonly endsMs: number;
  writtenMs: number;
}

interface Row {
  readonly workstation: string;
  readonly user: string;
  readonly name: string;
  readonly role: string;
  readonly left_ms: number;
}

/**
 * Who is signed in where: one person per workstation, for twelve hours of real time at most. Kept
 * in the database, so that a restart of the engine signs nobody out.
 */
export class Sessions {
  readonly #db: WritableDb;
  readonly #nowMs: () => number;
  readonly #live = new Map<string, Live>();

  /** `isKnown`: people who may no longer sign in are not signed in either. */
  constructor(db: WritableDb, nowMs: () => number, isKnown: (session: Session) => boolean) {
    this.#db = db;
    this.#nowMs = nowMs;
    const now = nowMs();
    for (const row of db.query<[], Row>(ALL).all()) {
      const { left_ms: leftMs, ...rest } = row;
      const session = rest as Session;
      if (leftMs > 0 && leftMs <= LIVES_MS && isKnown(session)) {
        this.#live.set(row.workstation, { session, endsMs: now + leftMs, writtenMs: now });
      } else {
        db.write<[string]>(END).run(row.workstation);
      }
    }
  }

  begin(session: Session): void {
    const now = this.#nowMs();
    const live = { session, endsMs: now + LIVES_MS, writtenMs: now };
    this.#live.delete(session.workstation);
    this.#live.set(session.workstation, live);
    this.#write(live);
    const [oldest] = this.#live.keys();
    if (this.#live.size > MAX_SESSIONS && oldest !== undefined) this.end(oldest);
  }

  /** Returns who was signed in; null when nobody was. */
  end(workstation: string): Session | null {
    const live = this.#live.get(workstation);
    if (live === undefined) return null;
    this.#live.delete(workstation);
    this.#db.write<[string]>(END).run(workstation);
    return live.endsMs > this.#nowMs() ? live.session : null;
  }

  at(workstation: string): Session | null {
    const live = this.#live.get(workstation);
    if (live === undefined) return null;
    const now = this.#nowMs();
    if (now >= live.endsMs) {
      this.end(workstation);
      return null;
    }
    if (now - live.writtenMs >= WRITTEN_EVERY_MS) {
      live.writtenMs = now;
      this.#write(live);
    }
    return live.session;
  }

  #write({ session, endsMs }: Live): void {
    const { workstation, user, name, role } = session;
    const leftMs = Math.max(0, Math.round(endsMs - this.#nowMs()));
    this.#db
      .write<[string, string, string, string, number]>(BEGIN)
      .run(workstation, user, name, role, leftMs);
  }
}

const ALL = 'SELECT workstation, user, name, role, left_ms FROM sessions';
const END = 'DELETE FROM sessions WHERE workstation = ?';
const BEGIN =
  'INSERT OR REPLACE INTO sessions (workstation, user, name, role, left_ms) VALUES (?, ?, ?, ?, ?)';
