import { OPEN_WITHIN_MS, PASSAGE_MS, SEND_WITHIN_MS } from '../../core/timing.ts';

/** A gate may be seen to have been open so long after its relay let go: news take a while. */
export const SHUT_GRACE_MS = 2_000;

/** A crossing whose passage nobody has seen, by the zone's calendar, ms. */
interface Unseen {
  readonly admitted_ms: number;
  readonly opened_ms: number | null;
}

/** A leaf that moved, by the board's clock, and how long its gate stands open for one crossing. */
export interface Leaf {
  readonly deviceAtMs: number;
  readonly openS: number;
  /** It is held open: nothing shuts it between two crossings. */
  readonly isHeld: boolean;
  /** Calendar ms in a real one. */
  readonly speed: number;
}

/**
 * Of the crossings of one lane whose passage nobody has seen, the newest first and all admitted
 * before the leaf moved: those whose it may have been. Besides the newest these are the ones whose
 * gate may not have been shut yet when that one asked. Somebody who had turned away before is none.
 */
export function mayBeTheirs<T extends Unseen>(unseen: readonly T[], leaf: Leaf): T[] {
  const [newest, ...older] = unseen;
  const { deviceAtMs, isHeld, openS, speed } = leaf;
  if (newest === undefined) return [];
  const openedMs = newest.opened_ms ?? newest.admitted_ms + OPEN_WITHIN_MS * speed;
  if (deviceAtMs > openedMs + PASSAGE_MS * speed) return [];
  const openMs = (isHeld ? PASSAGE_MS : openS * 1000 + SHUT_GRACE_MS) * speed;
  const mayStandOpen = ({ admitted_ms, opened_ms }: T) => {
    const shutMs = (opened_ms ?? admitted_ms + SEND_WITHIN_MS * speed) + openMs;
    return shutMs >= newest.admitted_ms;
  };
  return [newest, ...older.filter(mayStandOpen)];
}
