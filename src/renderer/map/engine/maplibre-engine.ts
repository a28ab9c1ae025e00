import { Map as GlLibraryMap, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { EngineFactory } from './engine.ts';
import { glEngine } from './gl-engine.ts';
import { hostGuard } from './host-guard.ts';

setWorkerUrl(workerUrl);

/** The default engine: draws without any account and without any network. */
export const makeMaplibre: EngineFactory = ({ container, style, camera, fonts, hosts }) =>
  new Promise((resolve, reject) => {
    const map = new GlLibraryMap({
      container,
      style,
      center: [camera.centre[0], camera.centre[1]],
      zoom: camera.zoom,
      localIdeographFontFamily: fonts.join(','),
      attributionControl: false,
      keyboard: false,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      maxPitch: 0,
      fadeDuration: 0,
      minZoom: 8,
      maxZoom: 19,
      transformRequest: hostGuard(hosts),
    });
    map.touchZoomRotate.disableRotation();
    map.once('error', ({ error }) => reject(error));
    map.once('style.load', () => resolve(glEngine('maplibre', map)));
  });
