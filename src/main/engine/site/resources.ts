import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The `resources` folder: beside `src` or `out` in a checkout, beside the bundle in a package.
 * Looked for upwards from this file.
 */
export function resourcesDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 8; up += 1) {
    const found = join(dir, 'resources');
    if (existsSync(join(found, 'regimes'))) return found;
    dir = dirname(dir);
  }
  throw new Error('the resources folder is missing: the installation is damaged, install again');
}
