import { afterEach, describe, expect, test } from 'vitest';
import type { LinkState } from '../../src/shared/contract/client.ts';
import type { Carrier } from '../../src/shared/contract/transport/carrier.ts';
import { createClient, type LinkedClient } from '../../src/shared/contract/transport/client.ts';
import type { RawUpdate } from '../../src/shared/contract/transport/client-watch.ts';
import { LINK_LIMITS } from '../../src/shared/contract/transport/protocol.ts';
import { serve } from '../../src/shared/contract/transport/server.ts';
import { type Fault, fail, ok } from '../../src/shared/lib/result.ts';
import { ManualTimers } from './manual-timers.ts';
import { ScriptBackend, type SeenCall, step } from './script-backend.ts';
import { until } from './waiting.ts';

/** A way to carry connections: tells `accept` of the engine's end of each that is opened. */
export interface TestLink {
  connect(): Promise<Carrier>;
  close(): Promise<void>;
}
export type MakeLink = (accept: (carrier: Carrier) => void) => Promise<TestLink>;

/** What a test needs around one link. */
class Bench {
  readonly backend = new ScriptBackend();
  readonly serverTimers = new ManualTimers();
  readonly clientTimers = new ManualTimers();
  readonly states: LinkState[] = [];
  readonly defects: unknown[] = [];
  readonly handlerErrors: unknown[] = [];
  readonly ends: ((why: Fault) => void)[] = [];
  readonly serverCarriers: Carrier[] = [];
  buffered: number | null = null;
  link!: TestLink;
  client!: LinkedClient;

  async start(make: MakeLink): Promise<void> {
    this.link = await make((carrier) => this.#accept(carrier));
  }

  #accept(carrier: Carrier): void {
    this.serverCarriers.push(carrier);
    const measured: Carrier = {
      send: (text) => carrier.send(text),
      onText: (listener) => carrier.onText(listener),
      onClose: (listener) => carrier.onClose(listener),
      close: () => carrier.close(),
      bufferedAmount: () => this.buffered ?? carrier.bufferedAmount(),
    };
    this.ends.push(
      serve(measured, {
        backend: this.backend,
        workstation: 'w',
        timers: this.serverTimers,
        onDefect: (error) => this.defects.push(error),
      }),
    );
  }

  async connectClient(): Promise<void> {
    this.client = createClient(() => this.link.connect(), this.clientTimers, {
      onHandlerError: (error) => this.handlerErrors.push(error),
    });
    this.client.onLink((state) => this.states.push(state));
    await until('the link', () => this.states.at(-1) === 'open');
  }

  async close(): Promise<void> {
    this.client?.close();
    await this.link.close();
  }
}

/** A watch whose screen is slow or quick as the test says. */
class Screen {
  readonly updates: RawUpdate[] = [];
  readonly ends: (Fault | null)[] = [];
  lagged = 0;
  slow = false;
  readonly #drawn: (() => void)[] = [];

  readonly onUpdate = (update: RawUpdate): Promise<void> | undefined => {
    this.updates.push(update);
    if (!this.slow) return undefined;
    return new Promise((resolve) => this.#drawn.push(resolve));
  };
  readonly onEnd = (fault: Fault | null): void => {
    this.ends.push(fault);
  };
  readonly onLagged = (): void => {
    this.lagged += 1;
  };

  draw(): void {
    this.#drawn.shift()?.();
  }
}

/** A raw connection, for messages that our own client would never send. */
class RawPeer {
  readonly frames: Record<string, unknown>[] = [];
  closed = false;
  readonly carrier: Carrier;

  constructor(carrier: Carrier) {
    this.carrier = carrier;
    carrier.onText((text) => this.frames.push(JSON.parse(text) as Record<string, unknown>));
    carrier.onClose(() => {
      this.closed = true;
    });
  }

  of(t: string): Record<string, unknown>[] {
    return this.frames.filter((frame) => frame.t === t);
  }
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Every carrier passes this; `kind` names it in the tests' names. */
export function transportContract(kind: string, make: MakeLink): void {
  describe(`three verbs over ${kind}`, () => {
    let bench: Bench;
    const started = async (): Promise<Bench> => {
      bench = new Bench();
      await bench.start(make);
      await bench.connectClient();
      return bench;
    };
    const raw = async (): Promise<RawPeer> => {
      bench = new Bench();
      await bench.start(make);
      const peer = new RawPeer(await bench.link.connect());
      await until('hello', () => peer.of('hello').length === 1);
      return peer;
    };
    const watching = async (slow = false): Promise<Screen> => {
      const screen = new Screen();
      screen.slow = slow;
      bench.client.watch('lanes', {}, screen as never);
      const before = bench.backend.watches.length;
      await until('the watch', () => bench.backend.watches.length > before);
      return screen;
    };
    const sink = () => bench.backend.watches.at(-1)!.sink;
    afterEach(async () => {
      await bench.close();
    });

    callTests({ started, raw, bench: () => bench });
    watchTests({ started, raw, watching, sink, bench: () => bench });
    linkTests({ started, raw, watching, sink, bench: () => bench });
  });
}

interface CallKit {
  started(): Promise<Bench>;
  raw(): Promise<RawPeer>;
  bench(): Bench;
}

interface WatchKit extends CallKit {
  watching(slow?: boolean): Promise<Screen>;
  sink(): ScriptBackend['watches'][number]['sink'];
}

function callTests(kit: CallKit): void {
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

function watchTests(kit: WatchKit): void {
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
    const stop = client.watch('lanes', {}, screen as never);
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
    client.watch('queue', {}, screen as never);
    await until('the end', () => screen.ends.length === 1);
    backend.signIn('inspector');
    client.watch('queue', {}, screen as never);
    client.watch('nothing' as never, {}, screen as never);
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
    client.watch('lanes', {}, screen as never);
    await until('the end', () => screen.ends.length === 1);
    expect(screen.ends[0]?.code).toBe('internal');
    expect(defects).toHaveLength(1);
    backend.onWatch = (sink) => {
      sink.update(step('a', 1, 1, true));
      sink.end(null);
    };
    client.watch('lanes', {}, screen as never);
    await until('the second end', () => screen.ends.length === 2);
    expect(screen.updates).toHaveLength(1);
    expect(screen.ends[1]).toBe(null);
    expect(backend.watches[1]!.stopped).toBe(true);
  });

  test('a screen that throws on an update still gets the next one', async () => {
    const { backend, client, handlerErrors } = await kit.started();
    backend.signIn('operator');
    const seen: number[] = [];
    const onUpdate = (update: RawUpdate) => {
      seen.push(update.seq);
      throw new Error('no canvas');
    };
    client.watch('lanes', {}, { onUpdate, onEnd: () => {} } as never);
    await until('the watch', () => backend.watches.length === 1);
    kit.sink().update(step('a', 1, 1, true));
    await until('one', () => seen.length === 1);
    kit.sink().update(step('a', 2, 2));
    await until('two', () => seen.length === 2);
    expect(handlerErrors).toHaveLength(2);
  });

  test('updates wait while the carrier is full, merged, and go on when it has drained', async () => {
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
  });
}

function linkTests(kit: WatchKit): void {
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
