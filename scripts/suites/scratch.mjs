import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** `tmpfs` as statfs(2) names it. */
const IN_MEMORY = 0x01021994;
/** What all suites together leave behind before it is removed, with room to spare. */
const LEAST_BYTES = 4 * 1024 ** 3;
/** Servers that tests start as users of their own have to get in. */
const FOR_ALL = 0o755;

/**
 * A folder in memory for what tests write, where the machine has one with room and nobody has named
 * another. Tests commit durably many thousand times, and which disk they wait for shows nothing;
 * how a disk behaves is measured by the bench, and tried where its faults are injected.
 * @param {Record<string, string | undefined>} env
 * @param {string} [root]
 * @param {typeof statfsSync} [statfs]
 * @returns {string | undefined}
 */
export function memoryFolder(env, root = '/dev/shm', statfs = statfsSync) {
  if (env.TMPDIR || !hasRoom(root, statfs)) return undefined;
  const folder = mkdtempSync(join(root, 'twoline-'));
  chmodSync(folder, FOR_ALL);
  return folder;
}

/**
 * @param {string} root
 * @param {typeof statfsSync} statfs
 */
function hasRoom(root, statfs) {
  try {
    const { type, bavail, bsize } = statfs(root);
    return type === IN_MEMORY && bavail * bsize >= LEAST_BYTES;
  } catch {
    return false;
  }
}
