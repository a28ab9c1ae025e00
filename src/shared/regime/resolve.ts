import type { Direction, Line, SubjectClass, SubjectKind } from '../domain/line.ts';
import { CLASSES_OF } from '../domain/line.ts';
import type { Site } from '../domain/site.ts';
import { type Fault, fail, ok, type Result } from '../lib/result.ts';
import { parseRegime, type Regime } from './regime-file.ts';
import type { RegimeRule } from './regime-shape.ts';

/** One case: what a regime must decide by exactly one rule. */
export interface Case {
  readonly line: Line;
  readonly direction: Direction;
  readonly kind: SubjectKind;
  readonly class: SubjectClass;
}

/** A site's lanes and the checkpoints that say on which line they stand. */
export type SiteLanes = Pick<Site, 'lanes' | 'checkpoints'>;

/** Why a regime cannot be put to work at a site: every hole and every overlap. */
export interface UnresolvedCases extends Fault {
  readonly code: 'regime-unresolved';
  readonly holes: readonly Case[];
  readonly overlaps: readonly { readonly case: Case; readonly rules: readonly string[] }[];
}

export function caseName(it: Case): string {
  return `${it.line} ${it.direction} ${it.kind} ${it.class}`;
}

/**
 * Every case that a site's lanes can present: each line and direction that a lane has, with each
 * kind that it takes and each class of that kind (whoever holds a badge of it may come).
 */
export function casesOf({ lanes, checkpoints }: SiteLanes): Case[] {
  const lineOf = new Map(checkpoints.map((checkpoint) => [checkpoint.id, checkpoint.line]));
  const cases = new Map<string, Case>();
  for (const lane of lanes) {
    const line = lineOf.get(lane.checkpoint);
    if (line === undefined) continue;
    for (const kind of lane.takes) {
      for (const name of CLASSES_OF[kind]) {
        const it: Case = { line, direction: lane.direction, kind, class: name };
        cases.set(caseName(it), it);
      }
    }
  }
  return [...cases.values()];
}

/** Every rule that claims a case: exactly one in a regime that was checked. */
export function rulesFor(regime: Pick<Regime, 'rules'>, it: Case): RegimeRule[] {
  return regime.rules.filter((rule) => claims(rule, it));
}

function claims(rule: RegimeRule, it: Case): boolean {
  return (
    rule.line === it.line &&
    (rule.direction === it.direction || (rule.direction === 'both' && it.direction !== 'across')) &&
    rule.kind === it.kind &&
    rule.classes.includes(it.class)
  );
}

/** Every case that a rule's own words claim, at whichever site. */
export function casesOfRule(rule: RegimeRule): Case[] {
  const directions: readonly Direction[] =
    rule.direction === 'both' ? ['in', 'out'] : [rule.direction];
  return directions.flatMap((direction) =>
    rule.classes.map((name) => ({ line: rule.line, direction, kind: rule.kind, class: name })),
  );
}

/**
 * No catch-all and no precedence: each case must be claimed by exactly one rule. The given cases
 * are searched for holes; they and all that the rules claim are searched for overlaps.
 */
export function checkRegime(
  regime: Regime,
  cases: readonly Case[],
): Result<Regime, UnresolvedCases> {
  const holes = cases.filter((it) => rulesFor(regime, it).length === 0);
  const all = new Map<string, Case>();
  for (const it of [...cases, ...regime.rules.flatMap(casesOfRule)]) all.set(caseName(it), it);
  const overlaps = [...all.values()]
    .map((it) => ({ case: it, rules: rulesFor(regime, it).map((rule) => rule.id) }))
    .filter(({ rules }) => rules.length > 1);
  if (holes.length === 0 && overlaps.length === 0) return ok(regime);
  const told = [`${regime.id} version ${regime.version} does not decide every case exactly once.`];
  if (holes.length > 0) {
    told.push(`Write a rule for: ${holes.map(caseName).join('; ')}.`);
  }
  if (overlaps.length > 0) {
    const named = overlaps.map(({ case: it, rules }) => `${caseName(it)} (${rules.join(', ')})`);
    told.push(`Keep one rule for: ${named.join('; ')}.`);
  }
  const where = regime.id;
  const text = told.join(' ');
  return { ok: false, fault: { code: 'regime-unresolved', text, where, holes, overlaps } };
}

/** Lanes that this console cannot work yet are named, rather than left to answer by chance. */
export function checkLanes({ lanes, checkpoints }: SiteLanes): Result<null> {
  const known = new Set(checkpoints.map((checkpoint) => checkpoint.id));
  for (const lane of lanes) {
    if (!known.has(lane.checkpoint)) {
      const text = `lane ${lane.id} stands at checkpoint ${lane.checkpoint}, which the site lacks: \
add the checkpoint or correct the lane.`;
      return fail('lane-without-checkpoint', text, lane.id);
    }
  }
  const others = lanes.filter((lane) => lane.takes.some((kind) => kind !== 'person'));
  if (others.length === 0) return ok(null);
  const named = others.map((lane) => `${lane.id} (${lane.takes.join(', ')})`).join('; ');
  const text = `this version decides people only; take vehicles and consignments off these lanes' \
"takes": ${named}.`;
  return fail('lane-kind-not-decided', text, others[0]?.id);
}

/**
 * Reads a regime file for a site and proves that every case of the site's lanes resolves to exactly
 * one rule. What a console must do before it lets a regime decide.
 */
export function loadRegime(text: string, where: string, site: SiteLanes): Result<Regime> {
  const lanes = checkLanes(site);
  if (!lanes.ok) return lanes;
  const parsed = parseRegime(text, where);
  if (!parsed.ok) return parsed;
  return checkRegime(parsed.value, casesOf(site));
}
