import { CallError, type ConsoleClient } from '../../shared/contract/client.ts';
import type { QueryOutput } from '../../shared/contract/queries.ts';
import type { Fault } from '../../shared/lib/result.ts';

/** The answer of `session.current`: who is signed in, and what the sign-in page may show. */
export type Entry = QueryOutput<'session.current'>;
/** The answer of `site.describe`. */
export type SiteAnswer = QueryOutput<'site.describe'>;

export interface EntryState {
  readonly entry: Entry | null;
  /** Known from sign-in on, and kept over a lost link. */
  readonly site: SiteAnswer | null;
  /** Why the console could not be asked; null when the last answer was good. */
  readonly fault: Fault | null;
}

/** Any thrown value as a fault that a screen can show. */
export function faultOf(error: unknown): Fault {
  if (error instanceof CallError)
    return { code: error.code, text: error.message, where: error.where };
  return { code: 'unexpected', text: error instanceof Error ? error.message : String(error) };
}

/**
 * Who is signed in and at which site. Asked again whenever the link comes back, because the engine
 * may have been restarted or the session ended meanwhile.
 */
export class EntryStore {
  readonly #client: ConsoleClient;
  readonly #listeners = new Set<() => void>();
  #state: EntryState = { entry: null, site: null, fault: null };
  #asked = 0;

  constructor(client: ConsoleClient) {
    this.#client = client;
  }

  /** Begins to follow the link; returns the function that ends it. */
  start(): () => void {
    return this.#client.onLink((link) => {
      if (link === 'open') void this.refresh();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): EntryState => this.#state;

  /** Asks who is signed in, and for the site when somebody is. Only the newest answer counts. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const entry = await this.#client.query('session.current', {});
      const site = entry.session ? await this.#client.query('site.describe', {}) : null;
      if (asked === this.#asked) this.#set({ entry, site: this.#sameSite(site), fault: null });
    } catch (error) {
      if (asked === this.#asked) this.#set({ ...this.#state, fault: faultOf(error) });
    }
  }

  /** Throws CallError where name or secret are wrong or the user is locked out. */
  async signIn(name: string, secret: string): Promise<void> {
    await this.#client.command('session.sign-in', { name, secret });
    await this.refresh();
  }

  /** By the badge that the desk's reader read last, and its PIN. Throws as `signIn` does. */
  async signInByBadge(pin: string): Promise<void> {
    await this.#client.command('session.sign-in-badge', { pin });
    await this.refresh();
  }

  async signOut(): Promise<void> {
    await this.#client.command('session.sign-out', {});
    await this.refresh();
  }

  /** The object known so far while it says the same: a map need not be drawn anew for it. */
  #sameSite(site: SiteAnswer | null): SiteAnswer | null {
    const known = this.#state.site;
    return JSON.stringify(known) === JSON.stringify(site) ? known : site;
  }

  #set(state: EntryState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
