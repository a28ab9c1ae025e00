import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { DatasetName } from '../../../shared/domain/permit.ts';
import { type Site, SiteShape } from '../../../shared/domain/site.ts';
import type { SiteBoard } from '../../../shared/domain/site-board.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import { loadRegime } from '../../../shared/regime/resolve.ts';
import { siteFaults } from './check-site.ts';
import type { SiteFault } from './site-fault.ts';

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

/** The folder of what must not lie with the data, where the site file names one. */
export function emergencyFolder({ dir, site }: Pick<LoadedSite, 'dir' | 'site'>) {
  return site.emergencyFolder === undefined ? undefined : resolve(dir, site.emergencyFolder);
}

/**
 * Reads a site file and the regime it names. Fails with `site-unreadable`, `site-not-json`,
 * `site-invalid` (each fault by its path, with what to do) or the regime's own faults.
 */
export function loadSite(file: string, resourcesDir: string): Result<LoadedSite> {
  const path = resolve(file);
  const text = readText(path, 'site');
  if (!text.ok) return text;
  const site = parseSite(text.value, path);
  if (!site.ok) return site;
  const dir = dirname(path);
  const missing = [...datasetFaults(site.value, dir), ...keyFaults(site.value, dir)];
  if (missing.length > 0) return invalid(missing, path);
  const regimeFile = regimePath(site.value.regime, dir, resourcesDir);
  const regimeText = readText(regimeFile, 'regime');
  if (!regimeText.ok) return regimeText;
  const regime = loadRegime(regimeText.value, regimeFile, site.value);
  if (!regime.ok) return regime;
  return ok({
    site: { ...site.value, boards: site.value.boards.map((board) => withKeyFile(board, dir)) },
    siteHash: hash('sha256', text.value),
    regime: regime.value,
    regimeHash: hash('sha256', regimeText.value),
    dir,
  });
}

/** A bare name is one of the shipped regimes; anything else is a path from the site file. */
export function regimePath(regime: string, dir: string, resourcesDir: string): string {
  if (/^[a-z0-9-]+$/.test(regime)) return join(resourcesDir, 'regimes', `${regime}.json`);
  return isAbsolute(regime) ? regime : join(dir, regime);
}

/** Reads a file of a size that can be one: fails with `<what>-unreadable`. */
export function readText(path: string, what: string): Result<string> {
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

/**
 * Reads a site file alone, for tools that need its names. Fails as `loadSite` does, but for faults
 * of its datasets and its regime.
 */
export function readSite(file: string): Result<Site> {
  const path = resolve(file);
  const text = readText(path, 'site');
  return text.ok ? parseSite(text.value, path) : text;
}

const MAX_FAULTS_TOLD = 20;

function parseSite(text: string, path: string): Result<Site> {
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const told = `this is not JSON (${(error as Error).message.slice(0, 200)}): correct it there`;
    return fail('site-not-json', told, path);
  }
  const parsed = SiteShape.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: steps, message }) => ({
      path: pathText(steps),
      text: message.slice(0, 300),
    }));
    return invalid(faults, path);
  }
  const faults = siteFaults(parsed.data);
  return faults.length === 0 ? ok(parsed.data) : invalid(faults, path);
}

/** `lanes[3].board`, as a person finds it in the file. */
function pathText(steps: readonly PropertyKey[]): string {
  let text = '';
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? String(step) : `.${String(step)}`;
  }
  return text === '' ? '(the whole file)' : text;
}

/** Names every fault, up to a limit, so that one reading is enough to mend the file. */
function invalid(faults: readonly SiteFault[], where: string): Result<never> {
  const told = faults.slice(0, MAX_FAULTS_TOLD).map(({ path, text }) => `${path}: ${text}`);
  const more = faults.length - told.length;
  if (more > 0) told.push(`and ${more} more`);
  return fail('site-invalid', `correct the site file: ${told.join('; ')}`, where);
}

function datasetFaults(site: Site, dir: string): SiteFault[] {
  return DatasetName.options.flatMap((name) => {
    const file = site.datasets[name];
    if (file === undefined || isFile(resolve(dir, file))) return [];
    return [{ path: `datasets.${name}`, text: `there is no file ${file} beside the site file` }];
  });
}

function keyFaults({ boards }: Site, dir: string): SiteFault[] {
  return boards.flatMap((board, n) => {
    if (board.driver !== 'osdp' || board.channel.key === 'none') return [];
    const { keyFile } = board.channel;
    if (isFile(resolve(dir, keyFile))) return [];
    const text = `there is no file ${keyFile}: (umask 077; openssl rand -hex 16 > ${keyFile})`;
    return [{ path: `boards[${n}] (${board.serial}).channel.keyFile`, text }];
  });
}

/** A board's key file by its whole path. */
function withKeyFile(board: SiteBoard, dir: string): SiteBoard {
  if (board.driver !== 'osdp' || board.channel.key === 'none') return board;
  const keyFile = resolve(dir, board.channel.keyFile);
  return { ...board, channel: { ...board.channel, keyFile } };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
