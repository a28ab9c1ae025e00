import { INVARIANTS, type InvariantName } from './check/invariant.ts';
import type { Outcome } from './simulation.ts';
import { bustleHours } from './zone/bustle.ts';
import { type FaultName, faultNames } from './zone/strikes.ts';

/** What many runs came to. */
export class Figures {
  #runs = 0;
  #hours = 0;
  #bustle = 0;
  #steps = 0;
  #events = 0;
  #tasks = 0;
  #boots = 0;
  #passages = 0;
  readonly #faults = new Map<FaultName, number>();
  readonly #checked = new Map<InvariantName, number>();

  get hours(): number {
    return this.#hours;
  }

  add(outcome: Outcome): void {
    this.#runs += 1;
    this.#hours += outcome.hours;
    this.#bustle += bustleHours(outcome.hours);
    this.#steps += outcome.steps;
    this.#events += outcome.events;
    this.#tasks += outcome.tasks;
    this.#boots += outcome.boots;
    this.#passages += outcome.passages;
    for (const [name, count] of outcome.faults) raise(this.#faults, name, count);
    for (const [name, count] of outcome.checked) raise(this.#checked, name, count);
  }

  /** The kinds of fault that never came, and the invariants that were never asked. */
  missing(): readonly string[] {
    const faults = faultNames.filter((name) => !this.#faults.has(name));
    const names = Object.keys(INVARIANTS) as InvariantName[];
    return [...faults, ...names.filter((name) => !this.#checked.has(name))];
  }

  inWords(): string {
    const round = (n: number) => Math.round(n).toLocaleString('en');
    const list = (counts: ReadonlyMap<string, number>) =>
      [...counts]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([name, count]) => `  ${name.padEnd(20)} ${round(count).padStart(12)}`)
        .join('\n');
    return [
      `${round(this.#hours)} simulated hours in ${round(this.#runs)} runs,`,
      `${round(this.#bustle)} of them of bustle, the others of night:`,
      `${round(this.#steps)} steps of the engine, ${round(this.#events)} events,`,
      `${round(this.#boots)} starts, ${round(this.#passages)} passages,`,
      `${round(this.#tasks)} tasks of the virtual machine`,
      'faults injected, by kind:',
      list(this.#faults),
      'invariants checked, times:',
      list(this.#checked),
    ].join('\n');
  }
}

function raise<K>(counts: Map<K, number>, name: K, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
