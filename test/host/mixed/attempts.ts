import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import { happenedMs } from '../../../src/shared/journal/happened.ts';

/** What somebody really did at a gate: held a badge to it, and went through or not. */
export interface Attempt {
  readonly person: string;
  readonly lane: string;
  /** By the zone's calendar, ms since 1970. */
  readonly badgedMs: number;
  readonly passed: boolean;
}

interface About {
  readonly crossing?: string | null;
  /** Of a leaf: what it did. */
  readonly state?: string;
}

interface Crossing {
  readonly crossing: string;
  readonly person: string | null;
  readonly lane: string;
  readonly happenedMs: number;
  /** How often the journal says that somebody went through, or may have: each once at most. */
  passed: number;
  unknown: number;
  /** A board decided alone: its opening counts, whether somebody went through or turned away. */
  readonly isAlone: boolean;
  /** What else the journal has of it, for whoever looks into a fault. */
  readonly kinds: string[];
}

/**
 * Every physical passage must be accounted for exactly once: by a crossing that passed, by one that
 * a board allowed alone and recorded, or by one that the journal says is unknown. Returns what is
 * wrong, in words. Nothing of the product's projections is used.
 */
export function account(
  attempts: readonly Attempt[],
  events: readonly JournalEvent[],
  withinMs: number,
): string[] {
  const faults: string[] = [];
  const found = new Map<Attempt, Crossing[]>();
  for (const crossing of crossingsOf(events)) {
    const attempt = nearest(attempts, crossing, withinMs);
    if (attempt !== null) found.set(attempt, [...(found.get(attempt) ?? []), crossing]);
    else if (crossing.passed > 0) faults.push(`invented: ${inWords(crossing)}`);
  }
  for (const attempt of attempts) {
    const crossings = found.get(attempt) ?? [];
    const passed = crossings.reduce((sum, one) => sum + one.passed, 0);
    const unknown = crossings.reduce((sum, one) => sum + one.unknown, 0);
    const told = crossings.map(inWords).join(', ') || 'nothing';
    const { badgedMs, lane, person } = attempt;
    const who = `${person} at ${lane} at ${new Date(badgedMs).toISOString()}`;
    if (attempt.passed && passed + unknown === 0) faults.push(`lost: ${who} (${told})`);
    if (attempt.passed && passed > 1) faults.push(`doubled: ${who} (${told})`);
    const isToldSo = crossings.some(({ isAlone, passed: times }) => times > 0 && !isAlone);
    if (!attempt.passed && isToldSo) faults.push(`not gone through: ${who} (${told})`);
  }
  return faults;
}

function crossingsOf(events: readonly JournalEvent[]): readonly Crossing[] {
  const crossings = new Map<string, Crossing>();
  for (const event of events) {
    const { crossing: about, state } = event.data as About;
    const what = state === undefined ? event.kind : `${event.kind} ${state}`;
    crossings.get(about ?? '')?.kinds.push(`${what} +${event.mono}`);
    switch (event.kind) {
      case 'crossing.asked':
      case 'crossing.recorded': {
        const { crossing, lane, person } = event.data;
        const passed = event.kind === 'crossing.recorded' && event.data.granted ? 1 : 0;
        const at = { lane, person, happenedMs: happenedMs(event) };
        crossings.set(crossing, {
          crossing,
          ...at,
          passed,
          unknown: 0,
          isAlone: passed === 1,
          kinds: [],
        });
        break;
      }
      case 'crossing.passed':
      case 'crossing.unknown': {
        const found = crossings.get(event.data.crossing);
        if (found === undefined) break;
        // Known in the end: a passage that was unknown at first is no second one.
        if (event.kind === 'crossing.passed') Object.assign(found, { unknown: 0 }).passed += 1;
        else found.unknown += 1;
        break;
      }
      default:
    }
  }
  return [...crossings.values()];
}

function nearest(
  attempts: readonly Attempt[],
  { happenedMs: atMs, lane, person }: Crossing,
  withinMs: number,
): Attempt | null {
  let best: Attempt | null = null;
  let bestMs = withinMs;
  for (const attempt of attempts) {
    if (attempt.lane !== lane || attempt.person !== person) continue;
    const awayMs = Math.abs(attempt.badgedMs - atMs);
    if (awayMs > bestMs) continue;
    best = attempt;
    bestMs = awayMs;
  }
  return best;
}

function inWords({ crossing, kinds, lane, passed, unknown }: Crossing): string {
  return `${crossing} at ${lane}: passed ${passed}, unknown ${unknown}; ${kinds.join(', ')}`;
}
