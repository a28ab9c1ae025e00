import { expect, test } from 'vitest';
import {
  type ViewPatch,
  ViewStore,
  type ViewStoreParts,
  ViewStores,
} from '../../../src/renderer/live/view-store.ts';
import type {
  ConsoleClient,
  ViewUpdate,
  WatchHandlers,
} from '../../../src/shared/contract/client.ts';
import type { AreaNow } from '../../../src/shared/contract/views.ts';

function area(inside: number): AreaNow {
  const id = 'loop' as AreaNow['area'];
  return { area: id, inside, reserved: 0, unknown: 0, soft: 10, hard: 20 };
}

/** Timers of a test: each runs when the time it was set for has come. */
class VirtualTimers {
  #nowMs = 0;
  readonly #due = new Set<{ readonly atMs: number; readonly run: () => void }>();

  readonly later = (delayMs: number, run: () => void): (() => void) => {
    const timer = { atMs: this.#nowMs + delayMs, run };
    this.#due.add(timer);
    return () => this.#due.delete(timer);
  };

  run(ms: number): void {
    this.#nowMs += ms;
    for (const timer of [...this.#due].sort((a, b) => a.atMs - b.atMs)) {
      if (timer.atMs > this.#nowMs || !this.#due.delete(timer)) continue;
      timer.run();
    }
  }
}

/** A client whose updates the test sends by hand, and what a store stands on. */
function givenParts() {
  const watches: { handlers: WatchHandlers<'areas'>; open: boolean }[] = [];
  const client = {
    watch: (_name: string, _input: object, handlers: WatchHandlers<'areas'>) => {
      const watch = { handlers, open: true };
      watches.push(watch);
      return () => {
        watch.open = false;
      };
    },
  } as unknown as ConsoleClient;
  const clock = { nowMs: 0 };
  const timers: (() => void)[] = [];
  const drawn: (() => void)[] = [];
  const parts: ViewStoreParts = {
    monoMs: () => clock.nowMs,
    drawn: () => new Promise((resolve) => drawn.push(resolve)),
    later: (_delayMs, run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  };
  return { client, watches, clock, timers, drawn, parts };
}

/** A store over such a client. */
function given() {
  const all = givenParts();
  const { client, watches, parts } = all;
  const taken: unknown[] = [];
  const send = (snapshot: boolean, set: Record<string, AreaNow>, drop: string[] = []) => {
    const update: ViewUpdate<'areas'> = {
      snapshot,
      set: new Map(Object.entries(set)),
      drop,
      seq: 1,
    };
    taken.push(watches.at(-1)?.handlers.onUpdate(update));
  };
  return { ...all, store: new ViewStore('areas', client, parts), taken, send };
}

test('one watch serves every listener, and ends a while after the last has left', () => {
  const { store, watches, timers } = given();
  const first = store.subscribe(() => {});
  const second = store.subscribeRow('loop', () => {});
  expect(watches).toHaveLength(1);
  first();
  first();
  expect(timers).toHaveLength(0);
  second();
  expect(watches[0]?.open).toBe(true);
  timers[0]?.();
  expect(watches[0]?.open).toBe(false);
});

test('who comes back in time finds the watch running', () => {
  const { store, watches, timers } = given();
  store.subscribe(() => {})();
  store.subscribe(() => {});
  expect(timers).toHaveLength(0);
  expect(watches).toHaveLength(1);
  expect(watches[0]?.open).toBe(true);
});

test('patches set and drop rows; a snapshot forgets what was before', () => {
  const { store, send } = given();
  store.subscribe(() => {});
  send(true, { loop: area(1), sanTin: area(2) });
  send(false, { loop: area(3) }, ['sanTin']);
  expect([...store.state().rows]).toEqual([['loop', area(3)]]);
  send(true, { other: area(4) });
  expect([...store.state().rows.keys()]).toEqual(['other']);
});

test('the state is the same object until something changes', () => {
  const { store, send } = given();
  store.subscribe(() => {});
  send(true, { loop: area(1) });
  const before = store.state();
  expect(store.state()).toBe(before);
  send(false, { loop: area(2) });
  expect(store.state()).not.toBe(before);
  expect(before.rows.get('loop')?.inside).toBe(1);
});

test('a row listener hears only of its own row, also when a snapshot takes it away', () => {
  const { store, send } = given();
  const heard: (number | undefined)[] = [];
  store.subscribeRow('loop', () => heard.push(store.row('loop')?.inside));
  send(true, { loop: area(1), sanTin: area(5) });
  send(false, { sanTin: area(6) });
  send(false, { loop: area(2) });
  send(true, {});
  expect(heard).toEqual([1, 2, undefined]);
});

test('a late listener to patches begins with a snapshot of what is known', () => {
  const { store, send } = given();
  store.subscribe(() => {});
  send(true, { loop: area(1) });
  send(false, { sanTin: area(2) });
  const patches: ViewPatch<'areas'>[] = [];
  store.patches((patch) => patches.push(patch));
  send(false, {}, ['loop']);
  expect(patches.map((patch) => [patch.snapshot, [...patch.set.keys()], patch.drop])).toEqual([
    [true, ['loop', 'sanTin'], []],
    [false, [], ['loop']],
  ]);
});

test('the engine waits until the screen has drawn', async () => {
  const { store, send, drawn, taken } = given();
  store.subscribe(() => {});
  send(true, { loop: area(1) });
  let free = false;
  const freed = Promise.resolve(taken[0]).then(() => {
    free = true;
  });
  await Promise.resolve();
  expect(free).toBe(false);
  drawn[0]?.();
  await freed;
  expect(free).toBe(true);
});

test('each row knows when it came, so that its age can be counted on', () => {
  const { store, send, clock } = given();
  store.subscribe(() => {});
  clock.nowMs = 100;
  send(true, { loop: area(1), sanTin: area(1) });
  clock.nowMs = 900;
  send(false, { loop: area(2) });
  expect(store.receivedMs('loop')).toBe(900);
  expect(store.receivedMs('sanTin')).toBe(100);
  expect(store.receivedMs('nowhere')).toBeNull();
});

test('lagging is shown, and taken back some seconds later', () => {
  const { store, send, watches, timers } = given();
  store.subscribe(() => {});
  send(true, { loop: area(1) });
  watches[0]?.handlers.onLagged?.();
  expect(store.state().lagged).toBe(true);
  send(false, { loop: area(2) });
  expect(store.state().lagged).toBe(true);
  timers[0]?.();
  expect(store.state().lagged).toBe(false);
});

test('that the screen lags is told only when it goes on for ten seconds', () => {
  const { client, watches, parts } = givenParts();
  const timers = new VirtualTimers();
  const stores = new ViewStores(client, { ...parts, later: timers.later });
  const heard: boolean[] = [];
  stores.subscribeLag(() => heard.push(stores.lagged()));
  stores.get('areas').subscribe(() => {});
  expect(stores.get('areas')).toBe(stores.get('areas'));
  const lag = () => watches[0]?.handlers.onLagged?.();
  lag();
  timers.run(4_000);
  lag();
  timers.run(6_000);
  expect([stores.lagged(), heard]).toEqual([false, []]);
  for (let n = 0; n < 3; n += 1) {
    lag();
    timers.run(4_000);
  }
  expect([stores.lagged(), heard]).toEqual([true, [true]]);
  timers.run(5_000);
  expect([stores.lagged(), heard]).toEqual([false, [true, false]]);
});

test('an update that is long in drawing is a sign of lag, whoever says so', async () => {
  const { store, send, clock, drawn } = given();
  store.subscribe(() => {});
  send(true, { loop: area(1) });
  clock.nowMs = 900;
  drawn[0]?.();
  await Promise.resolve();
  expect(store.lagged()).toBe(false);
  send(false, { loop: area(2) });
  clock.nowMs = 2_000;
  drawn[1]?.();
  await Promise.resolve();
  expect(store.lagged()).toBe(true);
});

test('a watch that the engine ended says why, and begins anew for the next listener', () => {
  const { store, watches } = given();
  store.subscribe(() => {});
  watches[0]?.handlers.onEnd({ code: 'forbidden', text: 'not for this role' });
  expect(store.state().fault?.code).toBe('forbidden');
  store.subscribe(() => {});
  expect(watches).toHaveLength(2);
  expect(store.state().fault).toBeNull();
});
