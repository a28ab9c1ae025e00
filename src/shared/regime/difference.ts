import { canonicalJson } from '../lib/canonical.ts';
import { fileOf, type Regime, writtenRule } from './regime-file.ts';
import type { RegimeFile, RegimeRule, RegimeSettings, WrittenRule } from './regime-shape.ts';

/** What of a rule can differ, in the order in which it is read. */
export const RULE_PARTS = [
  ...(['line', 'direction', 'kind', 'classes', 'verdict', 'require', 'oblige'] as const),
  ...(['time', 'text', 'cite'] as const),
] as const;
export type RulePart = (typeof RULE_PARTS)[number];

/** A rule of one version that the other has not, or has otherwise; a rule is known by its id. */
export type RuleDifference =
  | { readonly change: 'added'; readonly after: RegimeRule }
  | { readonly change: 'removed'; readonly before: RegimeRule }
  | {
      readonly change: 'changed';
      readonly before: RegimeRule;
      readonly after: RegimeRule;
      readonly parts: readonly RulePart[];
    };

/** What a whole file says beside its rules and settings. */
const HEAD_PARTS = ['title', 'document', 'authorities', 'changedBy', 'effectiveFrom'] as const;
export type HeadPart = (typeof HEAD_PARTS)[number];

export interface RegimeDifference {
  readonly head: readonly HeadPart[];
  /** In the order of the newer file; what it no longer has comes last. */
  readonly rules: readonly RuleDifference[];
  /** Rules that are the same in both. */
  readonly same: number;
  readonly settings: readonly (keyof RegimeSettings)[];
}

/**
 * What differs between two versions of a regime. The order of rules makes no difference, nor that
 * of the classes, requirements and obligations of one: they all count together.
 */
export function regimeDifference(before: Regime, after: Regime): RegimeDifference {
  const old: RegimeFile = fileOf(before);
  const now: RegimeFile = fileOf(after);
  const known = new Map(before.rules.map((rule) => [rule.id, rule]));
  const wanted = new Set(after.rules.map(({ id }) => id));
  const rules = after.rules.flatMap((rule) => ruleDifference(known.get(rule.id), rule));
  const gone = before.rules.filter(({ id }) => !wanted.has(id));
  const settings = new Set([...Object.keys(before.settings), ...Object.keys(after.settings)]);
  return {
    head: HEAD_PARTS.filter((part) => differs(old[part], now[part])),
    rules: [...rules, ...gone.map((rule) => ({ change: 'removed' as const, before: rule }))],
    same: after.rules.length - rules.length,
    settings: ([...settings] as (keyof RegimeSettings)[])
      .filter((name) => differs(before.settings[name], after.settings[name]))
      .sort(),
  };
}

/** True where two versions decide and say the same. */
export function isSame({ head, rules, settings }: RegimeDifference): boolean {
  return head.length === 0 && rules.length === 0 && settings.length === 0;
}

function ruleDifference(before: RegimeRule | undefined, after: RegimeRule): RuleDifference[] {
  if (before === undefined) return [{ change: 'added', after }];
  const [old, now] = [partsOf(writtenRule(before)), partsOf(writtenRule(after))];
  const parts = RULE_PARTS.filter((part) => differs(old[part], now[part]));
  return parts.length === 0 ? [] : [{ change: 'changed', before, after, parts }];
}

function partsOf(rule: WrittenRule): Readonly<Record<RulePart, unknown>> {
  const { effectiveFrom = null, effectiveTo = null, ...rest } = rule;
  return {
    ...rest,
    verdict: rule.then,
    classes: inAnyOrder(rule.classes),
    require: inAnyOrder(rule.require),
    oblige: inAnyOrder(rule.oblige),
    time: [effectiveFrom, effectiveTo],
  };
}

function inAnyOrder(all: readonly unknown[]): string[] {
  return all.map((one) => canonicalJson(one)).sort();
}

function differs(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) !== canonicalJson(b ?? null);
}
