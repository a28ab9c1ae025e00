import type {
  ConsoleClient,
  LinkState,
  WatchHandlers,
} from '../../../src/shared/contract/client.ts';
import type { ViewData, ViewName } from '../../../src/shared/contract/views.ts';
import { views } from '../../../src/shared/contract/views.ts';
import type { Role } from '../../../src/shared/domain/role.ts';
import { ROLES } from '../../../src/shared/domain/role.ts';
import { FakeJoint } from './joint.ts';
import { FakeLife } from './life.ts';
import { FakeRegimes } from './regime.ts';
import { answerCommand, answerQuery, type FakeState, sessionOf } from './verbs.ts';
import { FAKE_VIRTUAL } from './virtual.ts';
import { fakeSite } from './zone.ts';

export interface FakeOptions {
  readonly lanes: number;
  /** Signed in from the beginning. */
  readonly role?: Role | undefined;
  readonly nowMs: number;
  /** With an area without gates. */
  readonly virtual?: boolean | undefined;
  /** Real ms between two steps of the fake zone's life; 0: it stands still. */
  readonly stepMs: number;
}

interface Watch {
  readonly name: ViewName;
  readonly handlers: WatchHandlers<ViewName>;
  set: Map<string, ViewData<ViewName>>;
  drop: Set<string>;
  busy: boolean;
}

/**
 * A console without an engine: plausible data that lives, the same promises as the contract (a
 * snapshot, then patches, the next only after the last was taken). For pictures and parts' tests.
 */
export class FakeClient implements ConsoleClient {
  readonly life: FakeLife;
  readonly #state: FakeState;
  readonly #watches = new Set<Watch>();
  readonly #links = new Set<(state: LinkState) => void>();
  #link: LinkState = 'open';

  constructor(options: FakeOptions) {
    const bare = fakeSite(options.lanes);
    const site = options.virtual ? { ...bare, virtualAreas: [FAKE_VIRTUAL] } : bare;
    this.life = new FakeLife(site, options.nowMs, (name, key, row) => this.#push(name, key, row));
    const regimes = new FakeRegimes(() => this.life.nowMs);
    this.#state = { site, life: this.life, regimes, joint: new FakeJoint(), session: null };
    if (options.role) this.#state.session = sessionOf(options.role);
    if (options.stepMs > 0) setInterval(() => this.life.step(options.stepMs), options.stepMs);
  }

  command: ConsoleClient['command'] = async (name, input) =>
    (await answerCommand(this.#state, name, input)) as never;

  query: ConsoleClient['query'] = async (name, input) =>
    (await answerQuery(this.#state, name, input)) as never;

  watch: ConsoleClient['watch'] = (name, _input, handlers) => {
    const role = this.#state.session?.role;
    const roles: readonly Role[] = views[name].roles === 'anyone' ? ROLES : views[name].roles;
    if (role === undefined || !roles.includes(role)) {
      queueMicrotask(() => handlers.onEnd({ code: 'forbidden', text: 'not for this role' }));
      return () => {};
    }
    const watch: Watch = {
      name,
      handlers,
      set: new Map(),
      drop: new Set(),
      busy: true,
    };
    this.#watches.add(watch);
    queueMicrotask(() => {
      if (this.#watches.has(watch)) void this.#send(watch, true, new Map(this.life.rows(name)), []);
    });
    return () => this.#watches.delete(watch);
  };

  onLink: ConsoleClient['onLink'] = (listener) => {
    this.#links.add(listener);
    listener(this.#link);
    return () => this.#links.delete(listener);
  };

  /** Breaks or mends the link, for pictures of trouble. */
  setLink(state: LinkState): void {
    this.#link = state;
    for (const listener of this.#links) listener(state);
  }

  #push(name: ViewName, key: string, row: ViewData<ViewName> | null): void {
    for (const watch of this.#watches) {
      if (watch.name !== name) continue;
      if (row === null) {
        watch.set.delete(key);
        watch.drop.add(key);
      } else {
        watch.drop.delete(key);
        watch.set.set(key, row);
      }
      void this.#flush(watch);
    }
  }

  async #flush(watch: Watch): Promise<void> {
    if (watch.busy || (watch.set.size === 0 && watch.drop.size === 0)) return;
    const { set, drop } = watch;
    watch.set = new Map();
    watch.drop = new Set();
    await this.#send(watch, false, set, [...drop]);
  }

  async #send(
    watch: Watch,
    snapshot: boolean,
    set: Map<string, ViewData<ViewName>>,
    drop: string[],
  ): Promise<void> {
    watch.busy = true;
    await watch.handlers.onUpdate({ snapshot, set, drop, seq: this.life.seq });
    watch.busy = false;
    if (this.#watches.has(watch)) await this.#flush(watch);
  }
}
