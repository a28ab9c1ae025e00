import { hkDay, hkTime, hkWeekday } from '../../shared/lib/hk-time.ts';
import type { TaskFields } from '../../shared/wire/uhppote/messages.ts';
import type { DoorModeByte } from './door.ts';
import { type BoardSettings, isOnDay } from './settings.ts';

const CONTROLLED = 0;
const UNLOCKED = 1;
const LOCKED = 2;
const BUTTON_OFF = 11;
const BUTTON_ON = 12;

/** The board whose tasks they are. */
interface TaskBoard {
  readonly settings: BoardSettings;
  clockMs(): number;
  door(door: number): { readonly delayS: number };
  setMode(door: number, mode: DoorModeByte, delayS: number): void;
}

/**
 * Does what the board was told to do at a time of day, when it is looked at after that time on the
 * same day. Tasks by which a reader asks for codes or more cards, minds no time profile or opens
 * once are kept and change nothing.
 */
export class TaskRunner {
  /** Doors whose exit button does nothing. */
  readonly buttonsOff = new Set<number>();
  readonly #board: TaskBoard;
  #lookedMs = Number.POSITIVE_INFINITY;

  constructor(board: TaskBoard) {
    this.#board = board;
  }

  /** The tasks added since the last time are in force from now on. */
  refresh(): void {
    const { settings } = this.#board;
    settings.tasks = [...settings.tasks, ...settings.newTasks.splice(0)];
    this.#lookedMs = this.#board.clockMs();
  }

  run(): void {
    const { settings } = this.#board;
    if (settings.tasks.length === 0) return;
    const nowMs = this.#board.clockMs();
    const day = hkDay(nowMs);
    const now = hkTime(nowMs).slice(0, 5);
    const before = hkDay(this.#lookedMs) === day ? hkTime(this.#lookedMs).slice(0, 5) : '';
    this.#lookedMs = nowMs;
    const due = settings.tasks
      .filter(({ at, from, to }) => {
        return before < at && at <= now && (from ?? day) <= day && day <= (to ?? day);
      })
      .filter((task) => isOnDay(task, hkWeekday(nowMs)))
      .sort((a, b) => a.at.localeCompare(b.at));
    for (const task of due) this.#do(task);
  }

  #do({ door, task }: TaskFields): void {
    const { delayS } = this.#board.door(door);
    if (task === CONTROLLED) this.#board.setMode(door, 3, delayS);
    else if (task === UNLOCKED) this.#board.setMode(door, 1, delayS);
    else if (task === LOCKED) this.#board.setMode(door, 2, delayS);
    else if (task === BUTTON_OFF) this.buttonsOff.add(door);
    else if (task === BUTTON_ON) this.buttonsOff.delete(door);
  }
}
