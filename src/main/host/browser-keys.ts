import { createHash } from 'node:crypto';

const KEY_BYTES = 32;
/** More browsers than a control room has; the oldest key goes first. */
const MAX_KEYS = 64;

export interface BrowserKey {
  /** Names the browser to the engine: sessions belong to it. */
  readonly workstation: string;
}

export interface BrowserKeysParts {
  readonly random: (bytes: number) => Uint8Array;
  /** The launch token was used; here is the next one. */
  readonly onFresh: (token: string) => void;
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/**
 * Who may use the host. A launch token, printed by whoever started the console, is good for one
 * browser: it is exchanged for that browser's own key, which lives in a cookie. Only digests are
 * kept, so a look-up tells nothing by its time.
 */
export class BrowserKeys {
  readonly #parts: BrowserKeysParts;
  readonly #keys = new Map<string, BrowserKey>();
  #launch: string;

  constructor(parts: BrowserKeysParts) {
    this.#parts = parts;
    this.#launch = this.#token();
  }

  /** The one launch token that is good now. */
  get launchToken(): string {
    return this.#launch;
  }

  /** Exchanges a launch token for a new key; null when it is not the good one. */
  exchange(token: string): string | null {
    if (digest(token) !== digest(this.#launch)) return null;
    this.#launch = this.#token();
    const key = this.#token();
    const id = digest(key);
    this.#keys.set(id, { workstation: `browser-${id.slice(0, 16)}` });
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > MAX_KEYS && oldest !== undefined) this.#keys.delete(oldest);
    this.#parts.onFresh(this.#launch);
    return key;
  }

  find(key: string | null): BrowserKey | null {
    return key === null ? null : (this.#keys.get(digest(key)) ?? null);
  }

  #token(): string {
    return Buffer.from(this.#parts.random(KEY_BYTES)).toString('base64url');
  }
}
