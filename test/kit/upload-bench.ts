import { type SyncLimits, TRAINING_LIMITS } from '../../src/main/engine/sync/sync-limits.ts';
import type { SyncState } from '../../src/main/engine/sync/sync-state.ts';
import { startUploader, type Uploader } from '../../src/main/engine/sync/uploader.ts';
import { ManualClock } from '../../src/shared/lib/clock.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { MemoryCentre, type Mishap } from './memory-centre.ts';
import { MemoryJournal } from './memory-journal.ts';
import { VirtualTimers } from './virtual-timers.ts';

/** An uploader between a journal and a centre in memory, under a virtual clock. */
export class UploadBench {
  readonly journal = new MemoryJournal();
  readonly clock = new ManualClock(1_795_397_399_000);
  readonly timers = new VirtualTimers(this.clock);
  readonly centre: MemoryCentre;
  readonly states: SyncState[] = [];
  readonly acked: number[] = [];
  readonly #limits: SyncLimits;
  #uploader: Uploader | null = null;

  constructor(mishaps: readonly Mishap[] = [], limits: Partial<SyncLimits> = {}) {
    this.centre = new MemoryCentre(mishaps);
    this.#limits = { ...TRAINING_LIMITS, ...limits };
  }

  start(): Uploader {
    this.#uploader = startUploader({
      journal: this.journal,
      centre: this.centre,
      clock: this.clock,
      timers: this.timers,
      rng: seededRng('upload'),
      limits: this.#limits,
      ackedSeq: this.acked.at(-1) ?? 0,
      onState: (state) => this.states.push(state),
      onAcked: (seq) => this.acked.push(seq),
    });
    return this.#uploader;
  }

  /** Appends and says so, as the engine does after a commit. */
  grow(count: number): void {
    this.journal.grow(count);
    this.#uploader?.committed(this.journal.head().seq);
  }

  async stop(): Promise<void> {
    await this.#uploader?.stop();
    this.#uploader = null;
  }

  /** Lets time pass until the centre holds the whole journal and the uploader knows it. */
  inStep(limitMs = 600_000): Promise<boolean> {
    return this.timers.until(() => {
      const state = this.#uploader?.state();
      return state?.state === 'in-step' && state.waiting === 0 && this.holdsAll();
    }, limitMs);
  }

  holdsAll(): boolean {
    return this.centre.held.length === this.journal.rows.length;
  }

  /** State names in order, each change once. */
  get turns(): string[] {
    const names = this.states.map((state) => state.state);
    return names.filter((name, i) => name !== names[i - 1]);
  }
}
