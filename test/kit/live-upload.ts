import type { CentrePort, JournalSource } from '../../src/main/engine/sync/centre-port.ts';
import { type SyncLimits, TRAINING_LIMITS } from '../../src/main/engine/sync/sync-limits.ts';
import type { SyncState } from '../../src/main/engine/sync/sync-state.ts';
import { realTimers } from '../../src/main/engine/sync/timers.ts';
import { startUploader, type Uploader } from '../../src/main/engine/sync/uploader.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { realClock } from './real-clock.ts';

/** Real time, but as short as it can be. */
const SHORT: SyncLimits = {
  ...TRAINING_LIMITS,
  lingerMs: 5,
  heartbeatMs: 200,
  answerTimeoutMs: 3000,
  backoffMinMs: 20,
  backoffMaxMs: 100,
  recheckMs: 200,
  tickMs: 20,
};

/** An uploader in real time whose states can be awaited. */
export class LiveUpload {
  readonly states: SyncState[] = [];
  readonly acked: number[] = [];
  readonly uploader: Uploader;
  #watchers: (() => void)[] = [];

  constructor(journal: JournalSource, centre: CentrePort, limits: Partial<SyncLimits> = {}) {
    this.uploader = startUploader({
      journal,
      centre,
      clock: realClock(),
      timers: realTimers,
      rng: seededRng('live'),
      limits: { ...SHORT, ...limits },
      ackedSeq: 0,
      onState: (state) => {
        this.states.push(state);
        for (const watcher of this.#watchers) watcher();
      },
      onAcked: (seq) => this.acked.push(seq),
    });
  }

  /** The first state from now on (the present one included) that is as asked. */
  until(holds: (state: SyncState) => boolean, limitMs = 20_000): Promise<SyncState> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const state = this.uploader.state();
        if (!holds(state)) return;
        clearTimeout(timer);
        this.#watchers = this.#watchers.filter((watcher) => watcher !== look);
        resolve(state);
      };
      const timer = setTimeout(() => {
        const last = JSON.stringify(this.uploader.state());
        reject(new Error(`the upload never came there; it stands at ${last}`));
      }, limitMs);
      this.#watchers.push(look);
      look();
    });
  }

  inStep(): Promise<SyncState> {
    return this.until((state) => state.state === 'in-step' && state.waiting === 0);
  }
}
