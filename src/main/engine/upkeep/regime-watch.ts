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
  /** On the calendar: between these nothing that was enacted so far begins or ends to decide. */
  #span: { readonly fromMs: number; readonly untilMs: number } | null = null;

  constructor(deps: RegimeWatchDeps) {
    this.#deps = deps;
    this.#hash = deps.regimes.hashAt(deps.clock.wallMs());
  }

  /** An event of this kind was written. */
  noteKind(kind: string): void {
    if (kind.startsWith('regime.')) this.#span = null;
  }

  look(): void {
    const { clock, note, regimes } = this.#deps;
    const nowMs = clock.wallMs();
    if (this.#span !== null && nowMs >= this.#span.fromMs && nowMs < this.#span.untilMs) return;
    this.#span = { fromMs: nowMs, untilMs: regimes.nextFromMs(nowMs) ?? Number.POSITIVE_INFINITY };
    const hash = regimes.hashAt(nowMs);
    if (hash === this.#hash) return;
    this.#hash = hash;
    note({ kind: 'regime.in-force', data: regimes.stateAt(nowMs) });
  }
}
