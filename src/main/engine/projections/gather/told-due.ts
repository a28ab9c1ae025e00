import type { DueCrossing } from '../../core/facts.ts';
import { PASSAGE_MS } from '../../core/timing.ts';

/** A board as its driver knows it now, by the monotonic clock. */
export interface LiveBoard {
  readonly lastHeardMonoMs: number | null;
  /** Until when a board that remembers nothing was last not looked at. */
  readonly blindMonoMs?: number | null | undefined;
}

type Due = DueCrossing & { readonly deadlineMono: number };

/**
 * Of crossings whose deadline has passed those that can be decided. A board that has just fallen
 * silent still counts as on line: whether an open gate let somebody through is decided once it has
 * answered after the deadline, or is known to be away. Where it remembers nothing and was not
 * looked at for a while since the gate opened, it has told nothing. Without drivers there is none
 * to ask.
 */
export function toldDue(
  due: readonly Due[],
  board: ((board: string) => LiveBoard | null) | undefined,
): Due[] {
  if (board === undefined) return [...due];
  return due.flatMap((crossing) => {
    const { deadlineMono, heard, lane, state } = crossing;
    if (state !== 'opened' || !heard) return [crossing];
    const { lastHeardMonoMs = null, blindMonoMs = null } = board(lane.lane.board) ?? {};
    if (blindMonoMs !== null && blindMonoMs >= deadlineMono - PASSAGE_MS) {
      return [{ ...crossing, heard: false }];
    }
    return (lastHeardMonoMs ?? 0) >= deadlineMono ? [crossing] : [];
  });
}
