import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import {
  casesOf,
  checkRegime,
  readRegime,
  type SiteLanes,
} from '../../../shared/regime/resolve.ts';
import type { FileFault } from '../../../shared/regime/rule-faults.ts';

/** A file that was chosen, and what was found in it: a whole regime, or each fault by its place. */
export interface ReadFile {
  readonly name: string;
  readonly text: string;
  readonly read:
    | { readonly ok: true; readonly regime: Regime }
    | { readonly ok: false; readonly faults: readonly FileFault[] };
}

/** Proves a file as the engine will once more when it is handed in. */
export function readFile(name: string, text: string, site: SiteLanes): ReadFile {
  const read = readRegime(text, name);
  const proven = read.ok ? checkRegime(read.value, casesOf(site)) : read;
  return proven.ok
    ? { name, text, read: { ok: true, regime: proven.value } }
    : { name, text, read: { ok: false, faults: proven.fault.faults } };
}

/** Bytes; what has more has more characters than are read, too, or is no text. */
const MOST_BYTES = 4_000_000;

/** The text of a file that was picked. Fails with `regime-too-large`, unread. */
export async function textOf(file: File): Promise<Result<string>> {
  if (file.size > MOST_BYTES)
    return fail('regime-too-large', `${file.name} is too large`, file.name);
  return ok(await file.text());
}
