import { resolve } from 'node:path';
import type { SiteCentre } from '../../../shared/domain/site.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { seededRng } from '../../../shared/lib/rng.ts';
import type { Segments } from '../journal/segments.ts';
import { checkCentre } from './centre-address.ts';
import { journalSource } from './journal-source.ts';
import { PgCentre } from './pg-centre.ts';
import { readCertificates } from './read-certificates.ts';
import { REAL_LIMITS, TRAINING_LIMITS } from './sync-limits.ts';
import type { SyncState } from './sync-state.ts';
import { realTimers } from './timers.ts';
import { startUploader, type Uploader } from './uploader.ts';

export interface CentreDeps {
  readonly segments: Segments;
  readonly clock: Clock;
  readonly boot: string;
  /** Where relative paths of the site file start from. */
  readonly dir?: string | undefined;
  readonly ackedSeq: number;
  readonly onState: (state: SyncState) => void;
  readonly onAcked: (seq: number) => void;
}

/**
 * Starts the upload to a site's centre. Fails when the address is not safe to speak to or the
 * certificates are not in order; that the centre does not answer is a state, not a failure.
 */
export function startCentre(
  centre: SiteCentre,
  training: boolean,
  deps: CentreDeps,
): Result<Uploader> {
  const { certificates } = centre;
  const folder = certificates === undefined ? null : resolve(deps.dir ?? '.', certificates);
  const tls = folder === null ? ok(null) : readCertificates(folder, deps.clock.wallMs());
  if (!tls.ok) return tls;
  const target = checkCentre(centre, training, tls.value);
  if (!target.ok) return target;
  const limits = training ? TRAINING_LIMITS : REAL_LIMITS;
  const answerTimeoutMs = limits.answerTimeoutMs - 1_000;
  const times = { connectTimeoutMs: answerTimeoutMs, answerTimeoutMs };
  const port = new PgCentre(target.value, times, deps.boot);
  return ok(
    startUploader({
      journal: journalSource(deps.segments),
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
