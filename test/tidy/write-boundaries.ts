import { readFileSync, writeFileSync } from 'node:fs';
import { boundaryOverrides } from './oxlint-boundaries.ts';

/**
 * Writes the import table's boundary rules into .oxlintrc.json; run it after a change of the table:
 * `node test/tidy/write-boundaries.ts`. Entries whose rules are others stay as they are.
 */
interface Entry {
  readonly rules?: Record<string, unknown>;
}

const path = new URL('../../.oxlintrc.json', import.meta.url);
const config: { overrides?: Entry[] } = JSON.parse(readFileSync(path, 'utf8'));
const others = (config.overrides ?? []).filter((entry) => !entry.rules?.['no-restricted-imports']);
const written = { ...config, overrides: [...others, ...boundaryOverrides()] };
writeFileSync(path, `${JSON.stringify(written, null, 2)}\n`);
