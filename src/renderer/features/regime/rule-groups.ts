import type { SubjectKind } from '../../../shared/domain/line.ts';
import { SubjectKind as Kinds, Line } from '../../../shared/domain/line.ts';
import type { RegimeRule } from '../../../shared/regime/regime-shape.ts';

/** What the table is narrowed by; '' where a field does not narrow. */
export interface RuleFilter {
  readonly line: string;
  readonly direction: string;
  readonly kind: string;
  readonly class: string;
}

export const ALL_RULES: RuleFilter = { line: '', direction: '', kind: '', class: '' };

/** A rule for both ways speaks of each of the two. */
export function fits(rule: RegimeRule, filter: RuleFilter): boolean {
  const ways: readonly string[] = rule.direction === 'both' ? ['in', 'out'] : [rule.direction];
  return (
    (filter.line === '' || rule.line === filter.line) &&
    (filter.direction === '' || ways.includes(filter.direction)) &&
    (filter.kind === '' || rule.kind === filter.kind) &&
    (filter.class === '' || rule.classes.some((name) => name === filter.class))
  );
}

/** The rules for one kind at one line, the way in first. */
export interface RuleGroup {
  readonly line: Line;
  readonly kind: SubjectKind;
  readonly rules: readonly RegimeRule[];
}

const WAYS = ['in', 'both', 'out', 'across'] as const;

/** The rules that fit, by line and kind; a group without any is left out. */
export function groupRules(rules: readonly RegimeRule[], filter: RuleFilter): RuleGroup[] {
  const fitting = rules.filter((rule) => fits(rule, filter));
  return Line.options.flatMap((line) =>
    Kinds.options.flatMap((kind): RuleGroup[] => {
      const own = fitting.filter((rule) => rule.line === line && rule.kind === kind);
      if (own.length === 0) return [];
      return [{ line, kind, rules: WAYS.flatMap((way) => own.filter((r) => r.direction === way)) }];
    }),
  );
}

/** The classes that the rules speak of, of one kind or of all, each once and in their order. */
export function classesOf(rules: readonly RegimeRule[], kind: string) {
  const own = rules.filter((rule) => kind === '' || rule.kind === kind);
  return [...new Set(own.flatMap(({ classes }) => classes))];
}
