import type { Clock } from '../../../shared/lib/clock.ts';
import type { OpenJournal } from '../open-journal.ts';
import type { Checkpointer, startCheckpointer } from '../store/checkpointer.ts';
import { Roller, SEGMENT_MEGABYTES } from './roller.ts';

export interface JournalCareDeps {
  readonly opened: OpenJournal;
  readonly clock: Clock;
  readonly startCheckpointer: typeof startCheckpointer;
  readonly megabytes: number | undefined;
  /** The journal was committed up to `seq` by nobody's step. */
  onSealed(seq: number): void;
  log(line: string): void;
}

/** Looks after the journal's files: keeps the log of the written one short, begins others. */
export class JournalCare {
  readonly #deps: JournalCareDeps;
  readonly #roller: Roller;
  #checkpointer: Checkpointer | null = null;
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

  /** To be called often, between two steps. */
  look(): void {
    this.#roller.look();
  }

  async stop(): Promise<void> {
    this.#roller.stop();
    await Promise.all([...this.#ending, this.#checkpointer?.stop()]);
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
