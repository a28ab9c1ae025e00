/**
 * One door: its mode, the opening under way, and what its inputs tell of who goes through. Pure:
 * time comes in as monotonic ms, what was seen goes out as words, and the outputs that are wanted
 * are asked for. All that the driver knows of a passage is decided here.
 */
import type { DoorMode } from '../../../../shared/domain/gate.ts';
import type { DoorInputName } from '../../../../shared/domain/modbus-map.ts';
import type { DoorEvent } from '../ports.ts';

export type DoorLevels = Readonly<Partial<Record<DoorInputName, boolean>>>;

export interface DoorTold {
  readonly what: DoorEvent['state'] | 'tamper' | 'emergency';
  /** A level found after an absence: when it came about nobody knows. */
  readonly late: boolean;
}

export interface DoorRules {
  readonly passage: 'sensor' | 'door' | 'relay';
  /**
   * Which of the passage inputs is this lane's; the other means somebody came against it. While the
   * lane is turned it is the other way round.
   */
  readonly own: 'passageIn' | 'passageOut';
  readonly has: ReadonlySet<DoorInputName>;
  /** Null: held open until somebody went through. */
  readonly pulseMs: number | null;
  /** It closes by an output of its own. */
  readonly closes: boolean;
  readonly openTooLongMs: number;
  readonly graceMs: number;
  readonly leftAfterMs: number;
}

/** One opening, for as many as were let through in it. */
export interface Opening {
  allowed: number;
  /** Who began to go through, and who was through. */
  entered: number;
  passed: number;
  pulseEndMs: number;
  untilMs: number;
  ended: boolean;
  /** When the loop before the barrier became free again after it had been taken. */
  leftMs: number | null;
  cameNear: boolean;
}

export class DoorWatch {
  readonly #rules: DoorRules;
  #mode: DoorMode = 'controlled';
  #opening: Opening | null = null;
  #levels: DoorLevels = {};
  #openSinceMs: number | null = null;
  #saidTooLong = false;
  /** Said to be open on a passage sensor's word, with no contact that will tell it closed. */
  #owesClosed = false;
  #closeOwed = false;
  #opened = 0;
  #own: DoorRules['own'];
  /** Counts once nobody is let through the old way any more. */
  #ownNext: DoorRules['own'];

  constructor(rules: DoorRules) {
    this.#rules = rules;
    this.#own = rules.own;
    this.#ownNext = rules.own;
  }

  /** Which way the lane leads from now on; an opening under way ends as it began. */
  turn(isTurned: boolean): void {
    const other = this.#rules.own === 'passageIn' ? 'passageOut' : 'passageIn';
    this.#ownNext = isTurned ? other : this.#rules.own;
    if (this.#opening === null) this.#own = this.#ownNext;
  }

  mode(): DoorMode {
    return this.#mode;
  }

  /** How often somebody was seen to begin to go through, or the contact to open. */
  opened(): number {
    return this.#opened;
  }

  setMode(mode: DoorMode, nowMs: number): void {
    if (mode === this.#mode) return;
    if (this.#mode === 'held' && mode !== 'held') {
      // Who is in the door at this moment has forced nothing.
      this.#opening = { ...newOpening(nowMs, 0, null), allowed: Number.POSITIVE_INFINITY };
      this.#opening.ended = true;
      this.#closeOwed = this.#rules.closes;
    } else if (mode === 'locked') this.endOpening(nowMs);
    this.#mode = mode;
  }

  /** Whatever is open for a crossing is to shut now. */
  endOpening(nowMs: number): void {
    if (this.#opening === null) return;
    this.#opening.ended = true;
    this.#opening.untilMs = Math.min(this.#opening.untilMs, nowMs);
    this.#opening.pulseEndMs = Math.min(this.#opening.pulseEndMs, nowMs);
  }

  /** An open command's bytes leave now. One more may go through where an opening is under way. */
  open(nowMs: number, openMs: number): Opening {
    const { pulseMs, closes } = this.#rules;
    const under = this.#opening;
    const opening = newOpening(nowMs, openMs, pulseMs);
    opening.cameNear = this.#levels.loopBefore === true;
    this.#closeOwed = closes;
    if (under === null || under.ended) {
      this.#own = this.#ownNext;
      this.#opening = opening;
      return opening;
    }
    under.allowed += 1;
    under.untilMs = opening.untilMs;
    under.pulseEndMs = opening.pulseEndMs;
    return under;
  }

  /** The command of this opening came to nothing, or nobody knows: the output is to be off. */
  cancel(opening: Opening, nowMs: number): void {
    opening.allowed -= 1;
    if (opening === this.#opening && opening.allowed <= opening.passed) this.endOpening(nowMs);
  }

  /** Whether the open output is to be on. */
  wantsOpen(nowMs: number): boolean {
    if (this.#mode !== 'controlled') return this.#mode === 'held';
    const opening = this.#opening;
    if (opening === null || opening.ended) return false;
    return this.#rules.pulseMs === null || nowMs < opening.pulseEndMs;
  }

  /** Whether the close output is still to be worked for the last opening. */
  wantsClose(nowMs: number): boolean {
    if (!this.#closeOwed || this.#mode === 'held' || this.wantsOpen(nowMs)) return false;
    return this.#opening === null || this.#opening.ended;
  }

  closeSent(): void {
    this.#closeOwed = false;
  }

  /** Takes the levels of one look; `live` where the look before it was not long ago. */
  look(levels: DoorLevels, nowMs: number, live: boolean): DoorTold[] {
    const before = this.#levels;
    this.#levels = levels;
    if (!live) return this.#compare(before, levels, nowMs);
    const rose = (name: DoorInputName) => levels[name] === true && before[name] === false;
    const fell = (name: DoorInputName) => levels[name] === false && before[name] === true;
    const told: DoorTold['what'][] = [];
    for (const name of ['tamper', 'emergency', 'forced'] as const) if (rose(name)) told.push(name);
    told.push(...this.#passages(rose, fell, nowMs));
    told.push(...this.#contact(rose, fell, nowMs));
    this.#followOpening(levels, nowMs);
    if (this.#owesClosed && !this.#isTaken(levels) && !this.wantsOpen(nowMs)) {
      this.#owesClosed = false;
      told.push('closed');
    }
    return told.map((what) => ({ what, late: false }));
  }

  /** What differs after an absence. A sensor's level is never a passage. */
  #compare(before: DoorLevels, levels: DoorLevels, nowMs: number): DoorTold[] {
    const told: DoorTold['what'][] = [];
    for (const name of ['tamper', 'emergency'] as const) {
      if (levels[name] === true && before[name] !== true) told.push(name);
    }
    const { contact } = levels;
    if (contact === true) this.#openSinceMs ??= nowMs;
    else {
      this.#openSinceMs = null;
      this.#saidTooLong = false;
    }
    if (contact === true && before.contact !== true) told.push('opened');
    if (contact === false && before.contact === true) told.push('closed');
    return told.map((what) => ({ what, late: true }));
  }

  /** Somebody may go through now. */
  #isFree(nowMs: number): boolean {
    if (this.#mode === 'held') return true;
    const opening = this.#opening;
    return opening !== null && (!opening.ended || nowMs <= opening.untilMs + this.#rules.graceMs);
  }

  #passages(
    rose: (name: DoorInputName) => boolean,
    fell: (name: DoorInputName) => boolean,
    nowMs: number,
  ): DoorTold['what'][] {
    const { has, passage } = this.#rules;
    const own = this.#own;
    const against = own === 'passageIn' ? 'passageOut' : 'passageIn';
    const told: DoorTold['what'][] = [];
    if (rose(against) && this.#mode !== 'held') told.push('forced');
    const onLoop = has.has('loopUnder');
    if (rose(onLoop ? 'loopUnder' : own)) told.push(...this.#begins(nowMs));
    const sign = has.has(own) ? rose(own) : fell('loopUnder');
    if (sign && passage !== 'door' && this.#isWithin(nowMs)) {
      told.push('opened');
      this.#owesClosed = !has.has('contact');
    }
    if (onLoop ? fell('loopUnder') : rose(own)) this.#wentThrough();
    return told;
  }

  /** Somebody begins to go through: alone in an opening, after another in it, or without one. */
  #begins(nowMs: number): DoorTold['what'][] {
    if (this.#mode === 'held') return [];
    if (!this.#isFree(nowMs) || this.#opening === null) return ['forced'];
    this.#opening.entered += 1;
    if (this.#opening.entered > this.#opening.allowed) return ['followed'];
    this.#opened += 1;
    return [];
  }

  /** Whoever goes through now is one of those who were let through. */
  #isWithin(nowMs: number): boolean {
    if (this.#mode === 'held') return true;
    const opening = this.#opening;
    return this.#isFree(nowMs) && opening !== null && opening.passed < opening.allowed;
  }

  #wentThrough(): void {
    if (this.#opening !== null) this.#opening.passed += 1;
  }

  #contact(
    rose: (name: DoorInputName) => boolean,
    fell: (name: DoorInputName) => boolean,
    nowMs: number,
  ): DoorTold['what'][] {
    const { has, passage, openTooLongMs } = this.#rules;
    const own = this.#own;
    const told: DoorTold['what'][] = [];
    if (rose('contact')) {
      this.#openSinceMs = nowMs;
      const isFree = this.#isFree(nowMs);
      if (isFree) this.#opened += 1;
      const expected = isFree || has.has('forced');
      // Of a lane with a sensor an opening contact says no passage.
      if (!expected) told.push('forced');
      else if (passage !== 'sensor') told.push('opened');
      const counts = !has.has('loopUnder') && !has.has(own);
      if (isFree && passage === 'door' && counts) this.#wentThrough();
    }
    if (fell('contact')) {
      this.#openSinceMs = null;
      this.#saidTooLong = false;
      told.push('closed');
    }
    const since = this.#mode === 'held' ? null : this.#openSinceMs;
    if (since !== null && !this.#saidTooLong && nowMs - since >= openTooLongMs) {
      this.#saidTooLong = true;
      told.push('open-too-long');
    }
    return told;
  }

  #followOpening(levels: DoorLevels, nowMs: number): void {
    const opening = this.#opening;
    if (opening === null) return;
    if (levels.loopBefore === true) {
      opening.cameNear = true;
      opening.leftMs = null;
    } else if (opening.cameNear) opening.leftMs ??= nowMs;
    const onLoop = levels.loopUnder === true;
    const through = opening.passed >= opening.allowed;
    const late = nowMs >= opening.untilMs;
    const left = opening.leftMs ?? Number.POSITIVE_INFINITY;
    const droveAway = opening.entered === 0 && nowMs - left >= this.#rules.leftAfterMs;
    if (!onLoop && (through || late || droveAway)) opening.ended = true;
    const shut = through && this.#rules.has.has('contact') && levels.contact === false;
    const over = nowMs > opening.untilMs + this.#rules.graceMs;
    if (opening.ended && !onLoop && (shut || over)) {
      this.#opening = null;
      this.#own = this.#ownNext;
    }
  }

  /** Somebody stands in the passage. */
  #isTaken(levels: DoorLevels): boolean {
    return levels[this.#own] === true || levels.loopUnder === true;
  }
}

function newOpening(nowMs: number, openMs: number, pulseMs: number | null): Opening {
  return {
    allowed: 1,
    entered: 0,
    passed: 0,
    pulseEndMs: nowMs + (pulseMs ?? 0),
    untilMs: nowMs + openMs,
    ended: false,
    leftMs: null,
    cameNear: false,
  };
}
