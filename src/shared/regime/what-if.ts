import type { Verdict } from '../domain/crossing.ts';
import type { Direction, Line, PersonClass } from '../domain/line.ts';
import { codeVerdict } from './code-valid.ts';
import { stricter } from './default-verdict.ts';
import { UNRESOLVED_RULE } from './evaluate.ts';
import type { RecordedOutcomes } from './recorded-outcomes.ts';
import type { Regime } from './regime-file.ts';
import type { ReasonName, RequirementName } from './requirement.ts';
import { rulesFor } from './resolve.ts';
import { type Asked, weigh } from './weigh.ts';

/** A decision that was taken, with all that its record keeps. */
export interface TakenDecision {
  readonly atMs: number;
  readonly line: Line;
  readonly direction: Direction;
  readonly class: PersonClass;
  /** Null where its record keeps too little. */
  readonly outcomes: RecordedOutcomes | null;
  /** What was wrong with the code that was shown; null where nothing was. */
  readonly codeDetail: string | null;
}

/** What another regime says of it. */
export interface OtherDecision {
  readonly verdict: Verdict;
  readonly rule: string;
  /** What failed under it. */
  readonly because: readonly ReasonName[];
}

/**
 * What a regime would have said of a decision that was taken under another, on the facts as they
 * were then, as if it had been in force. Null where that cannot be told: a fact that it asks for
 * was not kept, and would have made the difference.
 */
export function whatIf(regime: Regime, taken: TakenDecision): OtherDecision | null {
  const { class: name, direction, line, outcomes } = taken;
  const atMs = Math.max(taken.atMs, regime.effectiveFromMs);
  const rules = rulesFor(regime, { line, direction, kind: 'person', class: name }, atMs);
  const [rule] = rules;
  if (outcomes === null) return null;
  if (rule === undefined || rules.length > 1) {
    return settled(taken, { verdict: 'refer', rule: UNRESOLVED_RULE, because: [] });
  }
  let isSure = true;
  const ask = (is: RequirementName, unknown: Asked['outcome']): Asked => {
    const known = outcomes.outcome(is, regime.settings);
    if (known !== null) return known;
    isSure = false;
    return { outcome: unknown, reason: { is, detail: 'none', params: {} } };
  };
  const worst = weigh(rule, direction, (is) => ask(is, 'failed'));
  const best = isSure ? worst : weigh(rule, direction, (is) => ask(is, 'held'));
  if (best.verdict !== worst.verdict) return null;
  const because = best.reasons.map(({ is }) => is);
  return settled(taken, { verdict: best.verdict, rule: rule.id, because });
}

/** A code that is not good counts in every regime. */
function settled({ codeDetail, direction }: TakenDecision, said: OtherDecision) {
  if (codeDetail === null) return said;
  const verdict = stricter(said.verdict, codeVerdict(codeDetail, direction));
  return { ...said, verdict, because: ['code-valid' as const, ...said.because] };
}

/** How many were treated so under one regime, and otherwise under another. */
export interface WhatIfCount {
  readonly class: PersonClass;
  readonly rule: string;
  readonly from: Verdict;
  readonly toRule: string;
  readonly to: Verdict;
  readonly count: number;
}

/** A part of a day, or all of it. */
export interface WhatIfCounts {
  readonly looked: number;
  readonly changed: number;
  readonly cannotTell: number;
  readonly counts: readonly WhatIfCount[];
}

export const NOTHING_LOOKED_AT: WhatIfCounts = { looked: 0, changed: 0, cannotTell: 0, counts: [] };

/** Two parts of a day together. The most frequent differences come first. */
export function mergeWhatIf(a: WhatIfCounts, b: WhatIfCounts): WhatIfCounts {
  const counts = new Map<string, WhatIfCount>();
  for (const one of [...a.counts, ...b.counts]) {
    const key = keyOf(one);
    counts.set(key, { ...one, count: one.count + (counts.get(key)?.count ?? 0) });
  }
  return {
    looked: a.looked + b.looked,
    changed: a.changed + b.changed,
    cannotTell: a.cannotTell + b.cannotTell,
    counts: [...counts]
      .sort(([k, x], [l, y]) => y.count - x.count || (k < l ? -1 : 1))
      .map(([, one]) => one),
  };
}

function keyOf({ class: name, from, rule, to, toRule }: WhatIfCount): string {
  return [name, rule, from, toRule, to].join(' ');
}
