import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** How long the disk took to make a page durable: ms of real time. */
export interface SyncTimes {
  readonly syncs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
}

export type SyncVerdict = 'good' | 'slow' | 'implausible';

const PAGE = Buffer.alloc(4_096, 0x54);
/** The journal's log is written over and over in place: so is this file. */
const PAGES = 256;
const SYNCS = 400;

/** Source: facts of `fdatasync` on consumer and server disks, and what the gates can wait for. */
const SLOW_MS = 20;
/** No disk makes a page durable so fast unless it only says so, or keeps power of its own. */
const IMPLAUSIBLE_MS = 0.05;

/**
 * Writes pages over in place and makes each durable, as a commit of the journal does, in a file of
 * its own that is deleted afterwards. Throws what the file system throws.
 */
export function measureSyncs(dir: string, nowMs: () => number = () => performance.now()) {
  const path = join(dir, `storage-selftest-${process.pid}.tmp`);
  const file = openSync(path, 'wx', 0o600);
  const times: number[] = [];
  try {
    for (let page = 0; page < PAGES; page += 1) writeSync(file, PAGE, 0, PAGE.length, null);
    fdatasyncSync(file);
    for (let i = 0; i < SYNCS; i += 1) {
      const beganMs = nowMs();
      writeSync(file, PAGE, 0, PAGE.length, (i % PAGES) * PAGE.length);
      fdatasyncSync(file);
      times.push(nowMs() - beganMs);
    }
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
  return summary(times);
}

function summary(times: readonly number[]): SyncTimes {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { syncs: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), slowestMs: at(1) };
}

export function judgeSyncs({ p50Ms, p99Ms }: SyncTimes): SyncVerdict {
  if (p50Ms < IMPLAUSIBLE_MS) return 'implausible';
  return p99Ms > SLOW_MS ? 'slow' : 'good';
}
