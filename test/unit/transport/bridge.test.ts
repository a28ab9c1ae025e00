import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bridgeClient } from '../../../src/renderer/live/connect.ts';
import type { ConsoleClient, LinkState, ViewUpdate } from '../../../src/shared/contract/client.ts';
import type { Bridge } from '../../../src/shared/contract/transport/bridge.ts';
import { portCarrier } from '../../../src/shared/contract/transport/port-carrier.ts';
import { serve } from '../../../src/shared/contract/transport/server.ts';
import { type Fault, fail, ok } from '../../../src/shared/lib/result.ts';
import { ManualTimers } from '../../kit/manual-timers.ts';
import { ScriptBackend, step } from '../../kit/script-backend.ts';
import { until } from '../../kit/waiting.ts';

/** What Electron gives the preload, played by the test: a shell that hands out ports. */
const shell = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  invoked: [] as string[],
  onPort: null as ((event: { ports: unknown[] }) => void) | null,
  attach: (): boolean => false,
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => {
      shell.exposed[name] = value;
    },
  },
  ipcRenderer: {
    once: (_channel: string, listener: (event: { ports: unknown[] }) => void) => {
      shell.onPort = listener;
    },
    removeAllListeners: () => {
      shell.onPort = null;
    },
    invoke: (channel: string) => {
      shell.invoked.push(channel);
      return Promise.resolve(shell.attach());
    },
  },
}));

const backend = new ScriptBackend();
const hangUp: ((why: Fault) => void)[] = [];
const states: LinkState[] = [];
let client: ConsoleClient;

function attach(): boolean {
  const { port1, port2 } = new MessageChannel();
  const timers = new ManualTimers();
  hangUp.push(serve(portCarrier(port1), { backend, workstation: 'window', timers }));
  shell.onPort?.({ ports: [port2] });
  return true;
}

// A preload lives as long as its page: one for all tests, as in one window.
beforeAll(async () => {
  shell.attach = attach;
  await import('../../../src/preload/index.ts');
  client = bridgeClient(shell.exposed.twoline as Bridge);
  client.onLink((state) => states.push(state));
  await until('the link', () => states.at(-1) === 'open');
});

beforeEach(() => {
  backend.calls.length = 0;
  backend.watches.length = 0;
});

describe('the window: preload, bridge and page', () => {
  test('exposes exactly command, query and watch', () => {
    expect(Object.keys(shell.exposed)).toEqual(['twoline']);
    const bridge = shell.exposed.twoline as Record<string, unknown>;
    expect(Object.keys(bridge).sort()).toEqual(['command', 'query', 'watch']);
    expect(new Set(shell.invoked)).toEqual(new Set(['live:attach']));
  });

  test('a call goes through, and a refusal comes back as the error it was', async () => {
    backend.answer = () => Promise.resolve(ok('fine'));
    expect(await client.query('session.current', {})).toBe('fine');
    backend.answer = () => Promise.resolve(fail('sign-in-locked', 'try again in 5 min', 'here'));
    await expect(
      client.command('session.sign-in', { name: 'a', secret: 'b' }),
    ).rejects.toMatchObject({
      name: 'CallError',
      code: 'sign-in-locked',
      message: 'try again in 5 min',
      where: 'here',
    });
  });

  test('a call is called off, before and while it runs', async () => {
    backend.answer = () => new Promise(() => {});
    const stop = new AbortController();
    const call = client.query('session.current', {}, stop.signal);
    await until('the call', () => backend.calls.length === 1);
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect(client.query('session.current', {}, stop.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(backend.calls).toHaveLength(1);
  });

  test('a watch brings rows by key; the page may stop it', async () => {
    backend.signIn('operator');
    const updates: ViewUpdate<'lanes'>[] = [];
    const stop = client.watch(
      'lanes',
      {},
      {
        onUpdate: (update) => {
          updates.push(update);
        },
        onEnd: () => {},
      },
    );
    await until('the watch', () => backend.watches.length === 1);
    backend.watches[0]!.sink.update(step('a', 1, 1, true));
    await until('the snapshot', () => updates.length === 1);
    expect(updates[0]).toEqual({ snapshot: true, set: new Map([['a', 1]]), drop: [], seq: 1 });
    stop();
    await until('the stop', () => backend.watches[0]!.stopped);
  });

  test('while there is no engine a command is refused at once; the link comes back', async () => {
    const before = shell.invoked.length;
    shell.attach = () => false;
    hangUp[0]?.({ code: 'engine-stopping', text: 'the engine stops' });
    await until('lost', () => states.at(-1) === 'lost');
    await expect(client.command('session.sign-out', {})).rejects.toMatchObject({
      code: 'not-linked',
    });
    await until('a try in vain', () => shell.invoked.length > before);
    shell.attach = attach;
    await until('the new link', () => states.at(-1) === 'open');
    backend.answer = () => Promise.resolve(ok('again'));
    expect(await client.query('session.current', {})).toBe('again');
  });
});
