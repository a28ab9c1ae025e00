import type { Verdict } from '../domain/crossing.ts';
import type { Direction } from '../domain/line.ts';
import { barsEverybody, defaultVerdict, endedOnTheWayOut, stricter } from './default-verdict.ts';
import type { RegimeRule } from './regime-shape.ts';
import type { Reason, RequirementName } from './requirement.ts';
import type { Outcome } from './requirements/requirement-check.ts';
import type { RegimeVerdict } from './verdict.ts';

/** What was found of one requirement. */
export interface Asked {
  readonly outcome: Outcome<string>['outcome'] | 'cannot-ask';
  readonly reason: Reason & { readonly is: RequirementName };
}

/** A locked lane takes nobody: that is looked at also where a rule does not write it out. */
function requirementsOf({ require }: RegimeRule): RegimeRule['require'] {
  const isWritten = require.some(({ is }) => is === 'lane-takes');
  return isWritten ? require : [...require, { is: 'lane-takes' }];
}

export type Weighed = Pick<RegimeVerdict, 'verdict' | 'reasons' | 'warnings' | 'overstay'>;

/**
 * A rule weighed by the outcomes of what it asks: the strictest verdict among its own and those of
 * what failed. A requirement also holds where one of its `or` does.
 */
export function weigh(
  rule: RegimeRule,
  direction: Direction,
  outcome: (is: RequirementName) => Asked,
): Weighed {
  const reasons: Reason[] = [];
  const warnings: Reason[] = [];
  let verdict: Verdict = rule.then;
  let overstay = false;
  for (const { is, or = [], else: written } of requirementsOf(rule)) {
    const asked = [is, ...or].map((name) => outcome(name));
    if (asked.some((one) => one.outcome === 'held')) continue;
    const soft = asked.find((one) => one.outcome === 'warned');
    if (soft !== undefined) {
      warnings.push(soft.reason);
      continue;
    }
    for (const { outcome: said, reason } of asked) {
      // Loading refuses rules that ask so of this kind: unchecked, it must not open anything.
      if (said === 'cannot-ask') verdict = stricter(verdict, 'refer');
      else {
        reasons.push(reason);
        if (barsEverybody(reason)) verdict = 'refuse';
        else if (endedOnTheWayOut(reason, direction)) overstay ||= reason.detail === 'expired';
        else verdict = stricter(verdict, written ?? defaultVerdict(reason.is, direction));
      }
    }
  }
  return { verdict, reasons, warnings, overstay };
}
