/**
 * Keeps a board's stored cards, on which it decides alone when the console is silent, equal to a
 * list: all of it housekeeping, one request at a time, taken up again where it was broken off.
 */
import { boardNumberOf } from '../../../../shared/domain/credential.ts';
import {
  DELETED_SLOT,
  type MessageName,
  type ReplyFields,
  type RequestFields,
  type StoredCardFields,
} from '../../../../shared/wire/uhppote/messages.ts';
import type { CardListHeld, StoredCard } from '../ports.ts';
import { tell } from '../telling.ts';
import { pause } from '../timers.ts';
import type { BoardContext, UhppoteSetUp } from './context.ts';

/** What a card may do; one object for all cards that may do the same. */
type CardRights = Omit<StoredCardFields, 'card'>;
type Cards = ReadonlyMap<number, CardRights>;

/** A door permission of 1; from 2 on it is the number of a time profile. */
const ALWAYS = 1;

/** Full passes after which a board whose count differs from what it was told is left alone. */
const MISMATCHES = 3;

export class CardStore {
  readonly #context: BoardContext;
  /** What the board should hold; null until somebody says. */
  #wanted: Cards | null = null;
  /** What the board holds as far as we know; null until read. */
  #held: Cards | null = null;
  #reading: { count: number; slot: number; cards: Map<number, CardRights> } | null = null;
  #mismatches = 0;
  /** When the wanted list was made, and the one that the board was last found equal to. */
  #wantedMadeMs: number | null = null;
  #heldMadeMs: number | null = null;
  #behindSinceMonoMs: number | null = null;
  #connected = false;
  #running = false;

  constructor(context: BoardContext) {
    this.#context = context;
  }

  /** Cards on the board, or null when not known. */
  count(): number | null {
    return this.#held?.size ?? null;
  }

  list(): CardListHeld {
    const since = this.#behindSinceMonoMs;
    const behindMs = since === null ? null : this.#context.clock.monoMs() - since;
    return { madeMs: this.#heldMadeMs, behindMs };
  }

  want(cards: readonly StoredCard[], madeMs: number | null): void {
    const { setUp } = this.#context;
    const { wanted, left } = wantedOf(cards, setUp);
    this.#wanted = wanted;
    this.#wantedMadeMs = madeMs;
    this.#behindSinceMonoMs ??= this.#context.clock.monoMs();
    this.#mismatches = 0;
    if (left > 0) this.#tellLeft(left);
    void this.#run();
  }

  /** The board is there (again): it may be another one, or cleared, so its count is checked. */
  connect(): void {
    this.#connected = true;
    this.#reading = null;
    this.#heldMadeMs = null;
    this.#behindSinceMonoMs ??= this.#context.clock.monoMs();
    void this.#run();
  }

  disconnect(): void {
    this.#connected = false;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    let checked = false;
    while (this.#connected && this.#wanted !== null) {
      if (!checked) checked = await this.#check();
      const wanted = this.#wanted;
      const done = checked && (await this.#makeEqual(wanted));
      if (done && this.#wanted === wanted) break;
      if (!done) {
        checked = this.#held !== null;
        await pause(this.#context.timers, this.#context.timing.retryAfterMs);
      }
    }
    this.#running = false;
  }

  async #ask<N extends MessageName>(
    name: N,
    fields: RequestFields<N>,
  ): Promise<ReplyFields<N> | null> {
    const { exchange, timing } = this.#context;
    const options = {
      urgency: 'housekeeping',
      timeoutMs: timing.housekeepingTimeoutMs,
    } as const;
    const reply = await exchange.request(name, fields, options);
    return reply.ok ? reply.value : null;
  }

  /** True when what we believe the board holds agrees with its own count, or was read anew. */
  async #check(): Promise<boolean> {
    const counted = await this.#ask('count-cards', {});
    if (counted === null) return false;
    if (counted.count === 0) this.#held = new Map();
    if (this.#held !== null && this.#held.size === counted.count) return true;
    this.#held = null;
    return this.#readOn(counted.count);
  }

  /** Reads the stored cards slot by slot; a request given up is taken up again where it stood. */
  async #readOn(count: number): Promise<boolean> {
    if (this.#reading?.count !== count) this.#reading = { count, slot: 1, cards: new Map() };
    const reading = this.#reading;
    // Deleted slots stand between the cards: at most one per card the board can hold.
    const lastSlot = Math.max(this.#context.setUp.cardCapacity, count) * 2;
    while (reading.slot <= lastSlot && reading.cards.size < count) {
      const card = await this.#ask('get-card-at', { slot: reading.slot });
      if (card === null || !this.#connected) return false;
      if (card.card === 0) break;
      if (card.card !== DELETED_SLOT) reading.cards.set(card.card, this.#rightsRead(card));
      reading.slot += 1;
    }
    this.#held = reading.cards;
    this.#reading = null;
    return true;
  }

  /** The rights of a card that was read: those of the cards that are wanted, where they are. */
  #rightsRead(fields: StoredCardFields): CardRights {
    const wanted = this.#wanted?.get(fields.card);
    return sameRights(wanted, fields) ? wanted : rightsOf(fields);
  }

  /** Deletes what must go first, then stores. False where it was broken off. */
  async #makeEqual(wanted: Cards): Promise<boolean> {
    if (this.#held === null) return false;
    const held = new Map(this.#held);
    this.#held = held;
    if (wanted.size === 0 && held.size > 0) {
      const reply = await this.#ask('delete-cards', { magic: true });
      if (reply?.ok !== true) return false;
      held.clear();
    }
    for (const number of [...held.keys()]) {
      if (wanted.has(number)) continue;
      if (this.#superseded(wanted)) return false;
      if ((await this.#ask('delete-card', { card: number })) === null) return false;
      held.delete(number);
    }
    let refused = 0;
    for (const [card, rights] of wanted) {
      if (sameRights(held.get(card), rights)) continue;
      if (this.#superseded(wanted)) return false;
      const reply = await this.#ask('put-card', { card, ...rights });
      if (reply === null) return false;
      if (reply.ok) held.set(card, rights);
      else refused += 1;
    }
    if (refused > 0) this.#tellLeft(refused);
    // Equal by now, and boards that are wanted to hold the same share what they are wanted to hold.
    else this.#held = wanted;
    return this.#agree(held.size, refused === 0);
  }

  /** The board's own count is the proof; where it keeps differing we stop until the next call. */
  async #agree(held: number, isWhole: boolean): Promise<boolean> {
    const counted = await this.#ask('count-cards', {});
    if (counted === null) return false;
    if (counted.count === held) {
      this.#mismatches = 0;
      if (isWhole) this.#inStep();
      return true;
    }
    this.#held = null;
    this.#mismatches += 1;
    return this.#mismatches >= MISMATCHES;
  }

  #inStep(): void {
    this.#heldMadeMs = this.#wantedMadeMs;
    this.#behindSinceMonoMs = null;
  }

  #tellLeft(left: number): void {
    const { board } = this.#context.setUp;
    const text = `${left} badges are not stored in board ${board}: it opens for none of them alone`;
    tell(this.#context, { kind: 'board-state', board, online: this.#connected, text });
  }

  #superseded(wanted: Cards): boolean {
    return !this.#connected || this.#wanted !== wanted;
  }
}

type Numbers = Pick<UhppoteSetUp, 'badgeNumbers' | 'cardCapacity' | 'settings'>;

/** Lists that were handed to one board, and what they mean there: the next is given the same. */
const known = new WeakMap<readonly StoredCard[], Map<string, ReturnType<typeof numbered>>>();

function wantedOf(cards: readonly StoredCard[], setUp: Numbers): ReturnType<typeof numbered> {
  const kind = `${setUp.badgeNumbers} ${setUp.cardCapacity} ${permissionsOf(setUp).join()}`;
  const before = known.get(cards) ?? new Map<string, ReturnType<typeof numbered>>();
  const wanted = before.get(kind) ?? numbered(cards, setUp);
  known.set(cards, before.set(kind, wanted));
  return wanted;
}

/** The cards by their board's numbers, and how many have none or find no room. */
function numbered(
  cards: readonly StoredCard[],
  setUp: Numbers,
): { readonly wanted: Cards; readonly left: number } {
  const { badgeNumbers, cardCapacity } = setUp;
  const permissions = permissionsOf(setUp);
  const wanted = new Map<number, CardRights>();
  const shared = new Map<string, CardRights>();
  let left = 0;
  for (const card of cards) {
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

function rightsOf({ card: _, ...rights }: StoredCardFields): CardRights {
  return rights;
}

function sameRights(a: CardRights | undefined, b: CardRights): a is CardRights {
  if (a === undefined) return false;
  if (a === b) return true;
  const doors = a.door1 === b.door1 && a.door2 === b.door2 && a.door3 === b.door3;
  const days = a.from === b.from && a.to === b.to;
  return doors && a.door4 === b.door4 && days && a.pin === b.pin && a.firstCard === b.firstCard;
}
