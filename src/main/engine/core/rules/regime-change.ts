import type { Authority } from '../../../../shared/domain/authority.ts';
import { draftId, type TextId, type UserId } from '../../../../shared/domain/ids.ts';
import { REGIME_PART_CHARS } from '../../../../shared/journal/regime-events.ts';
import { hkDayTime } from '../../../../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { RequestFacts } from '../facts.ts';
import type { RegimeDraftInput, RequestInput } from '../input.ts';
import type { DraftNow, RegimeNow } from '../regime-facts.ts';
import { type KeptText, keepText } from './keep-text.ts';

export type ChangeRequest = Extract<RequestInput, { name: 'regime.enact' | 'regime.withdraw' }>;
type EnactRequest = Extract<ChangeRequest, { name: 'regime.enact' }>;

/**
 * A version is handed in: kept with its whole text, in as many events as that takes. Fails with
 * `regime-other` and `regime-version`, which both say what to write into the file.
 */
export function decideDraft(
  now: RegimeNow,
  { proven, reason, text }: RegimeDraftInput,
  moment: Moment,
): { list: EventList; answer: Result<unknown>; text: KeptText | null } {
  const list = new EventList(moment);
  const refusal = refuseDraft(now, proven);
  if (refusal !== null) return { list, answer: refusal, text: null };
  const { hash } = proven;
  const why = keepText(list, reason, moment);
  const parts = partsOf(text);
  for (const [n, part] of parts.entries()) {
    list.add('regime.text', { hash, part: n + 1, parts: parts.length, text: part });
  }
  const draft = draftId(moment.epoch, list.nextSeq);
  list.add('regime.drafted', { draft, ...proven, reason: why.id });
  return { list, answer: ok({ draft, version: proven.version }), text: why };
}

function refuseDraft(now: RegimeNow, proven: RegimeDraftInput['proven']): Result<never> | null {
  const { regime, version } = proven;
  if (regime !== now.id) {
    const text = `this site works by ${now.id}, and this is a version of ${regime}`;
    return fail('regime-other', text, 'id');
  }
  if (version <= now.highest) {
    const text = `version ${now.highest} exists already: write ${now.highest + 1} or higher`;
    return fail('regime-version', text, 'version');
  }
  const same = now.waiting.find((waiting) => waiting.version === version);
  if (same === undefined) return null;
  const there = `version ${version} is drafted already (${same.draft})`;
  const text = `${there}: withdraw it, or write another`;
  return fail('regime-version', text, 'version');
}

/** Never between the two halves of one character. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + REGIME_PART_CHARS, text.length);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

/** Why a version cannot be enacted or withdrawn as asked; null where it can. */
export function refuseChange(
  { regime }: RequestFacts,
  input: ChangeRequest,
  { atMs }: Moment,
): Result<never> | null {
  const where = input.input.draft;
  const draft = regime?.draft ?? null;
  if (regime === undefined || draft === null) {
    return fail('not-found', 'there is no such version of the regime', where);
  }
  if (draft.state === 'withdrawn') {
    return fail('not-open', 'this version was withdrawn: hand it in anew', where);
  }
  if (input.name === 'regime.withdraw') {
    const isDeciding = draft.state === 'enacted' && (draft.fromMs ?? 0) <= atMs;
    if (!isDeciding) return null;
    return fail('regime-decides', 'it is in force: enact another version instead', where);
  }
  if (draft.state === 'enacted') return fail('no-change', 'it is enacted already', where);
  return (
    refuseTime(regime.now, draft, input.input.fromMs, atMs) ??
    refusePerson(regime.now, draft, input)
  );
}

function refuseTime(
  { enactedFromMs, highest, id }: RegimeNow,
  { draft, effectiveFromMs, regime, version }: DraftNow,
  fromMs: number,
  atMs: number,
): Result<never> | null {
  if (regime !== id) {
    return fail('regime-other', `this site works by ${id}, and this is ${regime}`, draft);
  }
  if (version <= highest) {
    return fail('regime-version', `version ${highest} was enacted meanwhile`, draft);
  }
  if (fromMs <= atMs) {
    return fail('regime-past', `choose a time to come: it is ${hkDayTime(atMs)} now`, 'fromMs');
  }
  if (fromMs < effectiveFromMs) {
    const text = `its own text lets it decide from ${hkDayTime(effectiveFromMs)} on, not before`;
    return fail('regime-early', text, 'fromMs');
  }
  if (enactedFromMs === null || fromMs > enactedFromMs) return null;
  const text = `another version is enacted from ${hkDayTime(enactedFromMs)} on`;
  return fail('regime-order', `${text}: choose a later time, or withdraw it`, 'fromMs');
}

function refusePerson(
  { eachSide }: RegimeNow,
  draft: DraftNow,
  { actor, input, side = null }: EnactRequest,
): Result<never> | null {
  const isOnSide = eachSide === null || side === eachSide.first || side === eachSide.home;
  if (!isOnSide) {
    const text = `a change needs one person of ${eachSide.first} and one of ${eachSide.home}`;
    return fail('regime-side', `${text}, and you act for neither`, 'side');
  }
  if (!isSecond(draft, input.fromMs)) return null;
  if (draft.proposedBy === actor.user) {
    return fail('regime-same-person', 'somebody else must agree to this time', draft.draft);
  }
  if (eachSide === null || draft.proposedSide !== side) return null;
  const text = `somebody of ${other(eachSide, side)} must agree: ${side} has proposed it`;
  return fail('regime-side', text, 'side');
}

/** Somebody has proposed this very time; another time is a proposal of its own. */
function isSecond({ fromMs, state }: DraftNow, wantedMs: number): boolean {
  return state === 'proposed' && fromMs === wantedMs;
}

function other(sides: NonNullable<RegimeNow['eachSide']>, side: Authority | null): Authority {
  return side === sides.first ? sides.home : sides.first;
}

/** Proposes, enacts or withdraws; was looked at by `refuseChange`. */
export function changeRegime(
  list: EventList,
  { regime }: RequestFacts,
  request: ChangeRequest,
  reason: TextId,
): unknown {
  const found = regime?.draft ?? null;
  if (found === null) throw new Error('a change of the regime without its version');
  const { draft, hash, proposedBy, proposedSide, regime: id, version } = found;
  if (request.name === 'regime.withdraw') {
    return { seq: list.add('regime.withdrawn', { draft, reason }) };
  }
  const { input, side = null } = request;
  const { fromMs } = input;
  if (!isSecond(found, fromMs)) {
    return { seq: list.add('regime.proposed', { draft, fromMs, side, reason }), enacted: false };
  }
  const enacted = { draft, regime: id, version, hash, fromMs };
  const by = { proposedBy: proposedBy as UserId, proposedSide, side };
  return { seq: list.add('regime.enacted', { ...enacted, ...by, reason }), enacted: true };
}
