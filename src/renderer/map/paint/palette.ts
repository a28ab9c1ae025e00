import type { Priority } from '../../../shared/domain/incident.ts';

/**
 * The map's colours: the tokens of ui/tokens.css as values, since a canvas reads no custom
 * properties. Grey is normal; the four priorities alone are coloured.
 */
export const palette = {
  far: '#121517',
  home: '#191d20',
  waterBand: '#0c0f11',
  water: '#3d545e',
  placeName: '#7f8a94',
  line: '#e3e9ed',
  lineCasing: '#0c0f11',
  areaEmpty: '#242a2f',
  areaFilled: '#51606b',
  areaNear: '#3d3a22',
  areaFull: '#4b3722',
  areaDoubt: '#20262a',
  outline: '#b3bec6',
  hatch: '#6a757f',
  arrow: '#84909a',
  leader: '#6a757f',
  plate: '#14171a',
  plateEdge: '#5b666f',
  text: '#d2d9df',
  textHigh: '#f2f5f7',
  textDim: '#98a3ad',
  focus: '#a9cdee',
  lane: '#9aa5ae',
  laneBright: '#eef3f6',
  laneDim: '#6a757f',
  mark: { 1: '#ff6b62', 2: '#ffa53a', 3: '#f2d648', 4: '#79bbf0' } satisfies Record<
    Priority,
    string
  >,
} as const;
