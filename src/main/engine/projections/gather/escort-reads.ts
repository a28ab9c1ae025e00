import type { VisitorAlone } from '../../core/people-facts.ts';
import { ESCORT_MS } from '../../core/timing.ts';
import type { ReadableDb } from '../../store/database.ts';

/** Visitors told of in one turn; the next look finds the others. */
const AT_ONCE = 64;

/** Of the index `escort_alone`. */
const ALONE = 'alone_mono IS NOT NULL AND told = 0';

/** Reads of visitors whose escort is not with them. Those of an earlier boot are due at once. */
export function escortReads(db: ReadableDb, boot: string) {
  const first = db.query<[string], { mono: number | null }>(
    `SELECT min(iif(alone_boot = ?, alone_mono, ${-ESCORT_MS})) AS mono FROM escort WHERE ${ALONE}`,
  );
  const due = db.query<[string, number, number], VisitorAlone>(
    `SELECT visitor AS person, area, crossing, official,
       iif(alone_late = 1, 'late', 'live') AS timing FROM escort
     WHERE ${ALONE} AND (alone_boot <> ? OR alone_mono <= ?) ORDER BY visitor LIMIT ?`,
  );
  return {
    /** By the monotonic clock: from when somebody is to be told of; null for nobody. */
    fromMono(): number | null {
      const mono = first.get(boot)?.mono ?? null;
      return mono === null ? null : mono + ESCORT_MS;
    },
    due: (monoMs: number): VisitorAlone[] => due.all(boot, monoMs - ESCORT_MS, AT_ONCE),
  };
}
