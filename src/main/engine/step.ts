import type { NewEvent } from '../../shared/journal/events.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Result } from '../../shared/lib/result.ts';
import { decide, type FactSource } from './core/decide.ts';
import type { Moment } from './core/event-list.ts';
import type { Input } from './core/input.ts';
import type { JournalAppender } from './journal/append.ts';
import type { Projector } from './projections/projector.ts';
import type { WritableDb, Write } from './store/database.ts';

/** An input with whoever waits for its outcome; told only after the commit. */
export interface Pending {
  readonly input: Input;
  /** The asker's answer, or null for inputs that nobody asked. */
  settle(answer: Result<unknown> | null): void;
}

export interface StepDeps {
  readonly db: WritableDb;
  readonly journal: JournalAppender;
  readonly projector: Projector;
  readonly facts: FactSource & {
    /** Runs a batch over reference data that stands still meanwhile. */
    steadily<T>(body: () => T): T;
  };
  readonly clock: Clock;
  /** Called for each appended event, before its commit: only to note what is to follow on it. */
  readonly note: (event: NewEvent) => void;
}

interface Answered {
  readonly pending: Pending;
  readonly answer: Result<unknown> | null;
}

/** A wall step over this against the monotonic clock is journalled. Real ms. */
const WALL_STEP_MS = 2_000;

/**
 * The heart: gather → decide → append → project, for a batch of inputs in one transaction, each
 * deciding on the effects of the one before. Nothing is told to anybody before the commit.
 */
export class Step {
  readonly #deps: StepDeps;
  readonly #keepText: Write<[string, Buffer, string]>;
  #last: { wallMs: number; monoMs: number } | null = null;

  constructor(deps: StepDeps) {
    this.#deps = deps;
    this.#keepText = deps.db.write('INSERT INTO typed_text (text, salt, body) VALUES (?, ?, ?)');
  }

  /**
   * Commits what the inputs lead to and returns the journal's new head seq. Throws what the store
   * throws when nothing was written; the inputs then stand as they were and nobody was told.
   */
  run(batch: readonly Pending[], more: () => Pending | null): number {
    const { db, facts, journal } = this.#deps;
    const answers: Answered[] = [];
    const last = this.#last;
    try {
      db.transaction(() => facts.steadily(() => this.#all(batch, more, answers)));
    } catch (error) {
      this.#last = last;
      journal.reload();
      throw error;
    }
    for (const { pending, answer } of answers) pending.settle(answer);
    return journal.seq;
  }

  #all(batch: readonly Pending[], more: () => Pending | null, answers: Answered[]): void {
    const { journal, projector } = this.#deps;
    const before = journal.seq;
    this.#noteWallStep();
    for (const pending of batch) answers.push({ pending, answer: this.#one(pending.input) });
    for (let next = more(); next !== null; next = more()) {
      answers.push({ pending: next, answer: this.#one(next.input) });
    }
    if (journal.seq > before) projector.mark(journal.seq);
  }

  #one(input: Input): Result<unknown> | null {
    const { clock, facts, journal } = this.#deps;
    const wallMs = Math.round(clock.wallMs());
    const moment: Moment = {
      atMs: Math.max(journal.lastAtMs, wallMs),
      wallMs,
      monoMs: clock.monoMs(),
      speed: clock.speed(),
      epoch: journal.epoch,
      nextSeq: journal.seq + 1,
    };
    const { list, actor, answer, text } = decide(facts, input, moment);
    const stamp = { atMs: moment.atMs, monoMs: moment.monoMs, actor };
    const cause = list.events.length > 1 ? moment.nextSeq : null;
    for (const [i, event] of list.events.entries()) {
      this.#deps.note(event);
      this.#deps.projector.apply(
        journal.append(event, { ...stamp, cause: i === 0 ? null : cause }),
      );
    }
    if (text !== null) {
      this.#keepText.run(text.id, Buffer.from(text.text.saltHex, 'hex'), text.text.body);
    }
    return answer;
  }

  /** Wall time that runs away from monotonic time (beyond the clock's own speed) is a step. */
  #noteWallStep(): void {
    const { clock, journal, projector } = this.#deps;
    const now = { wallMs: clock.wallMs(), monoMs: clock.monoMs() };
    const last = this.#last;
    this.#last = now;
    if (last === null || clock.speed() !== 1) return;
    const expected = last.wallMs + (now.monoMs - last.monoMs);
    if (Math.abs(now.wallMs - expected) <= WALL_STEP_MS) return;
    const data = { fromMs: Math.round(expected), toMs: Math.round(now.wallMs) };
    const actor = { type: 'console' } as const;
    const stamp = { atMs: now.wallMs, monoMs: now.monoMs, actor, cause: null };
    projector.apply(journal.append({ kind: 'clock.stepped', data }, stamp));
  }
}
