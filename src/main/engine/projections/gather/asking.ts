import type { SwipeEvent } from '../../../../shared/domain/device-report.ts';
import type { PersonClass } from '../../../../shared/domain/line.ts';
import type { Permit } from '../../../../shared/domain/permit.ts';
import { isArea, type Place } from '../../../../shared/domain/place.ts';
import type { ShownCode } from '../../../../shared/domain/qr-permit.ts';
import { MINUTE_MS } from '../../../../shared/lib/hk-time.ts';
import type { CodeFacts } from '../../../../shared/regime/code-valid.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import type { Regime } from '../../../../shared/regime/regime-file.ts';
import { VISITORS_PER_OFFICIAL } from '../../../../shared/regime/regime-shape.ts';
import type { Moment } from '../../core/event-list.ts';
import type { LaneFacts } from '../../core/facts.ts';
import { ESCORT_MS } from '../../core/timing.ts';
import type { InForce, ReferenceLookup } from '../../reference/lookup.ts';
import type { AllowanceReads } from '../allowance-reads.ts';
import { type LedgerReads, NOWHERE, type Whereabouts } from './ledger.ts';
import type { RegimeSource } from './regimes.ts';
import type { SiteIndex } from './site-index.ts';

export interface AskingDeps {
  readonly reference: ReferenceLookup;
  readonly site: SiteIndex;
  readonly regimes: RegimeSource;
  readonly boot: string;
}

/** Somebody who asks, and what is read once for all that is decided of them. */
export interface Asker {
  readonly permit: Permit | null;
  readonly inForce: InForce;
  readonly regime: Regime;
  readonly whereabouts: Whereabouts;
}

/** What a regime may look at of somebody who asks to cross. */
export class Asking {
  readonly #deps: AskingDeps;
  readonly #ledger: LedgerReads;
  readonly #allowance: AllowanceReads;

  constructor(deps: AskingDeps, ledger: LedgerReads, allowance: AllowanceReads) {
    this.#deps = deps;
    this.#ledger = ledger;
    this.#allowance = allowance;
  }

  /** By the calendar of a moment. */
  asker(permit: Permit | null, inForce: InForce, { wallMs }: Moment): Asker {
    const whereabouts = this.#whereabouts(permit);
    return { permit, inForce, whereabouts, regime: this.#deps.regimes.at(wallMs) };
  }

  /** Somebody else of the same moment: the same regime decides, and it is not read again. */
  beside(other: Asker, permit: Permit | null): Asker {
    return { ...other, permit, whereabouts: this.#whereabouts(permit) };
  }

  #whereabouts(permit: Permit | null): Whereabouts {
    return permit === null ? NOWHERE : this.#ledger.whereabouts(permit.person);
  }

  /** With what is known of the lane's sides, and of the code where one was shown. */
  asked(at: LaneFacts, asker: Asker, { code, direction }: SwipeEvent, moment: Moment): PersonFacts {
    const laneWrongWay = at.lane.reversible === true && at.lane.direction !== direction;
    const crossing = { ...this.facts(at, asker, moment), laneWrongWay };
    if (code === undefined) return crossing;
    const replayMs = (this.#deps.site.site.codes?.replayMinutes ?? 0) * MINUTE_MS;
    const last = this.#ledger.codeAdmitted(code.token, moment.atMs - replayMs);
    return { ...crossing, code: codeFacts(code, asker.permit, at.lane.id, last) };
  }

  /** Of a badge, or of a referred crossing that is looked at again. */
  facts(at: LaneFacts, asker: Asker, moment: Moment): PersonFacts {
    const { reference } = this.#deps;
    const { lane, checkpoint } = at;
    const { inForce, permit, regime, whereabouts } = asker;
    const person = permit?.person ?? null;
    const atMs = moment.wallMs;
    return {
      atMs,
      line: checkpoint.line,
      direction: lane.direction,
      kind: 'person',
      class: permit?.class ?? ('unidentified' satisfies PersonClass),
      from: lane.from,
      to: lane.to,
      laneTakes: lane.takes,
      laneLocked: this.#ledger.isLocked(lane.id),
      laneInterlocked: this.isInterlocked(lane.id),
      person,
      permit,
      suspended: this.#ledger.suspendedHere(permit),
      watchlisted: person !== null && reference.isWatched(person, atMs, inForce),
      presence: {
        place: whereabouts.place,
        unknown: whereabouts.unknown === 1,
        sinceMs: whereabouts.since_ms,
        reserved: whereabouts.reserved > 0,
      },
      area: this.#area(lane.to),
      clearance:
        person === null ? null : reference.clearance(person, checkpoint.line, atMs, inForce),
      escort: permit?.class === 'escorted-visitor' ? this.#escort(lane.id, regime, moment) : 'none',
      code: null,
      roster: person === null ? null : reference.roster(person, inForce),
      healthTest: person === null ? null : reference.healthTest(person, atMs, inForce),
      ...this.#allowance.fact(regime.settings, 'person', person, atMs),
    };
  }

  /** True while another lane of its interlock is open, or somebody is on the way through it. */
  isInterlocked(lane: string): boolean {
    return this.#deps.site.interlockedWith(lane).some((other) => this.#ledger.isOpen(other));
  }

  #escort(lane: string, { settings }: Regime, { monoMs }: Moment): PersonFacts['escort'] {
    const official = this.#ledger.official(lane, this.#deps.boot);
    if (official === null || monoMs - official.official_mono > ESCORT_MS) return 'none';
    const { visitorsPerOfficial = VISITORS_PER_OFFICIAL } = settings;
    const followed = official.visitors + this.#ledger.visitorsUnderWay(lane);
    return followed < visitorsPerOfficial ? 'there' : 'full';
  }

  #area(to: Place): PersonFacts['area'] {
    const area = isArea(to) ? this.#deps.site.area(to) : null;
    if (area === null) return null;
    return { id: area.id, ...this.#ledger.fill(area.id), ...area.capacity };
  }
}

/** What is known of a code that was shown, beside the permit that it names. */
export function codeFacts(
  { proof, key, person, class: holder, validFromMs, validToMs }: ShownCode,
  permit: Permit | null,
  lane: CodeFacts['lane'],
  last: CodeFacts['last'],
): CodeFacts {
  const agrees = permit === null || (permit.person === person && permit.class === holder);
  return { proof, key, validFromMs, validToMs, agrees, lane, last };
}
