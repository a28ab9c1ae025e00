import type { Permit } from '../../shared/domain/permit.ts';
import { isArea } from '../../shared/domain/place.ts';
import { hkDay, hkDayEnd, hkDayStart, MINUTE_MS } from '../../shared/lib/hk-time.ts';
import { evaluate } from '../../shared/regime/evaluate.ts';
import type { CrossingFacts } from '../../shared/regime/facts.ts';
import type { Regime } from '../../shared/regime/regime-file.ts';
import type { LaneFacts } from './core/facts.ts';
import type { StoredCard } from './devices/ports.ts';
import type { LedgerReads } from './projections/gather/ledger.ts';
import type { InForce, ReferenceLookup } from './reference/lookup.ts';

export interface RosterDeps {
  readonly reference: ReferenceLookup;
  readonly ledger: LedgerReads;
  readonly regime: Regime;
}

/** Permits looked at before others get their turn. */
const PAGE = 50;

/**
 * The cards that a board may decide on alone while the console is silent: only at its lanes with
 * `offline: roster`, only permits that the regime would admit there all of today (looked at in its
 * first and its last minute, local suspensions included; who is on the watch-list for any part of
 * the day counts as on it all day), and at most as many as the board states it holds. Everybody
 * else is denied by the board. Null once they are no longer wanted.
 */
export async function rosterCards(
  deps: RosterDeps,
  lanes: readonly LaneFacts[],
  nowMs: number,
  capacity: number,
  isWanted: () => boolean,
): Promise<StoredCard[] | null> {
  const open = lanes.filter((at) => at.lane.offline === 'roster');
  const cards: StoredCard[] = [];
  const day = hkDay(nowMs);
  const [start, end] = [hkDayStart(day), hkDayEnd(day)];
  const moments = [start, end - MINUTE_MS];
  let after = '';
  while (open.length > 0 && cards.length < capacity) {
    const inForce = deps.ledger.inForce();
    const page = deps.reference.permitsAfter(after, PAGE, inForce);
    for (const permit of page) {
      const watchlisted = deps.reference.isWatchedWithin(permit.person, start, end, inForce);
      const mine = open.filter((at) =>
        moments.every((atMs) => isAdmitted(deps, at, { permit, watchlisted }, atMs, inForce)),
      );
      const doors = mine.map((at) => at.lane.door);
      if (doors.length > 0 && cards.length < capacity) {
        cards.push({ credential: permit.credential, doors, fromDay: day, toDay: day });
      }
    }
    after = page.at(-1)?.permit ?? '';
    if (page.length < PAGE) break;
    await new Promise<void>((resolve) => setImmediate(resolve));
    // Asked before the next read: what is read from may be closed by then.
    if (!isWanted()) return null;
  }
  return cards;
}

/**
 * What the regime would say of somebody who stands at the gate's near side, with room beyond it.
 */
function isAdmitted(
  deps: RosterDeps,
  at: LaneFacts,
  { permit, watchlisted }: { readonly permit: Permit; readonly watchlisted: boolean },
  atMs: number,
  inForce: InForce,
): boolean {
  const { lane, checkpoint } = at;
  if (permit.status !== 'active' || permit.validToMs <= atMs || permit.validFromMs > atMs)
    return false;
  const nobody = { inside: 0, reserved: 0, soft: 1, hard: 1 };
  const suspendedHere = deps.ledger.isSuspendedHere(permit.permit);
  const facts: CrossingFacts = {
    atMs,
    line: checkpoint.line,
    direction: lane.direction,
    kind: 'person',
    class: permit.class,
    from: lane.from,
    to: lane.to,
    laneTakes: lane.takes,
    laneLocked: false,
    person: permit.person,
    permit,
    suspended: { person: false, permit: suspendedHere, enterprise: false },
    watchlisted,
    presence: { place: lane.from, unknown: false, sinceMs: null, reserved: false },
    area: isArea(lane.to) ? { id: lane.to, ...nobody } : null,
    clearance: deps.reference.clearance(permit.person, checkpoint.line, atMs, inForce),
    escort: 'none',
  };
  const verdict = evaluate(deps.regime, facts);
  return verdict.verdict === 'admit' && verdict.reasons.length === 0;
}
