import { along, type Px, turned } from './px.ts';

/** The length of a flow's arrow at scale 1, across its line. */
export const ARROW_PX = 38;
/** The head is this much wider than the shaft, on both sides together. */
const HEAD_WIDER_PX = 8;
const HEAD_LONG_PX = 10;

/**
 * The outline of an arrow on the screen: its middle, the way it points, how thick its shaft is.
 * `aside` shifts it to the right of its way, so that the two flows of a gate pass each other.
 */
export function arrowOutline(
  middle: Px,
  way: Px,
  thick: number,
  aside: number,
  scale: number,
): readonly Px[] {
  const right = turned(way);
  const at = along(middle, right, aside * scale);
  const half = (ARROW_PX * scale) / 2;
  const tip = along(at, way, half);
  const head = along(at, way, half - HEAD_LONG_PX * scale);
  const tail = along(at, way, -half);
  const shaft = (thick * scale) / 2;
  const wing = shaft + (HEAD_WIDER_PX * scale) / 2;
  return [
    along(tail, right, -shaft),
    along(head, right, -shaft),
    along(head, right, -wing),
    tip,
    along(head, right, wing),
    along(head, right, shaft),
    along(tail, right, shaft),
  ];
}
