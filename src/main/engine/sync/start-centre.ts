import type { SiteCentre } from '../../../shared/domain/site.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { seededRng } from '../../../shared/lib/rng.ts';
import type { ReadableDb } from '../store/database.ts';
import { checkCentre } from './centre-address.ts';
import { journalSource } from './journal-source.ts';
import { PgCentre } from './pg-centre.ts';
import { REAL_LIMITS, TRAINING_LIMITS } from './sync-limits.ts';
import type { SyncState } from './sync-state.ts';
import { realTimers } from './timers.ts';
import { startUploader, type Uploader } from './uploader.ts';

export interface CentreDeps {
  readonly db: ReadableDb;
  readonly clock: Clock;
  readonly boot: string;
  readonly ackedSeq: number;
  readonly onState: (state: SyncState) => void;
  readonly onAcked: (seq: number) => void;
}

/** Starts the upload to a site's centre; refuses an address that is not safe to speak to. */
export function startCentre(
  centre: SiteCentre,
  training: boolean,
  deps: CentreDeps,
): Result<Uploader> {
  const target = checkCentre(centre, training, null);
  if (!target.ok) return target;
  const limits = training ? TRAINING_LIMITS : REAL_LIMITS;
  const answerTimeoutMs = limits.answerTimeoutMs - 1_000;
  const port = new PgCentre(target.value, { connectTimeoutMs: answerTimeoutMs, answerTimeoutMs });
  return ok(
    startUploader({
      journal: journalSource(deps.db),
      centre: port,
      clock: deps.clock,
      timers: realTimers,
      rng: seededRng(deps.boot),
      limits,
      ackedSeq: deps.ackedSeq,
      onState: deps.onState,
      onAcked: deps.onAcked,
    }),
  );
}
