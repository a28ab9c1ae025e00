import { expect, test, vi } from 'vitest';
import { bridgeClient } from '../../../src/renderer/live/connect.ts';
import type { Result } from '../../../src/shared/lib/result.ts';

test('a call is called off with nothing that a bridge could not copy', async () => {
  const { promise: answer, resolve } = Promise.withResolvers<Result<unknown>>();
  const cancel = vi.fn<() => void>();
  const call = () => ({ answer, cancel });
  const client = bridgeClient({ command: call, query: call, watch: () => () => undefined });
  const stop = new AbortController();
  const asked = client.query('paper.forms', {}, stop.signal);
  stop.abort();
  expect(cancel.mock.calls).toEqual([[]]);
  resolve({ ok: false, fault: { code: 'cancelled', text: 'called off' } });
  await expect(asked).rejects.toThrow('called off');
});
