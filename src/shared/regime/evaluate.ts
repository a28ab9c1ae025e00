import type { Verdict } from '../domain/crossing.ts';
import { codeFault } from './code-valid.ts';
import { defaultVerdict, endedOnTheWayOut, stricter } from './default-verdict.ts';
import type { CrossingFacts } from './facts.ts';
import { isInForce, type Regime } from './regime-file.ts';
import type { RegimeRule } from './regime-shape.ts';
import type { Reason } from './requirement.ts';
import { isPersonRequirement, PERSON_REQUIREMENTS } from './requirements/registry.ts';
import type { RequirementCheck } from './requirements/requirement-check.ts';
import { rulesFor } from './resolve.ts';
import type { RegimeVerdict } from './verdict.ts';

/** In place of a rule's id where a regime that was never checked decides a case not at all. */
export const UNRESOLVED_RULE = 'unresolved';

/** A locked lane takes nobody: that is looked at also where a rule does not write it out. */
function requirementsOf({ require }: RegimeRule): RegimeRule['require'] {
  const isWritten = require.some(({ is }) => is === 'lane-takes');
  return isWritten ? require : [...require, { is: 'lane-takes' }];
}

/**
 * What the regime says of one crossing: the one rule of its case, every requirement that failed,
 * and the strictest verdict among them and the rule's own. Pure and total. A regime must have
 * passed `checkRegime`; where it has not, a case without exactly one rule is referred to a person.
 * Before its effective time a regime decides nothing: a person does, whatever its rule would say.
 */
export function evaluate(regime: Regime, facts: CrossingFacts): RegimeVerdict {
  const said = withCode(evaluateRule(regime, facts), facts);
  if (isInForce(regime, facts.atMs)) return said;
  const params = { fromMs: regime.effectiveFromMs };
  const reasons: Reason[] = [{ is: 'regime-in-force', detail: 'not-yet', params }, ...said.reasons];
  return { ...said, verdict: 'refer', reasons, obligations: [], overstay: false };
}

/** Whatever rule it falls under, a code that is not good opens nothing. */
function withCode(said: RegimeVerdict, { code, direction, atMs }: CrossingFacts): RegimeVerdict {
  const fault = codeFault(code, direction, atMs);
  if (fault === null) return said;
  const verdict = stricter(said.verdict, fault.verdict);
  const obligations = verdict === 'refuse' ? [] : said.obligations;
  return { ...said, verdict, reasons: [fault.reason, ...said.reasons], obligations };
}

function evaluateRule(regime: Regime, facts: CrossingFacts): RegimeVerdict {
  const rules = rulesFor(regime, facts);
  const rule = rules[0];
  const named = { regime: regime.id, regimeVersion: regime.version };
  if (rule === undefined || rules.length > 1) {
    const nothing = { reasons: [], warnings: [], obligations: [], overstay: false };
    return { ...named, ...nothing, verdict: 'refer', rule: UNRESOLVED_RULE };
  }
  const reasons: Reason[] = [];
  const warnings: Reason[] = [];
  let verdict: Verdict = rule.then;
  let overstay = false;
  for (const { is, else: written } of requirementsOf(rule)) {
    if (!isPersonRequirement(is)) {
      // Loading refuses people's rules that name such a one: unchecked, it must not open anything.
      verdict = stricter(verdict, 'refer');
      continue;
    }
    const requirement: RequirementCheck = PERSON_REQUIREMENTS[is];
    const outcome = requirement.check(facts);
    if (outcome.outcome === 'held') continue;
    const reason: Reason = { is, detail: outcome.detail, params: { ...outcome.params } };
    if (outcome.outcome === 'warned') {
      warnings.push(reason);
      continue;
    }
    reasons.push(reason);
    if (endedOnTheWayOut(reason, facts.direction)) {
      overstay ||= reason.detail === 'expired';
    } else {
      verdict = stricter(verdict, written ?? defaultVerdict(is, facts.direction));
    }
  }
  const obligations = verdict === 'refuse' ? [] : rule.oblige;
  return { ...named, verdict, rule: rule.id, reasons, warnings, obligations, overstay };
}
