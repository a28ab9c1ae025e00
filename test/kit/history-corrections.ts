import {
  type CorrectionId,
  correctionId,
  type PersonId,
  type UserId,
} from '../../src/shared/domain/ids.ts';
import type { EventData, NewEvent } from '../../src/shared/journal/events.ts';
import { PERSON, type Teller } from './history-teller.ts';

type Confirmed = EventData<'correction.confirmed'>;
type Told = Omit<Confirmed, 'askedBy' | 'reason' | 'correction' | 'place'>;
interface Waiting extends Told {
  readonly correction: CorrectionId;
}
interface Passage {
  readonly event: NewEvent;
  readonly atMs: number;
}

const FIRST = 'U-1' as UserId;
const SECOND = { ...PERSON, user: 'U-2' as UserId };
/** Crossings that anything is put right of: the last ones only. */
const LAST = 80;

/** Facts that two persons put right, and heads that were counted, in a made-up history. */
export class Corrections {
  readonly #teller: Teller;
  readonly #events: readonly Passage[];
  readonly #done = new Set<string>();
  #waiting: Waiting | null = null;

  constructor(teller: Teller, events: readonly Passage[]) {
    this.#teller = teller;
    this.#events = events;
  }

  goOn(): void {
    const { rng } = this.#teller;
    if (rng.chance(0.2)) this.#count();
    else if (rng.chance(0.1)) this.#alone();
    else if (this.#waiting !== null) this.#settle(this.#waiting);
    else this.#ask();
  }

  #count(): void {
    const { rng, site } = this.#teller;
    const heads = { counted: 3 + rng.below(6), named: rng.below(3), anonymous: rng.below(4) - 1 };
    const reason = this.#teller.typed();
    const data = { area: rng.pick(site.areas).id, ...heads, reason };
    this.#teller.emit({ kind: 'area.counted', data }, PERSON);
  }

  #alone(): void {
    const { rng, site } = this.#teller;
    const data = { person: `P-${rng.below(14)}` as PersonId, area: rng.pick(site.areas).id };
    this.#teller.emit({ kind: 'visitor.alone', data: { ...data, official: null } });
  }

  #ask(): void {
    const { rng } = this.#teller;
    const ended = this.#events.slice(-LAST).flatMap((one) => this.#wrong(one) ?? []);
    const told = ended.length === 0 ? null : rng.pick(ended);
    if (told === null) return;
    const reason = this.#teller.typed();
    const correction = correctionId(1, this.#teller.seq + 1);
    const { recount: _, voids: __, allowance: ___, ...fact } = told;
    this.#teller.emit({ kind: 'correction.asked', data: { correction, ...fact, reason } }, PERSON);
    this.#done.add(told.crossing);
    this.#waiting = { ...told, correction };
  }

  #settle({ correction, ...told }: Waiting): void {
    const { rng } = this.#teller;
    this.#waiting = null;
    const reason = this.#teller.typed();
    if (rng.chance(0.25)) {
      const data = { correction, crossing: told.crossing, reason };
      this.#teller.emit({ kind: 'correction.declined', data }, SECOND);
      return;
    }
    const { person } = told;
    const isMoved = person !== null && rng.chance(0.5);
    const place = isMoved ? rng.pick(this.#teller.site.areas).id : null;
    const data = { ...told, correction, askedBy: FIRST, reason, place };
    this.#teller.emit({ kind: 'correction.confirmed', data }, SECOND);
    if (person === null || place === null) return;
    const set = { person, place, crossing: null, reason };
    this.#teller.emit({ kind: 'presence.set', data: set }, SECOND);
  }

  /** What was wrong of an event, told as the engine does. */
  #wrong({ atMs, event }: Passage): Told | null {
    const { rng } = this.#teller;
    if (event.kind === 'day-return.decided') {
      const { crossing, outcome: before, person } = event.data;
      const after = before === 'left' ? 'stayed' : 'left';
      const told = { crossing, person, fact: 'day-return', before, after } as const;
      return this.#done.has(crossing) ? null : { ...told, recount: null, voids: null };
    }
    if (event.kind !== 'crossing.passed' && event.kind !== 'crossing.not-taken') return null;
    const { crossing, person } = event.data;
    const asked = this.#askedOf(crossing);
    if (asked === null || this.#done.has(crossing)) return null;
    const wasPassed = event.kind === 'crossing.passed';
    const { checkpoint, class: of, direction, lane, line } = asked;
    const where = { lane, checkpoint, line, direction, class: of, askedMs: asked.askedMs };
    const fromMs = wasPassed ? happened(atMs, event.deviceAt) : null;
    // Every admission by name counts against an allowance: a vehicle's by its goods.
    const used = person === null || this.#isVehicle(crossing) ? {} : { allowance: { fromMs } };
    const base = { crossing, person, voids: null, ...used };
    if (wasPassed && rng.chance(0.3)) {
      const toMs = atMs - rng.below(7_200_000);
      const recount = { ...where, fromMs, toMs, notTaken: 0 };
      return { ...base, fact: 'time', before: atMs, after: toMs, recount };
    }
    const recount = wasPassed
      ? { ...where, fromMs, toMs: null, notTaken: 1 }
      : { ...where, fromMs, toMs: atMs, notTaken: -1 };
    const [before, after] = wasPassed ? ['passed', 'not-taken'] : ['not-taken', 'passed'];
    return { ...base, fact: 'passage', before, after, recount };
  }

  #isVehicle(crossing: string): boolean {
    return this.#events.some(({ event: { data, kind } }) => {
      return kind === 'cargo.asked' && data.crossing === crossing;
    });
  }

  #askedOf(crossing: string) {
    const found = this.#events.find(
      ({ event }) => event.kind === 'crossing.asked' && event.data.crossing === crossing,
    );
    if (found?.event.kind !== 'crossing.asked') return null;
    return { ...found.event.data, askedMs: happened(found.atMs, found.event.deviceAt) };
  }
}

/** Device time, unless it cannot be. */
function happened(atMs: number, deviceAt: number | undefined): number {
  const isOdd =
    deviceAt === undefined || deviceAt > atMs + 60_000 || deviceAt < atMs - 31 * 86_400_000;
  return isOdd ? atMs : deviceAt;
}
