import type { Clock } from '../../shared/lib/clock.ts';
import type { Intake } from './intake/intake.ts';
import type { LedgerReads } from './projections/gather/ledger.ts';
import type { Loaded, TakenBy } from './reference/load-request.ts';
import {
  DatasetLoader,
  type LoaderDeps,
  type LoaderParts,
  type LoaderTiming,
} from './reference/loader.ts';
import type { WritableDb } from './store/database.ts';

export interface DatasetLinkDeps {
  readonly db: WritableDb;
  readonly intake: Intake;
  readonly ledger: LedgerReads;
  readonly referencePath: string;
  readonly log: (line: string) => void;
  readonly clock: Clock;
  readonly parts?: LoaderParts | undefined;
  readonly timing?: LoaderTiming | undefined;
}

/** The loader of reference data, with the journal that puts its versions in force. */
export function linkDatasets(deps: DatasetLinkDeps): DatasetLoader {
  const { db, intake, ledger, referencePath, log, clock } = deps;
  const lastFile = db.query<[string], { value: string }>(
    'SELECT value FROM console_state WHERE key = ?',
  );
  const keepLastFile = db.write<[string, string]>(
    `INSERT INTO console_state (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const keyOf = (dataset: string) => `dataset-file ${dataset}`;
  const loaderDeps: LoaderDeps = {
    referencePath,
    log,
    monoMs: () => clock.monoMs(),
    inForce: (name) => ledger.dataset(name) ?? { version: 0, hash: '', rows: 0 },
    putInForce(of: Loaded, by: TakenBy | null) {
      const { dataset, version, rows, changed, refusedCount: refused, hash } = of;
      const data = { dataset, version, rows, changed, refused, hash };
      if (by !== null) return intake.submit({ kind: 'dataset', data, ...by });
      const events = [{ kind: 'dataset.in-force', data } as const];
      return intake.submit({ kind: 'noted', events, actor: { type: 'console' } });
    },
    lastFile: (dataset) => lastFile.get(keyOf(dataset))?.value ?? '',
    keepLastFile(dataset, hash) {
      try {
        keepLastFile.run(keyOf(dataset), hash);
      } catch {
        // The disk is full or away, which the step tells of: the file may be loaded once more.
      }
    },
  };
  return new DatasetLoader(loaderDeps, deps.timing, deps.parts);
}
