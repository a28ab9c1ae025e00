import type { ReadableDb } from '../store/database.ts';
import { PROJECTIONS_VERSION } from './projector.ts';

/** How far the projections have come; null where there are none or of another version. */
export function projectionSeq(db: ReadableDb): number | null {
  const there = db
    .query<[], { n: number }>(
      "SELECT count(*) AS n FROM sqlite_master WHERE name = 'projection_state'",
    )
    .get();
  if (there?.n !== 1) return null;
  const row = db
    .query<[], { version: number; seq: number }>('SELECT version, seq FROM projection_state')
    .get();
  return row === undefined || row.version !== PROJECTIONS_VERSION ? null : row.seq;
}
