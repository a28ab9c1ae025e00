import type { MusterId } from '../../../../shared/domain/ids.ts';
import type { MusterFacts, MusterNow, MusterRead } from '../../core/facts.ts';
import type { ReadableDb } from '../../store/database.ts';
import { INSIDE, type MusterColumns } from '../muster.ts';

/** Reads of the muster under way that facts are made of. */
export function musterReads(db: ReadableDb) {
  const underWay = db.query<[], MusterColumns>(
    'SELECT * FROM muster WHERE ended_ms IS NULL ORDER BY key DESC LIMIT 1',
  );
  const mark = db.query<[number, string], { place: string | null; marked_ms: number | null }>(
    'SELECT place, marked_ms FROM muster_person WHERE key = ? AND person = ?',
  );
  const inside = db.query<[string | null, string | null], { n: number }>(
    `SELECT count(*) AS n FROM presence WHERE ${INSIDE}`,
  );
  const anonymous = db.query<[string | null, string | null], { n: number | null }>(
    'SELECT sum(anonymous) AS n FROM occupancy WHERE ? IS NULL OR area = ?',
  );
  const markOf = (row: MusterColumns | undefined, person: string | null) => {
    const found = row && person !== null ? mark.get(row.key, person) : undefined;
    return found === undefined ? null : { marked: found.marked_ms !== null };
  };
  return {
    /** What a person's command about a muster, or an evacuation, acts on. */
    facts(area: string | null = null, person: string | null = null): MusterFacts {
      const row = underWay.get();
      const now = row === undefined ? null : nowOf(row);
      return {
        now,
        inside: inside.get(area, area)?.n ?? 0,
        anonymous: anonymous.get(area, area)?.n ?? 0,
        mark: markOf(row, person),
      };
    },
    /** What a badge read at a muster point finds. */
    read(person: string | null): MusterRead {
      const row = underWay.get();
      const found = markOf(row, person);
      const muster = (row?.muster ?? null) as MusterId | null;
      return { muster, listed: found !== null, marked: found?.marked === true };
    },
  };
}

function nowOf({ listed, marked, muster, unlisted }: MusterColumns): MusterNow {
  return { muster: muster as MusterId, marked, missing: listed - marked, unlisted };
}
