import type { Opening } from '../../src/training/boards/openings.ts';

/** A badge held to a door, and whether the journal durably admitted it. Real monotonic ms. */
export interface KnownSwipe {
  readonly serial: number;
  readonly door: number;
  readonly index: number;
  readonly swipedMonoMs: number;
  readonly admitted: boolean;
}

/** How long after its badge an opening may come at the most: real ms. */
const LATE_MS = 4_500;

/**
 * Holds the boards' own log of openings against the journal: each must be a remote one that can be
 * given a durably admitted badge of its own, read at that door not long before. An opening without
 * one was not admitted, or came twice, or late. Returns what is wrong, in words.
 */
export function faultsOf(openings: readonly Opening[], swipes: readonly KnownSwipe[]): string[] {
  const faults: string[] = [];
  const byTime = [...openings].sort((a, b) => a.atMonoMs - b.atMonoMs);
  const admitted = swipes
    .filter((swipe) => swipe.admitted)
    .sort((a, b) => a.swipedMonoMs - b.swipedMonoMs);
  const used = new Set<KnownSwipe>();
  for (const opening of byTime) {
    const { serial, door, atMonoMs } = opening;
    const at = `board ${serial} door ${door} at ${Math.round(atMonoMs)}`;
    if (opening.by !== 'remote') faults.push(`${at}: opened by ${opening.by}`);
    // The oldest badge first: it is the one whose time runs out first, so no match is wasted.
    const match = admitted.find(
      (swipe) =>
        swipe.serial === serial &&
        swipe.door === door &&
        !used.has(swipe) &&
        swipe.swipedMonoMs <= atMonoMs &&
        atMonoMs - swipe.swipedMonoMs <= LATE_MS,
    );
    if (match === undefined) faults.push(`${at}: no admitted badge is left for this opening`);
    else used.add(match);
  }
  return faults;
}
