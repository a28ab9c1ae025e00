import { Map as GlLibraryMap, setWorkerUrl } from 'mapbox-gl/esm';
import 'mapbox-gl/mapbox-gl.css';
import workerUrl from 'mapbox-gl/dist/esm/worker.js?worker&url';
import type { EngineFactory } from './engine.ts';
import { glEngine } from './gl-engine.ts';
import { hostGuard } from './host-guard.ts';

setWorkerUrl(workerUrl);

/**
 * Never asked for, since all letters are drawn from `localFontFamily`; but this library refuses a
 * style with letters that names no glyph files.
 */
const GLYPHS = 'mapbox://fonts/mapbox/{fontstack}/{range}.pbf';

/** The engine of a site with a Mapbox token. Loaded only then. */
export const makeMapbox: EngineFactory = ({
  container,
  style,
  camera,
  fonts,
  mapboxToken,
  hosts,
}) =>
  new Promise((resolve, reject) => {
    const map = new GlLibraryMap({
      container,
      style: { ...style, glyphs: GLYPHS } as never,
      accessToken: mapboxToken ?? '',
      center: [camera.centre[0], camera.centre[1]],
      zoom: camera.zoom,
      localFontFamily: fonts.join(','),
      projection: 'mercator',
      // The mark must stay; the foot belongs to the legend.
      logoPosition: 'top-left',
      keyboard: false,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      maxPitch: 0,
      fadeDuration: 0,
      minZoom: 8,
      maxZoom: 19,
      performanceMetricsCollection: false,
      transformRequest: hostGuard(hosts),
    });
    map.touchZoomRotate.disableRotation();
    map.once('error', ({ error }) => reject(error));
    map.once('style.load', () => resolve(glEngine('mapbox', map)));
  });
