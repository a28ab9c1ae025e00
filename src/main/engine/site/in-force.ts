import type { EventData, NewEvent } from '../../../shared/journal/events.ts';
import type { LoadedSite } from './load-site.ts';

const CONSOLE_VERSION = '0.1.0';

/** The site with the version of its regime that decides at a moment, ms. */
export function siteAt(loaded: LoadedSite, regimes: RegimesNow, atMs: number): LoadedSite {
  const regimeHash = regimes.stateAt(atMs).hash;
  return { ...loaded, regime: regimes.at(atMs), regimeHash };
}

interface RegimesNow {
  at(atMs: number): LoadedSite['regime'];
  stateAt(atMs: number): { readonly hash: string };
}

/** What an engine says of itself when it starts. */
export function startedData({ site, regime }: LoadedSite): EventData<'engine.started'> {
  return {
    version: CONSOLE_VERSION,
    site: site.id,
    siteVersion: site.version,
    regime: regime.id,
    regimeVersion: regime.version,
    schema: 1,
    training: site.training !== false,
  };
}

/** The site and the regime in force stand in the journal by their files' hashes. */
export function filesInForce({ site, siteHash, regime, regimeHash }: LoadedSite): NewEvent[] {
  const siteData = { site: site.id, version: site.version, hash: siteHash };
  const regimeData = { regime: regime.id, version: regime.version, hash: regimeHash };
  return [
    { kind: 'site.in-force', data: siteData },
    { kind: 'regime.in-force', data: regimeData },
  ];
}
