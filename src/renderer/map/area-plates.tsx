import { useEffect, useState } from 'react';
import type { AreaNow } from '../../shared/contract/views.ts';
import type { SiteArea } from '../../shared/domain/site.ts';
import { PriorityMark } from '../ui/badges.tsx';
import { useWords } from '../words/words.ts';
import type { LiveScene } from './live/live-scene.ts';
import type { AreaLevel } from './scene/area-fill.ts';
import type { Px } from './scene/px.ts';

interface Shown {
  readonly row: AreaNow;
  readonly level: AreaLevel;
}

/** What the scene knows of the areas: the same figures at the same moment as everywhere else. */
export function useAreas(scene: LiveScene): ReadonlyMap<string, Shown> {
  const [shown, setShown] = useState<ReadonlyMap<string, Shown>>(new Map());
  useEffect(() => {
    const look = () =>
      setShown((before) => {
        const next = new Map<string, Shown>();
        for (const [key, row] of scene.areas) {
          next.set(key, { row, level: scene.fill(key)?.level ?? 'doubt' });
        }
        const same =
          next.size === before.size &&
          [...next].every(([key, { row, level }]) => {
            const known = before.get(key);
            return known?.row === row && known.level === level;
          });
        return same ? before : next;
      });
    look();
    return scene.onAreas(look);
  }, [scene]);
  return shown;
}

function Bar({ row }: { readonly row: AreaNow }) {
  const part = (n: number) => `${row.hard > 0 ? Math.min(100, (n / row.hard) * 100) : 100}%`;
  return (
    <span className="area-plate-bar" aria-hidden="true">
      <span className="area-plate-fill" style={{ width: part(row.inside) }} />
      <span className="area-plate-soft" style={{ left: part(row.soft) }} />
    </span>
  );
}

function AreaPlate({
  area,
  shown,
  at,
  wall,
}: {
  readonly area: SiteArea;
  readonly shown: Shown | undefined;
  readonly at: Px;
  readonly wall: boolean;
}) {
  const { t, text3, number } = useWords();
  const level = shown?.level ?? 'doubt';
  const row = shown?.row;
  return (
    <div
      className={`area-plate area-plate-${level}`}
      style={{ transform: `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)` }}
    >
      <span className="area-plate-name">{text3(area.name)}</span>
      {!wall && (
        <span className="area-plate-figure">
          {level === 'full' && <PriorityMark priority={2} />}
          {level === 'near' && <PriorityMark priority={3} />}
          <strong>{row ? number(row.inside) : '–'}</strong> / {number(area.capacity.hard)}
        </span>
      )}
      {row && <Bar row={row} />}
      {level !== 'calm' && <span className="area-plate-note">{t(`map.area-${level}`)}</span>}
      {row && row.unknown > 0 && (
        <span className="area-plate-note">{t('map.area-unknown', { n: row.unknown })}</span>
      )}
    </div>
  );
}

/** Name, figure, limit and doubt of each area, over the map. A wall has the figures beside it. */
export function AreaPlates({
  areas,
  shown,
  at,
  wall,
}: {
  readonly areas: readonly SiteArea[];
  readonly shown: ReadonlyMap<string, Shown>;
  readonly at: readonly Px[];
  readonly wall: boolean;
}) {
  return (
    <div className="area-plates" aria-hidden="true">
      {areas.map((area, i) => {
        const place = at[i];
        return (
          place && (
            <AreaPlate
              key={area.id}
              area={area}
              shown={shown.get(area.id)}
              at={place}
              wall={wall}
            />
          )
        );
      })}
    </div>
  );
}
