import type { Box } from './place-plates.ts';
import type { Px, Size } from './px.ts';

const COLUMNS = 14;
const ROWS = 9;

/** How far a box of this size round `at` lies from another box; negative where they overlap. */
function clearance(at: Px, size: Size, box: Box): number {
  const dx = Math.abs(at.x - box.middle.x) - (size.w + box.size.w) / 2;
  const dy = Math.abs(at.y - box.middle.y) - (size.h + box.size.h) / 2;
  return Math.max(dx, dy);
}

/**
 * The emptiest spot of the screen for a text of this size, among those that `allowed` lets pass;
 * null
 * where none has room. Of equal ones the nearest to the middle wins.
 */
export function freeSpot(
  size: Size,
  screen: Size,
  boxes: readonly Box[],
  allowed: (at: Px) => boolean,
): Px | null {
  let best: Px | null = null;
  let bestScore = 0;
  const middle = { x: screen.w / 2, y: screen.h / 2 };
  for (let i = 1; i < COLUMNS; i += 1) {
    for (let j = 1; j < ROWS; j += 1) {
      const at = { x: (screen.w * i) / COLUMNS, y: (screen.h * j) / ROWS };
      const edge = Math.min(
        Math.min(at.x, screen.w - at.x) - size.w / 2,
        Math.min(at.y, screen.h - at.y) - size.h,
      );
      if (!allowed(at) || edge < 0) continue;
      const gap = Math.min(...boxes.map((box) => clearance(at, size, box)), size.w * 1.5);
      const aside = Math.hypot(at.x - middle.x, at.y - middle.y) / Math.hypot(screen.w, screen.h);
      const score = gap - aside * size.w;
      if (gap > 0 && (best === null || score > bestScore)) {
        best = at;
        bestScore = score;
      }
    }
  }
  return best;
}
