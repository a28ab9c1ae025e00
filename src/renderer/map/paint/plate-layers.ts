import type { LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { COMMAND_MARKS, LANE_BODIES } from '../scene/lane-symbol.ts';
import { palette } from './palette.ts';

const PRIORITIES = [1, 2, 3, 4] as const;
const priority = ['coalesce', ['feature-state', 'priority'], 0];

function byPriority(otherwise: unknown): unknown[] {
  const cases = PRIORITIES.flatMap((p) => [['==', priority, p], palette.mark[p]]);
  return ['case', ...cases, otherwise];
}

function shownWhen(name: string, value: string | number): never {
  const test = ['==', ['coalesce', ['feature-state', name], ''], value];
  return ['case', test, 1, 0] as never;
}

/** One small picture a layer, shown by the live state: a picture cannot be chosen by it. */
function pictureLayer(
  id: string,
  source: 'lanes' | 'names',
  picture: string,
  opacity: never,
): SymbolLayerSpecification {
  return {
    id,
    type: 'symbol',
    source,
    layout: {
      'icon-image': picture,
      'icon-size': ['get', 'size'],
      'icon-offset': ['get', 'offset'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
    paint: { 'icon-opacity': opacity },
  };
}

function bodyOpacity(body: string): never {
  // A body that nothing is known of yet is offline, never well.
  const known = ['coalesce', ['feature-state', 'body'], 'offline'];
  return ['case', ['all', ['==', known, body], ['==', priority, 0]], 1, 0] as never;
}

function flowLayers(scale: number): LayerSpecification[] {
  return [
    {
      id: 'leaders',
      type: 'line',
      source: 'leaders',
      paint: { 'line-color': palette.leader, 'line-width': scale },
    },
    {
      id: 'arrows',
      type: 'fill',
      source: 'arrows',
      paint: { 'fill-color': palette.arrow, 'fill-outline-color': palette.lineCasing },
    },
  ];
}

/** The more urgent, the heavier the edge; a calm plate has a hairline. */
function edgeWidth(scale: number): never {
  const widths = [3, 2.5, 1.5, 1.2];
  const cases = PRIORITIES.flatMap((p, i) => [['==', priority, p], (widths[i] ?? 1) * scale]);
  return ['case', ...cases, scale] as never;
}

function plateBodies(scale: number): LayerSpecification[] {
  return [
    {
      id: 'plate',
      type: 'fill',
      source: 'plates',
      paint: { 'fill-color': palette.plate, 'fill-opacity': 0.94 },
    },
    {
      id: 'plate-edge',
      type: 'line',
      source: 'plates',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': byPriority(palette.plateEdge) as never,
        'line-width': edgeWidth(scale),
      },
    },
    {
      id: 'plate-focus',
      type: 'line',
      source: 'plates',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.focus,
        'line-width': 2 * scale,
        'line-gap-width': 5 * scale,
        'line-opacity': ['case', ['boolean', ['feature-state', 'chosen'], false], 1, 0],
      },
    },
  ];
}

function letterLayers(scale: number, fonts: string[]): LayerSpecification[] {
  return [
    {
      id: 'lane-numbers',
      type: 'symbol',
      source: 'lanes',
      filter: ['==', ['get', 'numbered'], 1],
      layout: {
        'text-field': ['get', 'number'],
        'text-font': fonts,
        'text-size': ['get', 'letters'],
        'text-offset': ['get', 'numberOffset'],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': palette.textDim },
    },
    {
      id: 'checkpoint-names',
      type: 'symbol',
      source: 'names',
      layout: {
        'text-field': [
          'format',
          ['get', 'name'],
          {},
          ['get', 'figures'],
          { 'font-scale': 0.85, 'text-color': palette.textDim },
        ],
        'text-font': fonts,
        'text-size': ['*', 13 * scale, ['get', 'letters']],
        'text-max-width': 20,
        'text-line-height': 1.25,
        'text-anchor': ['get', 'anchor'] as never,
        'text-offset': ['get', 'textOffset'],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: {
        'text-color': byPriority(palette.text) as never,
        'text-halo-color': palette.far,
        'text-halo-width': 1.6 * scale,
      },
    },
  ];
}

/** The checkpoints: flows, plates, lanes by live state, priorities, commands, names. */
export function plateLayers(scale: number, fonts: string[]): LayerSpecification[] {
  return [
    ...flowLayers(scale),
    ...plateBodies(scale),
    ...LANE_BODIES.map((body) =>
      pictureLayer(`lane-${body}`, 'lanes', `lane-${body}`, bodyOpacity(body)),
    ),
    ...PRIORITIES.map((p) =>
      pictureLayer(`lane-p${p}`, 'lanes', `p${p}`, shownWhen('priority', p)),
    ),
    ...COMMAND_MARKS.map((mark) =>
      pictureLayer(`lane-${mark}`, 'lanes', `command-${mark}`, shownWhen('command', mark)),
    ),
    ...letterLayers(scale, fonts),
    ...PRIORITIES.map((p) =>
      pictureLayer(`place-p${p}`, 'names', `p${p}`, shownWhen('priority', p)),
    ),
  ];
}
