import type { Credential } from '../../shared/domain/credential.ts';
import type { BoardId } from '../../shared/domain/ids.ts';
import type { Permit } from '../../shared/domain/permit.ts';
import { isArea } from '../../shared/domain/place.ts';
import { hkDay, hkDayEnd, hkDayStart, MINUTE_MS } from '../../shared/lib/hk-time.ts';
import { evaluate } from '../../shared/regime/evaluate.ts';
import type { PersonFacts } from '../../shared/regime/person-facts.ts';
import type { LaneFacts } from './core/facts.ts';
import type { StoredCard } from './devices/ports.ts';
import { BadgeLookup } from './projections/gather/badge-lookup.ts';
import type { LedgerReads } from './projections/gather/ledger.ts';
import type { RegimeSource } from './projections/gather/regimes.ts';
import type { InForce, ReferenceLookup } from './reference/lookup.ts';

export interface RosterDeps {
  readonly reference: ReferenceLookup;
  readonly ledger: LedgerReads;
  readonly regimes: RegimeSource;
}

/** A board that may decide alone: its lanes, and how many cards it states it holds. */
export interface RosterBoard {
  readonly board: BoardId;
  readonly lanes: readonly LaneFacts[];
  readonly capacity: number;
}

export type Roster = ReadonlyMap<BoardId, readonly StoredCard[]>;

/** Permits looked at before others get their turn. */
const PAGE = 20;

/**
 * The cards on which boards may decide alone while the console is silent: only at lanes with
 * `offline: roster`, only permits that the regime would admit there all of today (looked at in its
 * first and its last minute, local suspensions included; who is on the watch-list for any part of
 * the day counts as on it all day), and at most as many as the board states it holds. Everybody
 * else is denied by the board, also whoever has an allowance there, which a board cannot
 * count. Null once they are no longer wanted.
 *
 * The permits are gone through once for all boards, and looked at once for all lanes that lead the
 * same way. Boards whose lanes lead the same ways share one list.
 */
export async function rosterCards(
  deps: RosterDeps,
  boards: readonly RosterBoard[],
  nowMs: number,
  isWanted: () => boolean,
): Promise<Roster | null> {
  const { reference, ledger } = deps;
  const badges = new BadgeLookup(reference, ledger);
  const lists = new RosterLists(boards);
  const day = hkDay(nowMs);
  const [start, end] = [hkDayStart(day), hkDayEnd(day)];
  const moments = [start, end - MINUTE_MS];
  const look = (permit: Permit, inForce: InForce): void => {
    const watchlisted = reference.isWatchedWithin(permit.person, start, end, inForce);
    const open = lists.ways.map((at) =>
      moments.every((atMs) => isAdmitted(deps, at, { permit, watchlisted }, atMs, inForce)),
    );
    lists.add(badges.badgeOf(permit), day, open);
  };
  for (let after: string | undefined = ''; lists.haveRoom() && after !== undefined; ) {
    const last: string = after;
    after = reference.steadily(() => {
      const inForce = ledger.inForce();
      const page = reference.permitsAfter(last, PAGE, inForce);
      for (const permit of page) look(permit, inForce);
      return page.length < PAGE ? undefined : page.at(-1)?.permit;
    });
    await new Promise<void>((resolve) => setImmediate(resolve));
    // Asked before the next read: what is read from may be closed by then.
    if (!isWanted()) return null;
  }
  return lists.ofBoards();
}

interface List {
  readonly capacity: number;
  /** For each way, the doors that lead it. */
  readonly doors: readonly (readonly number[])[];
  readonly cards: StoredCard[];
}

/** The lists under way: one for all boards whose doors lead the same ways and hold as much. */
class RosterLists {
  /** One lane for each way that several may lead: what is asked of the regime is the same there. */
  readonly ways: readonly LaneFacts[];
  readonly #lists = new Map<string, List>();
  readonly #listOf = new Map<BoardId, List>();

  constructor(boards: readonly RosterBoard[]) {
    const ways = new Map<string, LaneFacts>();
    const rostered = boards.map(({ board, lanes, capacity }) => {
      const open = lanes.filter((at) => at.lane.offline === 'roster');
      for (const at of open) ways.set(wayOf(at), at);
      return { board, capacity, open };
    });
    this.ways = [...ways.values()];
    for (const { board, capacity, open } of rostered) {
      const doors = [...ways.keys()].map((way) =>
        open.filter((at) => wayOf(at) === way).map((at) => at.lane.door),
      );
      const kind = JSON.stringify([capacity, doors]);
      const list = this.#lists.get(kind) ?? { capacity, doors, cards: [] };
      this.#lists.set(kind, list);
      this.#listOf.set(board, list);
    }
  }

  haveRoom(): boolean {
    return [...this.#lists.values()].some(
      ({ capacity, cards, doors }) => cards.length < capacity && doors.flat().length > 0,
    );
  }

  /** `open`: which ways are open to this badge. */
  add(credential: Credential, day: string, open: readonly boolean[]): void {
    for (const { capacity, cards, doors: ofWays } of this.#lists.values()) {
      if (cards.length >= capacity) continue;
      const doors = ofWays.filter((_, way) => open[way]).flat();
      if (doors.length > 0) cards.push({ credential, doors, fromDay: day, toDay: day });
    }
  }

  ofBoards(): Roster {
    return new Map([...this.#listOf].map(([board, { cards }]) => [board, cards]));
  }
}

/** What the regime is told of a lane. */
function wayOf({ lane, checkpoint }: LaneFacts): string {
  const { direction, from, to, takes } = lane;
  return JSON.stringify([checkpoint.line, direction, from, to, takes]);
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
  const facts: PersonFacts = {
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
    suspended: deps.ledger.suspendedHere(permit),
    watchlisted,
    presence: { place: lane.from, unknown: false, sinceMs: null, reserved: false },
    area: isArea(lane.to) ? { id: lane.to, ...nobody } : null,
    clearance: deps.reference.clearance(permit.person, checkpoint.line, atMs, inForce),
    escort: 'none',
    code: null,
    roster: deps.reference.roster(permit.person, inForce),
    healthTest: deps.reference.healthTest(permit.person, atMs, inForce),
  };
  const verdict = evaluate(deps.regimes.at(atMs), facts);
  return verdict.verdict === 'admit' && verdict.reasons.length === 0;
}
