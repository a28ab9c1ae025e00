import type { MusterNow, MusterPersonNow } from '../../../../shared/contract/views.ts';
import type { JournalEvent } from '../../../../shared/journal/events.ts';
import type { MusterColumns, MusterPersonColumns } from '../../projections/muster.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';

/** Of so many missing persons, and so many marked last, there is a row; the counts have all. */
const MISSING_SHOWN = 1_000;
const MARKED_SHOWN = 100;

const NEWEST = 'SELECT * FROM muster ORDER BY key DESC LIMIT 1';

/** The newest muster's counts, one row `now`; none before the first. */
export function musterView(db: ReadableDb): ViewSource<'muster'> {
  const newest = db.query<[], MusterColumns>(NEWEST);
  const row = (): MusterNow | null => {
    const muster = newest.get();
    return muster === undefined ? null : musterRow(muster);
  };
  return {
    name: 'muster',
    row,
    snapshot() {
      const now = row();
      return now === null ? new Map() : new Map([['now', now]]);
    },
    touched: (event) => (event.kind.startsWith('muster.') ? ['now'] : []),
  };
}

export function musterRow(row: MusterColumns): MusterNow {
  const { anonymous, area, listed, marked, muster, unlisted, why } = row;
  return {
    ...{ muster, area, why, listed, marked, missing: listed - marked, unlisted, anonymous },
    ...{ begunMs: row.begun_ms, begunBy: row.begun_by },
    ...{ endedMs: row.ended_ms, endedBy: row.ended_by },
  } as MusterNow;
}

type Joined = MusterPersonColumns & { now: string | null };

function statements(db: ReadableDb) {
  const of = `SELECT m.person, m.place, m.marked_ms, m.reader, m.marked_by, p.place AS now
    FROM muster_person m LEFT JOIN presence p ON p.person = m.person
    WHERE m.key = (SELECT max(key) FROM muster)`;
  return {
    one: db.query<[string], Joined>(`${of} AND m.person = ?`),
    missing: db.query<[number], Joined>(`${of} AND m.marked_ms IS NULL ORDER BY m.person LIMIT ?`),
    marked: db.query<[number], Joined>(
      `${of} AND m.marked_ms IS NOT NULL ORDER BY m.marked_ms DESC LIMIT ?`,
    ),
  };
}

/** Who is missing from the newest muster, and who was marked last. */
export function musterPeopleView(db: ReadableDb): ViewSource<'muster-people'> {
  const sql = statements(db);
  let shown = new Set<string>();
  /** Looks at the whole list again: what was shown and is not any more is looked at once more. */
  const again = (): readonly string[] => {
    const before = shown;
    const rows = [...sql.missing.all(MISSING_SHOWN), ...sql.marked.all(MARKED_SHOWN)];
    shown = new Set(rows.map(({ person }) => person));
    return [...new Set([...before, ...shown])];
  };
  const row = (person: string): MusterPersonNow | null => {
    const found = shown.has(person) ? sql.one.get(person) : undefined;
    return found === undefined ? null : personRow(found);
  };
  return {
    name: 'muster-people',
    row,
    snapshot() {
      again();
      return new Map(
        [...shown].flatMap((person) => {
          const now = row(person);
          return now === null ? [] : [[person, now] as const];
        }),
      );
    },
    touched(event) {
      if (event.kind === 'muster.begun') return again();
      const person = personOf(event);
      if (person === null) return [];
      if (event.kind === 'muster.marked') shown.add(person);
      return shown.has(person) ? [person] : [];
    },
    onTick: again,
  };
}

/** Whom a mark, a passage or a correction is about. */
function personOf(event: JournalEvent): string | null {
  switch (event.kind) {
    case 'muster.marked':
    case 'crossing.passed':
    case 'crossing.recorded':
    case 'presence.set':
      return event.data.person;
    default:
      return null;
  }
}

function personRow({ marked_by, marked_ms, now, person, place, reader }: Joined): MusterPersonNow {
  const marked = { markedMs: marked_ms, reader, markedBy: marked_by };
  return { person, listed: place !== null, place, now, ...marked } as MusterPersonNow;
}
