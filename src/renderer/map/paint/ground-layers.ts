import type { LayerSpecification } from 'maplibre-gl';
import { palette } from './palette.ts';

/** A value by the area's level. An area that nothing is known of yet is in doubt. */
function byLevel(calm: unknown, near: unknown, full: unknown, doubt: unknown): never {
  const level = ['coalesce', ['feature-state', 'level'], 'doubt'];
  const is = (word: string) => ['==', level, word];
  return ['case', is('full'), full, is('near'), near, is('calm'), calm, doubt] as never;
}

const filled = [
  'interpolate',
  ['linear'],
  ['coalesce', ['feature-state', 'ratio'], 0],
  0,
  palette.areaEmpty,
  1,
  palette.areaFilled,
];

const round = { 'line-cap': 'round', 'line-join': 'round' } as const;

function areaLayers(scale: number): LayerSpecification[] {
  const { mark } = palette;
  return [
    {
      id: 'area-fill',
      type: 'fill',
      source: 'areas',
      paint: {
        'fill-color': byLevel(filled, palette.areaNear, palette.areaFull, palette.areaDoubt),
        'fill-antialias': true,
      },
    },
    {
      id: 'area-doubt',
      type: 'fill',
      source: 'areas',
      paint: { 'fill-pattern': 'hatch', 'fill-opacity': byLevel(0, 0, 0, 0.55) },
    },
    {
      id: 'area-outline',
      type: 'line',
      source: 'areas',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': byLevel(palette.outline, mark[3], mark[2], palette.laneDim),
        'line-width': byLevel(1.2 * scale, 2.5 * scale, 3.5 * scale, 1.2 * scale),
      },
    },
  ];
}

function lineLayers(scale: number): LayerSpecification[] {
  return [
    {
      id: 'line-casing',
      type: 'line',
      source: 'lines',
      layout: round,
      paint: { 'line-color': palette.lineCasing, 'line-width': 7 * scale, 'line-opacity': 0.8 },
    },
    {
      id: 'line-first',
      type: 'line',
      source: 'lines',
      filter: ['==', ['get', 'line'], 'first'],
      layout: round,
      paint: { 'line-color': palette.line, 'line-width': 3 * scale },
    },
    {
      id: 'line-second',
      type: 'line',
      source: 'lines',
      filter: ['==', ['get', 'line'], 'second'],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.line,
        'line-width': 3 * scale,
        'line-dasharray': [3.2, 2],
      },
    },
    {
      id: 'line-inner',
      type: 'line',
      source: 'lines',
      filter: ['==', ['get', 'line'], 'inner'],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.text,
        'line-width': 2 * scale,
        'line-gap-width': 8 * scale,
        'line-dasharray': [1.2, 1.2],
      },
    },
  ];
}

function nameLayers(scale: number, fonts: string[]): LayerSpecification[] {
  const layout = {
    'text-field': ['get', 'name'] as never,
    'text-font': fonts,
    'text-size': 13 * scale,
    'text-max-width': 40,
    'text-allow-overlap': true,
    'text-ignore-placement': true,
  };
  const halo = { 'text-halo-color': palette.far, 'text-halo-width': 1.6 * scale };
  return [
    {
      id: 'line-names',
      type: 'symbol',
      source: 'lineNames',
      layout: { ...layout, 'text-offset': ['get', 'shift'] as never },
      paint: { 'text-color': palette.line, ...halo },
    },
    {
      id: 'place-names',
      type: 'symbol',
      source: 'places',
      layout: { ...layout, 'text-letter-spacing': 0.18 },
      paint: { 'text-color': palette.placeName, ...halo },
    },
  ];
}

/** Everything under the checkpoints: land, water, areas by occupancy, the lines and their names. */
export function groundLayers(scale: number, fonts: string[]): LayerSpecification[] {
  return [
    { id: 'far', type: 'background', paint: { 'background-color': palette.far } },
    { id: 'home', type: 'fill', source: 'home', paint: { 'fill-color': palette.home } },
    {
      id: 'water-band',
      type: 'line',
      source: 'water',
      layout: round,
      paint: { 'line-color': palette.waterBand, 'line-width': 16 * scale },
    },
    {
      id: 'water',
      type: 'line',
      source: 'water',
      layout: round,
      paint: { 'line-color': palette.water, 'line-width': 1.5 * scale },
    },
    ...areaLayers(scale),
    ...lineLayers(scale),
    ...nameLayers(scale, fonts),
  ];
}
