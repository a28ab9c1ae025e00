import type { AreaNow } from '../../../shared/contract/views.ts';

/** How full an area is, in words a person acts on. `doubt`: the number may be out of date. */
export const AREA_LEVELS = ['calm', 'near', 'full', 'doubt'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

export interface AreaFill {
  readonly level: AreaLevel;
  /** Persons inside by the hard limit, 0 to 1. */
  readonly ratio: number;
}

/** Inside against the limits. An area with a hard limit of 0 takes nobody: it is full. */
export function areaFill(area: Pick<AreaNow, 'inside' | 'soft' | 'hard'>, fresh = true): AreaFill {
  const ratio = area.hard > 0 ? Math.min(1, Math.max(0, area.inside / area.hard)) : 1;
  if (!fresh) return { level: 'doubt', ratio };
  if (area.inside >= area.hard) return { level: 'full', ratio };
  return { level: area.inside >= area.soft ? 'near' : 'calm', ratio };
}
