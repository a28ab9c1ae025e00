import { statfs } from 'node:fs/promises';

/** Bytes of the file system that a folder lies on, as its user sees them. */
export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export const MEGABYTE = 1_000_000;

export function megabytesOf(bytes: number): number {
  return Math.round(bytes / MEGABYTE);
}

export type SpaceOf = (dir: string) => Promise<DiskSpace>;

/** Rejects where the file system does not say. */
export async function spaceOf(dir: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(dir);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Free share of the disk, in percent, below which a person is told: twice. */
export interface SpaceLimits {
  readonly lowPercent: number;
  readonly veryLowPercent: number;
}

/** So much above a limit it is over: what comes and goes at the limit is told once. */
const OVER_PERCENT = 2;

const LEVELS = ['enough', 'low', 'very-low'] as const;
export type SpaceLevel = (typeof LEVELS)[number];

export function percentFree({ freeBytes, totalBytes }: DiskSpace): number {
  return totalBytes > 0 ? (freeBytes / totalBytes) * 100 : 100;
}

/** Says each time the room on the disk has become worse, and again only after it was better. */
export class SpaceWatch {
  readonly #limits: SpaceLimits;
  #level: SpaceLevel = 'enough';

  constructor(limits: SpaceLimits) {
    this.#limits = limits;
  }

  get level(): SpaceLevel {
    return this.#level;
  }

  /** Takes the room there is now; the new level where it is worse than before, else null. */
  take(space: DiskSpace): Exclude<SpaceLevel, 'enough'> | null {
    const percent = percentFree(space);
    const worse = this.#levelAt(percent);
    const better = this.#levelAt(percent - OVER_PERCENT);
    const now = LEVELS.indexOf(this.#level);
    if (LEVELS.indexOf(worse) > now && worse !== 'enough') {
      this.#level = worse;
      return worse;
    }
    if (LEVELS.indexOf(better) < now) this.#level = better;
    return null;
  }

  #levelAt(percent: number): SpaceLevel {
    if (percent < this.#limits.veryLowPercent) return 'very-low';
    return percent < this.#limits.lowPercent ? 'low' : 'enough';
  }
}
