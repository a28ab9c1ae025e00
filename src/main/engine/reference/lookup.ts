import type { AreaId } from '../../../shared/domain/ids.ts';
import type { Line } from '../../../shared/domain/line.ts';
import { DatasetName, type Permit, type Person } from '../../../shared/domain/permit.ts';
import { codePermit } from '../../../shared/domain/qr-permit.ts';
import type { RosterEntry } from '../../../shared/regime/passage-facts.ts';
import type { HealthTestFacts } from '../../../shared/regime/person-facts.ts';
import type { ReadableDb } from '../store/database.ts';
import { GoodsLookup } from './goods-lookup.ts';
import { tableOf } from './tables.ts';

/** The version of each dataset that the journal has put in force; 0 = none yet. */
export type InForce = Readonly<Record<DatasetName, number>>;

interface PermitColumns {
  permit: string;
  person: string;
  credential: string;
  class: string;
  status: string;
  valid_from_ms: number;
  valid_to_ms: number;
  areas: string;
  from_minute: number;
  to_minute: number;
  enterprise: string | null;
  consent_at_ms: number | null;
  trade: string | null;
}

const IN_FORCE = 'from_version <= ? AND (to_version IS NULL OR to_version > ?)';
/** Put in order by us: SQLite takes three times as long to sort a single row as to find it. */
const PERMITS = (by: string) => `SELECT * FROM permit WHERE ${by} = ? AND ${IN_FORCE}`;
/** Permits of one badge or person that anything is told of. */
const MOST_PERMITS = 20;
/** Entries of one person in rosters that a decision looks at, the oldest first. */
const MOST_ENTRIES = 50;
const TABLES_OF_PERSONS = DatasetName.options
  .map((name) => tableOf(name))
  .filter(({ columns }) => columns.includes('person'))
  .map(({ table }) => table);
const PERSONS = (where: string) => `SELECT * FROM person WHERE ${where} AND ${IN_FORCE} LIMIT 20`;

/** Reads the reference data as of the versions in force. */
export class ReferenceLookup {
  readonly goods: GoodsLookup;
  readonly #db: ReadableDb;
  readonly #byCredential;
  readonly #byPermit;
  readonly #byPerson;
  readonly #after;
  readonly #person;
  readonly #named;
  readonly #watch;
  readonly #clearance;
  readonly #everyPermit;
  readonly #enterprise;
  readonly #roster;
  readonly #test;
  readonly #known;

  constructor(db: ReadableDb) {
    this.#db = db;
    this.goods = new GoodsLookup(db);
    this.#byCredential = db.query<[string, number, number], PermitColumns>(PERMITS('credential'));
    this.#byPermit = db.query<[string, number, number], PermitColumns>(PERMITS('permit'));
    this.#byPerson = db.query<[string, number, number], PermitColumns>(PERMITS('person'));
    this.#after = db.query<[string, number, number, number], PermitColumns>(
      `SELECT * FROM permit WHERE permit > ? AND ${IN_FORCE} ORDER BY permit LIMIT ?`,
    );
    this.#person = db.query<[string, number, number], PersonColumns>(PERSONS('person = ?'));
    this.#named = db.query<[string, string, number, number], PersonColumns>(
      PERSONS('(name_zh = ? OR name_en = ? COLLATE NOCASE)'),
    );
    this.#watch = db.query<[string, number, number, number, number], { person: string }>(
      `SELECT person FROM watch_entry WHERE person = ? AND from_ms <= ? AND to_ms > ?
       AND ${IN_FORCE} LIMIT 1`,
    );
    this.#clearance = db.query<[string, string, number, number, number, number], { to_ms: number }>(
      `SELECT to_ms FROM clearance WHERE person = ? AND line = ? AND from_ms <= ? AND to_ms > ?
       AND ${IN_FORCE} ORDER BY to_ms DESC LIMIT 1`,
    );
    this.#everyPermit = db.query<[string], { permit: string }>(
      'SELECT DISTINCT permit FROM permit WHERE person = ?',
    );
    this.#enterprise = db.query<[string, number, number], { enterprise: string }>(
      `SELECT enterprise FROM permit WHERE enterprise = ? AND ${IN_FORCE} LIMIT 1`,
    );
    this.#roster = db.query<[string, number, number], RosterEntry>(
      `SELECT roster, from_ms AS fromMs, to_ms AS toMs FROM roster_member
       WHERE person = ? AND ${IN_FORCE} ORDER BY from_ms LIMIT ${MOST_ENTRIES}`,
    );
    this.#test = db.query<[string, number, number, number], HealthTestFacts>(
      `SELECT taken_ms AS takenMs, result FROM health_test WHERE person = ? AND ${IN_FORCE}
       ORDER BY taken_ms <= ? DESC, taken_ms DESC LIMIT 1`,
    );
    const known = TABLES_OF_PERSONS.map((table) => {
      return `EXISTS (SELECT 1 FROM ${table} WHERE person = ?)`;
    });
    this.#known = db.query<string[], { known: number }>(`SELECT ${known.join(' OR ')} AS known`);
  }

  /**
   * What the body looks up is read in one snapshot, so that the file is locked once, not for each
   * row. A version that comes into force meanwhile was staged before: see `dataset.in-force`.
   */
  steadily<T>(body: () => T): T {
    return this.#db.snapshot(body);
  }

  /** Of a badge, or of a permit's code: whether that is proven is the asker's business. */
  permitOfCredential(credential: string, inForce: InForce): Permit | null {
    const coded = codePermit(credential);
    if (coded !== null) return this.permit(coded, inForce);
    return foremost(this.#byCredential.all(credential, inForce.permits, inForce.permits));
  }

  permit(permit: string, inForce: InForce): Permit | null {
    return foremost(this.#byPermit.all(permit, inForce.permits, inForce.permits));
  }

  permitsOf(person: string, inForce: InForce): Permit[] {
    const rows = this.#byPerson.all(person, inForce.permits, inForce.permits);
    return rows.sort(foremostFirst).slice(0, MOST_PERMITS).map(permitOf);
  }

  /** Permits in the order of their ids, after one of them: for going through them all. */
  permitsAfter(permit: string, limit: number, inForce: InForce): Permit[] {
    return this.#after.all(permit, inForce.permits, inForce.permits, limit).map(permitOf);
  }

  /** True where anything is held of a person, in force or not any more. */
  knows(person: string): boolean {
    return this.#known.get(...TABLES_OF_PERSONS.map(() => person))?.known === 1;
  }

  /** The ids of all permits held of a person, in force or not any more. */
  everyPermitOf(person: string): string[] {
    return this.#everyPermit.all(person).map(({ permit }) => permit);
  }

  person(person: string, inForce: InForce): Person | null {
    const row = this.#person.get(person, inForce.persons, inForce.persons);
    return row === undefined ? null : personOf(row);
  }

  personsNamed(name: string, inForce: InForce): Person[] {
    return this.#named.all(name, name, inForce.persons, inForce.persons).map(personOf);
  }

  /** True where an enterprise stands behind a permit in force. */
  hasEnterprise(enterprise: string, { permits }: InForce): boolean {
    return this.#enterprise.get(enterprise, permits, permits) !== undefined;
  }

  /** A person's entries in rosters, the oldest first; null where no rosters are in force. */
  roster(person: string, { rosters }: InForce): RosterEntry[] | null {
    return rosters === 0 ? null : this.#roster.all(person, rosters, rosters);
  }

  /** The newest health test taken by a moment; where there is none, the newest of all. */
  healthTest(person: string, atMs: number, inForce: InForce): HealthTestFacts | null {
    const version = inForce['health-tests'];
    return version === 0 ? null : (this.#test.get(person, version, version, atMs) ?? null);
  }

  isWatched(person: string, atMs: number, inForce: InForce): boolean {
    const version = inForce['watch-list'];
    return this.#watch.get(person, atMs, atMs, version, version) !== undefined;
  }

  /** True where an entry is in force at any moment of a span of time, ends outside. */
  isWatchedWithin(person: string, fromMs: number, toMs: number, inForce: InForce): boolean {
    const version = inForce['watch-list'];
    return this.#watch.get(person, toMs - 1, fromMs, version, version) !== undefined;
  }

  clearance(
    person: string,
    line: Line,
    atMs: number,
    inForce: InForce,
  ): { untilMs: number } | null {
    const version = inForce.clearances;
    const row = this.#clearance.get(person, line, atMs, atMs, version, version);
    return row === undefined ? null : { untilMs: row.to_ms };
  }
}

interface PersonColumns {
  person: string;
  name_zh: string;
  name_en: string;
  employer: string;
  document: string;
}

/** Of several permits the one that is active, and of those the one that lasts longest. */
function foremost(rows: readonly PermitColumns[]): Permit | null {
  const [first] = rows.toSorted(foremostFirst);
  return first === undefined ? null : permitOf(first);
}

function foremostFirst(one: PermitColumns, other: PermitColumns): number {
  const isActive = Number(other.status === 'active') - Number(one.status === 'active');
  return isActive === 0 ? other.valid_to_ms - one.valid_to_ms : isActive;
}

function permitOf(row: PermitColumns): Permit {
  const areas = row.areas === '' ? [] : (row.areas.split('|') as AreaId[]);
  return {
    permit: row.permit as Permit['permit'],
    person: row.person as Permit['person'],
    credential: row.credential as Permit['credential'],
    class: row.class as Permit['class'],
    status: row.status as Permit['status'],
    validFromMs: row.valid_from_ms,
    validToMs: row.valid_to_ms,
    areas,
    hours: { fromMinute: row.from_minute, toMinute: row.to_minute },
    enterprise: row.enterprise as Permit['enterprise'],
    consentAtMs: row.consent_at_ms,
    trade: row.trade,
  };
}

function personOf(row: PersonColumns): Person {
  return {
    person: row.person as Person['person'],
    nameZh: row.name_zh,
    nameEn: row.name_en,
    employer: row.employer,
    document: row.document,
  };
}
