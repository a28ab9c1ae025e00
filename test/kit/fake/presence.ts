import type { PresenceLedger } from '../../../src/shared/contract/queries.ts';
import type { PermitId, PersonId } from '../../../src/shared/domain/ids.ts';
import type { Place } from '../../../src/shared/domain/place.ts';
import { DAY_MS, hkMidnight } from '../../../src/shared/lib/hk-time.ts';
import { seededRng } from '../../../src/shared/lib/rng.ts';
import type { Move } from '../../../src/shared/presence/stays.ts';

const DAYS = 500;
const HOUR_MS = 3_600_000;
const AREA = 'loop' as Place;

/** Somebody who came on most working days for a year and more; now and then an exit is missing. */
export function fakePresence(person: PersonId, nowMs: number): PresenceLedger {
  const rng = seededRng(`presence-${person}`);
  const moves: Move[] = [];
  const go = (atMs: number, from: Place, to: Place) => {
    moves.push({ atMs, from, to, certain: true, source: `X1-${moves.length * 7 + 12}` });
  };
  const today = hkMidnight(nowMs);
  for (let n = DAYS; n > 0; n -= 1) {
    const day = today - n * DAY_MS;
    if (n % 7 < 2 || rng.chance(0.05)) continue;
    go(day + (8 + rng.next()) * HOUR_MS, 'beyond-first', AREA);
    if (!rng.chance(0.02)) go(day + (18 + rng.next()) * HOUR_MS, AREA, 'beyond-first');
  }
  const permit = 'SP-20001' as PermitId;
  const permits = [{ permit, fromMs: today - DAYS * DAY_MS, toMs: today + 90 * DAY_MS }];
  return { person, nowMs, moves, cut: false, corrections: [], permits };
}
