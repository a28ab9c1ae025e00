import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Site, SiteShape } from '../../../shared/domain/site.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import { loadRegime } from '../../../shared/regime/resolve.ts';

/** A site and its regime, read and checked; the hashes name the very files. */
export interface LoadedSite {
  readonly site: Site;
  readonly siteHash: string;
  readonly regime: Regime;
  readonly regimeHash: string;
  /** The folder that relative paths of the site file start from. */
  readonly dir: string;
}

const MAX_BYTES = 4_000_000;

/**
 * Reads a site file and the regime it names. Fails with `site-unreadable`, `site-invalid` (each
 * fault by path) or the regime's own faults.
 */
export function loadSite(file: string, resourcesDir: string): Result<LoadedSite> {
  const path = resolve(file);
  const text = readText(path, 'site');
  if (!text.ok) return text;
  const site = parseSite(text.value, path);
  if (!site.ok) return site;
  const dir = dirname(path);
  const regimePath = regimeFile(site.value.regime, dir, resourcesDir);
  const regimeText = readText(regimePath, 'regime');
  if (!regimeText.ok) return regimeText;
  const regime = loadRegime(regimeText.value, regimePath, site.value);
  if (!regime.ok) return regime;
  return ok({
    site: site.value,
    siteHash: hash('sha256', text.value),
    regime: regime.value,
    regimeHash: hash('sha256', regimeText.value),
    dir,
  });
}

/** A bare name is one of the shipped regimes; anything else is a path from the site file. */
function regimeFile(regime: string, dir: string, resourcesDir: string): string {
  if (/^[a-z0-9-]+$/.test(regime)) return join(resourcesDir, 'regimes', `${regime}.json`);
  return isAbsolute(regime) ? regime : join(dir, regime);
}

function readText(path: string, what: string): Result<string> {
  try {
    if (statSync(path).size > MAX_BYTES) {
      return fail(`${what}-unreadable`, `the ${what} file is over ${MAX_BYTES} bytes`, path);
    }
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    const text = `the ${what} file cannot be read: ${(error as Error).message}`;
    return fail(`${what}-unreadable`, text, path);
  }
}

function parseSite(text: string, path: string): Result<Site> {
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return fail('site-invalid', `not JSON: ${(error as Error).message}`, path);
  }
  const parsed = SiteShape.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issues = parsed.error.issues.slice(0, 20);
  const faults = issues.map((issue) => `${issue.path.join('.') || 'site'}: ${issue.message}`);
  return fail('site-invalid', faults.join('; '), path);
}
