import { boardNumberOf } from '../../shared/domain/credential.ts';
import { isArea } from '../../shared/domain/place.ts';
import { must } from '../../shared/lib/assert.ts';
import { Draws, PURPOSE } from '../chance.ts';
import type { Badges } from '../people/badges.ts';
import type { Holder } from '../people/holder.ts';
import { hasEnded, type Leg, type Plan } from '../plan/itinerary.ts';
import { CROSSING_TROUBLE, HELD_SECONDS } from '../rates.ts';
import type { Mishap, Visit } from './visit.ts';

/** The number that a board reads from a training badge; all of them are 26-bit. */
export function cardOf(badges: Badges, index: number): number {
  return must(boardNumberOf(badges.badge(index), '26-bit'), `board number of badge ${index}`);
}

function drawMishap(holder: Holder, leg: Leg, draws: Draws): Mishap {
  const at = draws.next();
  let share: number = CROSSING_TROUBLE.unknownCard;
  if (at < share) return 'unknown-card';
  // Only where the rule asks whether the holder is inside already.
  share += CROSSING_TROUBLE.lentBadge;
  if (at < share) {
    return holder.class === 'special-pass' && leg.why === 'come' ? 'lent-badge' : 'none';
  }
  share += CROSSING_TROUBLE.notTaken;
  if (at < share) return 'not-taken';
  return at < share + CROSSING_TROUBLE.heldOpen ? 'held-open' : 'none';
}

/** What somebody knows of their own papers before they hold their badge to the reader. */
function expectation(holder: Holder, leg: Leg, ended: boolean): Visit['expects'] {
  const { trouble, class: name, status } = holder;
  const byPass = name === 'special-pass' && isArea(leg.to);
  if (trouble === 'watch-listed') return 'supervisor';
  if (byPass && (ended || status !== 'active')) return 'no';
  if (byPass && trouble === 'no-consent' && leg.from === 'beyond-first') return 'supervisor';
  const clearedBySecond = holder.clearance.second || name === 'hk-resident';
  const second = leg.from === 'beyond-second' || leg.to === 'beyond-second';
  const official = name === 'official' || name === 'escorted-visitor';
  if (second && !clearedBySecond && !official) return 'supervisor';
  const clearedByFirst = holder.clearance.first || name === 'special-pass';
  const first = leg.from === 'beyond-first' || leg.to === 'beyond-first';
  return first && !clearedByFirst && !official ? 'supervisor' : 'yes';
}

/** Somebody's visit to a lane for a leg of their day; the seed fixes what goes wrong in it. */
export function makeVisit(
  { population }: Plan,
  holder: Holder,
  leg: Leg,
  dayNumber: number,
  badges: Badges,
  draws: Draws,
): Visit {
  const { people } = population;
  const mishap = drawMishap(holder, leg, draws);
  const [shortest, longest] = HELD_SECONDS;
  return {
    index: holder.index,
    card: cardOf(badges, holder.index),
    from: leg.from,
    to: leg.to,
    why: leg.why,
    dayNumber,
    expects: expectation(holder, leg, hasEnded(population, holder, dayNumber)),
    mishap,
    strangeCard: mishap === 'unknown-card' ? cardOf(badges, people + draws.below(1000)) : 0,
    heldMs: mishap === 'held-open' ? (shortest + draws.below(longest - shortest)) * 1000 : 0,
    moves: 0,
  };
}

/** A colleague without a badge of their own, with the one that somebody just used. */
export function borrowed(visit: Visit): Visit {
  return {
    ...visit,
    index: -1,
    expects: 'no',
    mishap: 'none',
    moves: 0,
    told: undefined,
    patienceMs: undefined,
  };
}

/** The draws of one try at one leg of a day, always the same for a seed. */
export function drawsOf(
  { population }: Plan,
  index: number,
  { day, leg, tries }: { readonly day: number; readonly leg: number; readonly tries: number },
  use: 'mishap' | 'again',
): Draws {
  const when = ((day * 256 + leg) * 256 + tries) * 2 + (use === 'again' ? 1 : 0);
  return new Draws(population.seed, PURPOSE.crossing, index, when);
}
