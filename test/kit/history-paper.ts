import { h10301 } from '../../src/shared/domain/credential.ts';
import type { CrossingId, PassageId, PermitId, PersonId } from '../../src/shared/domain/ids.ts';
import { passageOfKey } from '../../src/shared/domain/ids.ts';
import type { SiteLane } from '../../src/shared/domain/site.ts';
import type { EventData } from '../../src/shared/journal/events.ts';
import { PERSON, type Teller } from './history-teller.ts';

const FORMS = 12;
const WRITER = '4711';
const EPOCH_KEYS = 2 ** 40;

type OnPaper = NonNullable<EventData<'crossing.recorded'>['paper']>;
type Form = Pick<OnPaper, 'series' | 'number' | 'takes'>;

/** Somebody's way through an open gate, one half of which is told: which the other one follows. */
interface Half {
  readonly lane: SiteLane;
  readonly deviceAt: number;
  readonly told: { readonly takes: PassageId } | { readonly namedBy: CrossingId };
}

/** Paper forms of a made-up history: of two series, so that they meet again. */
export class Papers {
  readonly #teller: Teller;
  #halves: Half[] = [];

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** Forms are handed out; one is void or keyed in. */
  goOn(): void {
    const { rng } = this.#teller;
    const number = 1 + rng.below(FORMS);
    const form = { series: rng.pick(['A', 'B']), number };
    const block = { series: form.series, from: number, to: number + rng.below(4) };
    const reason = this.#teller.typed();
    const handed = { ...block, checkpoint: null, holder: WRITER, reason };
    this.#teller.emit({ kind: 'paper.handed-out', data: handed }, PERSON);
    if (rng.chance(0.3)) {
      const voided = { ...form, reason: this.#teller.typed() };
      this.#teller.emit({ kind: 'paper.voided', data: voided }, PERSON);
    } else this.#atOpenGate(form);
  }

  /** Whichever of a passage and its form is told first; the other one at once, later, or never. */
  #atOpenGate(form: Form): void {
    const { atMs, rng, site } = this.#teller;
    const half = this.#halves.shift();
    if (half !== undefined) this.#other(form, half);
    const lane = rng.pick(site.lanes);
    const deviceAt = atMs - rng.below(7_200_000);
    const told = rng.chance(0.5)
      ? { takes: this.#goes(lane, deviceAt) }
      : { namedBy: this.#keyIn(form, lane, deviceAt) };
    if (rng.chance(0.5)) this.#other(form, { lane, deviceAt, told });
    else this.#halves.push({ lane, deviceAt, told });
  }

  #other(form: Form, { deviceAt, lane, told }: Half): void {
    if ('takes' in told) this.#keyIn({ ...form, ...told }, lane, deviceAt);
    else this.#goes(lane, deviceAt, told);
  }

  #goes(lane: SiteLane, deviceAt: number, named: { readonly namedBy?: CrossingId } = {}) {
    const { board, checkpoint, direction, door, from, id, to } = lane;
    const at = { board, index: 0, door, lane: id, checkpoint, line: 'first' as const };
    const data = { ...at, direction, from, to, timing: 'late' as const, ...named };
    this.#teller.emit({ kind: 'passage.unnamed', data, deviceAt });
    return passageOfKey(EPOCH_KEYS + this.#teller.seq);
  }

  #keyIn(form: Form, lane: SiteLane, deviceAt: number): CrossingId {
    const teller = this.#teller;
    const { rng, site } = teller;
    const line = site.checkpoints.find(({ id }) => id === lane.checkpoint)?.line ?? 'first';
    const paper = { ...form, writer: WRITER, reason: teller.typed() };
    const crossing = teller.nextId.crossing();
    // Nobody else of this history: where they are nothing else says.
    const n = 900 + rng.below(6);
    teller.emit(
      {
        kind: 'crossing.recorded',
        data: {
          crossing,
          class: 'special-pass',
          credential: h10301(9, 9),
          timing: 'late',
          person: `P-${n}` as PersonId,
          permit: `SP-${n}` as PermitId,
          ...{ lane: lane.id, checkpoint: lane.checkpoint, from: lane.from, to: lane.to, line },
          ...{ direction: lane.direction, board: lane.board, index: 0, granted: true },
          ...{ permitStatus: null, entitled: true, movesPresence: rng.chance(0.7) },
          ...{ boardReason: 0, regimeVersion: teller.regimeVersion, reasons: [], paper },
        },
        deviceAt,
      },
      PERSON,
    );
    return crossing;
  }
}
