/**
 * Keeps a board's stored cards, on which it decides alone when the console is silent, equal to a
 * list: all of it housekeeping, one request at a time, taken up again where it was broken off.
 */
import {
  DELETED_SLOT,
  type MessageName,
  type ReplyFields,
  type RequestFields,
  type StoredCardFields,
} from '../../../../shared/wire/uhppote/messages.ts';
import type { CardListHeld, StoredCard } from '../ports.ts';
import { pause } from '../timers.ts';
import {
  type CardRights,
  type Cards,
  HeldCards,
  rightsOf,
  Slices,
  sameRights,
  wantedOf,
} from './card-list.ts';
import type { BoardContext } from './context.ts';

/** Full passes after which a board whose count differs from what it was told is left alone. */
const MISMATCHES = 3;

export class CardStore {
  readonly #context: BoardContext;
  readonly #onLeft: () => void;
  /** Badges of the wanted list that have no number or no room there, or that the board refused. */
  #left = 0;
  #refused = 0;
  /** What the board should hold; null until somebody says. */
  #wanted: Cards | null = null;
  /** What the board holds as far as we know; null until read. */
  #held: HeldCards | null = null;
  #reading: { count: number; slot: number; cards: Map<number, CardRights> } | null = null;
  #mismatches = 0;
  /** The list that was handed in last: it counts once its badges have their numbers. */
  #listed: readonly StoredCard[] | null = null;
  /** When the wanted list was made, and the one that the board was last found equal to. */
  #wantedMadeMs: number | null = null;
  #heldMadeMs: number | null = null;
  #behindSinceMonoMs: number | null = null;
  #connected = false;
  #running = false;

  /** `onLeft` is called where another number of badges is not stored than before. */
  constructor(context: BoardContext, onLeft: () => void) {
    this.#context = context;
    this.#onLeft = onLeft;
  }

  /** What there is to say of badges that are not stored, at most 120 characters. */
  leftText(): string | undefined {
    const left = this.#left + this.#refused;
    if (left === 0) return undefined;
    const { board } = this.#context.setUp;
    return `${left} badges are not stored in board ${board}: it opens for none of them alone`;
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

  async want(cards: readonly StoredCard[], madeMs: number | null): Promise<void> {
    const { setUp, turns } = this.#context;
    this.#listed = cards;
    this.#behindSinceMonoMs ??= this.#context.clock.monoMs();
    const { wanted, left } = await wantedOf(cards, setUp, turns);
    if (this.#listed !== cards) return;
    this.#wanted = wanted;
    this.#wantedMadeMs = madeMs;
    this.#mismatches = 0;
    this.#leave(left, 0);
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
    if (counted.count === 0) this.#held = new HeldCards(new Map());
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
    this.#held = new HeldCards(reading.cards);
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
    const held = this.#held;
    if (held === null) return false;
    if (wanted.size === 0 && held.size > 0) {
      const reply = await this.#ask('delete-cards', { magic: true });
      if (reply?.ok !== true) return false;
      this.#held = new HeldCards(wanted);
      return this.#agree(0, true);
    }
    const slices = new Slices(this.#context.turns);
    if (!(await this.#deleteOthers(held, wanted, slices))) return false;
    const refused = await this.#storeAll(held, wanted, slices);
    if (refused === null) return false;
    this.#leave(this.#left, refused);
    // Equal by now, and boards that are wanted to hold the same share what they are wanted to hold.
    if (refused === 0) this.#held = new HeldCards(wanted);
    return this.#agree(held.size, refused === 0);
  }

  /** False where it was broken off. */
  async #deleteOthers(held: HeldCards, wanted: Cards, slices: Slices): Promise<boolean> {
    for (const card of held.numbers()) {
      const turn = slices.step();
      if (turn !== null) await turn;
      if (this.#superseded(wanted)) return false;
      if (wanted.has(card)) continue;
      if ((await this.#ask('delete-card', { card })) === null) return false;
      held.delete(card);
    }
    return true;
  }

  /** How many the board did not take; null where it was broken off. */
  async #storeAll(held: HeldCards, wanted: Cards, slices: Slices): Promise<number | null> {
    let refused = 0;
    for (const [card, rights] of wanted) {
      const turn = slices.step();
      if (turn !== null) await turn;
      if (this.#superseded(wanted)) return null;
      if (sameRights(held.get(card), rights)) continue;
      const reply = await this.#ask('put-card', { card, ...rights });
      if (reply === null) return null;
      if (reply.ok) held.set(card, rights);
      else refused += 1;
    }
    return refused;
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

  #leave(left: number, refused: number): void {
    const before = this.#left + this.#refused;
    this.#left = left;
    this.#refused = refused;
    if (left + refused !== before) this.#onLeft();
  }

  #superseded(wanted: Cards): boolean {
    return !this.#connected || this.#wanted !== wanted;
  }
}
