import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { Timers } from '../timers.ts';
import { wordsOf } from './hid.ts';

const SILENT = 'the reader does not answer: unplug it and plug it in again';

/** The work's value, or a fault when it fails or takes too long. Faults: `hid`, `silent`. */
export function within<T>(timers: Timers, timeoutMs: number, work: Promise<T>): Promise<Result<T>> {
  return new Promise((resolve) => {
    const timer = timers.after(timeoutMs, () => resolve(fail('silent', SILENT)));
    work.then(
      (value) => {
        timer.cancel();
        resolve(ok(value));
      },
      (error: unknown) => {
        timer.cancel();
        resolve(fail('hid', wordsOf(error)));
      },
    );
  });
}
