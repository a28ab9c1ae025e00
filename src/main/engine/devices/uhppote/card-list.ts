/**
 * What a list of badges is on a board, and what a board holds: by the board's own numbers. A list
 * of 50,000 is gone through in slices, one slice of one board to a turn of the loop, so that no
 * badge at a gate waits for it.
 */
import { boardNumberOf } from '../../../../shared/domain/credential.ts';
import type { StoredCardFields } from '../../../../shared/wire/uhppote/messages.ts';
import type { StoredCard } from '../ports.ts';
import type { UhppoteSetUp } from './context.ts';
import type { LoopTurns } from './loop-turns.ts';

/** What a card may do; one object for all cards that may do the same. */
export type CardRights = Omit<StoredCardFields, 'card'>;
export type Cards = ReadonlyMap<number, CardRights>;

/** Cards gone through in one turn of the loop: well below a millisecond's work. */
export const SLICE = 500;

/** A door permission of 1; from 2 on it is the number of a time profile. */
const ALWAYS = 1;

/** Counts what is gone through and waits for a turn of the loop before each slice. */
export class Slices {
  readonly #turns: LoopTurns;
  #done = 0;

  constructor(turns: LoopTurns) {
    this.#turns = turns;
  }

  /** One more is to be gone through. Null where the slice goes on. */
  step(): Promise<void> | null {
    const isNew = this.#done % SLICE === 0;
    this.#done += 1;
    return isNew ? this.#turns.next() : null;
  }
}

/** What a board holds: a list that other boards may share, and what differs from it here. */
export class HeldCards {
  #base: Cards;
  /** Null: deleted. */
  readonly #changed = new Map<number, CardRights | null>();
  #size: number;

  constructor(base: Cards) {
    this.#base = base;
    this.#size = base.size;
  }

  get size(): number {
    return this.#size;
  }

  get(card: number): CardRights | undefined {
    const changed = this.#changed.get(card);
    return changed === undefined ? this.#base.get(card) : (changed ?? undefined);
  }

  set(card: number, rights: CardRights): void {
    if (this.get(card) === undefined) this.#size += 1;
    this.#changed.set(card, rights);
  }

  delete(card: number): void {
    if (this.get(card) === undefined) return;
    this.#size -= 1;
    this.#changed.set(card, null);
  }

  /** Every card's number; cards may be deleted meanwhile. */
  *numbers(): Iterable<number> {
    for (const card of this.#base.keys()) {
      if (!this.#changed.has(card)) yield card;
    }
    for (const [card, rights] of this.#changed) if (rights !== null) yield card;
  }
}

type Numbers = Pick<UhppoteSetUp, 'badgeNumbers' | 'cardCapacity' | 'settings'>;

/** The cards by their board's numbers, and how many have none or find no room. */
export interface WantedCards {
  readonly wanted: Cards;
  readonly left: number;
}

/** Lists that were handed to one board, and what they mean there: the next is given the same. */
const known = new WeakMap<readonly StoredCard[], Map<string, Promise<WantedCards>>>();

/** What a board with that set-up should hold of the list. */
export function wantedOf(
  cards: readonly StoredCard[],
  setUp: Numbers,
  turns: LoopTurns,
): Promise<WantedCards> {
  const kind = `${setUp.badgeNumbers} ${setUp.cardCapacity} ${permissionsOf(setUp).join()}`;
  const before = known.get(cards) ?? new Map<string, Promise<WantedCards>>();
  const wanted = before.get(kind) ?? numbered(cards, setUp, new Slices(turns));
  known.set(cards, before.set(kind, wanted));
  return wanted;
}

async function numbered(
  cards: readonly StoredCard[],
  setUp: Numbers,
  slices: Slices,
): Promise<WantedCards> {
  const { badgeNumbers, cardCapacity } = setUp;
  const permissions = permissionsOf(setUp);
  const wanted = new Map<number, CardRights>();
  const shared = new Map<string, CardRights>();
  let left = 0;
  for (const card of cards) {
    const turn = slices.step();
    if (turn !== null) await turn;
    const number = boardNumberOf(card.credential, badgeNumbers);
    if (number === null || wanted.size >= cardCapacity) {
      left += 1;
      continue;
    }
    const kind = `${card.fromDay} ${card.toDay} ${card.doors.join()}`;
    const rights = shared.get(kind) ?? rightsOfCard(card, permissions);
    shared.set(kind, rights);
    wanted.set(number, rights);
  }
  return { wanted, left };
}

/** How a stored card opens each door, door 1 first: always, or within a time profile. */
function permissionsOf({ settings }: Numbers): readonly number[] {
  const { timeProfiles = [] } = settings ?? {};
  return [1, 2, 3, 4].map((door) => {
    return timeProfiles.find(({ doors }) => doors.includes(door))?.profile ?? ALWAYS;
  });
}

function rightsOfCard(
  { doors, fromDay, toDay }: StoredCard,
  permissions: readonly number[],
): CardRights {
  const may = (door: number) => (doors.includes(door) ? (permissions[door - 1] ?? 0) : 0);
  const each = { door1: may(1), door2: may(2), door3: may(3), door4: may(4) };
  return { from: fromDay, to: toDay, ...each, pin: 0, firstCard: 0 };
}

export function rightsOf({ card: _, ...rights }: StoredCardFields): CardRights {
  return rights;
}

export function sameRights(a: CardRights | undefined, b: CardRights): a is CardRights {
  if (a === undefined) return false;
  if (a === b) return true;
  const doors = a.door1 === b.door1 && a.door2 === b.door2 && a.door3 === b.door3;
  const days = a.from === b.from && a.to === b.to;
  return doors && a.door4 === b.door4 && days && a.pin === b.pin && a.firstCard === b.firstCard;
}
