import type { DueCrossing } from '../../core/facts.ts';

/** A board as its driver knows it now, by the monotonic clock. */
export interface LiveBoard {
  readonly lastHeardMonoMs: number | null;
  /** Until when it may have missed who went through: see `BoardHealth`. */
  readonly blindMonoMs?: number | null | undefined;
  /** Up to when all that it had seen is in the journal; absent where it was then last heard. */
  readonly toldMonoMs?: number | null | undefined;
}

type Due = DueCrossing & { readonly deadlineMono: number; readonly admittedMono: number };

/**
 * Of crossings whose deadline has passed those that can be decided. A board that has just fallen
 * silent still counts as on line: whether an open gate let somebody through is decided once it has
 * told all that it saw up to the deadline, or is known to be away. Where it may have missed
 * somebody since they were admitted, it has told nothing: the gate may have opened before it was
 * seen to. Without drivers there is none to ask.
 */
export function toldDue(
  due: readonly Due[],
  board: ((board: string) => LiveBoard | null) | undefined,
): Due[] {
  if (board === undefined) return [...due];
  return due.flatMap((crossing) => {
    const { admittedMono, deadlineMono, heard, lane, state } = crossing;
    if (state !== 'opened' || !heard) return [crossing];
    const live = board(lane.lane.board);
    const blindMonoMs = live?.blindMonoMs ?? null;
    if (blindMonoMs !== null && blindMonoMs >= admittedMono) return [{ ...crossing, heard: false }];
    const toldMonoMs = live?.toldMonoMs === undefined ? live?.lastHeardMonoMs : live.toldMonoMs;
    return (toldMonoMs ?? 0) >= deadlineMono ? [crossing] : [];
  });
}
