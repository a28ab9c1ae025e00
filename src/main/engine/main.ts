import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineOptions, RunningEngine } from '../../shared/contract/transport/backend.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import { folderKey } from '../keys/folder-key.ts';
import { keptKeyOf } from '../keys/site-key.ts';
import { SystemClock } from './devices/clock/system-clock.ts';
import { TrainingClock } from './devices/clock/training-clock.ts';
import { startOperations } from './operations.ts';
import { type LoadedSite, loadSite } from './site/load-site.ts';
import { resourcesDir } from './site/resources.ts';
import { type DataLock, takeDataLock } from './store/data-lock.ts';
import { setStoreKey } from './store/driver.ts';

/**
 * The composition root: site, lock, key, clock, then the operations engine over them. Fails with
 * the fault of whatever cannot be had, and leaves nothing behind then.
 */
export async function startEngine(options: EngineOptions): Promise<Result<RunningEngine>> {
  const loaded = loadSite(options.siteFile, resourcesDir());
  if (!loaded.ok) return loaded;
  const holder = `process ${process.pid}, since ${new Date().toISOString()}`;
  const lock = takeDataLock(options.dataDir, holder);
  if (!lock.ok) return lock;
  const unlocked = unlock(options, loaded.value);
  if (!unlocked.ok) {
    lock.value.release();
    return unlocked;
  }
  const clock = await clockOf(loaded.value);
  if (!clock.ok) {
    lock.value.release();
    return clock;
  }
  const boot = randomUUID();
  const started = await startOperations({
    dataDir: options.dataDir,
    loaded: loaded.value,
    clock: clock.value,
    boot,
    safe: options.safe,
    log: options.log,
    randomBytes,
  });
  if (!started.ok) {
    release(clock.value, lock.value);
    return started;
  }
  describe(options, loaded.value);
  return ok({
    backend: started.value.backend,
    async stop() {
      await started.value.stop();
      release(clock.value, lock.value);
    },
  });
}

/** Has the whole process open the folder's databases by its key, or by none. */
function unlock({ dataDir, storeKey }: EngineOptions, { site, dir }: LoadedSite): Result<null> {
  const given = storeKey === undefined ? null : Buffer.from(storeKey);
  const key = folderKey(dataDir, keptKeyOf(dataDir, dir, site.encryption, given));
  return key.ok ? setStoreKey(key.value) : key;
}

async function clockOf(loaded: LoadedSite): Promise<Result<Clock>> {
  const { training } = loaded.site;
  return training === false ? ok(new SystemClock()) : TrainingClock.connect(training.clock);
}

function release(clock: Clock, lock: DataLock): void {
  if (clock instanceof TrainingClock) clock.stop();
  lock.release();
}

/** Tells tools that work on the data folder alone which site it belongs to. */
function describe(options: EngineOptions, loaded: LoadedSite): void {
  const { site } = loaded;
  const areas = site.areas.map((area) => area.id);
  const text = JSON.stringify({ siteFile: options.siteFile, console: site.console, areas });
  try {
    mkdirSync(options.dataDir, { recursive: true });
    writeFileSync(join(options.dataDir, 'console.json'), `${text}\n`);
  } catch (error) {
    // The console works on without: only tools that look at the folder alone will miss it.
    options.log(`console.json was not written: ${(error as Error).message}`);
  }
}
