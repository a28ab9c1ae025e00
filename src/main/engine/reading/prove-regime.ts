import { hash } from 'node:crypto';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { ProvenRegime } from '../../../shared/regime/proven-regime.ts';
import { loadRegime, type SiteLanes } from '../../../shared/regime/resolve.ts';

/** Proves a text by the loader that a site's own file goes through; fails as that does. */
export function proveRegime(text: string, lanes: SiteLanes): Result<ProvenRegime> {
  const loaded = loadRegime(text, 'the text that was handed in', lanes);
  if (!loaded.ok) return loaded;
  const { id, version, effectiveFromMs } = loaded.value;
  return ok({ regime: id, version, hash: hash('sha256', text), effectiveFromMs });
}
