import type { Clock } from '../../../shared/lib/clock.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { EpochGuard, guardPath } from '../segments/epoch-guard.ts';
import type { OpenJournal } from '../segments/open-journal.ts';
import { Roller, SEGMENT_MEGABYTES } from '../segments/roller.ts';
import { emergencyFolder, type LoadedSite } from '../site/load-site.ts';
import type { Checkpointer, startCheckpointer } from '../store/checkpointer.ts';

export interface GuardOptions {
  readonly dataDir: string;
  readonly loaded: LoadedSite;
  readonly log: (line: string) => void;
}

/** Training starts as often as it likes with what it likes: nobody guards its journal. */
export function guardOf(options: GuardOptions, opened: OpenJournal): Result<EpochGuard | null> {
  const { dataDir, log } = options;
  if (options.loaded.site.training !== false) return ok(null);
  return EpochGuard.of(guardPath(dataDir, emergencyFolder(options.loaded)), opened, log);
}

export interface JournalCareDeps {
  readonly opened: OpenJournal;
  readonly clock: Clock;
  readonly startCheckpointer: typeof startCheckpointer;
  readonly megabytes: number | undefined;
  /** Null where nobody keeps the journal's guard. */
  readonly guard: EpochGuard | null;
  /** The journal was committed up to `seq` by nobody's step. */
  onSealed(seq: number): void;
  log(line: string): void;
}

/** How often the guard is written, where the journal has moved: real ms. */
const GUARD_EVERY_MS = 1_000;

/** Looks after the journal's files: keeps the log of the written one short, begins others. */
export class JournalCare {
  readonly #deps: JournalCareDeps;
  readonly #roller: Roller;
  #checkpointer: Checkpointer | null = null;
  #keptMonoMs = Number.NEGATIVE_INFINITY;
  /** Those of sealed files, until they have copied the rest. */
  readonly #ending = new Set<Promise<void>>();

  constructor(deps: JournalCareDeps) {
    const { opened, clock, megabytes = SEGMENT_MEGABYTES, log } = deps;
    this.#deps = deps;
    const onRolled = (seq: number) => this.#rolled(seq);
    this.#roller = new Roller({ ...opened, clock, megabytes, log, onRolled });
  }

  start(): void {
    const { opened } = this.#deps;
    this.#checkpointer = this.#deps.startCheckpointer(opened.db.path, opened.db.turn);
  }

  /** Pages in the write-ahead log. */
  walPages(): number {
    return this.#checkpointer?.walPages() ?? 0;
  }

  /** What was erased must not stand in the journal's log any longer. */
  cutLog(): void {
    this.#checkpointer?.cut();
  }

  /** To be called often, between two steps. */
  look(): void {
    this.#roller.look();
    const { clock, guard, opened } = this.#deps;
    if (guard === null || clock.monoMs() - this.#keptMonoMs < GUARD_EVERY_MS) return;
    this.#keptMonoMs = clock.monoMs();
    guard.keep(opened.journal.seq);
  }

  /** After the last event. */
  async stop(): Promise<void> {
    this.#roller.stop();
    const ended = [this.#checkpointer?.stop(), this.#deps.guard?.stop()];
    await Promise.all([...this.#ending, ...ended]);
  }

  #rolled(seq: number): void {
    const ended = this.#checkpointer?.finish();
    if (ended !== undefined) {
      this.#ending.add(ended);
      void ended.finally(() => this.#ending.delete(ended));
    }
    this.start();
    this.#deps.onSealed(seq);
  }
}
