import { INVARIANTS } from './check/invariant.ts';
import { Figures } from './figures.ts';
import { commandOf, type RunName } from './plan.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulation.ts';

export interface Campaign {
  readonly figures: Figures;
  /** What is wrong and how to see it again, in words; empty when nothing is. */
  readonly failures: readonly string[];
}

/** Runs one after the other until the hours are done; a failing one is made smaller and named. */
export async function runAll(runs: Iterable<RunName>, isEnough: () => boolean): Promise<Campaign> {
  const figures = new Figures();
  const failures: string[] = [];
  for (const name of runs) {
    if (isEnough() || failures.length > 0) break;
    const outcome = await simulate(name);
    figures.add(outcome);
    const [first] = outcome.violations;
    if (first === undefined) continue;
    const { name: small, violation, tries } = await shrink(name, first);
    failures.push(
      [
        `seed ${name.seed}: ${INVARIANTS[violation.invariant]} (${violation.invariant}), but`,
        `  ${violation.text}`,
        `  at ${(violation.atMs / 1000).toFixed(3)} s; made smaller in ${tries} runs to:`,
        `  ${commandOf(small)}`,
      ].join('\n'),
    );
  }
  return { figures, failures };
}

/** Seeds from one on, each for so many hours. */
export function* seedsFrom(seed: number, hoursEach: number, without: RunName['without'] = []) {
  for (let n = seed; ; n += 1) yield { seed: n, hours: hoursEach, without };
}
