import type { Violation } from './check/invariant.ts';
import { planOf, type RunName } from './plan.ts';
import { type Outcome, type RunOptions, simulate } from './simulation.ts';

export interface Shrunk {
  readonly name: RunName;
  readonly violation: Violation;
  readonly tries: number;
}

const HOUR_MS = 3_600_000;
/** Runs to spend on making one smaller. */
const MOST_TRIES = 24;

/** Hours to three digits, never less than wanted. */
function hoursUpTo(ms: number): number {
  return Math.ceil((ms / HOUR_MS) * 1000 + 0.01) / 1000;
}

/**
 * Makes a failing run smaller while the same invariant still breaks: it ends where that showed, and
 * each kind of fault is left out that it does not need.
 */
export async function shrink(
  failing: RunOptions,
  first: Violation,
  run: (options: RunOptions) => Promise<Outcome> = simulate,
): Promise<Shrunk> {
  let tries = 0;
  let name: RunName = failing;
  let violation = first;
  const attempt = async (smaller: RunName): Promise<boolean> => {
    if (tries >= MOST_TRIES) return false;
    tries += 1;
    const { violations } = await run({ ...failing, ...smaller });
    const again = violations.find(({ invariant }) => invariant === first.invariant);
    if (again === undefined) return false;
    name = { ...smaller, hours: Math.min(smaller.hours, hoursUpTo(again.atMs)) };
    violation = again;
    return true;
  };
  const { seed, without = [] } = failing;
  const sooner = Math.min(failing.hours, hoursUpTo(first.atMs));
  if (sooner < failing.hours) await attempt({ seed, hours: sooner, without });
  for (const kind of planOf(failing).kinds) {
    const kept: RunName = name;
    await attempt({ seed, hours: kept.hours, without: [...(kept.without ?? []), kind] });
  }
  const { hours, without: left } = name;
  return { name: { seed, hours, without: left }, violation, tries };
}
