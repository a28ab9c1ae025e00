import { ok, type Result } from '../../../shared/lib/result.ts';
import type { BatchWindow } from './batch-window.ts';
import { asksForLess } from './centre-faults.ts';
import type { CentreFault, CentrePort, JournalSource } from './centre-port.ts';
import { judgeAck, judgeHello } from './judge.ts';
import { readBatch } from './read-batch.ts';
import type { SyncLimits } from './sync-limits.ts';
import type { Timers } from './timers.ts';

export interface EarlierParts {
  readonly journal: JournalSource;
  /** Answers in time, or with a fault. */
  readonly centre: Pick<CentrePort, 'hello' | 'push'>;
  readonly window: BatchWindow;
  readonly limits: SyncLimits;
  readonly timers: Timers;
  readonly isStopped: () => boolean;
}

/**
 * Sends what the centre still lacks of the epochs before the present one, before that one begins
 * there: from then on they are closed. What it will not take of them (it holds more, or something
 * else) is no fault: with the new epoch it says how the two fit together.
 */
export async function sendEarlier(parts: EarlierParts): Promise<Result<null, CentreFault>> {
  for (const journal of parts.journal.earlier()) {
    const sent = await sendRest(journal, parts);
    const isFinal = !sent.ok && (sent.fault.kind === 'fork' || sent.fault.kind === 'refused');
    if (!sent.ok && !isFinal) return sent;
  }
  return ok(null);
}

async function sendRest(
  journal: JournalSource,
  { centre, window, limits, timers, isStopped }: EarlierParts,
): Promise<Result<null, CentreFault>> {
  const head = journal.head();
  const hello = await centre.hello(head);
  if (!hello.ok) return hello;
  let held = judgeHello(hello.value, head, journal);
  const slice = { rows: limits.sliceRows, bytes: limits.sliceBytes };
  while (held.ok && held.value < head.seq && !isStopped()) {
    const read = await readBatch(journal, held.value, window.size(), slice, timers);
    if (!read.ok) return read;
    if (read.value.length === 0) break;
    const batch = { epoch: head.epoch, rows: read.value };
    const pushed = await centre.push(batch);
    if (!pushed.ok) {
      if (asksForLess(pushed.fault)) window.shrink();
      return pushed;
    }
    window.grow();
    held = judgeAck(pushed.value, batch, journal);
  }
  return held.ok ? ok(null) : held;
}
