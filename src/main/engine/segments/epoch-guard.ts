import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { hashAt, readHead } from '../journal/read.ts';
import type { Segments } from '../journal/segments.ts';
import type { WritableDb } from '../store/database.ts';
import { outsidePath } from '../store/outside-path.ts';

/** How far a journal had come, as noted outside of its folder. */
const Guard = z.object({
  /** Which journal it is: the same id stands in the journal itself. */
  journal: z.string().min(1),
  epoch: z.number().int().min(1),
  seq: z.number().int().min(0),
  hash: z.string().length(64),
});
export type Guard = z.infer<typeof Guard>;

/** The guard's file: beside the data folder, or in a folder of its own. */
export function guardPath(dataDir: string, folder?: string): string {
  return outsidePath(dataDir, 'guard.json', folder);
}

/** Null where there is none. Fails with `guard-unreadable`. */
export function readGuard(path: string): Result<Guard | null> {
  if (!existsSync(path)) return ok(null);
  try {
    return ok(Guard.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (error) {
    const why = (error as Error).message.slice(0, 200);
    const text = `this says how far the journal had come, and cannot be read (${why}): ${WAY_OUT}`;
    return fail('guard-unreadable', text, path);
  }
}

const JOURNAL_ID = 'journal-id';
const FIND_ID = `SELECT value FROM console_state WHERE key = '${JOURNAL_ID}'`;

function journalId(db: Segments['live']['db']): string | null {
  return db.query<[], { value: string }>(FIND_ID).get()?.value ?? null;
}

const WAY_OUT =
  'put the newest copy back, or, where there is none, go on with `twoline epoch open`';

/**
 * Whether this journal is the one that the guard was kept of, and has all that it had then.
 * Fails with `journal-restored` (it ends before the guard), `journal-forked` (it went another way)
 * or `journal-unguarded` (it was guarded, and its guard is not here: a copy).
 */
export function checkGuard(segments: Segments, guard: Guard | null, path: string): Result<null> {
  const { db } = segments.live;
  const head = readHead(db);
  const id = journalId(db);
  if (guard === null) {
    if (id === null) return ok(null);
    const text = `this says how far the journal had come, and is not there, so the data folder may \
be a copy or an older one: put it back, or go on with \`twoline epoch open\``;
    return fail('journal-unguarded', text, path);
  }
  const isNew = id === null && head.seq === 0;
  if (!isNew && id !== guard.journal) {
    return fail('journal-forked', `this was kept of another journal: ${WAY_OUT}`, path);
  }
  const isBehind = guard.epoch > head.epoch || (guard.epoch === head.epoch && guard.seq > head.seq);
  if (isBehind) {
    const text = `the journal ends at event ${head.epoch}/${head.seq} and had come to \
${guard.epoch}/${guard.seq}: it was restored from an older copy. Events would be written twice: \
${WAY_OUT}`;
    return fail('journal-restored', text, path);
  }
  const then = segments.holding(guard.epoch, Math.max(guard.seq, 1));
  const hash = then === null ? null : hashAt(then.db, guard.seq);
  if (hash?.toString('hex') === guard.hash) return ok(null);
  const text = `the journal has another event ${guard.epoch}/${guard.seq} than it had: another \
console wrote it. ${WAY_OUT}`;
  return fail('journal-forked', text, path);
}

/** Writes the guard at once, as when an epoch is opened. Throws what the disk does. */
export function writeGuard(path: string, db: WritableDb): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, textOf(db), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

function textOf(db: WritableDb): string {
  let id = journalId(db);
  if (id === null) {
    id = randomUUID();
    db.write<[string]>(`INSERT INTO console_state (key, value) VALUES ('${JOURNAL_ID}', ?)`).run(
      id,
    );
  }
  const { epoch, seq, hash } = readHead(db);
  return `${JSON.stringify({ journal: id, epoch, seq, hash: hash.toString('hex') })}\n`;
}

/** Keeps the guard of a journal while it is written. */
export class EpochGuard {
  readonly #path: string;
  readonly #db: WritableDb;
  readonly #log: (line: string) => void;
  #kept = -1;
  #writing: Promise<void> | null = null;
  #told = false;

  constructor(path: string, db: WritableDb, log: (line: string) => void) {
    this.#path = path;
    this.#db = db;
    this.#log = log;
  }

  /**
   * The guard of a journal that may be written: checked against what was noted, and noted anew.
   * Fails as `readGuard` and `checkGuard` do.
   */
  static of(
    path: string,
    { db, segments }: { db: WritableDb; segments: Segments },
    log: (line: string) => void,
  ): Result<EpochGuard> {
    const found = readGuard(path);
    if (!found.ok) return found;
    const checked = checkGuard(segments, found.value, path);
    if (!checked.ok) return checked;
    const guard = new EpochGuard(path, db, log);
    guard.#writeNow();
    return ok(guard);
  }

  /** Notes how far the journal has come, where it has moved; to be called once a second. */
  keep(seq: number): void {
    if (seq === this.#kept || this.#writing !== null) return;
    this.#kept = seq;
    this.#writing = this.#write().finally(() => {
      this.#writing = null;
    });
  }

  async #write(): Promise<void> {
    try {
      const part = `${this.#path}.part`;
      await writeFile(part, textOf(this.#db), { mode: 0o600 });
      await rename(part, this.#path);
      this.#told = false;
    } catch (error) {
      this.#kept = -1;
      if (this.#told) return;
      this.#told = true;
      const why = (error as Error).message;
      this.#log(`how far the journal has come could not be noted outside of it: ${why}`);
    }
  }

  /** The last word, before the journal is closed. */
  async stop(): Promise<void> {
    await this.#writing;
    this.#writeNow();
  }

  #writeNow(): void {
    try {
      writeGuard(this.#path, this.#db);
    } catch (error) {
      this.#log(`the journal's guard was not written: ${(error as Error).message}`);
    }
  }
}
