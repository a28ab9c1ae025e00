import { join } from 'node:path';
import { NO_DATASETS } from '../../../shared/domain/permit.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { ReferenceLookup } from '../reference/lookup.ts';
import { referenceSchema } from '../reference/schema.ts';
import { openReader } from '../store/open.ts';
import type { MonthAsk, PermitTimesOf } from './presence-month.ts';

/** Opened once and kept: everybody's permits are looked up in many parts. */
let held: { readonly path: string; readonly lookup: ReferenceLookup } | null = null;

/** Looks up permits as of the version in force. Fails where the reference data cannot be read. */
export function permitTimes(dataDir: string, { permits }: MonthAsk): Result<PermitTimesOf> {
  const path = join(dataDir, 'reference.db');
  if (held?.path !== path) {
    const opened = openReader(path, referenceSchema);
    if (!opened.ok) return opened;
    held = { path, lookup: new ReferenceLookup(opened.value) };
  }
  const { lookup } = held;
  const inForce = { ...NO_DATASETS, permits };
  return ok((person) =>
    lookup.permitsOf(person, inForce).map(({ validFromMs, validToMs }) => {
      return { fromMs: validFromMs, toMs: validToMs };
    }),
  );
}
