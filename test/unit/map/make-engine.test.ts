import { beforeEach, expect, test, vi } from 'vitest';
import type { EngineOptions } from '../../../src/renderer/map/engine/engine.ts';
import { makeEngine, tokenOf } from '../../../src/renderer/map/make-engine.ts';
import { fakeSite } from '../../kit/fake/zone.ts';

const loaded = vi.hoisted(() => ({ names: [] as string[], options: [] as unknown[] }));

/** In place of a library: says that it was asked, and with what. */
const standIn = vi.hoisted(() => (library: string) => (options: unknown) => {
  loaded.names.push(library);
  loaded.options.push(options);
  return Promise.resolve({ library });
});

vi.mock('../../../src/renderer/map/engine/maplibre-engine.ts', () => ({
  makeMaplibre: standIn('maplibre'),
}));
vi.mock('../../../src/renderer/map/engine/mapbox-engine.ts', () => ({
  makeMapbox: standIn('mapbox'),
}));

beforeEach(() => {
  loaded.names.length = 0;
  loaded.options.length = 0;
});

function siteWith(mapboxToken: string | undefined) {
  const { map } = fakeSite(24);
  const token = mapboxToken === undefined ? {} : { mapboxToken };
  return { map: { ...map, ...token, hosts: ['api.mapbox.com'] } };
}

const element = {} as HTMLElement;

test.each([
  [undefined, 'maplibre', null],
  ['pk.a-token', 'mapbox', 'pk.a-token'],
])('a site whose token is %s is drawn by %s', async (mapboxToken, library, token) => {
  const site = siteWith(mapboxToken);
  expect(tokenOf(site)).toBe(token);
  const engine = await makeEngine(site, tokenOf(site), element, 1, ['Noto Sans HK']);
  expect(engine.library).toBe(library);
  expect(loaded.names).toEqual([library]);
  const [options] = loaded.options as EngineOptions[];
  expect(options).toMatchObject({
    ...{ container: element, mapboxToken: token, hosts: ['api.mapbox.com'] },
    camera: { centre: site.map.centre, zoom: site.map.zoom },
  });
});

test('a token that was refused falls back to the library that needs none', async () => {
  const engine = await makeEngine(siteWith('pk.a-token'), null, element, 1, []);
  expect(engine.library).toBe('maplibre');
});
