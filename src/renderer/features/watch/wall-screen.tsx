import { useSite } from '../../live/client.tsx';
import { ZoneMap } from '../../map/zone-map.tsx';
import { useMapFeed } from './map-feed.ts';
import './watch.css';

const nothing = () => undefined;

/** The zone on a wall: the map and large numbers, readable at six metres, without personal data. */
export function WallScreen() {
  const { site } = useSite();
  const feed = useMapFeed();
  return (
    <div className="wall">
      <ZoneMap site={site} feed={feed} chosen={null} onChoose={nothing} onOpen={nothing} wall />
    </div>
  );
}
