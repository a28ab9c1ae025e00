import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { CheckpointId, LaneId } from '../../shared/domain/ids.ts';
import { useWords } from '../words/words.ts';
import { AreaPlates, useAreas } from './area-plates.tsx';
import { Foot, MapSource } from './foot.tsx';
import { laneOwnName } from './lane-name.ts';
import { LaneTip } from './lane-tip.tsx';
import { Legend } from './legend.tsx';
import type { MapFeed } from './live/feed.ts';
import { fontsOf } from './live/letters.ts';
import type { MapController, MapView, MapWords } from './live/map-controller.ts';
import { MapBoundary } from './map-boundary.tsx';
import { PlaceList, placeText } from './place-list.tsx';
import { pick } from './scene/pick.ts';
import type { MapSite } from './scene/shapes.ts';
import { nextPlace, type Way } from './scene/walk.ts';
import { type LiveMap, useMap, type Why } from './use-map.ts';
import './map.css';

export interface ZoneMapProps {
  readonly site: MapSite;
  readonly feed: MapFeed;
  /** The checkpoint that is marked, or null. The owner keeps it. */
  readonly chosen: CheckpointId | null;
  readonly onChoose: (checkpoint: CheckpointId | null) => void;
  /** Enter or a click: show the place with its lanes and commands. */
  readonly onOpen: (checkpoint: CheckpointId, lane: LaneId | null) => void;
  /** On a wall: no legend, no pointer, larger figures. */
  readonly wall?: boolean | undefined;
}

const WAYS: Readonly<Record<string, Way>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

function useMapWords(site: MapSite): MapWords {
  const { t, text3, language } = useWords();
  return useMemo(() => {
    const checkpoints = new Map(site.checkpoints.map((one) => [one.id, text3(one.name)]));
    const lanes = new Map(
      site.lanes.map((one) => [
        one.id,
        laneOwnName(text3(one.name), checkpoints.get(one.checkpoint) ?? ''),
      ]),
    );
    return {
      fonts: fontsOf(language),
      lineName: (line) => t(`map.line-${line}`),
      beyondFirst: t('domain.place-beyond-first'),
      beyondSecond: t('domain.place-beyond-second'),
      checkpointName: (id) => checkpoints.get(id) ?? id,
      laneName: (id) => lanes.get(id) ?? id,
      figures: (sums) =>
        sums.across === null
          ? t('map.figures', { in: sums.in ?? 0, out: sums.out ?? 0 })
          : t('map.figures-across', { n: sums.across }),
    };
  }, [site, t, text3, language]);
}

const NOWHERE: MapView = { areas: [], gates: new Map(), places: [], hidden: [] };
const nothing = () => () => undefined;

function useView(controller: MapController | null): MapView {
  return useSyncExternalStore(
    controller?.subscribe ?? nothing,
    controller?.view ?? (() => NOWHERE),
  );
}

/** Clicks on a plate choose and open; a click beside them lets go. */
function useClicks({ controller }: LiveMap, { onChoose, onOpen }: ZoneMapProps): void {
  useEffect(() => {
    if (!controller) return;
    return controller.engine.onClick((at) => {
      const picked = pick(controller.view().places, at);
      if (picked) onOpen(picked.checkpoint, picked.lane);
      else onChoose(null);
    });
  }, [controller, onChoose, onOpen]);
}

/** Arrows walk between checkpoints, Enter opens, Escape lets go, Home shows all. */
function useMapKeys(view: MapView, controller: MapController | null, props: ZoneMapProps) {
  const { chosen, onChoose, onOpen } = props;
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const way = WAYS[event.key];
    if (way !== undefined) {
      onChoose(nextPlace(view.gates, chosen, way) ?? chosen);
    } else if (event.key === 'Enter' && chosen !== null) onOpen(chosen, null);
    else if (event.key === 'Escape' && chosen !== null) onChoose(null);
    else if (event.key === 'Home') controller?.fit();
    else if (event.key === 'PageUp') controller?.zoomBy(0.5);
    else if (event.key === 'PageDown') controller?.zoomBy(-0.5);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function Drawing() {
  const { t } = useWords();
  return (
    <p className="map-notice" role="status">
      {t('map.drawing')}
    </p>
  );
}

/** Says that the map cannot be seen, why, and that the list below holds the same. */
function Failed({ why }: { readonly why: Why }) {
  const { t } = useWords();
  return (
    <p className="map-failed-text" role="alert">
      <span className="map-warn" aria-hidden="true">
        ▲
      </span>{' '}
      {t('map.not-drawn')} <span className="dim">{t(`map.why-${why}`)}</span>
    </p>
  );
}

/** Alarms that the camera does not show, with the way back to them. */
function HiddenAlarms({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <button type="button" className="map-hidden" onClick={onShow}>
      <span className="map-warn" aria-hidden="true">
        ▲
      </span>{' '}
      {t('map.hidden', { count })}
    </button>
  );
}

/** The live map of a zone, with its list for those who cannot see it. */
export function ZoneMap(props: ZoneMapProps) {
  const instead = (
    <div className="zone-map" data-drawn="failed">
      <div className="map-failed">
        <Failed why="nothing-drawn" />
      </div>
    </div>
  );
  return (
    <MapBoundary instead={instead}>
      <DrawnMap {...props} />
    </MapBoundary>
  );
}

function DrawnMap(props: ZoneMapProps) {
  const { site, feed, chosen, onOpen, wall = false } = props;
  const words = useWords();
  const container = useRef<HTMLDivElement>(null);
  const live = useMap(site, feed, useMapWords(site), container, wall);
  const view = useView(live.controller);
  const areas = useAreas(live.scene);
  const onKeyDown = useMapKeys(view, live.controller, props);
  const [failed, drawn] = [live.drawing.state === 'failed', live.drawing.state === 'drawn'];
  const openPlace = useCallback((id: CheckpointId) => onOpen(id, null), [onOpen]);
  const fictional = site.areas.some((area) => area.fictional);
  const [foot, setFoot] = useState(0);
  useClicks(live, props);
  useEffect(() => live.controller?.setFoot(foot), [live.controller, foot]);
  useEffect(() => live.controller?.choose(chosen), [live.controller, chosen]);
  return (
    <div
      className={`zone-map${wall ? ' zone-map-wall' : ''}`}
      style={{ fontSize: `${live.scale.letters * 14}px` }}
      data-drawn={live.drawing.state}
    >
      <div
        className="zone-map-canvas"
        role="application"
        aria-label={`${words.t('map.title')}. ${words.t('map.how-to')}`}
        tabIndex={wall ? -1 : 0}
        onKeyDown={onKeyDown}
        data-testid="zone-map"
      >
        <div ref={container} className="zone-map-gl" aria-hidden="true" />
      </div>
      <span className="zone-map-focus" aria-hidden="true" />
      {drawn && <AreaPlates areas={site.areas} shown={areas} at={view.areas} wall={wall} />}
      {drawn && !wall && <LaneTip site={site} live={live} />}
      {live.drawing.state === 'drawing' && <Drawing />}
      {!failed && <HiddenAlarms count={view.hidden.length} onShow={() => live.controller?.fit()} />}
      <p className="sr-only" role="status">
        {chosen !== null && placeText(site, live.scene, chosen, words)}
      </p>
      {!wall && (
        <Legend attribution={site.map.attribution} fictional={fictional} onHeight={setFoot} />
      )}
      {wall && (
        <Foot className="map-source" onHeight={setFoot}>
          <MapSource attribution={site.map.attribution} fictional={fictional} />
        </Foot>
      )}
      <div className={failed ? 'map-failed' : 'sr-only'}>
        {live.drawing.state === 'failed' && <Failed why={live.drawing.why} />}
        <PlaceList site={site} scene={live.scene} shown={failed} onOpen={openPlace} />
      </div>
    </div>
  );
}
