import { type DraftId, draftId, type UserId } from '../../src/shared/domain/ids.ts';
import { PERSON, type Teller } from './history-teller.ts';

interface Version {
  readonly draft: DraftId;
  readonly version: number;
  state: 'drafted' | 'proposed';
}

const REGIME = 'cma-buffer-zone';
const HASH = 'c'.repeat(64);

/** Versions of the regime in a made-up history: handed in, proposed, enacted or withdrawn. */
export class RegimeVersions {
  readonly #teller: Teller;
  #open: Version | null = null;
  #version = 1;

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  goOn(): void {
    const { atMs, rng } = this.#teller;
    const now = this.#open;
    if (now === null) {
      this.#draft();
      return;
    }
    const { draft, version } = now;
    const reason = this.#teller.typed();
    const fromMs = atMs + 60_000;
    if (rng.chance(0.3)) {
      this.#teller.emit({ kind: 'regime.withdrawn', data: { draft, reason } }, PERSON);
      this.#open = null;
    } else if (now.state === 'drafted') {
      const data = { draft, fromMs, side: 'mainland', reason } as const;
      this.#teller.emit({ kind: 'regime.proposed', data }, PERSON);
      now.state = 'proposed';
    } else {
      const of = { draft, regime: REGIME, version, hash: HASH, fromMs };
      const by = { proposedBy: 'U-2' as UserId, proposedSide: null, side: null };
      this.#teller.emit({ kind: 'regime.enacted', data: { ...of, ...by, reason } }, PERSON);
      this.#open = null;
    }
  }

  #draft(): void {
    this.#version += 1;
    for (const part of [1, 2]) {
      const data = { hash: HASH, part, parts: 2, text: `{"part":${part}}` };
      this.#teller.emit({ kind: 'regime.text', data }, PERSON);
    }
    // Earlier consoles asked for no reason.
    const why = this.#version % 2 === 0 ? { reason: this.#teller.typed() } : {};
    const draft = draftId(1, this.#teller.seq + 1);
    const data = { draft, regime: REGIME, version: this.#version, hash: HASH, effectiveFromMs: 0 };
    this.#teller.emit({ kind: 'regime.drafted', data: { ...data, ...why } }, PERSON);
    this.#open = { draft, version: this.#version, state: 'drafted' };
  }
}
