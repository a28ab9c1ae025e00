import { DELETED_SLOT, type StoredCardFields } from '../../shared/wire/uhppote/messages.ts';

const noCard: StoredCardFields = {
  card: 0,
  from: null,
  to: null,
  door1: 0,
  door2: 0,
  door3: 0,
  door4: 0,
  pin: 0,
  firstCard: 0,
};

/** The cards on which a board decides alone, in slots that stay empty after a deletion. */
export class CardMemory {
  readonly #capacity: number;
  #slots: (StoredCardFields | null)[] = [];
  readonly #slotOf = new Map<number, number>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  count(): number {
    return this.#slotOf.size;
  }

  find(card: number): StoredCardFields {
    const slot = this.#slotOf.get(card);
    return (slot === undefined ? null : this.#slots[slot]) ?? noCard;
  }

  /** Slots count from 1. */
  at(slot: number): StoredCardFields {
    if (slot < 1 || slot > this.#slots.length) return noCard;
    return this.#slots[slot - 1] ?? { ...noCard, card: DELETED_SLOT };
  }

  put(card: StoredCardFields): boolean {
    if (card.card === 0 || card.card === DELETED_SLOT) return false;
    const known = this.#slotOf.get(card.card);
    const empty = known ?? this.#slots.indexOf(null);
    const slot = empty >= 0 ? empty : this.#slots.length;
    if (known === undefined && this.#slotOf.size >= this.#capacity) return false;
    this.#slots[slot] = card;
    this.#slotOf.set(card.card, slot);
    return true;
  }

  delete(card: number): boolean {
    const slot = this.#slotOf.get(card);
    if (slot === undefined) return false;
    this.#slots[slot] = null;
    return this.#slotOf.delete(card);
  }

  clear(): void {
    this.#slots = [];
    this.#slotOf.clear();
  }
}
