import { eventKey } from '../../../shared/domain/ids.ts';
import type { Segment } from '../journal/segments.ts';

/**
 * The newest rows, newest first, from as many segments as it takes for `limit` of them; there may
 * be more. `read` answers with a segment's own newest rows. One that went over into the next
 * segment stands in both, and counts as the newer has it: so `read` must not choose by what may
 * still change. `nameOf`: what makes two rows one.
 */
export function newestAcross<R extends { readonly key: number }>(
  segments: readonly Segment[],
  limit: number,
  read: (segment: Segment) => readonly R[],
  nameOf: (row: R) => string,
): R[] {
  const found = new Map<string, R>();
  for (const segment of segments.toReversed()) {
    for (const row of read(segment)) {
      const name = nameOf(row);
      if (!found.has(name)) found.set(name, row);
    }
    // Whatever stands in a segment before has a lower key than this one's own rows.
    const base = eventKey(segment.epoch, segment.baseSeq);
    if ([...found.values()].filter(({ key }) => key > base).length >= limit) break;
  }
  return [...found.values()].sort((a, b) => b.key - a.key);
}
