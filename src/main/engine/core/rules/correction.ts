import type { CorrectionChange, FactValue } from '../../../../shared/domain/correction.ts';
import { type CrossingId, correctionId, type TextId } from '../../../../shared/domain/ids.ts';
import type { Place } from '../../../../shared/domain/place.ts';
import type { EventData } from '../../../../shared/journal/events.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { hkDayTime } from '../../../../shared/lib/hk-time.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { RequestInput } from '../input.ts';
import type { CorrectionFacts, CorrectionNow, RecordedCrossing } from '../people-facts.ts';

export type CorrectionRequest = Extract<
  RequestInput,
  { name: 'correction.ask' | 'correction.confirm' | 'correction.decline' }
>;

/**
 * Why a correction cannot be asked for, confirmed or declined; null where it can. What it would
 * change is looked at again when it is confirmed: the fact may have moved on meanwhile.
 */
export function refuseCorrection(
  facts: CorrectionFacts,
  of: CorrectionRequest,
  moment: Moment,
): Result<never> | null {
  if (of.name === 'correction.ask') {
    const { change, crossing } = of.input;
    if (facts.waiting !== null) {
      const told = `${facts.waiting} waits for a second person: confirm or decline that first`;
      return fail('waiting', told, crossing);
    }
    return refuseChange(facts, change, crossing, moment);
  }
  const where = of.input.correction;
  const asked = facts.correction;
  if (asked === null) return fail('not-found', 'there is no such correction', where);
  if (asked.state !== 'asked') return fail('not-open', `it was ${asked.state} already`, where);
  const isOwn = asked.askedBy === of.actor.user;
  if (of.name === 'correction.decline') {
    if (isOwn || of.role === 'supervisor') return null;
    return fail('role', 'only a supervisor or who asked can decline it', where);
  }
  if (isOwn) return fail('same-person', 'somebody else must confirm what you asked for', where);
  return (
    refuseChange(facts, changeOf(asked), asked.crossing, moment) ?? refuseMoved(facts, asked, where)
  );
}

/** What a correction that was asked for changes. */
function changeOf({ after, fact }: CorrectionNow): CorrectionChange {
  return { fact, after } as CorrectionChange;
}

/** The second person saw another value than the one that stands now. */
function refuseMoved(
  facts: CorrectionFacts,
  { before, fact }: CorrectionNow,
  where: string,
): Result<never> | null {
  const now = recordedOf(facts, fact);
  if (now === before) return null;
  return fail('fact-changed', `it is ${now} by now: decline this, and ask anew`, where);
}

function refuseChange(
  { crossing, dayReturn }: CorrectionFacts,
  change: CorrectionChange,
  where: CrossingId,
  { wallMs }: Moment,
): Result<never> | null {
  if (change.fact === 'day-return') {
    if (dayReturn === null) {
      const told = 'nobody had to be back from this, or the journal has gone on since it ended';
      return fail('not-found', told, where);
    }
    if (dayReturn.outcome === null) {
      return fail('not-open', 'nobody has decided on it: decide first', where);
    }
    return dayReturn.outcome === change.after ? unchanged(where) : null;
  }
  if (crossing === null) return fail('not-found', 'there is no such crossing', where);
  if (crossing.passage === null) {
    const told = 'it has no end that could be wrong: say where the person is instead';
    return fail('not-open', told, where);
  }
  if (crossing.isVehicle) {
    const told = 'goods moved with this vehicle: put their ledger right by steps of its own';
    return fail('vehicle', told, where);
  }
  switch (change.fact) {
    case 'passage':
      if (crossing.person === null) {
        const told = 'nobody could be named: count the heads of the area instead';
        return fail('unnamed', told, where);
      }
      return crossing.passage === change.after ? unchanged(where) : null;
    case 'time':
      return refuseTime(crossing, change.after, wallMs);
    default:
      return assertNever(change, 'change');
  }
}

function unchanged(where: string): Result<never> {
  return fail('no-change', 'that is what is recorded already', where);
}

/** A time may be put right, the order of a person's crossings may not be turned round by it. */
function refuseTime(
  { crossing, earlierMs, happenedMs, laterMs, passage }: RecordedCrossing,
  after: number,
  nowMs: number,
): Result<never> | null {
  if (passage !== 'passed') return fail('not-open', 'nobody went through at all', crossing);
  if (after === happenedMs) return unchanged(crossing);
  const [low, high] = [earlierMs ?? 0, Math.min(laterMs ?? nowMs, nowMs)];
  if (after > low && after < high) return null;
  const range = `${earlierMs === null ? '' : `after ${hkDayTime(low)} and `}before`;
  const told = `choose a time ${range} ${hkDayTime(high)}: the order of crossings stays`;
  return fail('out-of-order', told, crossing);
}

function recordedOf(
  { crossing, dayReturn }: CorrectionFacts,
  fact: CorrectionChange['fact'],
): FactValue {
  if (fact === 'day-return') return dayReturn?.outcome ?? '';
  return (fact === 'passage' ? crossing?.passage : crossing?.happenedMs) ?? '';
}

/** Carries it out, refused as it was not. */
export function actOnCorrection(
  list: EventList,
  facts: CorrectionFacts,
  of: CorrectionRequest,
  reason: TextId,
  { epoch }: Moment,
): unknown {
  if (of.name === 'correction.decline') {
    const { correction } = of.input;
    const crossing = facts.correction?.crossing;
    if (crossing === undefined) throw new Error('declined without its correction');
    return { seq: list.add('correction.declined', { correction, crossing, reason }) };
  }
  if (of.name === 'correction.confirm') return { seq: confirm(list, facts, reason) };
  const { change, crossing } = of.input;
  const correction = correctionId(epoch, list.nextSeq);
  const { after, fact } = change;
  const person = facts.crossing?.person ?? facts.dayReturn?.person ?? null;
  const before = recordedOf(facts, fact);
  list.add('correction.asked', { correction, crossing, person, fact, before, after, reason });
  return { correction };
}

function confirm(list: EventList, facts: CorrectionFacts, reason: TextId): number {
  const asked = facts.correction;
  if (asked?.askedBy == null) throw new Error('a confirmation without its correction');
  const { after, askedBy, before, correction, crossing, fact, person } = asked;
  const place = person === null ? null : placeAfter(facts, changeOf(asked));
  const seq = list.add('correction.confirmed', {
    ...{ correction, crossing, person, fact, before, after, askedBy, reason },
    recount: recount(facts.crossing, changeOf(asked)),
    ...usedAllowance(facts.crossing, changeOf(asked)),
    ...(facts.owed.length > 0 ? { owed: [...facts.owed] } : {}),
    place,
    voids: fact === 'day-return' && after === 'stayed' ? (facts.dayReturn?.set ?? null) : null,
  });
  if (place !== null && person !== null) {
    list.add('presence.set', { person, place, crossing: null, reason });
  }
  return seq;
}

/**
 * Where the person is by the corrected facts, where that is not where the ledger has them; null
 * where nothing moves, as when they have crossed again since.
 */
function placeAfter(
  { crossing, dayReturn }: CorrectionFacts,
  change: CorrectionChange,
): Place | null {
  switch (change.fact) {
    case 'passage': {
      if (crossing === null) return null;
      if (change.after === 'not-taken') return crossing.isLast ? crossing.from : null;
      return crossing.isNewest ? crossing.to : null;
    }
    case 'time':
      return null;
    case 'day-return': {
      if (dayReturn === null) return null;
      if (change.after === 'stayed') return dayReturn.isLast ? dayReturn.area : null;
      return dayReturn.place === dayReturn.area ? dayReturn.back : null;
    }
    default:
      return assertNever(change, 'change');
  }
}

/** Told with it, since what it counted under may stand in an earlier file of the journal. */
function usedAllowance(
  crossing: RecordedCrossing | null,
  { fact }: CorrectionChange,
): Pick<EventData<'correction.confirmed'>, 'allowance'> {
  const used = crossing?.allowance ?? null;
  return fact === 'day-return' || used === null ? {} : { allowance: used };
}

/** Which counts of which day change; null where no crossing's passage does. */
function recount(
  crossing: RecordedCrossing | null,
  change: CorrectionChange,
): EventData<'correction.confirmed'>['recount'] {
  if (crossing === null || change.fact === 'day-return') return null;
  const { askedMs, checkpoint, countedMs: fromMs, direction, happenedMs, lane, line } = crossing;
  const where = { lane, checkpoint, line, direction, class: crossing.class, askedMs, fromMs };
  if (change.fact === 'time') return { ...where, toMs: change.after, notTaken: 0 };
  const isCounted = crossing.isNotTakenCounted;
  return change.after === 'passed'
    ? { ...where, toMs: happenedMs, notTaken: isCounted ? -1 : 0 }
    : { ...where, toMs: null, notTaken: isCounted ? 0 : 1 };
}
