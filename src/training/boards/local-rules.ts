/**
 * What a board decides by itself: from its stored cards and their time profiles, its anti-passback
 * mode, its interlock and its first cards. What a real board does where the device facts are silent
 * is not known; this one then keeps the door shut.
 */
import { hkDay, hkTime, hkWeekday } from '../../shared/lib/hk-time.ts';
import type { TimeProfileFields } from '../../shared/wire/uhppote/messages.ts';
import type { CardMemory } from './card-memory.ts';
import type { Door } from './door.ts';
import { reasons } from './reasons.ts';
import { type BoardSettings, isOnDay } from './settings.ts';

/** Each mode's pairs of sides: who came in on one must go out on the other. */
const antiPassbackSides: readonly (readonly (readonly [readonly number[], readonly number[]])[])[] =
  [
    [],
    [
      [[1], [2]],
      [[3], [4]],
    ],
    [
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [[[1], [2, 3]]],
    [[[1], [2, 3, 4]]],
  ];

/** Doors of which only one may stand open. */
const interlocks = new Map<number, readonly (readonly number[])[]>([
  [1, [[1, 2]]],
  [2, [[3, 4]]],
  [
    3,
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [4, [[1, 2, 3]]],
  [8, [[1, 2, 3, 4]]],
]);

/** Profiles that may follow each other: a chain that goes in a circle ends. */
const LINKS = 254;

export interface LocalRulesParts {
  readonly settings: BoardSettings;
  readonly cards: CardMemory;
  readonly doors: readonly Door[];
  readonly clockMs: () => number;
}

export class LocalRules {
  readonly #parts: LocalRulesParts;
  /** `card/pair` to the side that the card was last let through on. */
  readonly #lastSide = new Map<string, number>();
  /** Doors that a first card opened, and the day. */
  readonly #firstCame = new Map<number, string>();

  constructor(parts: LocalRulesParts) {
    this.#parts = parts;
  }

  /** The reason byte of a swipe that the board decides on alone. */
  judge(door: number, card: number): number {
    const { cards, doors } = this.#parts;
    const stored = cards.find(card);
    if (stored.card === 0) return reasons.unknownCard;
    const may = [stored.door1, stored.door2, stored.door3, stored.door4][door - 1] ?? 0;
    if (may === 0) return reasons.noPrivilege;
    if (!this.#isWithin(stored.from, stored.to)) return reasons.timeZone;
    if (may > 1 && !this.#letsThrough(may, LINKS)) return reasons.timeZone;
    if (doors[door - 1]?.mode === 2) return reasons.normallyClosed;
    if (this.isInterlocked(door)) return reasons.interlock;
    if (this.#sideOf(door, card)?.same === true) return reasons.antiPassback;
    return this.#awaitsFirst(door, stored.firstCard) ? reasons.firstCard : reasons.swipeOk;
  }

  /** The card was let through: where it is now. */
  passed(door: number, card: number): void {
    const at = this.#sideOf(door, card);
    if (at !== null) this.#lastSide.set(at.key, at.side);
  }

  /** Another door of its group stands open. */
  isInterlocked(door: number): boolean {
    const { doors, settings } = this.#parts;
    const groups = interlocks.get(settings.interlock) ?? [];
    return groups.some(
      (group) =>
        group.includes(door) &&
        group.some((other) => other !== door && doors[other - 1]?.contactOpen() === true),
    );
  }

  #isWithin(from: string | null, to: string | null): boolean {
    const today = hkDay(this.#parts.clockMs());
    return (from ?? today) <= today && today <= (to ?? today);
  }

  #letsThrough(id: number, links: number): boolean {
    const profile = this.#parts.settings.profiles.get(id);
    if (profile === undefined) return false;
    if (this.#isNow(profile)) return true;
    return profile.linked !== 0 && links > 0 && this.#letsThrough(profile.linked, links - 1);
  }

  #isNow(profile: TimeProfileFields): boolean {
    const nowMs = this.#parts.clockMs();
    if (!this.#isWithin(profile.from, profile.to)) return false;
    if (!isOnDay(profile, hkWeekday(nowMs))) return false;
    const { start1, end1, start2, end2, start3, end3 } = profile;
    const now = hkTime(nowMs).slice(0, 5);
    const segments = [
      [start1, end1],
      [start2, end2],
      [start3, end3],
    ] as const;
    return segments.some(([start, end]) => start < end && start <= now && now <= end);
  }

  #sideOf(door: number, card: number) {
    const pairs = antiPassbackSides[this.#parts.settings.antiPassback] ?? [];
    for (const [pair, sides] of pairs.entries()) {
      const side = sides.findIndex((doors) => doors.includes(door));
      if (side < 0) continue;
      const key = `${card}/${pair}`;
      return { key, side, same: this.#lastSide.get(key) === side };
    }
    return null;
  }

  /** Within its hours a door with a first card waits for one, once a day. */
  #awaitsFirst(door: number, firstCardBits: number): boolean {
    const rule = this.#parts.settings.firstCards.get(door);
    const nowMs = this.#parts.clockMs();
    const now = hkTime(nowMs).slice(0, 5);
    if (rule === undefined || !isOnDay(rule, hkWeekday(nowMs))) return false;
    if (now < rule.start || now > rule.end) return false;
    const today = hkDay(nowMs);
    if (((firstCardBits >> (door - 1)) & 1) === 1) this.#firstCame.set(door, today);
    return this.#firstCame.get(door) !== today;
  }
}
