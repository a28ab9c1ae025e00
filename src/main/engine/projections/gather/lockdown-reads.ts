import type { LockdownFacts, OpenLockdown } from '../../core/lockdown-facts.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { LockdownColumns } from '../lockdown.ts';

/** The lockdown that is proposed, or holds: at most one. */
export function lockdownReads(db: ReadableDb) {
  const open = db.query<[], LockdownColumns>(
    `SELECT * FROM lockdown WHERE state IN ('proposed', 'in-force', 'ending')
     ORDER BY key DESC LIMIT 1`,
  );
  return {
    now(): LockdownFacts['now'] {
      const row = open.get();
      if (row === undefined) return null;
      const { area, exits, lockdown, state } = row;
      return {
        ...{ lockdown, state, area, exits },
        ...{ proposedBy: row.proposed_by, proposedSide: row.proposed_side },
        lanes: JSON.parse(row.lanes),
        lockedBefore: JSON.parse(row.locked_before),
      } as OpenLockdown;
    },
  };
}
