import type { CrossingFacts } from '../facts.ts';
import type { RequirementName } from '../requirement.ts';

/** Values for the words. A name ending in `Ms` is a moment, in `Minute` a minute of the day. */
export type Params = Readonly<Record<string, string | number>>;

export interface Held {
  readonly outcome: 'held';
}
export interface Failed<D extends string> {
  readonly outcome: 'failed';
  readonly detail: D;
  readonly params: Params;
}
/** Holds, but only just: the crossing goes on and the screen says so. */
export interface Warned<D extends string> {
  readonly outcome: 'warned';
  readonly detail: D;
  readonly params: Params;
}
export type Outcome<D extends string> = Held | Failed<D> | Warned<D>;

/** One requirement: its name, every way it can fail or warn, and the check itself (pure). */
export interface RequirementCheck<D extends string = string> {
  readonly is: RequirementName;
  readonly details: readonly D[];
  readonly check: (facts: CrossingFacts) => Outcome<D>;
}

export const held: Held = { outcome: 'held' };

export function failed<D extends string>(detail: D, params: Params = {}): Failed<D> {
  return { outcome: 'failed', detail, params };
}

export function warned<D extends string>(detail: D, params: Params = {}): Warned<D> {
  return { outcome: 'warned', detail, params };
}
