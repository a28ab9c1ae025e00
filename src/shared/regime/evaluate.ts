import { codeFault } from './code-valid.ts';
import { barsEverybody, stricter } from './default-verdict.ts';
import type { CrossingFacts, FactsOf } from './facts.ts';
import { obligationsOf } from './obligations.ts';
import { isInForce, type Regime } from './regime-file.ts';
import type { RegimeSettings } from './regime-shape.ts';
import type { Reason, RequirementName } from './requirement.ts';
import { outcomeOf } from './requirements/registry.ts';
import { rulesFor } from './resolve.ts';
import type { VehicleFacts } from './vehicle-facts.ts';
import type { PartVerdict, RegimeVerdict } from './verdict.ts';
import { type Asked, weigh } from './weigh.ts';

/** In place of a rule's id where a regime that was never checked decides a case not at all. */
export const UNRESOLVED_RULE = 'unresolved';

const NO_PARTS: readonly PartVerdict[] = [];

/**
 * What the regime says of one crossing: the one rule of its case, every requirement that failed,
 * and the strictest verdict among them and the rule's own. A vehicle is admitted only where its
 * driver and all that it carries are, each by a rule of its own. Pure and total. A regime must have
 * passed `checkRegime`; where it has not, a case without exactly one rule is referred to a person.
 * Before its effective time a regime decides nothing: a person does, whatever its rule would say.
 */
export function evaluate(regime: Regime, facts: CrossingFacts): RegimeVerdict {
  const said = evaluateAll(regime, facts);
  if (isInForce(regime, facts.atMs)) return said;
  const params = { fromMs: regime.effectiveFromMs };
  const reasons: Reason[] = [{ is: 'regime-in-force', detail: 'not-yet', params }, ...said.reasons];
  const parts = said.parts.map(withoutObligations);
  const verdict = said.reasons.some(barsEverybody) ? 'refuse' : 'refer';
  return { ...said, verdict, reasons, obligations: [], overstay: false, parts };
}

function evaluateAll(regime: Regime, facts: CrossingFacts): RegimeVerdict {
  switch (facts.kind) {
    case 'person':
      return evaluatePerson(regime, facts);
    case 'vehicle':
      return withParts(evaluateRule(regime, facts), partsOf(regime, facts));
    default:
      return evaluateRule(regime, facts);
  }
}

/** Whatever rule a person falls under, a code that is not good opens nothing. */
function evaluatePerson(regime: Regime, facts: FactsOf<'person'>): RegimeVerdict {
  const said = evaluateRule(regime, facts);
  const fault = codeFault(facts.code, facts.direction, facts.atMs);
  if (fault === null) return said;
  const verdict = stricter(said.verdict, fault.verdict);
  const obligations = verdict === 'refuse' ? [] : said.obligations;
  return { ...said, verdict, reasons: [fault.reason, ...said.reasons], obligations };
}

/** Who and what is in a vehicle goes where it goes, by its lane, which is asked for once. */
function partsOf(regime: Regime, vehicle: VehicleFacts): PartVerdict[] {
  const { atMs, line, direction, from, to, laneTakes } = vehicle;
  const lane = { laneLocked: false, laneWrongWay: false, laneInterlocked: false };
  const passage = { atMs, line, direction, from, to, ...lane };
  const driver: FactsOf<'person'> = {
    ...vehicle.driver,
    ...passage,
    laneTakes: [...laneTakes, 'person'],
  };
  const aboard = new Aboard();
  return [
    { kind: 'person', id: driver.person, said: evaluatePerson(regime, driver) },
    ...vehicle.consignments.map((consignment): PartVerdict => {
      const carried = { ...aboard.counted(consignment), ...passage };
      const said = evaluateRule(regime, { ...carried, laneTakes: [...laneTakes, 'consignment'] });
      aboard.add(said);
      return { kind: 'consignment', id: consignment.consignment, said };
    }),
  ];
}

/** What goes through together counts together against an enterprise's allowance. */
class Aboard {
  readonly #cents = new Map<string, number>();

  /** A consignment's facts, with what others aboard use of the same allowance. */
  counted(consignment: FactsOf<'consignment'>): FactsOf<'consignment'> {
    const { allowanceUsed: used, enterprise } = consignment;
    const more = this.#cents.get(enterprise?.enterprise ?? '') ?? 0;
    return used == null || more === 0
      ? consignment
      : { ...consignment, allowanceUsed: used + more };
  }

  add({ obligations }: RegimeVerdict): void {
    for (const one of obligations) {
      if (one.is !== 'allowance') continue;
      this.#cents.set(one.subject, (this.#cents.get(one.subject) ?? 0) + one.amount);
    }
  }
}

function withParts(said: RegimeVerdict, parts: readonly PartVerdict[]): RegimeVerdict {
  const verdict = parts.reduce((most, part) => stricter(most, part.said.verdict), said.verdict);
  if (verdict !== 'refuse') return { ...said, verdict, parts };
  return { ...said, verdict, obligations: [], parts: parts.map(withoutObligations) };
}

function withoutObligations(part: PartVerdict): PartVerdict {
  return { ...part, said: { ...part.said, obligations: [] } };
}

function evaluateRule(regime: Regime, facts: CrossingFacts): RegimeVerdict {
  // Before the regime begins its first rule is asked, so that the reasons are told.
  const rules = rulesFor(regime, facts, Math.max(facts.atMs, regime.effectiveFromMs));
  const rule = rules[0];
  const named = { regime: regime.id, regimeVersion: regime.version, parts: NO_PARTS };
  if (rule === undefined || rules.length > 1) {
    const nothing = { reasons: [], warnings: [], obligations: [], overstay: false };
    return { ...named, ...nothing, verdict: 'refer', rule: UNRESOLVED_RULE };
  }
  const weighed = weigh(rule, facts.direction, (is) => ask(is, facts, regime.settings));
  const { verdict } = weighed;
  const obligations = verdict === 'refuse' ? [] : obligationsOf(regime, rule, facts);
  return { ...named, ...weighed, rule: rule.id, obligations };
}

function ask(is: RequirementName, facts: CrossingFacts, settings: RegimeSettings): Asked {
  const said = outcomeOf(is, facts, settings);
  if (said === null) return { outcome: 'cannot-ask', reason: { is, detail: 'none', params: {} } };
  if (said.outcome === 'held')
    return { outcome: 'held', reason: { is, detail: 'none', params: {} } };
  const reason = { is, detail: said.detail, params: { ...said.params } };
  return { outcome: said.outcome, reason };
}
