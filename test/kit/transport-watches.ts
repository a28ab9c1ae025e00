import { expect, test } from 'vitest';
import type { ViewUpdate } from '../../src/shared/contract/client.ts';
import { LINK_LIMITS } from '../../src/shared/contract/transport/protocol.ts';
import { step } from './script-backend.ts';
import { Screen, type WatchKit } from './transport-bench.ts';
import { until } from './waiting.ts';

export function watchTests(kit: WatchKit): void {
  test('a watch gets a snapshot, then each patch', async () => {
    const { backend } = await kit.started();
    backend.signIn('operator');
    const screen = await kit.watching();
    kit.sink().update(step('a', 1, 1, true));
    await until('the snapshot', () => screen.updates.length === 1);
    kit.sink().update({ snapshot: false, set: { b: 2 }, drop: ['a'], seq: 2 });
    await until('the patch', () => screen.updates.length === 2);
    expect(screen.updates).toEqual([
      { snapshot: true, set: new Map([['a', 1]]), drop: [], seq: 1 },
      { snapshot: false, set: new Map([['b', 2]]), drop: ['a'], seq: 2 },
    ]);
  });

  test('a slow screen gets fewer, larger patches: the next only after the last', async () => {
    const { backend } = await kit.started();
    backend.signIn('operator');
    const screen = await kit.watching(true);
    kit.sink().update(step('a', 0, 1, true));
    await until('the snapshot', () => screen.updates.length === 1);
    for (let seq = 2; seq <= 1000; seq += 1) kit.sink().update(step(`k${seq % 3}`, seq, seq));
    kit.sink().update({ snapshot: false, set: {}, drop: ['a', 'never-sent', 'k0'], seq: 1001 });
    screen.draw();
    await until('the merged patch', () => screen.updates.length === 2);
    expect(screen.updates[1]).toEqual({
      snapshot: false,
      set: new Map([
        ['k1', 1000],
        ['k2', 998],
      ]),
      drop: ['a'],
      seq: 1001,
    });
  });

  test('lagged is told once per falling behind', async () => {
    const { backend, serverTimers } = await kit.started();
    backend.signIn('operator');
    const screen = await kit.watching(true);
    kit.sink().update(step('a', 0, 1, true));
    await until('the snapshot', () => screen.updates.length === 1);
    serverTimers.advance(LINK_LIMITS.laggedAfterMs + 1);
    for (let seq = 2; seq < 50; seq += 1) kit.sink().update(step('a', seq, seq));
    await until('lagged', () => screen.lagged === 1);
    screen.draw();
    await until('the merged patch', () => screen.updates.length === 2);
    expect(screen.lagged).toBe(1);
    // It catches up: acknowledged in time. Then it falls behind a second time.
    screen.draw();
    kit.sink().update(step('a', 50, 50));
    await until('the quick patch', () => screen.updates.length === 3);
    serverTimers.advance(LINK_LIMITS.laggedAfterMs + 1);
    kit.sink().update(step('a', 51, 51));
    kit.sink().update(step('a', 52, 52));
    await until('lagged again', () => screen.lagged === 2);
  });

  test('end flushes what is pending, in order, to a screen that is still drawing', async () => {
    const { backend } = await kit.started();
    backend.signIn('operator');
    const screen = await kit.watching(true);
    kit.sink().update(step('a', 0, 1, true));
    await until('the snapshot', () => screen.updates.length === 1);
    kit.sink().update(step('b', 1, 2));
    kit.sink().update(step('c', 2, 3));
    kit.sink().end({ code: 'view-gone', text: 'the view is gone' });
    kit.sink().update(step('d', 3, 4));
    screen.draw();
    await until('the flush', () => screen.updates.length === 2);
    expect([...screen.updates[1]!.set.keys()]).toEqual(['b', 'c']);
    expect(screen.ends).toEqual([]);
    screen.draw();
    await until('the end', () => screen.ends.length === 1);
    expect(screen.ends).toEqual([{ code: 'view-gone', text: 'the view is gone' }]);
    expect(screen.updates).toHaveLength(2);
    expect(backend.watches[0]!.stopped).toBe(true);
  });

  test('a screen that stops its watch hears no more, and the engine is told', async () => {
    const { backend, client } = await kit.started();
    backend.signIn('operator');
    const screen = new Screen();
    const stop = client.watch('lanes', {}, screen);
    await until('the watch', () => backend.watches.length === 1);
    stop();
    await until('the stop', () => backend.watches[0]!.stopped);
    kit.sink().update(step('a', 1, 1, true));
    await client.query('session.current', {});
    expect(screen.updates).toEqual([]);
    expect(screen.ends).toEqual([]);
  });

  test('a watch that is not allowed ends with the reason', async () => {
    const { backend, client } = await kit.started();
    const screen = new Screen();
    client.watch('queue', {}, screen);
    await until('the end', () => screen.ends.length === 1);
    backend.signIn('inspector');
    client.watch('queue', {}, screen);
    client.watch('nothing' as 'lanes', {}, screen);
    await until('the ends', () => screen.ends.length === 3);
    expect(screen.ends.map((fault) => fault?.code)).toEqual([
      'sign-in-needed',
      'not-allowed',
      'unknown-operation',
    ]);
    expect(backend.watches).toEqual([]);
  });

  test('a watch ends when somebody else signs in, without showing what waited', async () => {
    const { backend, client } = await kit.started();
    backend.signIn('supervisor');
    const screen = await kit.watching(true);
    kit.sink().update(step('a', 0, 1, true));
    await until('the snapshot', () => screen.updates.length === 1);
    kit.sink().update(step('secret', 1, 2));
    backend.signIn('operator');
    await client.command('session.sign-out', {});
    screen.draw();
    await until('the end', () => screen.ends.length === 1);
    expect(screen.ends[0]?.code).toBe('session-changed');
    expect(screen.updates).toHaveLength(1);
    expect(backend.watches[0]!.stopped).toBe(true);
  });

  test('a view that throws ends its watch; one that ends at once is stopped', async () => {
    const { backend, client, defects } = await kit.started();
    backend.signIn('operator');
    const screen = new Screen();
    backend.onWatch = () => {
      throw new Error('boom');
    };
    client.watch('lanes', {}, screen);
    await until('the end', () => screen.ends.length === 1);
    expect(screen.ends[0]?.code).toBe('internal');
    expect(defects).toHaveLength(1);
    backend.onWatch = (sink) => {
      sink.update(step('a', 1, 1, true));
      sink.end(null);
    };
    client.watch('lanes', {}, screen);
    await until('the second end', () => screen.ends.length === 2);
    expect(screen.updates).toHaveLength(1);
    expect(screen.ends[1]).toBe(null);
    expect(backend.watches[1]!.stopped).toBe(true);
  });

  test('a screen that throws on an update still gets the next one', async () => {
    const { backend, client, handlerErrors } = await kit.started();
    backend.signIn('operator');
    const seen: number[] = [];
    const onUpdate = (update: ViewUpdate<'lanes'>) => {
      seen.push(update.seq);
      throw new Error('no canvas');
    };
    client.watch('lanes', {}, { onUpdate, onEnd: () => {} });
    await until('the watch', () => backend.watches.length === 1);
    kit.sink().update(step('a', 1, 1, true));
    await until('one', () => seen.length === 1);
    kit.sink().update(step('a', 2, 2));
    await until('two', () => seen.length === 2);
    expect(handlerErrors).toHaveLength(2);
  });

  test('updates wait, merged, while the carrier is full, and go on after', async () => {
    const { backend, serverTimers } = await kit.started();
    backend.signIn('operator');
    const screen = await kit.watching();
    kit.bench().buffered = LINK_LIMITS.heldAtBuffered + 1;
    kit.sink().update(step('a', 1, 1, true));
    kit.sink().update(step('b', 2, 2));
    serverTimers.advance(10 * LINK_LIMITS.heldRetryMs);
    await kit.bench().client.query('session.current', {});
    expect(screen.updates).toEqual([]);
    kit.bench().buffered = 0;
    serverTimers.advance(LINK_LIMITS.heldRetryMs);
    await until('the update', () => screen.updates.length === 1);
    expect(screen.updates[0]).toMatchObject({ snapshot: true, seq: 2 });
    expect([...screen.updates[0]!.set.keys()]).toEqual(['a', 'b']);
  });

  test('a connection that takes nothing at all is hung up on', async () => {
    const peer = await kit.raw();
    kit.bench().buffered = LINK_LIMITS.closedAtBuffered + 1;
    peer.carrier.send(JSON.stringify({ t: 'query', id: 1, name: 'session.current', input: {} }));
    await until('the end', () => peer.closed);
    expect(peer.of('ok')).toHaveLength(1);
  });
}
