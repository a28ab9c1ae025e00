import { MOST_NAMED } from '../../shared/contract/administration-queries.ts';
import type { ConsoleClient } from '../../shared/contract/client.ts';
import type { UserId } from '../../shared/domain/ids.ts';

/** As many as are kept; then all are asked for anew. */
const MOST_KEPT = 2_000;

type Known = ReadonlyMap<string, string | null>;

/**
 * What those are called whose ids the screen shows. The first who needs a name has it asked for,
 * together with all others of the same moment; until then, and for whom nobody knows, it is null.
 */
export class UserNames {
  readonly #client: Pick<ConsoleClient, 'query'>;
  readonly #soon: (run: () => void) => void;
  readonly #listeners = new Set<() => void>();
  readonly #wanted = new Set<string>();
  #known: Known = new Map();
  #isAsking = false;

  /** `soon` runs something once this moment's work is done. */
  constructor(client: Pick<ConsoleClient, 'query'>, soon: (run: () => void) => void) {
    this.#client = client;
    this.#soon = soon;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly known = (): Known => this.#known;

  /** Has somebody's name asked for, unless it was. */
  want(user: string): void {
    if (this.#known.has(user) || this.#wanted.has(user)) return;
    this.#wanted.add(user);
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#soon(() => void this.#ask());
  }

  /** Another person may be told other things. */
  forget(): void {
    this.#wanted.clear();
    this.#tell(new Map());
  }

  async #ask(): Promise<void> {
    while (this.#wanted.size > 0) {
      const users = [...this.#wanted].slice(0, MOST_NAMED);
      try {
        const { names } = await this.#client.query('user.names', { users: users as UserId[] });
        this.#take(users, new Map(names.map(({ user, name }) => [user as string, name])));
      } catch {
        // Whoever is drawn next asks again: an id is better than no screen.
        this.#wanted.clear();
      }
    }
    this.#isAsking = false;
  }

  #take(users: readonly string[], names: ReadonlyMap<string, string>): void {
    // Somebody else has signed in meanwhile: what was wanted then is not wanted any more.
    const asked = users.filter((user) => this.#wanted.delete(user));
    const before = this.#known.size + asked.length > MOST_KEPT ? [] : this.#known;
    this.#tell(new Map([...before, ...asked.map((one) => [one, names.get(one) ?? null] as const)]));
  }

  #tell(known: Known): void {
    this.#known = known;
    for (const listener of this.#listeners) listener();
  }
}
