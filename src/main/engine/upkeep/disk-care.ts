import { join } from 'node:path';
import type { SiteDisk } from '../../../shared/domain/site.ts';
import type { NewEvent } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { Ballast } from '../store/ballast.ts';
import {
  type DiskSpace,
  MEGABYTE,
  megabytesOf,
  percentFree,
  type SpaceOf,
  SpaceWatch,
} from '../store/disk-space.ts';

export const DISK_SETTINGS: SiteDisk = {
  lowPercent: 20,
  veryLowPercent: 10,
  ballastMegabytes: 64,
};

export interface DiskCareDeps {
  readonly dataDir: string;
  readonly settings: SiteDisk;
  readonly clock: Clock;
  readonly spaceOf: SpaceOf;
  readonly randomBytes: (size: number) => Buffer;
  note(event: NewEvent): void;
  log(line: string): void;
  /** How often the room is asked for: real ms. */
  readonly everyMs?: number | undefined;
}

const EVERY_MS = 10_000;
/**
 * What SQLite says where there is no room: ENOSPC as the first, a quota that is used up (EDQUOT) as
 * the second, like every write that fails. Room made in vain costs nothing: ballast comes back.
 */
const NO_ROOM: ReadonlySet<unknown> = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE']);

/** Looks after the room on the journal's disk: tells of it while there is some, keeps ballast. */
export class DiskCare {
  readonly #deps: DiskCareDeps;
  readonly #watch: SpaceWatch;
  readonly #ballast: Ballast;
  #askedMonoMs = Number.NEGATIVE_INFINITY;
  /** A share that does not answer is not asked twice. */
  #asking = false;
  #freedBytes = 0;

  constructor(deps: DiskCareDeps) {
    const { dataDir, settings, randomBytes } = deps;
    this.#deps = deps;
    this.#watch = new SpaceWatch(settings);
    const bytes = settings.ballastMegabytes * MEGABYTE;
    this.#ballast = new Ballast(join(dataDir, 'ballast.bin'), bytes, randomBytes);
  }

  /** To be called often; asks only once in a while. */
  look(): void {
    const { clock, dataDir, everyMs = EVERY_MS, spaceOf } = this.#deps;
    if (this.#asking || clock.monoMs() - this.#askedMonoMs < everyMs) return;
    this.#asking = true;
    this.#askedMonoMs = clock.monoMs();
    spaceOf(dataDir)
      .then((space) => this.#take(space))
      .catch((error: unknown) => {
        this.#deps.log(`the disk does not say how much room it has: ${(error as Error).message}`);
      })
      .finally(() => {
        this.#asking = false;
      });
  }

  async #take(space: DiskSpace): Promise<void> {
    const level = this.#watch.take(space);
    if (level !== null) {
      const data = {
        level,
        percent: Math.round(percentFree(space)),
        freeMegabytes: megabytesOf(space.freeBytes),
        totalMegabytes: megabytesOf(space.totalBytes),
      };
      this.#deps.note({ kind: 'disk.space-low', data });
    }
    if (this.#watch.level === 'enough') await this.#ballast.fill();
  }

  /** The journal could not be written: where room may be missing, the ballast makes some. */
  cannotWrite(error: Error): void {
    if (!NO_ROOM.has((error as { code?: string }).code)) return;
    const bytes = this.#ballast.free();
    if (bytes === 0) return;
    this.#freedBytes += bytes;
    this.#deps.log(`${error.message}: ${megabytesOf(bytes)} MB of ballast made room`);
  }

  /** The journal can be written again. */
  canWrite(): void {
    if (this.#freedBytes === 0) return;
    const data = { megabytes: megabytesOf(this.#freedBytes) };
    this.#freedBytes = 0;
    this.#deps.note({ kind: 'disk.ballast-freed', data });
  }

  async stop(): Promise<void> {
    await this.#ballast.stop();
  }
}
