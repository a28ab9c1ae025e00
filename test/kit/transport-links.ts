import { expect, test } from 'vitest';
import { LINK_LIMITS } from '../../src/shared/contract/transport/protocol.ts';
import { ok } from '../../src/shared/lib/result.ts';
import { type SeenCall, step } from './script-backend.ts';
import { codeOf, type WatchKit } from './transport-bench.ts';
import { until } from './waiting.ts';

export function linkTests(kit: WatchKit): void {
  test('closing rejects all calls, ends all watches and stops them in the engine', async () => {
    const { backend, client, states } = await kit.started();
    backend.signIn('operator');
    const screen = await kit.watching();
    backend.answer = () => new Promise(() => {});
    const calls = [1, 2, 3].map(() => codeOf(client.query('session.current', {})));
    await until('the calls', () => backend.calls.length === 3);
    client.close();
    expect(await Promise.all(calls)).toEqual(['closed', 'closed', 'closed']);
    await until('the end', () => screen.ends.length === 1);
    expect(screen.ends[0]?.code).toBe('closed');
    expect(states.at(-1)).toBe('lost');
    await until('the stop', () => backend.watches[0]!.stopped);
    expect(await codeOf(client.command('session.sign-out', {}))).toBe('closed');
  });

  test('a lost link rejects what was asked; commands are refused until it is back', async () => {
    const { backend, client, states, ends, clientTimers } = await kit.started();
    const seen: SeenCall[] = [];
    backend.answer = (call) => {
      seen.push(call);
      return seen.length === 1 ? new Promise(() => {}) : Promise.resolve(ok('again'));
    };
    const call = codeOf(client.query('session.current', {}));
    await until('the call', () => seen.length === 1);
    ends[0]?.({ code: 'engine-stopping', text: 'the engine stops' });
    expect(await call).toBe('engine-stopping');
    await until('lost', () => states.at(-1) === 'lost');
    const refused = client.command('session.sign-in', { name: 'a', secret: 'b' });
    expect(await codeOf(refused)).toBe('not-linked');
    const waits = client.query('session.current', {});
    clientTimers.advance(100);
    expect(await waits).toBe('again');
    expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
  });

  test('a reconnect gives every watch a new snapshot', async () => {
    const { backend, ends, clientTimers, states } = await kit.started();
    backend.signIn('operator');
    let seq = 0;
    backend.onWatch = (sink) => {
      seq += 1;
      sink.update(step('a', seq, seq, true));
    };
    const screen = await kit.watching();
    await until('the snapshot', () => screen.updates.length === 1);
    ends[0]?.({ code: 'engine-stopping', text: 'the engine stops' });
    await until('lost', () => states.at(-1) === 'lost');
    clientTimers.advance(100);
    await until('the new snapshot', () => screen.updates.length === 2);
    expect(screen.updates.map(({ snapshot, seq: at }) => ({ snapshot, at }))).toEqual([
      { snapshot: true, at: 1 },
      { snapshot: true, at: 2 },
    ]);
    expect(backend.watches[0]!.stopped).toBe(true);
    expect(backend.watches[1]!.stopped).toBe(false);
    expect(screen.ends).toEqual([]);
  });

  test('a snapshot of a link that is lost too is void: the screen gets the newest', async () => {
    const { backend, client, ends, clientTimers, states } = await kit.started();
    backend.signIn('operator');
    let seq = 0;
    backend.onWatch = (sink) => {
      seq += 1;
      sink.update(step('a', seq, seq, true));
    };
    const screen = await kit.watching(true);
    await until('the snapshot', () => screen.updates.length === 1);
    for (const round of [1, 2]) {
      ends[round - 1]?.({ code: 'engine-stopping', text: 'the engine stops' });
      await until('lost', () => states.at(-1) === 'lost');
      clientTimers.advance(1_000);
      await until('the new link', () => states.at(-1) === 'open');
      // Its snapshot came before this answer, and waits for the screen.
      await client.query('session.current', {});
    }
    screen.draw();
    await until('the newest', () => screen.updates.length === 2);
    expect(screen.updates.map((update) => update.seq)).toEqual([1, 3]);
  });

  test('the engine hangs up on a screen that went silent', async () => {
    const peer = await kit.raw();
    const { serverTimers } = kit.bench();
    serverTimers.advance(LINK_LIMITS.heartbeatMs);
    await until('a ping', () => peer.of('ping').length === 1);
    peer.carrier.send('{"t":"pong"}');
    peer.carrier.send(JSON.stringify({ t: 'query', id: 1, name: 'session.current', input: {} }));
    await until('the answer', () => peer.of('ok').length === 1);
    serverTimers.advance(2 * LINK_LIMITS.heartbeatMs);
    expect(peer.closed).toBe(false);
    serverTimers.advance(LINK_LIMITS.heartbeatMs);
    await until('the end', () => peer.closed);
    expect(peer.of('bye')[0]).toMatchObject({ fault: { code: 'link-silent' } });
  });

  test('a living screen answers the heartbeat and keeps its link', async () => {
    const { backend, client, serverTimers, serverCarriers } = await kit.started();
    for (let beat = 0; beat < 10; beat += 1) {
      serverTimers.advance(LINK_LIMITS.heartbeatMs);
      await client.query('session.current', {});
    }
    expect(serverCarriers).toHaveLength(1);
    expect(backend.calls).toHaveLength(10);
  });

  test('a screen hangs up on an engine that went silent, and looks for it again', async () => {
    const { clientTimers, states, serverCarriers } = await kit.started();
    clientTimers.advance(4 * LINK_LIMITS.heartbeatMs);
    expect(states.at(-1)).toBe('lost');
    clientTimers.advance(100);
    await until('the new link', () => states.at(-1) === 'open');
    expect(serverCarriers).toHaveLength(2);
  });
}
