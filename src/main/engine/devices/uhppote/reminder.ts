import type { BoardEvent } from '../ports.ts';
import type { BoardContext } from './context.ts';
import { type Listener, refreshBoard } from './set-up.ts';
import type { Settings, SettingsShown } from './settings.ts';

/** What a board may have forgotten: that we decide, or all that a host can tell it. */
interface Forgotten {
  readonly all: boolean;
}

export interface ReminderParts {
  readonly context: BoardContext;
  readonly settings: Settings;
  readonly listener: () => Listener;
  /** How its settings stand, once it was told them again. */
  readonly onShown: (shown: SettingsShown) => void;
}

/**
 * Tells a board again what it may have forgotten, until it agrees. One that just started may not
 * record its doors until then, so that nobody knows who goes through.
 */
export class Reminder {
  readonly #parts: ReminderParts;
  #forgotten: Forgotten | null = null;
  #isTelling = false;
  #blindMonoMs: number | null = null;

  constructor(parts: ReminderParts) {
    this.#parts = parts;
  }

  /** Until when it may have missed who went through: see `BoardHealth`. */
  blindMonoMs(): number | null {
    return this.#forgotten?.all ? this.#nowMs() : this.#blindMonoMs;
  }

  /** It decided alone, or just started: it may have forgotten that we decide. */
  onEvent(event: BoardEvent): void {
    const alone = event.kind === 'swipe' && event.granted;
    if (!alone && !isStart(event)) return;
    this.#forgotten = { all: isStart(event) || this.#forgotten?.all === true };
    void this.remind();
  }

  /** It was told again before its memory was read: only what it saw until then is missing. */
  onPast(event: BoardEvent): void {
    if (isStart(event)) this.#blindMonoMs = this.#nowMs();
  }

  /** It was told all as it came on line. */
  isPrepared(): void {
    this.#forgotten = null;
  }

  /** Tells it in any case: nobody knows what else makes a board forget. */
  async repeat(): Promise<void> {
    this.#forgotten ??= { all: false };
    await this.remind();
  }

  /** Tells it, where there is anything to tell; called again and again while it does not agree. */
  async remind(): Promise<void> {
    const { context, listener, onShown, settings } = this.#parts;
    const forgotten = this.#forgotten;
    if (forgotten === null || this.#isTelling) return;
    this.#isTelling = true;
    const hasAgreed = await refreshBoard(context, listener());
    const shown = hasAgreed && forgotten.all ? await settings.bring() : null;
    this.#isTelling = false;
    if (!hasAgreed || (forgotten.all && shown === null)) return;
    if (forgotten.all) this.#blindMonoMs = this.#nowMs();
    // It may have started once more meanwhile.
    if (this.#forgotten === forgotten) this.#forgotten = null;
    if (shown?.text !== undefined) onShown(shown);
  }

  #nowMs(): number {
    return this.#parts.context.clock.monoMs();
  }
}

/** It has just got its power. */
function isStart(event: BoardEvent): boolean {
  return event.kind === 'alarm' && event.alarm === 'power-on';
}
