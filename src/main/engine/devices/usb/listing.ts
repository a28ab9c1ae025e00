import type { Result } from '../../../../shared/lib/result.ts';
import type { Timers } from '../timers.ts';
import type { Hid, HidRow } from './hid.ts';

/** What is attached, asked for once where several readers ask at nearly the same time. */
export class Listing {
  readonly #hid: Hid;
  readonly #timers: Timers;
  readonly #freshMs: number;
  #asked: Promise<Result<readonly HidRow[]>> | null = null;

  constructor(hid: Hid, timers: Timers, freshMs: number) {
    this.#hid = hid;
    this.#timers = timers;
    this.#freshMs = freshMs;
  }

  /** At most `freshMs` old. */
  rows(): Promise<Result<readonly HidRow[]>> {
    if (this.#asked !== null) return this.#asked;
    const asked = this.#hid.list();
    this.#asked = asked;
    void asked.finally(() => {
      this.#timers.after(this.#freshMs, () => {
        this.#asked = null;
      });
    });
    return asked;
  }
}
