import { type LockdownId, lockdownId } from '../../src/shared/domain/ids.ts';
import type { EventData } from '../../src/shared/journal/events.ts';
import { PERSON, type Teller } from './history-teller.ts';

type By = EventData<'lockdown.ended'>['proposedBy'];

/** Lockdowns of a made-up history: proposed, taken back, begun, ended. */
export class Lockdowns {
  readonly #teller: Teller;
  #open: { readonly lockdown: LockdownId; state: 'proposed' | 'in-force' | 'ending' } | null = null;

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** Does the next thing that a lockdown can. */
  goOn(seq: number): void {
    const { rng, site } = this.#teller;
    const reason = this.#teller.typed();
    const sides = { side: null, reason } as const;
    const by = { ...sides, proposedBy: 'U-1' as By, proposedSide: null };
    const scope = { area: null, exits: rng.chance(0.5) ? 'locked' : 'controlled' } as const;
    const open = this.#open;
    if (open === null) {
      const lockdown = lockdownId(1, seq + 1);
      const data = { lockdown, ...scope, ...sides, other: null };
      this.#teller.emit({ kind: 'lockdown.proposed', data }, PERSON);
      this.#open = { lockdown, state: 'proposed' };
      return;
    }
    const { lockdown } = open;
    const lanes = site.lanes.slice(0, 2).map(({ id }) => id);
    if (open.state === 'in-force') {
      const data = { lockdown, ...sides, other: null };
      this.#teller.emit({ kind: 'lockdown.end-proposed', data }, PERSON);
      open.state = 'ending';
    } else if (rng.chance(0.3)) {
      const what = open.state === 'proposed' ? 'begin' : 'end';
      this.#teller.emit({ kind: 'lockdown.withdrawn', data: { lockdown, what, reason } }, PERSON);
      if (what === 'begin') this.#open = null;
      else open.state = 'in-force';
    } else if (open.state === 'proposed') {
      const data = { lockdown, ...scope, lanes, lockedBefore: [], ...by };
      this.#teller.emit({ kind: 'lockdown.begun', data }, PERSON);
      open.state = 'in-force';
    } else {
      this.#teller.emit({ kind: 'lockdown.ended', data: { lockdown, lanes, ...by } }, PERSON);
      this.#open = null;
    }
  }
}
