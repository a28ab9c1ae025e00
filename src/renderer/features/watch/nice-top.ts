const STEPS = [4, 6, 8, 10, 15, 20, 30, 40, 60, 80, 100];
const MOST = 1e9;

/** The top of a scale: a round number not below the highest point, and never under 4. */
export function niceTop(highest: number): number {
  for (let scale = 1; scale < MOST; scale *= 10) {
    const found = STEPS.find((step) => step * scale >= highest);
    if (found !== undefined) return found * scale;
  }
  return highest;
}
