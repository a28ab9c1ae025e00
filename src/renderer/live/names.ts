import { useMemo } from 'react';
import type { CheckpointId, LaneId } from '../../shared/domain/ids.ts';
import type { Place } from '../../shared/domain/place.ts';
import type { SiteCheckpoint, SiteLane } from '../../shared/domain/site.ts';
import { useWords } from '../words/words.ts';
import { useSite } from './client.tsx';

export interface Names {
  /** `Loop East · In 3`: the checkpoint's name and the lane's own. */
  lane(id: LaneId): string;
  /** The lane's own name, without its checkpoint's in front. */
  laneShort(id: LaneId): string;
  checkpoint(id: CheckpointId): string;
  area(id: string): string;
  place(place: Place): string;
  laneOf(id: LaneId): SiteLane | undefined;
  checkpointOf(id: CheckpointId): SiteCheckpoint | undefined;
}

/** The site's names in the language of the screen; an unknown id is shown as it is. */
export function useNames(): Names {
  const { site } = useSite();
  const { t, text3 } = useWords();
  return useMemo(() => {
    const lanes = new Map(site.lanes.map((lane) => [lane.id, lane]));
    const checkpoints = new Map(site.checkpoints.map((point) => [point.id, point]));
    const named = [...site.areas, ...(site.virtualAreas ?? [])];
    const areas = new Map<string, string>(named.map((area) => [area.id, text3(area.name)]));
    const checkpoint = (id: CheckpointId): string => {
      const found = checkpoints.get(id);
      return found ? text3(found.name) : id;
    };
    const laneShort = (id: LaneId): string => {
      const found = lanes.get(id);
      if (found === undefined) return id;
      const name = text3(found.name);
      const prefix = checkpoint(found.checkpoint);
      return name.startsWith(prefix) ? name.slice(prefix.length).trim() || name : name;
    };
    return {
      checkpoint,
      laneShort,
      lane: (id) => {
        const found = lanes.get(id);
        return found ? `${checkpoint(found.checkpoint)} · ${laneShort(id)}` : id;
      },
      area: (id) => areas.get(id) ?? id,
      place: (place) => {
        if (place === 'beyond-first') return t('domain.place-beyond-first');
        if (place === 'beyond-second') return t('domain.place-beyond-second');
        return areas.get(place) ?? place;
      },
      laneOf: (id) => lanes.get(id),
      checkpointOf: (id) => checkpoints.get(id),
    };
  }, [site, t, text3]);
}
