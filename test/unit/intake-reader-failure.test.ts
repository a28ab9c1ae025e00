import { expect, test } from 'vitest';
import { Intake } from '../../src/main/engine/intake/intake.ts';
import type { Waiting } from '../../src/main/engine/intake/queue.ts';
import { ManualClock } from '../../src/shared/lib/clock.ts';

/** What a disk says that cannot be read. */
function unreadable(): Error {
  return Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
}

test('what was written is not decided again when who reads on from it fails', async () => {
  const ran: string[] = [];
  const failing: (string | null)[] = [];
  let broken = true;
  const intake = new Intake({
    clock: new ManualClock(0, 1),
    step: {
      run(batch: readonly Waiting[]) {
        for (const { input, settle } of batch) {
          ran.push(input.kind);
          settle(null);
        }
        return ran.length;
      },
    },
    onCommitted() {
      if (!broken) return;
      broken = false;
      throw unreadable();
    },
    onFailing: (error) => void failing.push(error?.message ?? null),
  });
  await intake.submit({ kind: 'started', started: {} as never });
  expect(failing).toEqual(['disk I/O error']);
  await intake.submit({ kind: 'due' });
  expect(ran).toEqual(['started', 'due']);
  expect(failing).toEqual(['disk I/O error', null]);
});
