import { useEffect, useState } from 'react';
import type { LaneId } from '../../shared/domain/ids.ts';
import { useWords } from '../words/words.ts';
import { laneOwnName } from './lane-name.ts';
import { pick } from './scene/pick.ts';
import type { Px } from './scene/px.ts';
import type { MapSite } from './scene/shapes.ts';
import { laneStateText } from './state-text.ts';
import type { LiveMap } from './use-map.ts';

/** Which lane is under the pointer and how it stands. */
export function LaneTip({ site, live }: { readonly site: MapSite; readonly live: LiveMap }) {
  const words = useWords();
  const { controller, scene } = live;
  const [tip, setTip] = useState<{ readonly id: LaneId; readonly at: Px } | null>(null);
  useEffect(() => {
    if (!controller) return;
    return controller.engine.onHover((at) => {
      const id = at && pick(controller.view().places, at)?.lane;
      setTip(id ? { id, at } : null);
    });
  }, [controller]);
  const lane = site.lanes.find((one) => one.id === tip?.id);
  if (!tip || !lane) return null;
  const symbol = scene.symbol(lane.id);
  const checkpoint = site.checkpoints.find((one) => one.id === lane.checkpoint);
  const name = checkpoint ? words.text3(checkpoint.name) : '';
  return (
    <div className="lane-tip" style={{ transform: `translate(${tip.at.x}px, ${tip.at.y}px)` }}>
      <strong className="lane-tip-name">
        {name !== '' && `${name} · `}
        {laneOwnName(words.text3(lane.name), name)}
      </strong>
      <span>
        {symbol
          ? laneStateText(words, symbol, scene.lanes.get(lane.id))
          : words.t('map.body-offline')}
      </span>
    </div>
  );
}
