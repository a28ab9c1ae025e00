import { join } from 'node:path';
import type { Session } from '../../../shared/contract/commands.ts';
import type { Authority } from '../../../shared/domain/authority.ts';
import type { Credential } from '../../../shared/domain/credential.ts';
import type { UserId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { WritableDb } from '../store/database.ts';
import { openWriter, storeDamaged } from '../store/open.ts';
import { Badges } from './badges.ts';
import { Lockout } from './lockout.ts';
import { accessSchema } from './schema.ts';
import type { RandomBytes } from './secrets.ts';
import { Sessions } from './sessions.ts';
import {
  foldName,
  type ListedUser,
  type NewUser,
  type Sides,
  TRAINING_USERS,
  type User,
  Users,
} from './users.ts';

export interface AccessParts {
  /** The data folder; `access.db` lies in it. */
  readonly dir: string;
  /** True only for the training zone: the built-in users exist. */
  readonly training: boolean;
  /** Whom training's built-in users act for, where the regime asks for it. */
  readonly sides?: Sides | null | undefined;
  /** Only real, monotonic time counts here: in training the calendar may run faster. */
  readonly clock: Pick<Clock, 'monoMs'>;
  readonly random: RandomBytes;
}

/** Sign-ins that may wait for their turn; each takes about a quarter of a second. */
const MAX_WAITING = 16;
const MINUTE_MS = 60_000;
const MOST_LISTED = 500;

/**
 * Opens who may sign in and who is signed in. Fails as `openWriter` does. A site that is not for
 * training has no users until one is added.
 */
export function openAccess(parts: AccessParts): Result<Access> {
  const db = openWriter(join(parts.dir, 'access.db'), accessSchema);
  if (!db.ok) return db;
  try {
    return ok(accessOver(parts, db.value));
  } catch (error) {
    db.value.close();
    return storeDamaged(error, db.value.path);
  }
}

function accessOver(parts: AccessParts, db: WritableDb): Access {
  const nowMs = () => parts.clock.monoMs();
  const users = new Users(db, parts.random, parts.training, parts.sides ?? null);
  const isKnown = (session: Session) => users.findById(session.user)?.role === session.role;
  return new Access({
    users,
    training: parts.training,
    sessions: new Sessions(db, nowMs, isKnown),
    lockout: new Lockout(db, nowMs),
    badges: new Badges(db, parts.random),
    close: () => db.close(),
  });
}

interface Opened {
  readonly users: Users;
  readonly training: boolean;
  readonly sessions: Sessions;
  readonly lockout: Lockout;
  readonly badges: Badges;
  readonly close: () => void;
}

/** People who sign in: one at a time, so that many tries at once count as many. */
export class Access {
  readonly #parts: Opened;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Opened) {
    this.#parts = parts;
  }

  /**
   * Signs a person in at a workstation, in the place of whoever was. Fails with `sign-in-refused`
   * (name or secret is wrong, never which), `sign-in-locked` or `sign-in-busy`.
   */
  signIn(name: string, secret: string, workstation: string): Promise<Result<Session>> {
    const { users } = this.#parts;
    return this.#inTurn(() => {
      const user = users.find(name);
      return this.#attempt(foldName(name), user, () => users.isSecretOf(user, secret), workstation);
    });
  }

  /** The same by a badge that was read and its holder's PIN, under the same lock-out. */
  signInByBadge(badge: Credential, pin: string, workstation: string): Promise<Result<Session>> {
    const { badges } = this.#parts;
    return this.#inTurn(() => {
      const user = this.holderOf(badge);
      const key = user === null ? badge : foldName(user.name);
      return this.#attempt(key, user, () => badges.isPinOf(badge, pin), workstation);
    });
  }

  /** Who signs in by a badge; null for nobody. */
  holderOf(badge: Credential): User | null {
    const { badges, users } = this.#parts;
    const id = badges.holderOf(badge);
    return id === null ? null : users.findById(id);
  }

  /**
   * Gives somebody a badge to sign in by, or takes it away (null). Fails with `not-found` or
   * `badge-taken`.
   */
  giveBadge(name: string, badge: Credential | null): Result<User> {
    const user = this.#parts.users.find(name);
    if (user === null) return fail('not-found', 'there is no such user', 'name');
    const given = this.#parts.badges.give(user.id, badge);
    return given.ok ? ok(user) : given;
  }

  /**
   * A person chooses the PIN of their own badge, and shows by their secret that it is they. Fails
   * with `sign-in-refused` and the others of a sign-in, `pin-weak` or `badge-none`.
   */
  async choosePin(session: Session, secret: string, pin: string): Promise<Result<null>> {
    const known = await this.signIn(session.name, secret, session.workstation);
    return known.ok ? this.#parts.badges.choosePin(session.user, pin) : known;
  }

  async #inTurn(attempt: () => Promise<Result<Session>>): Promise<Result<Session>> {
    if (this.#waiting >= MAX_WAITING) {
      return fail('sign-in-busy', 'too many people sign in at once: try again in a few seconds');
    }
    this.#waiting += 1;
    const turn = this.#last.then(attempt);
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Returns who was signed in there; null when nobody was. */
  signOut(workstation: string): Session | null {
    return this.#parts.sessions.end(workstation);
  }

  sessionOf(workstation: string): Session | null {
    return this.#parts.sessions.at(workstation);
  }

  isUser(name: string): boolean {
    return this.idOf(name) !== null;
  }

  /** Null where nobody of that name may sign in. */
  idOf(name: string): UserId | null {
    return this.#parts.users.find(name)?.id ?? null;
  }

  /** On whose behalf somebody acts; null where nobody has said. */
  authorityOf(user: UserId): Authority | null {
    return this.#parts.users.findById(user)?.authority ?? null;
  }

  /** What somebody is called; null where nobody of that id may sign in. */
  nameOf(user: string): string | null {
    return this.#parts.users.findById(user)?.name ?? null;
  }

  /** Everybody who may sign in, and whether by a badge too. */
  listUsers(): (ListedUser & { readonly badge: boolean })[] {
    const { badges, users } = this.#parts;
    const holders = badges.holders();
    return users.all(MOST_LISTED).map((user) => ({ ...user, badge: holders.has(user.id) }));
  }

  /** Fails with `name-bad`, `secret-weak` or `user-exists`. */
  addUser(user: NewUser): Promise<Result<UserId>> {
    return this.#parts.users.add(user);
  }

  /** What a sign-in page may show: in training the built-in users, else nobody. */
  trainingUsers(): readonly NewUser[] {
    return this.#parts.training ? TRAINING_USERS : [];
  }

  close(): void {
    this.#parts.close();
  }

  async #attempt(
    key: string,
    user: User | null,
    isRight: () => Promise<boolean>,
    workstation: string,
  ): Promise<Result<Session>> {
    const { lockout, sessions } = this.#parts;
    const byUser = `user ${key}`;
    const byWorkstation = `workstation ${workstation}`;
    const lockedMs = Math.max(lockout.leftMs(byUser), lockout.leftMs(byWorkstation));
    if (lockedMs > 0) {
      const minutes = Math.ceil(lockedMs / MINUTE_MS);
      return fail('sign-in-locked', `too many wrong tries: try again in ${minutes} min`);
    }
    const right = await isRight();
    if (user === null || !right) {
      // What nobody is called may be a secret typed into the wrong field: never written down.
      lockout.wrong(byUser, user !== null);
      lockout.wrong(byWorkstation, true);
      return fail('sign-in-refused', 'the name or the secret is wrong');
    }
    lockout.clear(byUser);
    lockout.clear(byWorkstation);
    const session = { user: user.id, name: user.name, role: user.role, workstation };
    sessions.begin(session);
    return ok(session);
  }
}
