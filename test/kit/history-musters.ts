import type { AreaId, MusterId, PersonId, ReaderId } from '../../src/shared/domain/ids.ts';
import { PERSON, type Teller } from './history-teller.ts';

interface Running {
  readonly muster: MusterId;
  readonly marked: Set<PersonId>;
}

/** Roll calls of a made-up history: begun, people marked by a reader or by hand, ended. */
export class Musters {
  readonly #teller: Teller;
  #now: Running | null = null;

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** Does the next thing that a muster can: several persons come at a time. */
  goOn(): void {
    if (this.#teller.rng.chance(0.3)) this.#openGates();
    if (this.#now === null) this.#begin();
    else if (this.#teller.rng.chance(0.3)) this.#end(this.#now);
    else for (let n = this.#teller.rng.below(5); n >= 0; n -= 1) this.#mark(this.#now);
  }

  /** People go through gates that stand open. */
  #openGates(): void {
    const { rng, site } = this.#teller;
    for (let n = rng.below(4); n > 0; n -= 1) {
      const { board, checkpoint, direction, door, from, id: lane, to } = rng.pick(site.lanes);
      const at = { board, index: 0, door, lane, checkpoint, line: 'first' as const };
      const data = { ...at, direction, from, to };
      const { atMs, seq } = this.#teller;
      if (seq % 3 > 0) this.#teller.emit({ kind: 'passage.unnamed', data });
      else {
        const late = { ...data, timing: 'late' as const };
        this.#teller.emit({ kind: 'passage.unnamed', data: late, deviceAt: atMs - 3_600_000 });
      }
    }
  }

  #begin(): void {
    const { nextId, rng, site } = this.#teller;
    const reason = this.#teller.typed();
    const muster = nextId.muster();
    const area: AreaId | null = rng.chance(0.5) ? rng.pick(site.areas).id : null;
    const why = rng.chance(0.5) ? ('ordered' as const) : ('evacuation' as const);
    const data = { muster, area, why, listed: 4, anonymous: rng.below(2), reason };
    this.#teller.emit({ kind: 'muster.begun', data }, PERSON);
    this.#now = { muster, marked: new Set() };
  }

  #mark({ marked, muster }: Running): void {
    const { rng } = this.#teller;
    const person = `P-${rng.below(12)}` as PersonId;
    if (marked.has(person)) return;
    marked.add(person);
    const byHand = rng.chance(0.3);
    const reason = byHand ? this.#teller.typed() : null;
    const reader = byHand ? null : ('muster-1' as ReaderId);
    const data = { muster, person, listed: rng.chance(0.7), reader, reason };
    this.#teller.emit({ kind: 'muster.marked', data }, byHand ? PERSON : undefined);
  }

  #end({ marked, muster }: Running): void {
    const reason = this.#teller.typed();
    const data = { muster, marked: marked.size, missing: 0, unlisted: 0, reason };
    this.#teller.emit({ kind: 'muster.ended', data }, PERSON);
    this.#now = null;
  }
}
