/** What a device's inputs tell, by the site file's own map. */
import type { SiteOsdpInput } from '../../../../shared/domain/site-board.ts';
import type { BoardHealth } from '../ports.ts';
import { tell } from '../telling.ts';
import type { Timer } from '../timers.ts';
import type { DeviceContext } from './context.ts';
import type { Doors } from './doors.ts';
import type { EventNumbers } from './events.ts';

type DoorInput = Extract<SiteOsdpInput, { door: number }>;

/** Reasons of our own alarms: what kind of input told it. */
const reasons = { emergency: 1, tamper: 2, housing: 3 } as const;

export class Inputs {
  readonly #context: DeviceContext;
  readonly #doors: Doors;
  readonly #events: EventNumbers;
  /** A door was opened, by a person whose going through it was to show. */
  readonly #onPassage: (door: number, index: number) => void;
  /** Each mapped input as last shown; none before the first time. */
  readonly #active = new Map<SiteOsdpInput, boolean>();
  readonly #tooLong = new Map<number, Timer>();
  #housing = false;
  #fire: boolean | null = null;

  constructor(
    context: DeviceContext,
    doors: Doors,
    events: EventNumbers,
    onPassage: (door: number, index: number) => void,
  ) {
    this.#context = context;
    this.#doors = doors;
    this.#events = events;
    this.#onPassage = onPassage;
  }

  /** Each door's contact, door 1 first; undefined where none is known. */
  contacts(): BoardHealth['doors'] {
    const seen = [...this.#active].flatMap(([input, isActive]) => {
      return input.tells === 'contact' ? [[input.door, isActive] as const] : [];
    });
    if (seen.length === 0) return undefined;
    const open = new Map(seen);
    const count = Math.max(...open.keys());
    return Array.from({ length: count }, (_, i) => (open.get(i + 1) ? 'open' : 'closed'));
  }

  stop(): void {
    for (const timer of this.#tooLong.values()) timer.cancel();
    this.#tooLong.clear();
  }

  /** Takes what the device shows. `isFirst`: as it answers again; nobody knows what led to it. */
  onInputs(levels: Uint8Array, isFirst: boolean): void {
    for (const input of this.#context.setUp.inputs) {
      const level = levels[input.input];
      if (level === undefined) continue;
      const isActive = (level !== 0) !== (input.inverted === true);
      const before = this.#active.get(input);
      this.#active.set(input, isActive);
      if (before === isActive) continue;
      if ('door' in input) this.#doorMoved(input, isActive, isFirst);
      else if (input.tells === 'tamper' && isActive) this.#alarm('tamper', reasons.tamper);
    }
    this.#showFire(isFirst);
  }

  /** The device's own housing and power. */
  onHousing(isOpen: boolean): void {
    if (isOpen && !this.#housing) this.#alarm('tamper', reasons.housing);
    this.#housing = isOpen;
  }

  #alarm(alarm: 'fire' | 'tamper', reason: number): void {
    this.#events.add({ kind: 'alarm', door: 0, alarm, reason });
  }

  #showFire(isFirst: boolean): void {
    const fire = [...this.#active].some(([{ tells }, isActive]) => {
      return tells === 'emergency' && isActive;
    });
    if (fire === this.#fire) return;
    this.#fire = fire;
    const { board } = this.#context.setUp;
    if (fire && !isFirst) this.#alarm('fire', reasons.emergency);
    tell(this.#context, { kind: 'input-levels', board, fire, forceLock: false });
  }

  #doorMoved({ door, tells }: DoorInput, isActive: boolean, isFirst: boolean): void {
    if (tells === 'contact') this.#watchOpen(door, isActive);
    if (isFirst) return;
    if (isActive && tells === 'forced') this.#events.add({ kind: 'door', door, state: 'forced' });
    else if (isActive && tells !== 'forced') this.#opened(door, tells);
    else if (tells === 'contact') this.#events.add({ kind: 'door', door, state: 'closed' });
  }

  /** A passage sensor's word counts before the leaf's: only one of them says that one passed. */
  #opened(door: number, tells: 'contact' | 'passage'): void {
    const isForced = !this.#doors.isReleased(door);
    const showsPassage = tells === 'passage' || !this.#hasSensor(door);
    if (isForced && showsPassage) this.#events.add({ kind: 'door', door, state: 'forced' });
    else if (showsPassage) {
      this.#onPassage(door, this.#events.add({ kind: 'door', door, state: 'opened' }));
    }
  }

  #hasSensor(door: number): boolean {
    return this.#context.setUp.inputs.some((input) => {
      return input.tells === 'passage' && input.door === door;
    });
  }

  #watchOpen(door: number, isOpen: boolean): void {
    const { timers, timing } = this.#context;
    this.#tooLong.get(door)?.cancel();
    this.#tooLong.delete(door);
    if (!isOpen) return;
    const timer = timers.after(timing.openTooLongMs, () => {
      this.#tooLong.delete(door);
      if (this.#doors.shown(door) === 'held') return;
      this.#events.add({ kind: 'door', door, state: 'open-too-long' });
    });
    this.#tooLong.set(door, timer);
  }
}
