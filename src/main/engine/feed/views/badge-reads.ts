import type { BadgeReadRow } from '../../../../shared/contract/views.ts';
import type { Credential } from '../../../../shared/domain/credential.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { ViewSource } from '../view-source.ts';

/** A badge read longer ago signs nobody in: whoever held it may have gone. Real ms. */
const GOOD_FOR_MS = 60_000;

interface Read {
  readonly reader: string;
  readonly credential: Credential;
  readonly atMs: number;
  readonly monoMs: number;
}

/**
 * The badge read last at the desk, for signing in. The sign-in page is shown that there was one,
 * never which, nor whether anybody signs in by it.
 */
export class BadgeReads {
  readonly #clock: Clock;
  #last: Read | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(reader: string, credential: Credential, atMs: number): void {
    this.#last = { reader, credential, atMs, monoMs: this.#clock.monoMs() };
  }

  /** Null where none was read of late, or it was used. */
  last(): Credential | null {
    return this.#good()?.credential ?? null;
  }

  /** Somebody signed in by it: the next one has to hold theirs. */
  used(): void {
    this.#last = null;
  }

  view(): ViewSource<'badge-read'> {
    const row = (): BadgeReadRow | null => {
      const read = this.#good();
      return read === null ? null : { reader: read.reader, atMs: read.atMs };
    };
    return {
      name: 'badge-read',
      row,
      snapshot() {
        const now = row();
        return now === null ? new Map() : new Map([['now', now]]);
      },
      touched: (event) => (event.kind === 'desk.read' ? ['now'] : []),
      onTick: () => ['now'],
    };
  }

  #good(): Read | null {
    const read = this.#last;
    return read !== null && this.#clock.monoMs() - read.monoMs <= GOOD_FOR_MS ? read : null;
  }
}
