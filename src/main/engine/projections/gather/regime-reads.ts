import type { Authority } from '../../../../shared/domain/authority.ts';
import type { DraftId, UserId } from '../../../../shared/domain/ids.ts';
import { eachSideOf } from '../../../../shared/regime/regime-file.ts';
import type { DraftNow, RegimeNow } from '../../core/regime-facts.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { RegimeVersionColumns } from '../regime-version.ts';
import type { RegimeSource } from './regimes.ts';

/** Reads of the regime's versions that a change of them is decided by. */
export function regimeReads(db: ReadableDb) {
  const one = db.query<[string], RegimeVersionColumns>(
    'SELECT * FROM regime_version WHERE draft = ?',
  );
  const enacted = db.query<[string], { highest: number | null; from_ms: number | null }>(
    `SELECT max(version) AS highest, max(from_ms) AS from_ms FROM regime_version
     WHERE regime = ? AND state = 'enacted'`,
  );
  const waiting = db.query<[string], { draft: DraftId; version: number }>(
    `SELECT draft, version FROM regime_version
     WHERE regime = ? AND state IN ('drafted', 'proposed') ORDER BY key`,
  );
  return {
    now(regimes: RegimeSource, atMs: number): RegimeNow {
      const { id } = regimes;
      const last = enacted.get(id);
      const now = regimes.at(atMs);
      return {
        id,
        eachSide: eachSideOf(now),
        // At the beginning of time the site file's own version stood alone.
        highest: Math.max(now.version, regimes.at(0).version, last?.highest ?? 0),
        enactedFromMs: last?.from_ms ?? null,
        waiting: waiting.all(id),
      };
    },
    draft(id: string): DraftNow | null {
      const row = one.get(id);
      if (row === undefined) return null;
      return {
        draft: row.draft as DraftId,
        ...{ regime: row.regime, version: row.version, hash: row.hash, state: row.state },
        ...{ effectiveFromMs: row.effective_ms, fromMs: row.from_ms },
        proposedBy: row.proposed_by as UserId | null,
        proposedSide: row.proposed_side as Authority | null,
      };
    },
  };
}
