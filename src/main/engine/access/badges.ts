import type { Credential } from '../../../shared/domain/credential.ts';
import type { UserId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { WritableDb } from '../store/database.ts';
import { hashSecret, isSecret, type RandomBytes } from './secrets.ts';

export const PIN_DIGITS = { least: 6, most: 12 } as const;

interface Row {
  readonly user: UserId;
  /** As `hashSecret` gives it; null until the person has chosen one. */
  readonly pin: string | null;
}

/**
 * Whose badge is whose, and each one's PIN. An administrator gives the badge; its holder chooses
 * the PIN. A badge without a PIN signs nobody in.
 */
export class Badges {
  readonly #db: WritableDb;
  readonly #random: RandomBytes;

  constructor(db: WritableDb, random: RandomBytes) {
    this.#db = db;
    this.#random = random;
  }

  holderOf(badge: Credential): UserId | null {
    return this.#row(badge)?.user ?? null;
  }

  /** Everybody who has a badge. */
  holders(): ReadonlySet<string> {
    const rows = this.#db.query<[], { user: string }>('SELECT user FROM badges').all();
    return new Set(rows.map(({ user }) => user));
  }

  /** Whether it is the PIN of this badge's holder. Takes as long where nobody holds it. */
  isPinOf(badge: Credential, pin: string): Promise<boolean> {
    return isSecret(pin, this.#row(badge)?.pin ?? null);
  }

  /** Gives a person a badge, or takes it away (null), and the PIN with it. Fails: `badge-taken`. */
  give(user: UserId, badge: Credential | null): Result<null> {
    const holder = badge === null ? null : this.holderOf(badge);
    if (holder === user) return ok(null);
    if (holder !== null) return fail('badge-taken', 'somebody else signs in by this badge');
    this.#db.write<[string]>('DELETE FROM badges WHERE user = ?').run(user);
    if (badge === null) return ok(null);
    this.#db
      .write<[string, string]>('INSERT INTO badges (user, badge) VALUES (?, ?)')
      .run(user, badge);
    return ok(null);
  }

  /** Fails with `pin-weak`, or `badge-none` where the person has no badge. */
  async choosePin(user: UserId, pin: string): Promise<Result<null>> {
    const weak = weakness(pin);
    if (weak !== null) return fail('pin-weak', weak, 'pin');
    const stored = await hashSecret(pin, this.#random);
    const changed = this.#db
      .write<[string, string]>('UPDATE badges SET pin = ? WHERE user = ?')
      .run(stored, user);
    if (changed === 1) return ok(null);
    return fail('badge-none', 'you have no badge to sign in by: an administrator gives it');
  }

  #row(badge: Credential): Row | undefined {
    return this.#db.query<[string], Row>('SELECT user, pin FROM badges WHERE badge = ?').get(badge);
  }
}

function weakness(pin: string): string | null {
  const { least, most } = PIN_DIGITS;
  if (!/^\d+$/.test(pin) || pin.length < least || pin.length > most) {
    return `a PIN has ${least} to ${most} digits`;
  }
  const steps = [...pin].map((digit, i) => (i === 0 ? null : Number(digit) - Number(pin[i - 1])));
  const [, first] = steps;
  const isRow = steps.slice(1).every((step) => step === first) && Math.abs(first ?? 9) <= 1;
  return isRow ? 'a PIN may not be one digit repeated, nor digits in a row' : null;
}
