import type { LinkTimers } from '../../shared/contract/transport/carrier.ts';
import { type Fault, fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ChildPort } from './child-port.ts';

/** What a program that we start tells us; more may stand in `ready`. */
type FromChild =
  | { readonly t: 'ready'; readonly [more: string]: unknown }
  | { readonly t: 'failed'; readonly fault: Fault }
  | { readonly t: 'progress'; readonly text: string };

/**
 * Waits until a program of ours says that it is ready. Fails with its own fault, `child-ended`
 * when it ends without a word, or `child-silent` after `limitMs`.
 */
export async function childReady(
  name: string,
  child: ChildPort,
  parts: { timers: LinkTimers; limitMs: number; say: (line: string) => void },
): Promise<Result<Readonly<Record<string, unknown>>>> {
  const { promise, resolve } = Promise.withResolvers<Result<Readonly<Record<string, unknown>>>>();
  child.onMessage((value) => {
    const message = asFromChild(value);
    if (message?.t === 'ready') resolve(ok(message));
    else if (message?.t === 'failed') resolve({ ok: false, fault: message.fault });
    else if (message?.t === 'progress') parts.say(message.text);
  });
  child.onExit((how) => resolve(fail('child-ended', `${name} ended before it was ready: ${how}`)));
  const cancel = parts.timers.after(parts.limitMs, () => {
    const seconds = Math.round(parts.limitMs / 1000);
    resolve(fail('child-silent', `${name} was not ready within ${seconds} s`));
  });
  const result = await promise;
  cancel();
  return result;
}

function asFromChild(value: unknown): FromChild | null {
  const isMessage = typeof value === 'object' && value !== null && 't' in value;
  return isMessage ? (value as FromChild) : null;
}

/** Ends a program: asks, and after `limitMs` does not ask. Settles when it is gone. */
export function endChild(child: ChildPort, limitMs: number, timers: LinkTimers): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = timers.after(limitMs, () => child.kill());
  child.onExit(() => {
    cancel();
    resolve();
  });
  child.send({ t: 'stop' });
  return promise;
}
