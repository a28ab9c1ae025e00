import type { Credential } from '../../../shared/domain/credential.ts';
import type { SiteLane } from '../../../shared/domain/site.ts';
import { hkDay, hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import type { StoredCard } from '../devices/ports.ts';
import type { ReadableDb } from '../store/database.ts';

interface Columns {
  credential: Credential;
  areas: string;
}

/**
 * The cards a board may decide on alone: only for its lanes with `offline: roster`, only permits in
 * force that are valid the whole of today, at most what the board states it holds.
 */
export function rosterCards(
  reference: ReadableDb,
  lanes: readonly SiteLane[],
  permitsVersion: number,
  nowMs: number,
  capacity: number,
): StoredCard[] {
  const open = lanes.filter((lane) => lane.offline === 'roster');
  if (open.length === 0 || capacity === 0) return [];
  const day = hkDay(nowMs);
  const rows = reference
    .query<[number, number, number, number, number], Columns>(
      `SELECT credential, areas FROM permit
       WHERE from_version <= ? AND (to_version IS NULL OR to_version > ?)
         AND status = 'active' AND valid_from_ms <= ? AND valid_to_ms >= ?
         AND from_minute = 0 AND to_minute = 1440
       ORDER BY permit LIMIT ?`,
    )
    .all(permitsVersion, permitsVersion, hkDayStart(day), hkDayEnd(day), capacity);
  return rows.flatMap((row) => {
    const areas = new Set(row.areas.split('|'));
    const mine = open.filter((lane) => areas.has(lane.to) || areas.has(lane.from));
    const doors = mine.map((lane) => lane.door);
    const { credential } = row;
    return doors.length === 0 ? [] : [{ credential, doors, fromDay: day, toDay: day }];
  });
}
