import { describe, expect, test } from 'vitest';
import type { ChildPort } from '../../src/main/launch/child-port.ts';
import { EngineSupervisor } from '../../src/main/launch/engine-supervisor.ts';
import type { FromEngine } from '../../src/shared/contract/transport/relay.ts';
import { ManualTimers } from '../kit/manual-timers.ts';

class FakeEngine implements ChildPort {
  readonly safe: boolean;
  readonly sent: unknown[] = [];
  killed = false;
  #message: (message: unknown) => void = () => {};
  #exit: (how: string) => void = () => {};

  constructor(safe: boolean) {
    this.safe = safe;
  }

  send(message: unknown): void {
    this.sent.push(message);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: (how: string) => void): void {
    this.#exit = listener;
  }
  kill(): void {
    this.killed = true;
    this.#exit('SIGKILL');
  }
  says(message: FromEngine): void {
    this.#message(message);
  }
  exits(how = 'exit code 7'): void {
    this.#exit(how);
  }
}

function setUp() {
  const timers = new ManualTimers();
  const engines: FakeEngine[] = [];
  const states: string[] = [];
  const logged: string[] = [];
  const supervisor = new EngineSupervisor({
    spawn: (safe) => {
      const engine = new FakeEngine(safe);
      engines.push(engine);
      return engine;
    },
    timers,
    log: (line) => logged.push(line),
    onMessage: () => {},
    onState: (state, safe) => states.push(safe ? `${state} safe` : state),
  });
  const started = supervisor.start();
  const last = () => engines.at(-1)!;
  return { timers, engines, states, logged, supervisor, started, last };
}

/** How long the supervisor waited before it started the next engine. */
function waitOf(bench: ReturnType<typeof setUp>): number {
  const before = bench.engines.length;
  let waited = 0;
  while (bench.engines.length === before && waited < 60_000) {
    bench.timers.advance(waited === 0 ? 0 : 100);
    if (bench.engines.length === before) waited += 100;
  }
  return waited === 0 ? 0 : waited;
}

describe('the engine supervisor', () => {
  test('restarts at once, then ever later, at most 5 s apart; safe after five', async () => {
    const bench = setUp();
    bench.last().says({ t: 'ready' });
    expect((await bench.started).ok).toBe(true);
    const waits: number[] = [];
    const modes: boolean[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      bench.last().exits();
      waits.push(waitOf(bench));
      modes.push(bench.last().safe);
    }
    expect(waits).toEqual([0, 500, 1_000, 2_000, 5_000, 5_000, 5_000, 5_000]);
    expect(modes).toEqual([false, false, false, false, true, true, true, true]);
    expect(bench.states).toContain('starting safe');
    expect(bench.logged[0]).toContain('exit code 7');
  });

  test('an engine that ran for a minute has not failed in a row', () => {
    const bench = setUp();
    for (let round = 0; round < 12; round += 1) {
      bench.last().says({ t: 'ready' });
      bench.timers.advance(60_000);
      bench.last().exits('SIGSEGV');
      expect(waitOf(bench)).toBe(0);
      expect(bench.last().safe).toBe(false);
    }
  });

  test('one that is ready for a moment only has', () => {
    const bench = setUp();
    for (let round = 0; round < 5; round += 1) {
      bench.last().says({ t: 'ready' });
      bench.timers.advance(59_000);
      bench.last().exits();
      waitOf(bench);
    }
    expect(bench.last().safe).toBe(true);
  });

  test("a first start that is refused ends with the engine's own fault", async () => {
    const bench = setUp();
    const fault = { code: 'data-in-use', text: 'another console works here', where: '/d' };
    bench.last().says({ t: 'failed', fault });
    bench.last().exits('exit code 1');
    expect(await bench.started).toEqual({ ok: false, fault });
    bench.timers.advance(60_000);
    expect(bench.engines).toHaveLength(1);
  });

  test('a later start that is refused is tried again', () => {
    const bench = setUp();
    bench.last().says({ t: 'ready' });
    bench.last().exits();
    waitOf(bench);
    bench.last().says({ t: 'failed', fault: { code: 'disk-full', text: 'no room' } });
    bench.last().exits('exit code 1');
    expect(waitOf(bench)).toBe(500);
    expect(bench.logged.at(-1)).toContain('no room (disk-full)');
  });

  test('messages go to an engine that is ready, and to no other', () => {
    const bench = setUp();
    bench.supervisor.send({ t: 'close', conn: 1 });
    expect(bench.last().sent).toEqual([]);
    bench.last().says({ t: 'ready' });
    bench.supervisor.send({ t: 'close', conn: 2 });
    expect(bench.last().sent).toEqual([{ t: 'close', conn: 2 }]);
    const [first] = bench.engines;
    bench.last().exits();
    bench.supervisor.send({ t: 'close', conn: 3 });
    expect(first?.sent).toHaveLength(1);
  });

  test('a stop asks, waits, then kills; nothing is started again', async () => {
    const bench = setUp();
    bench.last().says({ t: 'ready' });
    const stopped = bench.supervisor.stop(1_000);
    expect(bench.last().sent).toEqual([{ t: 'stop' }]);
    bench.timers.advance(999);
    expect(bench.last().killed).toBe(false);
    bench.timers.advance(1);
    expect(bench.last().killed).toBe(true);
    await stopped;
    bench.timers.advance(60_000);
    expect(bench.engines).toHaveLength(1);
    expect(bench.states.at(-1)).toBe('stopped');
  });

  test('a stop while it waits to restart ends the waiting', async () => {
    const bench = setUp();
    bench.last().says({ t: 'ready' });
    bench.last().exits();
    waitOf(bench);
    bench.last().exits();
    await bench.supervisor.stop(1_000);
    bench.timers.advance(60_000);
    expect(bench.engines).toHaveLength(2);
  });
});
