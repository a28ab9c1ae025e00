import type { DoorMode } from '../../../../shared/domain/gate.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { BoardDoor } from '../ports.ts';
import { tell } from '../telling.ts';
import type { BoardContext } from './context.ts';
import type { Urgency } from './exchange.ts';

const modeOfNumber = new Map<number, DoorMode>([
  [1, 'held'],
  [2, 'locked'],
  [3, 'controlled'],
]);
const numberOfMode: Readonly<Record<DoorMode, number>> = { held: 1, locked: 2, controlled: 3 };

export interface DoorShown {
  readonly mode: DoorMode;
  readonly delayS: number;
}

/** Mode and delay of each door as the board last showed them. */
export class Doors {
  readonly #context: BoardContext;
  readonly #shown = new Map<number, DoorShown>();
  /** Doors whose mode was told since the board answers. */
  readonly #told = new Set<number>();

  constructor(context: BoardContext) {
    this.#context = context;
  }

  shown(door: number): DoorShown | undefined {
    return this.#shown.get(door);
  }

  /** The board is away: what its doors show when it is back is told, also the same as before. */
  forget(): void {
    this.#told.clear();
  }

  isTold(door: number): boolean {
    return this.#told.has(door);
  }

  /** True where each of the site's doors was told. */
  areTold(): boolean {
    return this.#context.setUp.doors.every(({ door }) => this.isTold(door));
  }

  delayOf(door: number): number {
    const found = this.#context.setUp.doors.find((one) => one.door === door);
    return found?.openS ?? this.#shown.get(door)?.delayS ?? 5;
  }

  /** Reads a door back; a changed mode is reported, and the first one since the board answers. */
  async read(door: number, urgency: Urgency): Promise<Result<DoorShown>> {
    const { exchange, timing } = this.#context;
    const timeoutMs =
      urgency === 'housekeeping' ? timing.housekeepingTimeoutMs : timing.readTimeoutMs;
    const read = await exchange.request('get-door', { door }, { urgency, timeoutMs });
    return read.ok ? this.#take(door, read.value.mode, read.value.delayS) : read;
  }

  /** Tells the board a door's mode and delay. The reply is an acknowledgement, not a proof. */
  async set(
    door: number,
    wanted: DoorShown,
    options: {
      readonly urgency: Urgency;
      readonly timeoutMs: number;
      readonly deadlineMonoMs?: number | undefined;
      readonly onSent?: (() => void) | undefined;
    },
  ): Promise<Result<DoorShown>> {
    const fields = { door, mode: numberOfMode[wanted.mode], delayS: wanted.delayS };
    const told = await this.#context.exchange.request('set-door', fields, options);
    if (!told.ok) return told;
    const mode = modeOfNumber.get(told.value.mode);
    if (mode === undefined) return fail('bad-mode', `door ${door} shows mode ${told.value.mode}`);
    return ok({ mode, delayS: told.value.delayS });
  }

  #take(door: number, modeNumber: number, delayS: number): Result<DoorShown> {
    const mode = modeOfNumber.get(modeNumber);
    if (mode === undefined) return fail('bad-mode', `door ${door} shows mode ${modeNumber}`);
    const before = this.#shown.get(door);
    const shown = { mode, delayS };
    this.#shown.set(door, shown);
    if (before?.mode !== mode || !this.#told.has(door)) {
      this.#told.add(door);
      tell(this.#context, { kind: 'door-mode', board: this.#context.setUp.board, door, mode });
    }
    return ok(shown);
  }

  /** Sets a door up: the wanted mode, else the board's own, and our delay; then reads it back. */
  async prepare(wanted: BoardDoor): Promise<boolean> {
    const { timing } = this.#context;
    const now = await this.read(wanted.door, 'status');
    if (!now.ok) return false;
    const target = { mode: wanted.mode ?? now.value.mode, delayS: wanted.openS };
    if (same(now.value, target)) return true;
    const options = { urgency: 'status', timeoutMs: timing.readTimeoutMs } as const;
    const told = await this.set(wanted.door, target, options);
    const after = told.ok ? await this.read(wanted.door, 'status') : told;
    return after.ok && same(after.value, target);
  }
}

function same(a: DoorShown, b: DoorShown): boolean {
  return a.mode === b.mode && a.delayS === b.delayS;
}
