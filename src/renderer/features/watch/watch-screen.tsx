import { useState } from 'react';
import type { CheckpointId } from '../../../shared/domain/ids.ts';
import { useSite } from '../../live/client.tsx';
import { ZoneMap } from '../../map/zone-map.tsx';
import { useMapFeed } from './map-feed.ts';
import './watch.css';

/** The zone at one glance: the map, what waits, the flow, the latest crossings. */
export function WatchScreen() {
  const { site } = useSite();
  const feed = useMapFeed();
  const [chosen, setChosen] = useState<CheckpointId | null>(null);
  return (
    <div className="watch">
      <ZoneMap site={site} feed={feed} chosen={chosen} onChoose={setChosen} onOpen={setChosen} />
    </div>
  );
}
