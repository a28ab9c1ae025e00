import type {
  MonthRow,
  MonthSlice,
  PresenceLedger,
} from '../../../src/shared/contract/presence-queries.ts';
import type { QueryInput } from '../../../src/shared/contract/queries.ts';
import type { PermitId, PersonId } from '../../../src/shared/domain/ids.ts';
import type { Place } from '../../../src/shared/domain/place.ts';
import { DAY_MS, hkMidnight } from '../../../src/shared/lib/hk-time.ts';
import { seededRng } from '../../../src/shared/lib/rng.ts';
import { countsAs } from '../../../src/shared/presence/counted.ts';
import { monthDays, monthShare } from '../../../src/shared/presence/month-share.ts';
import { addToTotals, type MonthTotals } from '../../../src/shared/presence/month-totals.ts';
import { type Move, staysOf } from '../../../src/shared/presence/stays.ts';

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

const PERSONS = 180;
const CLASSES = ['special-pass', 'special-pass', 'hk-resident', 'mainland-visitor'] as const;

/** Such people's shares of a month, by the console's own counting. */
export function fakeMonth(ask: QueryInput<'presence.month'>, nowMs: number): MonthSlice {
  const days = monthDays(ask.month, nowMs) ?? { from: 0, to: 0 };
  const rows: MonthRow[] = [];
  const totals: MonthTotals = new Map();
  const first = ask.after === null ? 0 : Number(ask.after.slice(2)) - 20_000 + 1;
  const most = ask.limit === 0 ? 60 : ask.limit;
  const last = Math.min(PERSONS, first + most);
  for (let n = first; n < last; n += 1) {
    const person = `P-${20_000 + n}` as PersonId;
    const spans = staysOf(fakePresence(person, nowMs).moves, countsAs(ask.where), nowMs);
    const counts = monthShare(spans, days);
    if (counts === null) continue;
    const of = CLASSES[n % CLASSES.length] ?? null;
    addToTotals(totals, of, counts);
    rows.push({
      ...{ person, class: of, counts: [...counts] },
      ...{ permitMonths: 1 + (n % 19), permitInMonth: n % 17 > 0 },
    });
  }
  return {
    ...{ days: days.to - days.from + 1, looked: last - first, persons: PERSONS },
    ...{ rows: ask.limit === 0 ? [] : rows, totals: [...totals.values()] },
    next: last < PERSONS ? (`P-${20_000 + last - 1}` as PersonId) : null,
  };
}
