import { hash } from 'node:crypto';
import type { EventData } from '../../../../shared/journal/events.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { parseRegime, type Regime } from '../../../../shared/regime/regime-file.ts';
import { loadRegime, type SiteLanes } from '../../../../shared/regime/resolve.ts';
import type { ReadableDb } from '../../store/database.ts';

/** Which version of a site's regime decides, at whichever moment. */
export interface RegimeSource {
  /** Every version of a site's regime has it. */
  readonly id: string;
  /** The version that decides at a moment, ms since 1970. */
  at(atMs: number): Regime;
}

/** A site file's own regime; the hash is its file's. */
export interface SiteRegime {
  readonly regime: Regime;
  readonly regimeHash: string;
}

/** One version at all times: where nothing can be enacted. */
export function always(regime: Regime): RegimeSource {
  return { id: regime.id, at: () => regime };
}

/** The text of a drafted version; null where there is none of this hash. */
export function regimeText(db: ReadableDb, of: string): string | null {
  const parts = db
    .query<[string], { text: string; parts: number }>(
      'SELECT text, parts FROM regime_text WHERE hash = ? ORDER BY part',
    )
    .all(of);
  if (parts.length === 0 || parts.length !== parts[0]?.parts) return null;
  const text = parts.map((part) => part.text).join('');
  return hash('sha256', text) === of ? text : null;
}

/**
 * The site file's own regime, and what two persons enacted in its place: asked for at each decision
 * in its own transaction, so that it decides from the very moment on, after a restart too.
 */
export class Regimes implements RegimeSource {
  readonly #db: ReadableDb;
  readonly #base: SiteRegime;
  readonly #begun;
  readonly #next;
  readonly #read = new Map<string, Regime>();

  constructor(db: ReadableDb, base: SiteRegime) {
    this.#db = db;
    this.#base = base;
    this.#begun = db.query<[string, number], { hash: string; fromMs: number }>(
      `SELECT hash, from_ms AS fromMs FROM regime_version
       WHERE regime = ? AND state = 'enacted' AND from_ms <= ? ORDER BY key`,
    );
    this.#next = db.query<[string, number], { fromMs: number | null }>(
      `SELECT min(from_ms) AS fromMs FROM regime_version
       WHERE regime = ? AND state = 'enacted' AND from_ms > ?`,
    );
  }

  get id(): string {
    return this.#base.regime.id;
  }

  at(atMs: number): Regime {
    const found = this.hashAt(atMs);
    return found === null ? this.#base.regime : this.#of(found);
  }

  /** The text's hash of what was enacted for a moment; null while the site file's own decides. */
  hashAt(atMs: number): string | null {
    return this.#enacted(atMs)?.hash ?? null;
  }

  /** From when on it decides: enacted for then, or by its own text. */
  sinceAt(atMs: number): number {
    return this.#enacted(atMs)?.fromMs ?? this.#base.regime.effectiveFromMs;
  }

  /**
   * Of those that have begun the one that began last, of several the one drafted last. Read by
   * their keys and chosen by us: they are few, and to have none put in order costs six times this.
   */
  #enacted(atMs: number): { hash: string; fromMs: number } | null {
    return this.#begun
      .all(this.id, atMs)
      .reduce<{ hash: string; fromMs: number } | null>(
        (last, one) => (last === null || one.fromMs >= last.fromMs ? one : last),
        null,
      );
  }

  /** From when on the next of what was enacted decides; null where nothing was for later. */
  nextFromMs(atMs: number): number | null {
    return this.#next.get(this.id, atMs)?.fromMs ?? null;
  }

  /** The same as the journal has it. */
  stateAt(atMs: number): EventData<'regime.in-force'> {
    const { id, version } = this.at(atMs);
    return { regime: id, version, hash: this.hashAt(atMs) ?? this.#base.regimeHash };
  }

  /**
   * Reads what was enacted, for now and later, so that taking over holds up no decision. Fails as
   * `loadRegime` does where the site's lanes are no longer those that a version was proven for.
   */
  prepare(site: SiteLanes, nowMs: number): Result<null> {
    const ahead = this.#db.query<[string, number], { draft: string; hash: string }>(
      `SELECT draft, hash FROM regime_version
       WHERE regime = ? AND state = 'enacted' AND from_ms > ?`,
    );
    const now = this.hashAt(nowMs);
    const wanted = new Set(ahead.all(this.id, nowMs).map((row) => row.hash));
    if (now !== null) wanted.add(now);
    for (const of of wanted) {
      if (this.#read.has(of)) continue;
      const text = regimeText(this.#db, of);
      if (text === null) return fail('regime-text-lost', lostText(of), of);
      const loaded = loadRegime(text, `the enacted version ${of.slice(0, 12)}`, site);
      if (!loaded.ok) return loaded;
      this.#read.set(of, loaded.value);
    }
    return ok(null);
  }

  #of(of: string): Regime {
    const known = this.#read.get(of);
    if (known !== undefined) return known;
    const text = regimeText(this.#db, of);
    // Proven when it was drafted, and held to its hash since: anything else is a damaged file.
    const parsed = text === null ? fail('lost', lostText(of)) : parseRegime(text, of);
    if (!parsed.ok) throw new Error(parsed.fault.text);
    this.#read.set(of, parsed.value);
    return parsed.value;
  }
}

function lostText(of: string): string {
  return `the text of the enacted regime version ${of.slice(0, 12)} is not in the journal: \
rebuild it (twoline rebuild), or restore the folder`;
}
