import type { Direction, Line, SubjectClass } from '../domain/line.ts';
import { CLASSES_OF, SubjectKind } from '../domain/line.ts';
import type { Site } from '../domain/site.ts';
import { hkDay, hkTime } from '../lib/hk-time.ts';
import { type Fault, fail, ok, type Result } from '../lib/result.ts';
import { parseRegime, type Regime, type RegimeFault } from './regime-file.ts';
import type { RegimeRule, WrittenRule } from './regime-shape.ts';
import type { FileFault } from './rule-faults.ts';

/** One case: what a regime must decide by exactly one rule. */
export interface Case {
  readonly line: Line;
  readonly direction: Direction;
  readonly kind: SubjectKind;
  readonly class: SubjectClass;
}

/** A site's lanes and the checkpoints that say on which line they stand. */
export type SiteLanes = Pick<Site, 'lanes' | 'checkpoints'>;

/** A case that no rule decides: from this moment on, where not from the regime's beginning. */
export type Hole = Case & { readonly fromMs?: number };

/** A case that several rules decide, from this moment on likewise. */
export interface Overlap {
  readonly case: Case;
  readonly rules: readonly string[];
  readonly fromMs?: number;
}

/** Why a regime cannot be put to work: every hole and every overlap, each also as one line. */
export interface UnresolvedCases extends Fault {
  readonly code: 'regime-unresolved';
  readonly holes: readonly Hole[];
  readonly overlaps: readonly Overlap[];
  readonly faults: readonly FileFault[];
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
    // A vehicle brings its driver and its goods, each with a rule of its own.
    const kinds = lane.takes.includes('vehicle') ? SubjectKind.options : lane.takes;
    for (const kind of kinds) {
      for (const name of CLASSES_OF[kind]) {
        const it: Case = { line, direction: lane.direction, kind, class: name };
        cases.set(caseName(it), it);
      }
    }
  }
  return [...cases.values()];
}

const DIRECTIONS_OF: Readonly<Record<Line, readonly Direction[]>> = {
  first: ['in', 'out'],
  second: ['in', 'out'],
  inner: ['across'],
};

/** Every case of the lines that a regime speaks of: each way, each kind, each class. */
export function ownCases({ rules }: Pick<Regime, 'rules'>): Case[] {
  const lines = new Set(rules.map((rule) => rule.line));
  return [...lines].flatMap((line) =>
    DIRECTIONS_OF[line].flatMap((direction) =>
      SubjectKind.options.flatMap((kind) =>
        CLASSES_OF[kind].map((name): Case => ({ line, direction, kind, class: name })),
      ),
    ),
  );
}

/**
 * Every rule that claims a case, at a moment (ms since 1970) or, without one, at whichever: exactly
 * one at every moment in a regime that was checked.
 */
export function rulesFor(regime: Pick<Regime, 'rules'>, it: Case, atMs?: number): RegimeRule[] {
  return regime.rules.filter(
    (rule) => claims(rule, it) && (atMs === undefined || isEffective(rule, atMs)),
  );
}

function isEffective({ fromMs, toMs }: RegimeRule, atMs: number): boolean {
  return atMs >= fromMs && atMs < toMs;
}

function claims(rule: WrittenRule, it: Case): boolean {
  return (
    rule.line === it.line &&
    (rule.direction === it.direction || (rule.direction === 'both' && it.direction !== 'across')) &&
    rule.kind === it.kind &&
    rule.classes.includes(it.class)
  );
}

/** Every case that a rule's own words claim, at whichever site. */
export function casesOfRule(rule: WrittenRule): Case[] {
  const directions: readonly Direction[] =
    rule.direction === 'both' ? ['in', 'out'] : [rule.direction];
  return directions.flatMap((direction) =>
    rule.classes.map((name) => ({ line: rule.line, direction, kind: rule.kind, class: name })),
  );
}

/**
 * No catch-all and no precedence: each case must be claimed by exactly one rule, at every time from
 * the regime's beginning on. The given cases are searched for holes; they and all that the rules
 * claim are searched for overlaps.
 */
export function checkRegime(
  regime: Regime,
  cases: readonly Case[],
): Result<Regime, UnresolvedCases> {
  const moments = momentsOf(regime);
  const holes = cases.flatMap((it): Hole[] =>
    troubles(regime, it, moments, (rules) => rules.length === 0).map(({ since }) => ({
      ...it,
      ...since,
    })),
  );
  const all = new Map<string, Case>();
  for (const it of [...cases, ...regime.rules.flatMap(casesOfRule)]) all.set(caseName(it), it);
  const overlaps = [...all.values()].flatMap((it): Overlap[] =>
    troubles(regime, it, moments, (rules) => rules.length > 1).map(({ rules, since }) => ({
      case: it,
      rules,
      ...since,
    })),
  );
  if (holes.length === 0 && overlaps.length === 0) return ok(regime);
  return { ok: false, fault: unresolved(regime, holes, overlaps) };
}

/** When what decides can change: the regime's beginning, and every later one or end of a rule. */
function momentsOf({ rules, effectiveFromMs }: Regime): number[] {
  const changes = rules.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const later = changes.filter((ms) => Number.isFinite(ms) && ms > effectiveFromMs);
  return [effectiveFromMs, ...new Set(later.sort((a, b) => a - b))];
}

interface Trouble {
  readonly rules: readonly string[];
  /** Empty from the regime's beginning on. */
  readonly since: { readonly fromMs?: number };
}

/** From which moments on a case is in trouble, each once for as long as it stays the same. */
function troubles(
  regime: Regime,
  it: Case,
  moments: readonly number[],
  isTrouble: (rules: readonly RegimeRule[]) => boolean,
): Trouble[] {
  const found: Trouble[] = [];
  const rules = rulesFor(regime, it);
  let before = '';
  for (const [n, atMs] of moments.entries()) {
    const now = rules.filter((rule) => isEffective(rule, atMs));
    const ids = now.map((rule) => rule.id);
    const same = isTrouble(now) ? `is ${ids.join(' ')}` : '';
    if (same !== '' && same !== before) {
      found.push({ rules: ids, since: n === 0 ? {} : { fromMs: atMs } });
    }
    before = same;
  }
  return found;
}

function unresolved(
  { id, version }: Regime,
  holes: readonly Hole[],
  overlaps: readonly Overlap[],
): UnresolvedCases {
  const noRule = holes.map((hole) => `${caseName(hole)}${sinceText(hole)}`);
  const several = overlaps.map(
    (one) => `${caseName(one.case)}${sinceText(one)} (${one.rules.join(', ')})`,
  );
  const told = [`${id} version ${version} does not decide every case exactly once.`];
  if (noRule.length > 0) told.push(`Write a rule for: ${noRule.join('; ')}.`);
  if (several.length > 0) told.push(`Keep one rule for: ${several.join('; ')}.`);
  const faults = [
    ...noRule.map((path) => ({ path, text: 'no rule decides this: write one' })),
    ...several.map((path) => ({ path, text: 'several rules decide this: keep one' })),
  ];
  return { code: 'regime-unresolved', text: told.join(' '), where: id, holes, overlaps, faults };
}

function sinceText({ fromMs }: { readonly fromMs?: number }): string {
  return fromMs === undefined ? '' : ` from ${hkDay(fromMs)}T${hkTime(fromMs)}+08:00`;
}

/**
 * Lanes that this console cannot work are named, rather than left to answer by chance: a lane is
 * for persons, or for vehicles with what they carry.
 */
export function checkLanes({ lanes, checkpoints }: SiteLanes): Result<null> {
  const known = new Set(checkpoints.map((checkpoint) => checkpoint.id));
  for (const lane of lanes) {
    if (!known.has(lane.checkpoint)) {
      const text = `lane ${lane.id} stands at checkpoint ${lane.checkpoint}, which the site lacks: \
add the checkpoint or correct the lane.`;
      return fail('lane-without-checkpoint', text, lane.id);
    }
  }
  const others = lanes.filter(({ takes }) => {
    return takes.includes('vehicle') === takes.includes('person') || isMixed(takes);
  });
  if (others.length === 0) return ok(null);
  const named = others.map((lane) => `${lane.id} (${lane.takes.join(', ')})`).join('; ');
  const text = `a lane takes persons, or vehicles with what they carry: correct "takes" of \
${named}.`;
  return fail('lane-kind-not-decided', text, others[0]?.id);
}

/** Goods do not go on foot. */
function isMixed(takes: readonly SubjectKind[]): boolean {
  return takes.includes('person') && takes.includes('consignment');
}

/** Reads a regime file and proves it whole: all that its own lines can bring, at every time. */
export function readRegime(
  text: string,
  where: string,
): Result<Regime, RegimeFault | UnresolvedCases> {
  const parsed = parseRegime(text, where);
  return parsed.ok ? checkRegime(parsed.value, ownCases(parsed.value)) : parsed;
}

/**
 * Reads a regime file for a site: proves it whole, and that every case of the site's lanes resolves
 * to exactly one rule. What a console must do before it lets a regime decide.
 */
export function loadRegime(text: string, where: string, site: SiteLanes): Result<Regime> {
  const lanes = checkLanes(site);
  if (!lanes.ok) return lanes;
  const read = readRegime(text, where);
  return read.ok ? checkRegime(read.value, casesOf(site)) : read;
}
