import type { Authority } from '../../../shared/domain/authority.ts';
import type { UserId } from '../../../shared/domain/ids.ts';
import { ROLES, type Role } from '../../../shared/domain/role.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { WritableDb } from '../store/database.ts';
import { hashSecret, isSecret, type RandomBytes } from './secrets.ts';

export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly role: Role;
  /** As `hashSecret` gives it; null for a built-in user, whose secret is no secret. */
  readonly secret: string | null;
  /** On whose behalf they act; null where nobody has said. */
  readonly authority: Authority | null;
}

/** Somebody who may sign in, as others may see it. */
export interface ListedUser extends Omit<User, 'secret'> {
  readonly builtIn: boolean;
}

export interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly secret: string;
  readonly authority?: Authority | undefined;
}

/** The authorities on either side of the first line; `home` is the zone's own. */
export interface Sides {
  readonly first: Authority;
  readonly home: Authority;
}

/** The built-in users of the training zone: known to everybody, and to no real site. */
export const TRAINING_USERS: readonly NewUser[] = ROLES.map((role) => ({
  name: role,
  role,
  secret: `${role}-training`,
}));

const MIN_SECRET_CHARS = 10;
const MAX_SECRET_CHARS = 200;
const MAX_NAME_CHARS = 64;
const ID_BYTES = 9;

/** Names are the same whatever their case or width. */
export function foldName(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

/** Who may sign in: the stored users, and in training the built-in ones. */
export class Users {
  readonly #db: WritableDb;
  readonly #random: RandomBytes;
  readonly #builtIn: ReadonlyMap<string, User>;

  /** `training`: the built-in users exist; `sides`: whom they act for, where that is asked. */
  constructor(db: WritableDb, random: RandomBytes, training: boolean, sides: Sides | null = null) {
    this.#db = db;
    this.#random = random;
    const builtIn = training ? TRAINING_USERS.map((user) => asBuiltIn(user, sides)) : [];
    this.#builtIn = new Map(builtIn.map((user) => [foldName(user.name), user]));
  }

  /** Reads the table anew: a user may have been added from outside while the console runs. */
  find(name: string): User | null {
    const folded = foldName(name);
    const builtIn = this.#builtIn.get(folded);
    if (builtIn !== undefined) return builtIn;
    return this.#db.query<[string], User>(FIND_USER).get(folded) ?? null;
  }

  findById(id: string): User | null {
    for (const user of this.#builtIn.values()) if (user.id === id) return user;
    return this.#db.query<[string], User>(FIND_BY_ID).get(id) ?? null;
  }

  /** Everybody who may sign in, by name, at most so many; the built-in ones first. */
  all(most: number): ListedUser[] {
    const builtIn = [...this.#builtIn.values()].map((user) => listed(user, true));
    const stored = this.#db.query<[number], User>(ALL_USERS).all(most);
    return [...builtIn, ...stored.map((user) => listed(user, false))].slice(0, most);
  }

  /** Whether it is this person's secret. Takes as long for nobody (`null`) as for a person. */
  isSecretOf(user: User | null, secret: string): Promise<boolean> {
    if (user === null || user.secret !== null) return isSecret(secret, user?.secret ?? null);
    const known = TRAINING_USERS.some(({ name, secret: open }) => {
      return name === user.name && open === secret;
    });
    return Promise.resolve(known);
  }

  /** Adds a person. Fails with `name-bad`, `secret-weak` or `user-exists`. */
  async add({ name, role, secret, authority }: NewUser): Promise<Result<UserId>> {
    const clean = name.trim();
    const refused = refuseName(clean) ?? refuseSecret(clean, secret);
    if (refused !== null) return refused;
    const exists = fail('user-exists', 'there is a user of this name already', 'name');
    if (this.find(clean) !== null) return exists;
    const stored = await hashSecret(secret, this.#random);
    const id = `U-${Buffer.from(this.#random(ID_BYTES)).toString('hex')}` as UserId;
    const changed = this.#db
      .write<[string, string, string, string, string, string | null]>(ADD_USER)
      .run(id, clean, foldName(clean), role, stored, authority ?? null);
    return changed === 1 ? ok(id) : exists;
  }
}

/** The supervisor acts for the zone's own side, the administrator for the one across the line. */
function asBuiltIn({ name, role }: NewUser, sides: Sides | null): User {
  const id = `training-${role}` as UserId;
  const across = role === 'administrator' ? sides?.first : null;
  const authority = role === 'supervisor' ? sides?.home : across;
  return { id, name, role, secret: null, authority: authority ?? null };
}

const COLUMNS = 'id, name, role, secret, authority';
const ALL_USERS = `SELECT ${COLUMNS} FROM users ORDER BY folded LIMIT ?`;
const FIND_USER = `SELECT ${COLUMNS} FROM users WHERE folded = ?`;
const FIND_BY_ID = `SELECT ${COLUMNS} FROM users WHERE id = ?`;
const ADD_USER = `INSERT INTO users (id, name, folded, role, secret, authority)
   VALUES (?, ?, ?, ?, ?, ?)
   ON CONFLICT DO NOTHING`;

function listed({ secret: _, ...user }: User, builtIn: boolean): ListedUser {
  return { ...user, builtIn };
}

function refuseName(name: string) {
  const isBad = name === '' || name.length > MAX_NAME_CHARS || /\p{C}/u.test(name);
  if (!isBad) return null;
  return fail('name-bad', `a name has 1 to ${MAX_NAME_CHARS} visible characters`, 'name');
}

function refuseSecret(name: string, secret: string) {
  const weak = (text: string) => fail('secret-weak', text, 'secret');
  if (secret.length < MIN_SECRET_CHARS || secret.length > MAX_SECRET_CHARS) {
    return weak(`a secret has ${MIN_SECRET_CHARS} to ${MAX_SECRET_CHARS} characters`);
  }
  if (foldName(secret).includes(foldName(name))) return weak('a secret may not hold the name');
  if (new Set(secret).size < 4) return weak('a secret has at least four different characters');
  const known = TRAINING_USERS.some((user) => foldName(user.secret) === foldName(secret));
  return known ? weak('this is a secret of training, which everybody knows') : null;
}
