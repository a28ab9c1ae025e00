import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { MapFeed } from './live/feed.ts';
import { LiveScene } from './live/live-scene.ts';
import { MapController, type MapWords } from './live/map-controller.ts';
import { type MapScale, mapScale } from './live/map-scale.ts';
import { makeEngine, tokenOf } from './make-engine.ts';
import type { MapSite } from './scene/shapes.ts';

/** Why nothing can be trusted: no engine could be made, or it drew nothing. */
export type Why = 'no-engine' | 'nothing-drawn';

/** How far the map has come. `failed`: nothing on the canvas may be trusted. */
export type Drawing =
  | { readonly state: 'drawing' }
  | { readonly state: 'drawn' }
  | { readonly state: 'failed'; readonly why: Why };

export interface LiveMap {
  readonly scene: LiveScene;
  readonly controller: MapController | null;
  readonly drawing: Drawing;
  readonly scale: MapScale;
}

const TICK_MS = 1_000;

const sceneParts = {
  monoMs: () => performance.now(),
  later: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The scene of a site, following its feed while the component is on the screen. */
function useScene(site: MapSite, feed: MapFeed, sink: RefObject<MapController | null>): LiveScene {
  const scene = useMemo(() => makeScene(site, feed, sink), [site, feed, sink]);
  useEffect(() => {
    const end = scene.start();
    const timer = setInterval(() => {
      scene.tick();
      sink.current?.refresh();
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      end();
    };
  }, [scene, sink]);
  return scene;
}

function makeScene(site: MapSite, feed: MapFeed, sink: RefObject<MapController | null>): LiveScene {
  return new LiveScene(
    site,
    feed,
    (source, id, state) => sink.current?.engine.setState(source, id, state),
    sceneParts,
  );
}

function useSize(container: RefObject<HTMLElement | null>, wall: boolean): MapScale | null {
  const [scale, setScale] = useState<MapScale | null>(null);
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const next = mapScale({ w: element.clientWidth, h: element.clientHeight }, wall);
      setScale((known) =>
        known?.letters === next.letters && known.plates === next.plates ? known : next,
      );
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [container, wall]);
  return scale;
}

const AT_FIRST: MapScale = { letters: 1, plates: 1 };

/**
 * A live map in `container`: loads the engine that the site asks for, draws, proves that it drew,
 * and draws anew when the scale of the screen changes.
 */
export function useMap(
  site: MapSite,
  feed: MapFeed,
  words: MapWords,
  container: RefObject<HTMLElement | null>,
  wall: boolean,
): LiveMap {
  const sink = useRef<MapController | null>(null);
  const scene = useScene(site, feed, sink);
  const scale = useSize(container, wall);
  const [controller, setController] = useState<MapController | null>(null);
  const [drawing, setDrawing] = useState<Drawing>({ state: 'drawing' });
  // A library that refuses its token must not leave the room without a map.
  const [token, setToken] = useState(() => tokenOf(site));
  const latest = useRef(words);
  latest.current = words;

  useEffect(() => {
    const element = container.current;
    if (!element || scale === null) return;
    let over = false;
    let made: MapController | null = null;
    setDrawing({ state: 'drawing' });
    const tell = (drawn: boolean, why: Why = 'nothing-drawn') => {
      if (over) return;
      if (!drawn && token !== null) setToken(null);
      else setDrawing(drawn ? { state: 'drawn' } : { state: 'failed', why });
    };
    const draw = async () => {
      const engine = await makeEngine(site, token, element, scale.letters, latest.current.fonts);
      if (over) return engine.remove();
      made = new MapController(site, engine, scene, latest.current, scale);
      sink.current = made;
      setController(made);
      tell(await made.start());
      if (!over) made.watch(tell);
    };
    draw().catch((error: unknown) => {
      // The library's own words help whoever looks into the machine, not the person at the desk.
      console.error('map engine', error);
      tell(false, 'no-engine');
    });
    return () => {
      over = true;
      sink.current = null;
      setController(null);
      made?.stop();
      element.replaceChildren();
    };
  }, [site, scene, scale, container, token]);

  useEffect(() => {
    void controller?.setWords(words);
  }, [controller, words]);

  return { scene, controller, drawing, scale: scale ?? AT_FIRST };
}
