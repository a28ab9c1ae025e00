import type { Position } from '../../../shared/domain/site.ts';

export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] };

export interface Feature {
  readonly type: 'Feature';
  /** A whole number, by which its live state is set. */
  readonly id: number;
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, string | number | readonly number[]>>;
}

/** The part of GeoJSON (RFC 7946) that the map draws. */
export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}

export function collection(features: readonly Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

export function point(id: number, at: Position, properties: Feature['properties'] = {}): Feature {
  return { type: 'Feature', id, geometry: { type: 'Point', coordinates: at }, properties };
}

export function line(
  id: number,
  path: readonly Position[],
  properties: Feature['properties'] = {},
): Feature {
  return { type: 'Feature', id, geometry: { type: 'LineString', coordinates: path }, properties };
}

/** `ring` must end where it begins. */
export function polygon(
  id: number,
  ring: readonly Position[],
  properties: Feature['properties'] = {},
): Feature {
  return { type: 'Feature', id, geometry: { type: 'Polygon', coordinates: [ring] }, properties };
}
