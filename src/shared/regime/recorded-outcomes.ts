import type { PersonFacts } from './person-facts.ts';
import { type RegimeSettings, VISITORS_PER_OFFICIAL } from './regime-shape.ts';
import type { Reason, RequirementName } from './requirement.ts';
import { outcomeOf } from './requirements/registry.ts';
import type { Asked } from './weigh.ts';

/**
 * What can be found of every requirement that a person's rule may ask for, and how it can fail.
 * Journals have the places in these lists: they only ever grow, at their ends.
 */
export const RECORDED = [
  ['permit-valid', ['no-permit', 'revoked', 'not-yet', 'expired']],
  ['permit-covers-area', ['no-permit', 'not-covered']],
  ['within-hours', ['no-permit', 'outside']],
  ['not-suspended', ['person', 'permit', 'vehicle', 'consignment', 'enterprise']],
  ['not-watchlisted', ['listed', 'vehicle-listed', 'consignment-listed']],
  ['not-already-inside', ['crossing-under-way', 'unknown-place', 'already-inside', 'elsewhere']],
  ['area-has-room', ['full', 'near-limit']],
  ['consent-to-joint-inspection', ['no-permit', 'not-given']],
  ['clearance-granted', ['none', 'ended']],
  ['on-roster', ['no-roster', 'not-listed', 'not-yet', 'ended']],
  ['health-test-within', ['none', 'not-set', 'not-yet', 'too-old', 'positive']],
  ['escorted', ['no-escort', 'too-many']],
  ['lane-takes', ['not-this-kind', 'locked', 'wrong-way', 'interlock']],
  [
    'within-allowance',
    [
      ...(['not-set', 'not-known', 'used-up', 'no-enterprise', 'no-value'] as const),
      ...(['other-currency', 'too-much'] as const),
    ],
  ],
] as const satisfies readonly (readonly [RequirementName, readonly string[]])[];

const HELD = '-';
const HOUR_MS = 3_600_000;
/** More than any allowance lets. */
const MOST_USED = 999_999;
const FORM = /^([-a-zA-Z]{1,26})(?:\/([0-9a-z]{1,12}))?(?:~(\d{1,3}))?(?:\+(\d{1,6})\.(\w{1,5}))?$/;

/**
 * Every outcome at a decision as one short text, also of what its rule did not ask for, so that
 * another rule can be tried on it later: a letter each in the order of `RECORDED` (`-` held, `a` …
 * failed in that way, `A` … only warned); `/` and the age of a negative health test (ms, base 36);
 * `~` and how many visitors an official could take along, where one was there; `+`, how much of an
 * allowance was used, and in which period, where that was counted.
 */
export function recordOutcomes(facts: PersonFacts, settings: RegimeSettings): string {
  let text = '';
  for (const [is, details] of RECORDED) text += letterOf(is, details, facts, settings);
  const ageMs = negativeTestAge(facts);
  if (ageMs !== null) text += `/${ageMs.toString(36)}`;
  const { visitorsPerOfficial = VISITORS_PER_OFFICIAL } = settings;
  if (facts.escort !== 'none') text += `~${visitorsPerOfficial}`;
  const { personAllowance } = settings;
  if (facts.allowanceUsed == null || personAllowance === undefined) return text;
  return `${text}+${Math.min(facts.allowanceUsed, MOST_USED)}.${personAllowance.every}`;
}

function letterOf(
  is: RequirementName,
  details: readonly string[],
  facts: PersonFacts,
  settings: RegimeSettings,
): string {
  if (is === 'health-test-within' && negativeTestAge(facts) !== null) return HELD;
  // Told of the test itself, whether or not the regime of the day set an age.
  const asked = is === 'health-test-within' ? { ...settings, healthTestHours: 1 } : settings;
  const said = outcomeOf(is, facts, asked);
  if (said === null || said.outcome === 'held') return HELD;
  const letter = String.fromCharCode(97 + details.indexOf(said.detail));
  return said.outcome === 'warned' ? letter.toUpperCase() : letter;
}

/** Its age decides, not an outcome: that depends on a setting. Null where there is none. */
function negativeTestAge({ atMs, healthTest }: PersonFacts): number | null {
  const isNegative = healthTest?.result === 'negative' && healthTest.takenMs <= atMs;
  return isNegative ? Math.round(atMs - healthTest.takenMs) : null;
}

/** A decision's outcomes as they are read back. */
export interface RecordedOutcomes {
  /** What a requirement would have given under these settings; null where that was not kept. */
  outcome(is: RequirementName, settings: RegimeSettings): Asked | null;
}

/** Null for what this version cannot read. */
export function readOutcomes(text: string): RecordedOutcomes | null {
  const found = FORM.exec(text);
  if (found === null) return null;
  const [, letters = '', age, limit, used, every] = found;
  const ageMs = age === undefined ? null : Number.parseInt(age, 36);
  return {
    outcome(is, settings) {
      if (is === 'health-test-within') {
        const { healthTestHours: hours } = settings;
        if (hours === undefined) return failed(is, 'not-set');
        if (ageMs !== null) return ageMs < hours * HOUR_MS ? held(is) : failed(is, 'too-old');
      }
      if (is === 'escorted' && limit !== undefined) {
        const { visitorsPerOfficial = VISITORS_PER_OFFICIAL } = settings;
        if (visitorsPerOfficial !== Number(limit)) return null;
      }
      if (is === 'within-allowance') {
        const { personAllowance: terms } = settings;
        if (terms === undefined) return failed(is, 'not-set');
        // Counted in another period, or not at all.
        if (String(terms.every) !== every) return null;
        return Number(used) < terms.crossings ? held(is) : failed(is, 'used-up');
      }
      return byLetter(is, letters);
    },
  };
}

function byLetter(is: RequirementName, letters: string): Asked | null {
  const at = RECORDED.findIndex(([name]) => name === is);
  const letter = letters[at];
  if (at < 0 || letter === undefined) return null;
  if (letter === HELD) return held(is);
  const small = letter.toLowerCase();
  const detail = RECORDED[at]?.[1][small.charCodeAt(0) - 97];
  if (detail === undefined) return null;
  return { ...failed(is, detail), outcome: letter === small ? 'failed' : 'warned' };
}

function held(is: RequirementName): Asked {
  return { outcome: 'held', reason: reason(is, 'none') };
}

function failed(is: RequirementName, detail: string): Asked {
  return { outcome: 'failed', reason: reason(is, detail) };
}

function reason<N extends RequirementName>(is: N, detail: string): Reason & { readonly is: N } {
  return { is, detail, params: {} };
}
