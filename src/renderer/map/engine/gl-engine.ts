import type { Position } from '../../../shared/domain/site.ts';
import { type SourceName, TEXT_LAYERS } from '../paint/style.ts';
import type { FeatureCollection } from '../scene/geojson.ts';
import type { Px } from '../scene/px.ts';
import type { FeatureState, MapEngine, Picture } from './engine.ts';

/** The calls that both libraries have alike; each factory gives its own map as one of these. */
export interface GlMap {
  getSource(name: string): object | undefined;
  setFeatureState(target: { source: string; id: number }, state: FeatureState): unknown;
  hasImage(name: string): boolean;
  removeImage(name: string): void;
  addImage(name: string, data: ImageData, options: { pixelRatio: number }): unknown;
  setLayoutProperty(layer: string, name: string, value: unknown): unknown;
  getCanvas(): HTMLCanvasElement;
  getContainer(): HTMLElement;
  getCenter(): { readonly lng: number; readonly lat: number };
  getZoom(): number;
  project(at: [number, number]): Px;
  unproject(at: [number, number]): { readonly lng: number; readonly lat: number };
  fitBounds(corners: [[number, number], [number, number]], options: FitOptions): unknown;
  easeTo(options: { center?: [number, number]; zoom?: number; duration: number }): unknown;
  on(event: string, listener: (event: GlEvent) => void): unknown;
  off(event: string, listener: (event: GlEvent) => void): unknown;
  once(event: string, listener: (event: GlEvent) => void): unknown;
  triggerRepaint(): void;
  resize(): unknown;
  remove(): void;
}

interface FitOptions {
  padding: { top: number; bottom: number; left: number; right: number };
  duration: number;
}

/** What the console reads of an event, whichever it is. */
export interface GlEvent {
  readonly point?: Px | undefined;
  readonly error?: { readonly message?: string | undefined } | undefined;
}

function listen(map: GlMap, event: string, hear: (event: GlEvent) => void): () => void {
  map.on(event, hear);
  return () => map.off(event, hear);
}

interface Fillable {
  setData(data: FeatureCollection): unknown;
}

function isFillable(source: object | undefined): source is Fillable {
  return source !== undefined && 'setData' in source && typeof source.setData === 'function';
}

function setData(map: GlMap, name: SourceName, data: FeatureCollection): void {
  const source = map.getSource(name);
  if (isFillable(source)) source.setData(data);
}

type Pixel = readonly [number, number, number, number];

const NO_PIXEL: Pixel = [0, 0, 0, 0];

/** How often a pixel that was asked for is looked for, and how often at most. */
const PIXEL_EVERY_MS = 20;
const PIXEL_LOOKS = 500;

/**
 * One pixel of the frame being drawn. Must be called while the frame is still in the buffer. The
 * graphics hand it over when they have drawn it: to wait for that would hold up the page, without
 * a graphics card for half a second.
 */
async function readPixel(canvas: HTMLCanvasElement, at: Px): Promise<Pixel> {
  const gl = canvas.getContext('webgl2');
  if (gl === null || gl.isContextLost()) return NO_PIXEL;
  const scale = canvas.width / Math.max(1, canvas.clientWidth);
  const [x, y] = [Math.round(at.x * scale), canvas.height - 1 - Math.round(at.y * scale)];
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.bufferData(gl.PIXEL_PACK_BUFFER, 4, gl.STREAM_READ);
  gl.readPixels(x, y, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, 0);
  // The library reads pixels of its own, which must not land in our buffer.
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  const bytes = (await drawn(gl)) ? takeBytes(gl, buffer) : null;
  gl.deleteBuffer(buffer);
  return bytes === null ? NO_PIXEL : [bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0, bytes[3] ?? 0];
}

/** Resolves once the graphics have done all they were asked for; false where they never do. */
async function drawn(gl: WebGL2RenderingContext): Promise<boolean> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (fence === null) return false;
  gl.flush();
  let isDrawn = false;
  for (let look = 0; look < PIXEL_LOOKS && !isDrawn && !gl.isContextLost(); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, PIXEL_EVERY_MS));
    isDrawn = gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
  }
  gl.deleteSync(fence);
  return isDrawn;
}

function takeBytes(gl: WebGL2RenderingContext, buffer: WebGLBuffer | null): Uint8Array {
  const bytes = new Uint8Array(4);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, bytes);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  return bytes;
}

function setPictures(map: GlMap, pictures: readonly Picture[]): void {
  for (const { name, data, pixelRatio } of pictures) {
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, data, { pixelRatio });
  }
}

function onCamera(map: GlMap, listener: (settled: boolean) => void): () => void {
  const ends = [
    listen(map, 'move', () => listener(false)),
    listen(map, 'moveend', () => listener(true)),
    listen(map, 'resize', () => listener(true)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function onHover(map: GlMap, listener: (at: Px | null) => void): () => void {
  let waiting: Px | null = null;
  const ends = [
    listen(map, 'mousemove', ({ point }) => {
      if (!point) return;
      if (waiting === null) {
        requestAnimationFrame(() => {
          const at = waiting;
          waiting = null;
          if (at !== null) listener(at);
        });
      }
      waiting = { x: point.x, y: point.y };
    }),
    listen(map, 'mouseout', () => {
      waiting = null;
      listener(null);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function pair([lng, lat]: Position): [number, number] {
  return [lng, lat];
}

/** The console's engine over a loaded map of either library. */
export function glEngine(library: MapEngine['library'], map: GlMap): MapEngine {
  // The console's own element takes the focus and the keys; the canvas is only a picture.
  map.getCanvas().tabIndex = -1;
  return {
    library,
    setData: (source, data) => setData(map, source, data),
    setState: (source, id, state) => void map.setFeatureState({ source, id }, state),
    setPictures: (pictures) => setPictures(map, pictures),
    setTextFont: (families) => {
      for (const layer of TEXT_LAYERS) map.setLayoutProperty(layer, 'text-font', [...families]);
    },
    size: () => {
      const { clientWidth: w, clientHeight: h } = map.getContainer();
      return { w, h };
    },
    camera: () => {
      const { lng, lat } = map.getCenter();
      return { centre: [lng, lat], zoom: map.getZoom() };
    },
    project: (at) => {
      const { x, y } = map.project(pair(at));
      return { x, y };
    },
    unproject: (at) => {
      const { lng, lat } = map.unproject([at.x, at.y]);
      return [lng, lat];
    },
    fit: ([southWest, northEast], room, duration) => {
      map.fitBounds([pair(southWest), pair(northEast)], { padding: { ...room }, duration });
    },
    moveTo: ({ centre, zoom }, duration) => {
      map.easeTo({
        duration,
        ...(centre && { center: pair(centre) }),
        ...(zoom !== undefined && { zoom }),
      });
    },
    onCamera: (listener) => onCamera(map, listener),
    onClick: (listener) =>
      listen(map, 'click', ({ point }) => point && listener({ x: point.x, y: point.y })),
    onHover: (listener) => onHover(map, listener),
    onError: (listener) =>
      listen(map, 'error', ({ error }) => listener(error?.message ?? 'the map failed')),
    pixelAt: (at) =>
      new Promise((resolve) => {
        map.once('render', () => resolve(readPixel(map.getCanvas(), at)));
        map.triggerRepaint();
      }),
    resize: () => void map.resize(),
    remove: () => map.remove(),
  };
}
