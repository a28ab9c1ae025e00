import type { LaneFacts, PaperFacts, SwipeFacts } from '../../core/facts.ts';
import type { Moment } from '../../core/event-list.ts';
import type { PaperInput } from '../../core/input.ts';
import { paperReads } from '../paper-reads.ts';
import type { Asking } from './asking.ts';
import type { GatherDeps } from './gather-deps.ts';
import type { LedgerReads } from './ledger.ts';

interface Parts {
  readonly ledger: LedgerReads;
  readonly asking: Asking;
}

type KeyIn = Extract<PaperInput, { name: 'paper.key-in' }>['input'];

/** What must be known of a paper form, and of the crossing that is keyed in from it. */
export class PaperAsking {
  readonly #deps: GatherDeps;
  readonly #of: Parts;
  readonly #forms;

  constructor(deps: GatherDeps, of: Parts) {
    this.#deps = deps;
    this.#of = of;
    this.#forms = paperReads(deps.db);
  }

  facts(of: PaperInput, moment: Moment): PaperFacts {
    const { series } = of.input;
    const last = this.#forms.last(series);
    const nothing = { last, isCheckpoint: false, form: null, at: null, swipe: null };
    if (of.name === 'paper.hand-out') {
      const { checkpoint } = of.input;
      const { checkpoints } = this.#deps.site.site;
      return { ...nothing, isCheckpoint: checkpoints.some(({ id }) => id === checkpoint) };
    }
    const form = this.#forms.form(series, of.input.number);
    if (of.name === 'paper.void' || form === null) return { ...nothing, form };
    const at = this.#lane(of.input);
    const swipe = at === null ? null : this.#swipe(at, of.input, moment);
    return { ...nothing, form, at, swipe };
  }

  /** A reversible lane as it led then, whichever way it leads now. */
  #lane({ direction, lane }: KeyIn): LaneFacts | null {
    const { site } = this.#deps;
    const at = site.lane(lane);
    if (at === null || at.lane.direction === direction) return at;
    return at.lane.reversible === true ? site.laneFrom(lane, at.lane.to) : at;
  }

  /** By the calendar of then; where everybody is, as the ledger has it now. */
  #swipe(at: LaneFacts, { happenedMs, permit: id }: KeyIn, moment: Moment): SwipeFacts | null {
    const { reference, regimes } = this.#deps;
    const { asking, ledger } = this.#of;
    const inForce = ledger.inForce();
    const permit = reference.permit(id, inForce);
    if (permit === null) return null;
    const then = { ...moment, wallMs: happenedMs };
    return {
      ...{ at, index: null, crossing: asking.facts(at, permit, inForce, then) },
      permit: permit.permit,
      relied: { permitStatus: permit.status, datasets: { ...inForce } },
      lastHappenedMs: ledger.presence(permit.person)?.happened_ms ?? null,
      ...{ openException: null, regime: regimes.at(happenedMs), openIncidents: [] },
    };
  }
}
