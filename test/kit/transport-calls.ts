import { expect, test } from 'vitest';
import { LINK_LIMITS } from '../../src/shared/contract/transport/protocol.ts';
import { fail, ok } from '../../src/shared/lib/result.ts';
import { type CallKit, codeOf, RawPeer } from './transport-bench.ts';
import { until } from './waiting.ts';

export function callTests(kit: CallKit): void {
  test('a call comes with its caller and its answer goes back', async () => {
    const { backend, client } = await kit.started();
    backend.signIn('supervisor');
    backend.answer = () => Promise.resolve(ok({ rows: [], more: false }));
    const answer = await client.query('crossings.search', { filter: {}, limit: 5 });
    expect(answer).toEqual({ rows: [], more: false });
    expect(backend.calls[0]).toMatchObject({
      name: 'crossings.search',
      input: { filter: {}, limit: 5 },
      caller: { workstation: 'w', session: { role: 'supervisor' } },
    });
  });

  test('a refusal keeps its code, text and place', async () => {
    const { backend, client } = await kit.started();
    backend.answer = () => Promise.resolve(fail('sign-in-refused', 'name or secret is wrong', 'x'));
    const call = client.command('session.sign-in', { name: 'a', secret: 'b' });
    await expect(call).rejects.toMatchObject({
      code: 'sign-in-refused',
      message: 'name or secret is wrong',
      where: 'x',
    });
  });

  test('the role is checked at each message, before the input is parsed', async () => {
    const { backend, client } = await kit.started();
    const bad = () => client.command('exception.admit', { nonsense: 1 } as never);
    expect(await codeOf(bad())).toBe('sign-in-needed');
    backend.signIn('operator');
    expect(await codeOf(bad())).toBe('not-allowed');
    backend.signIn('supervisor');
    expect(await codeOf(bad())).toBe('bad-input');
    backend.session = null;
    expect(await codeOf(bad())).toBe('sign-in-needed');
    expect(backend.calls).toEqual([]);
  });

  test('a bad input is refused by the name of its field', async () => {
    const { backend, client } = await kit.started();
    backend.signIn('operator');
    const call = client.query('crossings.search', { filter: { lane: '!' }, limit: 5 } as never);
    await expect(call).rejects.toMatchObject({ code: 'bad-input', where: 'filter.lane' });
  });

  test('an unknown operation is a coded error, also by the names every object has', async () => {
    const { client } = await kit.started();
    expect(await codeOf(client.query('no.such' as never, {} as never))).toBe('unknown-operation');
    expect(await codeOf(client.query('toString' as never, {} as never))).toBe('unknown-operation');
    expect(await codeOf(client.command('__proto__' as never, {} as never))).toBe(
      'unknown-operation',
    );
  });

  test('a handler that throws is one internal error; the connection lives on', async () => {
    const { backend, client, defects } = await kit.started();
    const boom = new Error('boom');
    backend.answer = () => Promise.reject(boom);
    expect(await codeOf(client.query('session.current', {}))).toBe('internal');
    backend.answer = () => {
      throw boom;
    };
    expect(await codeOf(client.query('session.current', {}))).toBe('internal');
    backend.answer = () => Promise.resolve(ok({ wrong: 1n }));
    expect(await codeOf(client.query('session.current', {}))).toBe('internal');
    backend.answer = () => Promise.resolve(ok('fine'));
    expect(await client.query('session.current', {})).toBe('fine');
    expect(defects.slice(0, 2)).toEqual([boom, boom]);
    expect(defects).toHaveLength(3);
  });

  test('a call is cancelled before its answer: the late answer reaches nobody', async () => {
    const { backend, client } = await kit.started();
    const held = Promise.withResolvers<void>();
    backend.answer = () => held.promise.then(() => ok('late'));
    const stop = new AbortController();
    const call = codeOf(client.query('session.current', {}, stop.signal));
    await until('the call', () => backend.calls.length === 1);
    stop.abort();
    expect(await call).toBe('cancelled');
    held.resolve();
    backend.answer = () => Promise.resolve(ok('next'));
    expect(await client.query('session.current', {})).toBe('next');
  });

  test('cancelling after the answer, or before the call, does nothing else', async () => {
    const { backend, client } = await kit.started();
    backend.answer = () => Promise.resolve(ok('done'));
    const stop = new AbortController();
    expect(await client.query('session.current', {}, stop.signal)).toBe('done');
    stop.abort();
    expect(await codeOf(client.query('session.current', {}, stop.signal))).toBe('cancelled');
    expect(backend.calls).toHaveLength(1);
    expect(await client.query('session.current', {})).toBe('done');
  });

  test('a cancelled call is answered by nothing, and its id is free again', async () => {
    const peer = await kit.raw();
    const { backend } = kit.bench();
    const ask = (id: number) => {
      peer.carrier.send(JSON.stringify({ t: 'query', id, name: 'session.current', input: {} }));
    };
    const held = Promise.withResolvers<void>();
    backend.answer = () => held.promise.then(() => ok('late'));
    ask(1);
    peer.carrier.send(JSON.stringify({ t: 'cancel', id: 1 }));
    ask(2);
    // The second call came behind the cancelling, whatever carried them.
    await until('the calls', () => backend.calls.length === 2);
    held.resolve();
    await until('the answer', () => peer.of('ok').length > 0);
    backend.answer = () => Promise.resolve(ok('again'));
    ask(1);
    await until('the last answer', () => peer.of('ok').some(({ value }) => value === 'again'));
    expect(peer.of('ok').map(({ id }) => id)).toEqual([2, 1]);
  });

  test('a raw cancel for an id nobody knows is ignored', async () => {
    const peer = await kit.raw();
    peer.carrier.send(JSON.stringify({ t: 'cancel', id: 99 }));
    peer.carrier.send(JSON.stringify({ t: 'ack', id: 99, n: 1 }));
    peer.carrier.send(JSON.stringify({ t: 'query', id: 1, name: 'session.current', input: {} }));
    await until('the answer', () => peer.of('ok').length === 1);
    expect(peer.closed).toBe(false);
  });

  test('a call without an answer times out with a code', async () => {
    const { backend, client, clientTimers } = await kit.started();
    backend.answer = () => new Promise(() => {});
    const call = codeOf(client.query('session.current', {}));
    await until('the call', () => backend.calls.length === 1);
    clientTimers.advance(30_000);
    expect(await call).toBe('timeout');
  });

  test('too many calls at once are refused, and the open ones still answered', async () => {
    const peer = await kit.raw();
    const held = Promise.withResolvers<void>();
    kit.bench().backend.answer = () => held.promise.then(() => ok('late'));
    for (let id = 1; id <= LINK_LIMITS.openCalls + 1; id += 1) {
      peer.carrier.send(JSON.stringify({ t: 'query', id, name: 'session.current', input: {} }));
    }
    await until('the refusal', () => peer.of('fault').length === 1);
    expect(peer.of('fault')[0]).toMatchObject({ fault: { code: 'too-many' } });
    held.resolve();
    await until('the answers', () => peer.of('ok').length === LINK_LIMITS.openCalls);
  });

  test('a flood is refused, then hung up on', async () => {
    const peer = await kit.raw();
    for (let id = 1; id <= 3 * LINK_LIMITS.rateBurst; id += 1) {
      peer.carrier.send(JSON.stringify({ t: 'query', id, name: 'no.such', input: {} }));
    }
    await until('the end', () => peer.closed);
    expect(peer.of('bye')[0]).toMatchObject({ fault: { code: 'too-many' } });
  });

  test.each([
    ['text that is not JSON', 'garbage {{{'],
    ['JSON that is no message', '[1,2,3]'],
    ['an unknown kind', '{"t":"open-sesame","id":1}'],
    ['an id that is no number', '{"t":"query","id":"1","name":"session.current"}'],
    ['an id below one', '{"t":"query","id":0,"name":"session.current"}'],
  ])('%s ends the connection with the reason, and only this one', async (_what, text) => {
    const peer = await kit.raw();
    const other = new RawPeer(await kit.bench().link.connect());
    peer.carrier.send(text);
    await until('the end', () => peer.closed);
    expect(peer.of('bye')[0]).toMatchObject({ fault: { code: 'bad-message' } });
    other.carrier.send(JSON.stringify({ t: 'query', id: 1, name: 'session.current', input: {} }));
    await until('the answer', () => other.of('ok').length === 1);
    other.carrier.close();
  });

  test('an oversize message ends the connection; an administrator may send a dataset', async () => {
    const peer = await kit.raw();
    const { backend } = kit.bench();
    const load = (id: number) => {
      const input = { dataset: 'permits', format: 'csv', mode: 'full', text: 'x'.repeat(70_000) };
      return JSON.stringify({ t: 'command', id, name: 'dataset.load', input });
    };
    backend.signIn('administrator');
    peer.carrier.send(load(1));
    await until('the answer', () => peer.of('ok').length === 1);
    backend.signIn('operator');
    peer.carrier.send(load(2));
    await until('the end', () => peer.closed);
    expect(peer.of('bye')[0]).toMatchObject({ fault: { code: 'message-too-long' } });
    expect(backend.calls).toHaveLength(1);
  });
}
