import { memo, useEffect, useState } from 'react';
import type { LaneNow } from '../../shared/contract/views.ts';
import type { CheckpointId } from '../../shared/domain/ids.ts';
import { useWords, type Words } from '../words/words.ts';
import { laneOwnName } from './lane-name.ts';
import type { LiveScene } from './live/live-scene.ts';
import type { MapSite } from './scene/shapes.ts';
import { laneStateText } from './state-text.ts';

/** Reading aloud needs no more than this. */
const PACE_MS = 2_000;

interface PlaceLine {
  readonly id: CheckpointId;
  readonly text: string;
  readonly lanes: readonly { readonly id: string; readonly text: string }[];
}

/** Persons a minute at a checkpoint, in words. */
function flowText(site: MapSite, scene: LiveScene, id: CheckpointId, { t }: Words): string {
  const sums = { in: 0, out: 0, across: 0 };
  const has = new Set<string>();
  for (const lane of site.lanes) {
    if (lane.checkpoint !== id) continue;
    has.add(lane.direction);
    sums[lane.direction] += scene.lanes.get(lane.id)?.perMinute ?? 0;
  }
  const parts: string[] = [];
  if (has.has('in') || has.has('out')) {
    parts.push(t('map.figures', { in: sums.in, out: sums.out }));
  }
  if (has.has('across')) parts.push(t('map.figures-across', { n: sums.across }));
  return parts.join(' · ');
}

function isSilent(scene: LiveScene, lane: string): boolean {
  const body = scene.symbol(lane)?.body;
  return body === 'stale' || body === 'offline' || body === undefined;
}

/** One checkpoint in one sentence. */
export function placeText(site: MapSite, scene: LiveScene, id: CheckpointId, words: Words): string {
  const { t, text3 } = words;
  const place = site.checkpoints.find((one) => one.id === id);
  if (!place) return id;
  const lanes = site.lanes.filter((lane) => lane.checkpoint === id);
  const silent = lanes.filter((lane) => isSilent(scene, lane.id)).length;
  const priority = scene.priority(id);
  const states: string[] = [];
  if (priority !== 0) states.push(t(`domain.priority-${priority}`));
  if (silent > 0) states.push(t('map.place-silent', { n: silent }));
  return t('map.place-text', {
    name: text3(place.name),
    line: t(`map.line-${place.line}`),
    lanes: t('map.lanes-count', { count: lanes.length }),
    flow: flowText(site, scene, id, words),
    state: states.length > 0 ? states.join(' · ') : t('map.place-calm'),
  });
}

function laneText(scene: LiveScene, id: string, name: string, words: Words): string {
  const symbol = scene.symbol(id);
  const row: LaneNow | undefined = scene.lanes.get(id);
  const state = symbol ? laneStateText(words, symbol, row) : words.t('map.body-offline');
  return `${name}: ${state}`;
}

function linesOf(site: MapSite, scene: LiveScene, words: Words): readonly PlaceLine[] {
  return site.checkpoints.map(({ id, name }) => ({
    id,
    text: placeText(site, scene, id, words),
    lanes: site.lanes
      .filter((lane) => lane.checkpoint === id)
      .map((lane) => ({
        id: lane.id,
        text: laneText(
          scene,
          lane.id,
          laneOwnName(words.text3(lane.name), words.text3(name)),
          words,
        ),
      })),
  }));
}

interface AreaLine {
  readonly id: string;
  readonly text: string;
}

function areaLines(site: MapSite, scene: LiveScene, words: Words): readonly AreaLine[] {
  const { t, text3, number } = words;
  return site.areas.map((area) => {
    const row = scene.areas.get(area.id);
    const text = t('map.area-text', {
      name: text3(area.name),
      inside: row ? number(row.inside) : '–',
      hard: number(area.capacity.hard),
    });
    const level = scene.fill(area.id)?.level ?? 'doubt';
    return {
      id: area.id,
      text: level === 'calm' ? text : `${text} · ${t(`map.area-${level}`)}`,
    };
  });
}

/**
 * Every lane in words is much to write: at its own pace, not whenever the map changes.
 *
 * The same as the map, as text: for screen readers beside the map, and for everybody where the map
 * cannot be drawn (`shown`), then with buttons that open each place.
 */
export const PlaceList = memo(function PlaceList({
  site,
  scene,
  shown,
  onOpen,
}: {
  readonly site: MapSite;
  readonly scene: LiveScene;
  readonly shown: boolean;
  readonly onOpen: (id: CheckpointId) => void;
}) {
  const words = useWords();
  const [, setBeat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setBeat((beat) => beat + 1), PACE_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <section className="place-list" aria-label={words.t('map.list')} data-testid="place-list">
      <ul>
        {areaLines(site, scene, words).map((area) => (
          <li key={area.id}>{area.text}</li>
        ))}
      </ul>
      <ul>
        {linesOf(site, scene, words).map((place) => (
          <li key={place.id}>
            {shown ? (
              <button type="button" className="place-open" onClick={() => onOpen(place.id)}>
                {place.text}
              </button>
            ) : (
              place.text
            )}
            <ul>
              {place.lanes.map((lane) => (
                <li key={lane.id}>{lane.text}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
});
