import type { Clock } from '../../shared/lib/clock.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import { eachSideOf } from '../../shared/regime/regime-file.ts';
import { type Access, openAccess } from './access/open-access.ts';
import { type OperationsParts, realParts } from './operations-parts.ts';
import { Regimes } from './projections/gather/regimes.ts';
import { openReference } from './reference/open-reference.ts';
import type { EpochGuard } from './segments/epoch-guard.ts';
import type { OpenJournal } from './segments/open-journal.ts';
import type { LoadedSite } from './site/load-site.ts';
import type { ReadableDb } from './store/database.ts';
import { guardOf } from './upkeep/journal-care.ts';

/** What an engine works on: its journal, reference data, people who sign in, regime's versions. */
export interface OpenStores extends OpenJournal {
  readonly guard: EpochGuard | null;
  readonly reference: { readonly path: string; readonly db: ReadableDb };
  readonly access: Access;
  readonly regimes: Regimes;
}

export interface StoreOptions {
  readonly dataDir: string;
  readonly loaded: LoadedSite;
  readonly clock: Clock;
  readonly boot: string;
  readonly log: (line: string) => void;
  readonly randomBytes: (size: number) => Buffer;
  readonly parts?: OperationsParts | undefined;
}

/** Opens all of them, or none: fails with the fault of whichever cannot be had. */
export function openStores(options: StoreOptions): Result<OpenStores> {
  const { dataDir, loaded, boot, log, parts = realParts } = options;
  const opened = parts.openJournal(dataDir, loaded.site.console, boot, log);
  if (!opened.ok) return opened;
  const rest = openRest(options, opened.value);
  if (!rest.ok) opened.value.segments.close();
  return rest;
}

function openRest(options: StoreOptions, journal: OpenJournal): Result<OpenStores> {
  const { clock, dataDir, loaded, parts = realParts } = options;
  const guard = parts.guard === true ? guardOf(options, journal) : ok(null);
  if (!guard.ok) return guard;
  const regimes = openRegimes(options, journal);
  if (!regimes.ok) return regimes;
  const reference = openReference(dataDir);
  if (!reference.ok) return reference;
  const access = openAccess({
    ...{ dir: dataDir, training: loaded.site.training !== false },
    sides: eachSideOf(loaded.regime),
    ...{ clock, random: options.randomBytes },
  });
  if (!access.ok) {
    reference.value.db.close();
    return access;
  }
  const [opened, people] = [reference.value, access.value];
  const over = { ...journal, guard: guard.value, regimes: regimes.value };
  return ok({ ...over, reference: opened, access: people });
}

/** The site file's regime, and what was enacted in its place, proven for the site as it is now. */
function openRegimes({ clock, loaded, log }: StoreOptions, { db }: OpenJournal): Result<Regimes> {
  const regimes = new Regimes(db, loaded);
  const nowMs = clock.wallMs();
  const prepared = regimes.prepare(loaded.site, nowMs);
  if (!prepared.ok) return prepared;
  const { id, version } = regimes.at(nowMs);
  if (loaded.regime.version > version) {
    const file = `version ${loaded.regime.version} of the site file is not used`;
    log(`regime ${id}: ${file}: two persons enacted version ${version}`);
  }
  return ok(regimes);
}
