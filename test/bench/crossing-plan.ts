import type { Badge } from './children/messages.ts';
import { HOLDERS } from './live-zone.ts';
import { cardOf } from './zone.ts';

/** asked, admitted, requested; confirmed, opened; the board's own; leaf open, passed; leaf shut. */
export const EVENTS_PER_CROSSING = 9;
/** Everybody who came in goes out again, so many crossings later. */
const STAY = 1_000;

export interface PlanOptions {
  readonly seconds: number;
  readonly boards: number;
  /** Events a second. */
  readonly perSecond: number;
  /** One badge in so many is one that nobody knows. */
  readonly strangerEvery?: number | undefined;
}

/** Badges that make so many events a second, over every lane in turn; the same people for ever. */
export function crossingPlan({ seconds, boards, perSecond, strangerEvery }: PlanOptions): Badge[] {
  const each = perSecond / EVENTS_PER_CROSSING;
  return Array.from({ length: Math.ceil(seconds * each) }, (_, n): Badge => {
    const isOut = Math.floor(n / STAY) % 2 === 1;
    const who = (isOut ? n - STAY : n) % HOLDERS;
    // Every lane in, then every lane in of the second pair: a lane has seconds between its badges.
    const door = (isOut ? 2 : 1) + 2 * (Math.floor(n / boards) % 2);
    const direction = isOut ? 'out' : 'in';
    const isKnown = strangerEvery === undefined || (n % STAY) % strangerEvery !== 0;
    const card = cardOf(isKnown ? who : HOLDERS + (n % HOLDERS));
    return { atMs: (n * 1000) / each, board: n % boards, door, direction, card };
  });
}
