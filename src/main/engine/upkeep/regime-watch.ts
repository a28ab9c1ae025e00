import type { NewEvent } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Regimes } from '../projections/gather/regimes.ts';

export interface RegimeWatchDeps {
  readonly clock: Pick<Clock, 'wallMs'>;
  readonly regimes: Regimes;
  note(event: NewEvent): void;
}

/** Notes in the journal when another version of the regime begins to decide. */
export class RegimeWatch {
  readonly #deps: RegimeWatchDeps;
  #hash: string | null;

  constructor(deps: RegimeWatchDeps) {
    this.#deps = deps;
    this.#hash = deps.regimes.hashAt(deps.clock.wallMs());
  }

  look(): void {
    const { clock, note, regimes } = this.#deps;
    const nowMs = clock.wallMs();
    const hash = regimes.hashAt(nowMs);
    if (hash === this.#hash) return;
    this.#hash = hash;
    note({ kind: 'regime.in-force', data: regimes.stateAt(nowMs) });
  }
}
