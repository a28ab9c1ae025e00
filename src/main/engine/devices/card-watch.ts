import type { Credential } from '../../../shared/domain/credential.ts';

/**
 * The reader has no event and no sequence number: a badge counts as new when it differs from the
 * last one, or when a reply of "nothing" was seen in between.
 */
export class CardWatch {
  #held: string | null = null;

  /** Nothing lies on the reader. */
  nothing(): void {
    this.#held = null;
  }

  /** True where this badge was not there a moment ago. */
  seen(badge: Credential | 'unreadable'): boolean {
    const isNew = this.#held !== badge;
    this.#held = badge;
    return isNew;
  }
}
