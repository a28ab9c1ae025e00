import type { LockdownNow } from '../../../../shared/contract/lockdown-view.ts';
import type { LockdownColumns } from '../../projections/lockdown.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';

/** The newest lockdown, one row `now`; none before the first. */
export function lockdownView(db: ReadableDb): ViewSource<'lockdown'> {
  const newest = db.query<[], LockdownColumns>('SELECT * FROM lockdown ORDER BY key DESC LIMIT 1');
  const row = (): LockdownNow | null => {
    const found = newest.get();
    return found === undefined ? null : rowOf(found);
  };
  return {
    name: 'lockdown',
    row,
    snapshot() {
      const now = row();
      return now === null ? new Map() : new Map([['now', now]]);
    },
    touched: (event) => (event.kind.startsWith('lockdown.') ? ['now'] : []),
  };
}

function rowOf(row: LockdownColumns): LockdownNow {
  const { area, exits, lockdown, needs, state } = row;
  return {
    ...{ lockdown, state, area, exits, needs },
    ...{ proposedBy: row.proposed_by, proposedSide: row.proposed_side },
    ...{ proposedMs: row.proposed_ms, begunMs: row.begun_ms, begunBy: row.begun_by },
    ...{ endedMs: row.ended_ms, endedBy: row.ended_by },
    lanes: JSON.parse(row.lanes),
  } as LockdownNow;
}
