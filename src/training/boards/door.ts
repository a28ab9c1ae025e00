/** 1 normally open, 2 normally closed, 3 controlled: as on the wire. */
export type DoorModeByte = 1 | 2 | 3;

/** One door of a board: its relay, its contact, its button. All times are real ms. */
export class Door {
  mode: DoorModeByte = 3;
  delayS = 5;
  buttonPressed = false;
  /** A relay without power lets go. */
  powered = true;
  #unlocked = false;
  #contactOpen = false;
  #relock: NodeJS.Timeout | null = null;
  #tooLong: NodeJS.Timeout | null = null;

  relayOn(): boolean {
    if (!this.powered || this.mode === 2) return false;
    return this.mode === 1 || this.#unlocked;
  }

  contactOpen(): boolean {
    return this.#contactOpen;
  }

  /** Opens the relay for the delay. False where the mode forbids it; then nothing happens. */
  unlock(): boolean {
    if (!this.powered || this.mode === 2) return false;
    this.#unlocked = true;
    if (this.#relock !== null) clearTimeout(this.#relock);
    this.#relock = setTimeout(() => {
      this.#unlocked = false;
      this.#relock = null;
    }, this.delayS * 1000);
    return true;
  }

  openContact(tooLongMs: number, onTooLong: () => void): void {
    this.#contactOpen = true;
    if (this.#tooLong !== null) clearTimeout(this.#tooLong);
    this.#tooLong = setTimeout(() => {
      this.#tooLong = null;
      onTooLong();
    }, tooLongMs);
  }

  closeContact(): void {
    this.#contactOpen = false;
    if (this.#tooLong !== null) clearTimeout(this.#tooLong);
    this.#tooLong = null;
  }

  /** Power is gone, or the board is put away: nothing runs on. */
  stop(): void {
    if (this.#relock !== null) clearTimeout(this.#relock);
    if (this.#tooLong !== null) clearTimeout(this.#tooLong);
    this.#relock = null;
    this.#tooLong = null;
    this.#unlocked = false;
  }
}
