import type { MusterPersonNow } from '../../../shared/contract/views.ts';

export type MusterState = 'missing' | 'marked' | 'unlisted';

export function musterState({ listed, markedMs }: MusterPersonNow): MusterState {
  if (markedMs === null) return 'missing';
  return listed ? 'marked' : 'unlisted';
}

/** Who is missing first, by place and number; then who was marked, the last one first. */
export function inOrder(a: MusterPersonNow, b: MusterPersonNow): number {
  if (a.markedMs === null && b.markedMs === null) {
    const byPlace = (a.place ?? '').localeCompare(b.place ?? '');
    return byPlace || a.person.localeCompare(b.person, 'en', { numeric: true });
  }
  if (a.markedMs === null || b.markedMs === null) return a.markedMs === null ? -1 : 1;
  return b.markedMs - a.markedMs || a.person.localeCompare(b.person);
}
