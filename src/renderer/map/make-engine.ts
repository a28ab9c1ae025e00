import type { MapEngine } from './engine/engine.ts';
import { makeStyle } from './paint/style.ts';
import type { MapSite } from './scene/shapes.ts';

/** The token of the library that the site asks for; null for the one that needs none. */
export function tokenOf(site: Pick<MapSite, 'map'>): string | null {
  return site.map.mapboxToken ?? null;
}

/**
 * The library that draws: Mapbox's where there is a token for it, else the one that needs neither
 * account nor network. Each is fetched only where it is used.
 */
export async function makeEngine(
  site: Pick<MapSite, 'map'>,
  token: string | null,
  container: HTMLElement,
  letters: number,
  fonts: readonly string[],
): Promise<MapEngine> {
  const { centre, zoom, hosts } = site.map;
  const make =
    token === null
      ? (await import('./engine/maplibre-engine.ts')).makeMaplibre
      : (await import('./engine/mapbox-engine.ts')).makeMapbox;
  const style = makeStyle(letters, fonts);
  return make({ container, style, camera: { centre, zoom }, fonts, mapboxToken: token, hosts });
}
