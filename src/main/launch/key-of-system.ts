import { readFileSync } from 'node:fs';
import { z } from 'zod';

const KeptBySystem = z.object({ encryption: z.object({ key: z.literal('system') }) });

/**
 * Whether the site file has the system's key store keep the data folder's key. What is wrong with
 * the file is for the engine to say, which reads all of it.
 */
export function isKeyOfSystem(siteFile: string): boolean {
  try {
    return KeptBySystem.safeParse(JSON.parse(readFileSync(siteFile, 'utf8'))).success;
  } catch {
    return false;
  }
}
