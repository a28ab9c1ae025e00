import type { Position } from '../../../shared/domain/site.ts';
import type { MapStyle, SourceName } from '../paint/style.ts';
import type { FeatureCollection } from '../scene/geojson.ts';
import type { Px, Size } from '../scene/px.ts';

/** What a feature shows at the moment; read by the style's `feature-state` expressions. */
export type FeatureState = Readonly<Record<string, string | number | boolean>>;

/** Room kept free along the canvas's edges, in CSS pixels. */
export interface Room {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Camera {
  readonly centre: Position;
  readonly zoom: number;
}

export interface Picture {
  readonly name: string;
  readonly data: ImageData;
  /** Bitmap pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/**
 * What the console needs of a map library, and nothing else. Both libraries stand behind it over
 * the
 * same style, sources and feature states.
 */
export interface MapEngine {
  /** Which library draws: shown in the settings and asked by tests. */
  readonly library: 'maplibre' | 'mapbox';
  setData(source: SourceName, data: FeatureCollection): void;
  setState(source: SourceName, id: number, state: FeatureState): void;
  setPictures(pictures: readonly Picture[]): void;
  setTextFont(families: readonly string[]): void;
  size(): Size;
  camera(): Camera;
  project(at: Position): Px;
  unproject(at: Px): Position;
  /** Shows both corners with this room round them; at once or moving. */
  fit(corners: readonly [Position, Position], room: Room, animateMs: number): void;
  moveTo(camera: Partial<Camera>, animateMs: number): void;
  /** Called on each step of a camera's move; `settled` on the last. */
  onCamera(listener: (settled: boolean) => void): () => void;
  onClick(listener: (at: Px) => void): () => void;
  /** The pointer's place, once a frame at most; null when it has left. */
  onHover(listener: (at: Px | null) => void): () => void;
  /** The library's own errors: a lost context, a refused token, a failed request. */
  onError(listener: (text: string) => void): () => void;
  /** The colour drawn at a point of the canvas by the next frame, as RGBA bytes. */
  pixelAt(at: Px): Promise<readonly [number, number, number, number]>;
  resize(): void;
  remove(): void;
}

export interface EngineOptions {
  readonly container: HTMLElement;
  readonly style: MapStyle;
  readonly camera: Camera;
  /** CSS families for the letters, first choice first: there are no glyph files. */
  readonly fonts: readonly string[];
  readonly mapboxToken: string | null;
  /** Hosts that the site lets the map ask; all others are refused before they are asked. */
  readonly hosts: readonly string[];
}

/** Resolves when the style is in and sources may be filled; rejects when the map cannot be made. */
export type EngineFactory = (options: EngineOptions) => Promise<MapEngine>;
