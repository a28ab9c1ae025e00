import type { SubjectKind } from '../../domain/line.ts';
import type { FactsOf } from '../facts.ts';
import type { RegimeSettings } from '../regime-shape.ts';
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

/**
 * One requirement: its name, of which kinds it can be asked, every way it can fail or warn, and the
 * check itself (pure). What a regime leaves unset that a check needs makes it fail, never hold.
 */
export interface RequirementCheck<D extends string = string, K extends SubjectKind = SubjectKind> {
  readonly is: RequirementName;
  readonly kinds: readonly K[];
  readonly details: readonly D[];
  check(facts: FactsOf<K>, settings: RegimeSettings): Outcome<D>;
}

/** Any of them, where its kinds are only known by looking: to be asked after `kinds` says so. */
export interface AnyRequirement {
  readonly is: RequirementName;
  readonly kinds: readonly SubjectKind[];
  readonly details: readonly string[];
  check(facts: never, settings: RegimeSettings): Outcome<string>;
}

export const held: Held = { outcome: 'held' };

export function failed<D extends string>(detail: D, params: Params = {}): Failed<D> {
  return { outcome: 'failed', detail, params };
}

export function warned<D extends string>(detail: D, params: Params = {}): Warned<D> {
  return { outcome: 'warned', detail, params };
}
