import type { Permit } from '../../../../shared/domain/permit.ts';
import { MINUTE_MS, minuteOf } from '../../../../shared/lib/hk-time.ts';
import type { Moment } from '../../core/event-list.ts';
import type { LaneFacts, PaperFacts, SwipeFacts } from '../../core/facts.ts';
import type { OpenGateThen } from '../../core/held-facts.ts';
import type { PaperInput } from '../../core/input.ts';
import { paperReads } from '../paper-reads.ts';
import type { unnamedReads } from '../unnamed-reads.ts';
import type { Asking } from './asking.ts';
import type { GatherDeps } from './gather-deps.ts';
import type { LedgerReads } from './ledger.ts';

interface Parts {
  readonly ledger: LedgerReads;
  readonly asking: Asking;
  readonly unnamed: ReturnType<typeof unnamedReads>;
}

type KeyIn = Extract<PaperInput, { name: 'paper.key-in' }>['input'];

const SHUT: OpenGateThen = { wasOpen: false, passages: [] };

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
    const none = { form: null, at: null, credential: null, swipe: null, openGate: SHUT };
    const nothing = { last, isCheckpoint: false, ...none };
    if (of.name === 'paper.hand-out') {
      const { checkpoint } = of.input;
      const { checkpoints } = this.#deps.site.site;
      return { ...nothing, isCheckpoint: checkpoints.some(({ id }) => id === checkpoint) };
    }
    const form = this.#forms.form(series, of.input.number);
    if (of.name === 'paper.void' || form === null) return { ...nothing, form };
    const at = this.#lane(of.input);
    const permit = this.#deps.reference.permit(of.input.permit, this.#of.ledger.inForce());
    const credential = permit?.credential ?? null;
    if (at === null || permit === null) return { ...nothing, form, at, credential };
    const swipe = this.#swipe(at, permit, of.input, moment);
    return { ...nothing, form, at, credential, swipe, openGate: this.#openGate(of.input) };
  }

  /** In the minute that the form says. */
  #openGate({ direction, happenedMs, lane }: KeyIn): OpenGateThen {
    const { ledger, unnamed } = this.#of;
    const beganMs = minuteOf(happenedMs);
    const wasOpen = [beganMs, beganMs + MINUTE_MS - 1].some((atMs) => {
      return ledger.heldAt(lane, atMs, this.#deps.boot) !== null;
    });
    return { wasOpen, passages: unnamed.passages(lane, direction, happenedMs) };
  }

  /** A reversible lane as it led then, whichever way it leads now. */
  #lane({ direction, lane }: KeyIn): LaneFacts | null {
    const { site } = this.#deps;
    const at = site.lane(lane);
    if (at === null || at.lane.direction === direction) return at;
    return at.lane.reversible === true ? site.laneFrom(lane, at.lane.to) : at;
  }

  /** By the calendar of then; where everybody is, as the ledger has it now. */
  #swipe(at: LaneFacts, permit: Permit, { happenedMs }: KeyIn, moment: Moment): SwipeFacts {
    const { asking, ledger } = this.#of;
    const inForce = ledger.inForce();
    const then = { ...moment, wallMs: happenedMs };
    const asker = asking.asker(permit, inForce, then);
    return {
      ...{ at, index: null, crossing: asking.facts(at, asker, then) },
      permit: permit.permit,
      relied: { permitStatus: permit.status, datasets: { ...inForce } },
      lastHappenedMs: asker.whereabouts.happened_ms,
      ...{ openException: null, regime: asker.regime, openIncidents: [] },
    };
  }
}
