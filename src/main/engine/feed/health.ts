import { FRESH_MS } from '../../../shared/domain/age-state.ts';
import type { AttachedReaders, BoardHealth, TripFigures, UnlistedBoard } from '../devices/ports.ts';

/** Live health of boards, from memory: never journalled, so never the same twice. */
export interface HealthSource {
  board(id: string): BoardHealth | null;
  /** How a board answers what it is asked; worked out anew each time. */
  trips(board: string): TripFigures | null;
  /** Boards that answer on the network and that the site file does not name. */
  unlisted(): readonly UnlistedBoard[];
  /** Readers on this machine that the site file does not name. */
  attached(): AttachedReaders;
}

const STEP_MS = 5_000;

/**
 * Real ms since a board was heard, in steps: 0 while it is fresh (up to 10 s), then whole steps of
 * 5 s, so that a calm zone sends no patches. Null when it was never heard.
 */
export function heardAgoMs(
  health: Pick<BoardHealth, 'lastHeardMonoMs'> | null,
  monoMs: number,
): number | null {
  if (health?.lastHeardMonoMs === null || health === null) return null;
  const ago = monoMs - health.lastHeardMonoMs;
  return ago <= FRESH_MS ? 0 : Math.floor(ago / STEP_MS) * STEP_MS;
}
