import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { Timers } from '../timers.ts';
import type { Bus, Closable, HidRow } from './hid.ts';
import type { UsbTiming } from './timing.ts';
import { within } from './within.ts';

const NOT_LISTED = 'USB readers cannot be listed: the system does not answer';

/** What is attached, asked for once where several readers ask at nearly the same time. */
export class Listing {
  readonly #hid: Bus<Closable>;
  readonly #timers: Timers;
  readonly #freshMs: number;
  readonly #timeoutMs: number;
  #asked: Promise<Result<readonly HidRow[]>> | null = null;

  constructor(hid: Bus<Closable>, timers: Timers, { listEveryMs, listTimeoutMs }: UsbTiming) {
    this.#hid = hid;
    this.#timers = timers;
    this.#freshMs = listEveryMs / 2;
    this.#timeoutMs = listTimeoutMs;
  }

  /** At most half a round old. A listing that hangs is given up, and asked for anew. */
  rows(): Promise<Result<readonly HidRow[]>> {
    if (this.#asked !== null) return this.#asked;
    const asked = this.#list();
    this.#asked = asked;
    void asked.finally(() => {
      this.#timers.after(this.#freshMs, () => {
        this.#asked = null;
      });
    });
    return asked;
  }

  async #list(): Promise<Result<readonly HidRow[]>> {
    const listed = await within(this.#timers, this.#timeoutMs, this.#hid.list());
    return listed.ok ? listed.value : fail('hid', NOT_LISTED);
  }
}
