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
import type { StoredCard } from '../ports.ts';
import { pause } from '../timers.ts';
import { type BoardContext, tell } from './context.ts';

/** Full passes after which a board whose count differs from what it was told is left alone. */
const MISMATCHES = 3;

export class CardStore {
  readonly #context: BoardContext;
  /** What the board should hold; null until somebody says. */
  #wanted: ReadonlyMap<number, StoredCardFields> | null = null;
  /** What the board holds as far as we know; null until read. */
  #held: Map<number, StoredCardFields> | null = null;
  #reading: { count: number; slot: number; cards: Map<number, StoredCardFields> } | null = null;
  #mismatches = 0;
  #connected = false;
  #running = false;

  constructor(context: BoardContext) {
    this.#context = context;
  }

  /** Cards on the board, or null when not known. */
  count(): number | null {
    return this.#held?.size ?? null;
  }

  want(cards: readonly StoredCard[]): void {
    const { setUp } = this.#context;
    const wanted = new Map<number, StoredCardFields>();
    let left = 0;
    for (const card of cards) {
      const number = boardNumberOf(card.credential, setUp.badgeNumbers);
      if (number === null || wanted.size >= setUp.cardCapacity) left += 1;
      else wanted.set(number, fieldsOf(number, card));
    }
    this.#wanted = wanted;
    this.#mismatches = 0;
    if (left > 0) this.#tellLeft(left);
    void this.#run();
  }

  /** The board is there (again): it may be another one, or cleared, so its count is checked. */
  connect(): void {
    this.#connected = true;
    this.#reading = null;
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
      if (card.card !== DELETED_SLOT) reading.cards.set(card.card, card);
      reading.slot += 1;
    }
    this.#held = reading.cards;
    this.#reading = null;
    return true;
  }

  /** Deletes what must go first, then stores. False where it was broken off. */
  async #makeEqual(wanted: ReadonlyMap<number, StoredCardFields>): Promise<boolean> {
    const held = this.#held;
    if (held === null) return false;
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
    for (const [number, fields] of wanted) {
      if (sameCard(held.get(number), fields)) continue;
      if (this.#superseded(wanted)) return false;
      const reply = await this.#ask('put-card', fields);
      if (reply === null) return false;
      if (reply.ok) held.set(number, fields);
      else refused += 1;
    }
    if (refused > 0) this.#tellLeft(refused);
    return this.#agree(held.size);
  }

  /** The board's own count is the proof; where it keeps differing we stop until the next call. */
  async #agree(held: number): Promise<boolean> {
    const counted = await this.#ask('count-cards', {});
    if (counted === null) return false;
    if (counted.count === held) {
      this.#mismatches = 0;
      return true;
    }
    this.#held = null;
    this.#mismatches += 1;
    return this.#mismatches >= MISMATCHES;
  }

  #tellLeft(left: number): void {
    const { board } = this.#context.setUp;
    const text = `${left} badges are not stored in board ${board}: it opens for none of them alone`;
    tell(this.#context, { kind: 'board-state', board, online: this.#connected, text });
  }

  #superseded(wanted: ReadonlyMap<number, StoredCardFields>): boolean {
    return !this.#connected || this.#wanted !== wanted;
  }
}

function fieldsOf(number: number, card: StoredCard): StoredCardFields {
  const may = (door: number): number => (card.doors.includes(door) ? 1 : 0);
  return {
    card: number,
    from: card.fromDay,
    to: card.toDay,
    door1: may(1),
    door2: may(2),
    door3: may(3),
    door4: may(4),
    pin: 0,
  };
}

function sameCard(a: StoredCardFields | undefined, b: StoredCardFields): boolean {
  if (a === undefined) return false;
  const doors = a.door1 === b.door1 && a.door2 === b.door2 && a.door3 === b.door3;
  return doors && a.door4 === b.door4 && a.from === b.from && a.to === b.to && a.pin === b.pin;
}
