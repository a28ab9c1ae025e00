import type { StyleSpecification } from 'maplibre-gl';
import { groundLayers } from './ground-layers.ts';
import { plateLayers } from './plate-layers.ts';

/** Every source of the map; each is GeoJSON that this program makes. */
export const SOURCES = [
  'home',
  'water',
  'areas',
  'lines',
  'lineNames',
  'places',
  'leaders',
  'arrows',
  'plates',
  'lanes',
  'names',
] as const;
export type SourceName = (typeof SOURCES)[number];

/** The part of a style that both libraries read alike. */
export type MapStyle = StyleSpecification;

/** How wide a source's tiles reach over their edge, so that wide lines are not cut. */
const BUFFER = 64;

/**
 * The console's own schematic style, without glyph files: letters are drawn by the browser from
 * `fonts`. `scale` is 1 at a desk and larger on a wall.
 */
export function makeStyle(scale: number, fonts: readonly string[]): MapStyle {
  const data = { type: 'FeatureCollection' as const, features: [] };
  const source = { type: 'geojson' as const, data, buffer: BUFFER, tolerance: 0 };
  return {
    version: 8,
    name: 'twoline',
    sources: Object.fromEntries(SOURCES.map((name) => [name, source])),
    layers: [...groundLayers(scale, [...fonts]), ...plateLayers(scale, [...fonts])],
  };
}

/** The layers whose letters change family with the language. */
export const TEXT_LAYERS = [
  'line-names',
  'place-names',
  'lane-numbers',
  'checkpoint-names',
] as const;
