import { basename, join, resolve } from 'node:path';

/**
 * The path of a file that tells of a data folder and must not lie in it: `DIR.<ending>` beside the
 * folder, or under that name in a folder of its own, as on another disk.
 */
export function outsidePath(dataDir: string, ending: string, folder?: string): string {
  const beside = `${resolve(dataDir)}.${ending}`;
  return folder === undefined ? beside : join(folder, basename(beside));
}
