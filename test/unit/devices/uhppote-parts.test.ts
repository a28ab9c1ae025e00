import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Timer, Timers } from '../../../src/main/engine/devices/timers.ts';
import { BoardClock } from '../../../src/main/engine/devices/uhppote/board-clock.ts';
import { Exchange } from '../../../src/main/engine/devices/uhppote/exchange.ts';
import { Gaps } from '../../../src/main/engine/devices/uhppote/gaps.ts';
import { Pace } from '../../../src/main/engine/devices/uhppote/pace.ts';
import { limits, uhppoteTiming } from '../../../src/main/engine/devices/uhppote/timing.ts';
import { translate } from '../../../src/main/engine/devices/uhppote/translate.ts';
import type { BoardId } from '../../../src/shared/domain/ids.ts';
import { ManualClock } from '../../../src/shared/lib/clock.ts';
import { decodeReply, decodeRequest, encodeReply } from '../../../src/shared/wire/uhppote/codec.ts';
import type { EventFields, MessageName } from '../../../src/shared/wire/uhppote/messages.ts';
import { RecordingSink } from '../../kit/gate-sink.ts';

describe('gaps', () => {
  test('behave like a set of indexes, whatever is added and removed', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 10 }));
    const step = fc.record({ add: fc.boolean(), range });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const gaps = new Gaps(1000);
        const model = new Set<number>();
        for (const {
          add,
          range: [from, length],
        } of steps) {
          const to = from + length;
          if (add) gaps.add(from, to);
          const removed = add ? [] : gaps.remove(from, to);
          let gone = 0;
          for (let i = from; i <= to; i += 1) {
            if (add) model.add(i);
            else if (model.delete(i)) gone += 1;
          }
          expect(removed.reduce((sum, r) => sum + r.to - r.from + 1, 0)).toBe(gone);
        }
        expect(gaps.count()).toBe(model.size);
        expect(gaps.lowest()).toBe(model.size === 0 ? null : Math.min(...model));
        for (let i = 1; i <= 71; i += 1) expect(gaps.has(i)).toBe(model.has(i));
        const ranges = gaps.ranges();
        for (let i = 1; i < ranges.length; i += 1) {
          expect((ranges[i]?.from ?? 0) - (ranges[i - 1]?.to ?? 0)).toBeGreaterThan(1);
        }
      }),
    );
  });

  test('over the limit the nearest are merged and nothing is forgotten', () => {
    const gaps = new Gaps(3);
    for (const index of [1, 10, 12, 100]) gaps.add(index, index);
    expect(gaps.ranges()).toEqual([
      { from: 1, to: 1 },
      { from: 10, to: 12 },
      { from: 100, to: 100 },
    ]);
  });
});

describe('what a record means', () => {
  const event: EventFields = {
    index: 7,
    type: 1,
    granted: false,
    door: 2,
    direction: 2,
    card: 12_304_567,
    at: 1000,
    reason: 5,
  };
  const frame = {
    board: '1' as BoardId,
    badgeNumbers: '26-bit',
    delivery: 'pushed',
    inOrder: true,
    ageMs: 0,
    nowMs: 5000,
  } as const;
  test.each([
    [{ reason: 5 }, { kind: 'swipe', credential: 'h10301/123/4567', direction: 'out' }],
    [
      { reason: 1, type: 2, granted: true },
      { kind: 'swipe', granted: true },
    ],
    [
      { reason: 0x12, card: 12_399_999 },
      { kind: 'swipe', credential: 'raw/12399999' },
    ],
    [{ reason: 0x2c, type: 2, card: 3_922_570_474 }, { kind: 'remote-open' }],
    [
      { reason: 0x2d, type: 2 },
      { kind: 'remote-open', by: 'usb-reader' },
    ],
    [
      { reason: 0x19, type: 2 },
      { kind: 'alarm', alarm: 'code' },
    ],
    [{ reason: 0x14, type: 2 }, { kind: 'button' }],
    [
      { reason: 0x17, type: 2 },
      { kind: 'door', state: 'opened' },
    ],
    [
      { reason: 0x18, type: 2 },
      { kind: 'door', state: 'closed' },
    ],
    [
      { reason: 0x25, type: 3 },
      { kind: 'door', state: 'open-too-long' },
    ],
    [
      { reason: 0x26, type: 3 },
      { kind: 'door', state: 'forced' },
    ],
    [
      { reason: 0x27, type: 3 },
      { kind: 'alarm', alarm: 'fire' },
    ],
    [
      { reason: 0x22, type: 3 },
      { kind: 'alarm', alarm: 'threat' },
    ],
    [
      { reason: 0x1c, type: 3 },
      { kind: 'alarm', alarm: 'power-on' },
    ],
    [
      { reason: 0x99, type: 7 },
      { kind: 'alarm', alarm: 'other', reason: 0x99 },
    ],
    [{ at: null }, { deviceAtMs: 5000 }],
  ])('%o', (fields, meaning) => {
    expect(translate({ ...event, ...fields }, frame)).toMatchObject(meaning);
  });
});

describe('board clock', () => {
  test('drift is real time, judged with the calendar’s speed and the seconds’ grain', () => {
    const clock = new ManualClock(10_000_000, 60);
    const board = new BoardClock(clock, 5000);
    expect(board.see(10_000_000).over).toBe(false);
    expect(board.see(10_000_000 + 299_000).over).toBe(false);
    expect(board.see(10_000_000 + 300_000)).toMatchObject({ over: true });
    expect(board.see(10_000_000 - 600_500)).toEqual({ driftMs: -10_000, over: true });
    const real = new BoardClock(new ManualClock(10_000_000), 5000);
    expect(real.see(9_996_000).over).toBe(false);
    expect(real.see(9_994_000).over).toBe(true);
  });

  test.each([-17 * 60_000, 40_000])('our own calendar put on by %i ms ages no event', (stepMs) => {
    const clock = new ManualClock(10_000_000);
    const board = new BoardClock(clock, 5000);
    board.see(10_000_000 - 60_000);
    clock.advance(1000);
    clock.stepWall(stepMs);
    clock.advance(30_000);
    // Stamped by the board's clock a second after it was seen, thirty seconds ago.
    expect(board.ageMs(7, 10_001_000 - 60_000)).toBe(30_000);
    board.see(10_031_000 - 60_000);
    board.corrected(7);
    clock.stepWall(stepMs);
    clock.advance(1000);
    expect(board.ageMs(7, 10_001_000 - 60_000)).toBe(31_000);
    for (let second = 1; second <= 3; second += 1) {
      clock.advance(1000);
      board.see(10_031_000 + stepMs + stepMs + (second + 1) * 1000);
    }
    expect(board.ageMs(8, 10_034_000 + stepMs + stepMs)).toBe(1000);
  });

  test('a status that lay in our socket while we slept makes no event young', () => {
    const clock = new ManualClock(10_000_000);
    const board = new BoardClock(clock, 5000);
    board.see(10_000_000);
    clock.advance(31_000);
    // Pushed thirty seconds ago, and now taken for the answer to what was asked a moment ago.
    expect(board.see(10_001_000).driftMs).toBe(-29_500);
    expect(board.ageMs(7, 10_001_000)).toBeGreaterThanOrEqual(30_000);
  });

  test('nor do as many as came while we slept', () => {
    const clock = new ManualClock(10_000_000);
    const board = new BoardClock(clock, 5000);
    for (let second = 0; second < 3; second += 1) {
      board.see(10_000_000 + second * 1000);
      clock.advance(1000);
    }
    clock.advance(61_000);
    for (let n = 0; n < 20; n += 1) {
      board.see(10_003_000);
      clock.advance(3);
    }
    expect(board.ageMs(7, 10_003_000)).toBeGreaterThanOrEqual(60_000);
  });

  test('a clock that was put on while we slept makes no event young, before or after ours', () => {
    const clock = new ManualClock(10_000_000);
    const board = new BoardClock(clock, 5000);
    board.see(10_000_000);
    clock.advance(64_000);
    const putOn = 10_000_000 + 574_000;
    const isLive = (index: number) => Math.abs(board.ageMs(index, putOn)) <= 5_000;
    // What it pushed at once after that, and we hear now, would show it as of this moment.
    expect(board.see(putOn).over).toBe(true);
    expect(isLive(10)).toBe(false);
    board.corrected(9);
    expect([isLive(9), isLive(10)]).toEqual([false, false]);
    clock.advance(1000);
    board.see(10_065_000);
    expect(board.ageMs(11, 10_065_000)).toBe(0);
  });

  test('an event stamped before a correction keeps its age', () => {
    const clock = new ManualClock(10_000_000);
    const board = new BoardClock(clock, 5000);
    board.see(10_000_000 - 3_600_000);
    board.corrected(12);
    clock.advance(2000);
    expect(board.ageMs(12, 10_000_000 - 3_600_000)).toBe(2000);
    expect(board.ageMs(13, 10_001_000)).toBe(500);
  });

  test('an event stamped ahead is not taken for one of this moment', () => {
    const clock = new ManualClock(10_000_000);
    const board = new BoardClock(clock, 5000);
    board.see(9_999_500);
    // The board's clock has run ahead since: an hour ago it stamped what it shows as now.
    expect(board.ageMs(12, 13_600_000)).toBe(-3_600_500);
    const fast = new BoardClock(new ManualClock(10_000_000, 60), 5000);
    fast.see(10_000_000 - 500);
    expect(fast.ageMs(12, 10_000_000 + 599_500)).toBe(-10_000);
  });
});

/** Timers moved by hand together with the clock. */
class HandTimers implements Timers {
  readonly clock = new ManualClock(0);
  #set: { readonly atMs: number; readonly call: () => void }[] = [];
  after(ms: number, call: () => void): Timer {
    const entry = { atMs: this.clock.monoMs() + ms, call };
    this.#set.push(entry);
    return {
      cancel: () => {
        this.#set = this.#set.filter((one) => one !== entry);
      },
    };
  }
  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    const due = this.#set.filter((entry) => entry.atMs <= this.clock.monoMs());
    this.#set = this.#set.filter((entry) => !due.includes(entry));
    for (const entry of due) entry.call();
    await Promise.resolve();
  }
}

describe('pace', () => {
  test('so many a second, each in its turn; the urgent ones go ahead and are counted', async () => {
    const timers = new HandTimers();
    const pace = new Pace(timers.clock, timers, 1000);
    let burst = 0;
    while (pace.take()) burst += 1;
    expect(burst).toBe(50);
    const order: string[] = [];
    const ask = (who: string): void => {
      pace.wait(() => {
        order.push(who);
        if (order.length < 6) ask(who);
      });
    };
    for (const who of ['a', 'b', 'c']) ask(who);
    await timers.pass(1);
    expect([order, pace.take()]).toEqual([['a'], false]);
    for (let i = 0; i < 7; i += 1) await timers.pass(1);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b']);
    pace.spend();
    pace.spend();
    await timers.pass(2);
    expect(pace.take()).toBe(false);
    await timers.pass(1);
    expect(pace.take()).toBe(true);
    pace.giveBack();
    expect([pace.take(), pace.take()]).toEqual([true, false]);
  });
});

describe('exchange', () => {
  function open(perSecond = 100_000) {
    const timers = new HandTimers();
    const pace = new Pace(timers.clock, timers, perSecond);
    const sent: MessageName[] = [];
    const sink = new RecordingSink();
    const exchange = new Exchange({
      serial: 9,
      clock: timers.clock,
      timers,
      timing: uhppoteTiming,
      pace,
      send: (bytes) => {
        const request = decodeRequest(bytes);
        if (request.ok) sent.push(request.value.name);
      },
      onAwaited: (change) => sink.awaited(change),
    });
    const reply = (bytes: Uint8Array): boolean => {
      const read = decodeReply(bytes);
      return read.ok && exchange.onReply(read.value);
    };
    return { exchange, reply, sent, timers, sink };
  }
  const ok = { ok: true };
  const at = { urgency: 'backlog', timeoutMs: 400 } as const;
  const event = { type: 1, granted: false, door: 1, direction: 1, card: 1, at: null, reason: 5 };

  test('it says while somebody waits at a gate for what the board answers', async () => {
    const { exchange, reply, timers, sink } = open();
    const urgently = (urgency: 'command' | 'live') => ({ urgency, timeoutMs: 400 }) as const;
    void exchange.request('get-status', {}, { urgency: 'status', timeoutMs: 400 });
    void exchange.request('get-event', { index: 3 }, at);
    expect(sink.awaitedNow).toBe(0);
    const live = exchange.request('get-event', { index: 4 }, urgently('live'));
    const opening = exchange.request('open-door', { door: 1 }, urgently('command'));
    expect(sink.awaitedNow).toBe(2);
    await timers.pass(uhppoteTiming.yieldAfterMs);
    expect(reply(encodeReply('open-door', 9, ok))).toBe(true);
    await opening;
    expect(sink.awaitedNow).toBe(1);
    await timers.pass(400);
    expect(await live).toMatchObject({ fault: { code: 'timeout' } });
    expect(sink.awaitedNow).toBe(0);
    exchange.close();
    await exchange.request('open-door', { door: 1 }, urgently('command'));
    expect(sink.awaitedNow).toBe(0);
  });

  test('one at a time, the most urgent first', async () => {
    const { exchange, reply, sent } = open();
    const house = exchange.request('count-cards', {}, { urgency: 'housekeeping', timeoutMs: 300 });
    void exchange.request('get-time', {}, { urgency: 'backlog', timeoutMs: 300 });
    void exchange.request('get-status', {}, { urgency: 'status', timeoutMs: 300 });
    expect(sent).toEqual(['count-cards']);
    void exchange.request('open-door', { door: 1 }, { urgency: 'command', timeoutMs: 300 });
    expect((await house).ok).toBe(false);
    expect(sent).toEqual(['count-cards', 'open-door']);
    expect(reply(encodeReply('count-cards', 9, { count: 3 }))).toBe(false);
    expect(reply(encodeReply('open-door', 9, ok))).toBe(true);
    expect(sent).toEqual(['count-cards', 'open-door', 'get-status']);
  });

  test('a read gives way to a command only after a grace', async () => {
    const { exchange, sent, timers } = open();
    const read = exchange.request('get-event', { index: 5 }, at);
    void exchange.request('open-door', { door: 1 }, { urgency: 'command', timeoutMs: 300 });
    expect(sent).toEqual(['get-event']);
    await timers.pass(uhppoteTiming.yieldAfterMs);
    expect(sent).toEqual(['get-event', 'open-door']);
    expect(await read).toMatchObject({ fault: { code: 'abandoned' } });
  });

  test('a late reply is not taken for the answer to the next question', async () => {
    const { exchange, reply, timers } = open();
    const first = exchange.request('get-event', { index: 5 }, at);
    await timers.pass(400);
    expect(await first).toMatchObject({ fault: { code: 'timeout' } });
    const second = exchange.request('get-event', { index: 6 }, at);
    expect(reply(encodeReply('get-event', 9, { ...event, index: 5 }))).toBe(false);
    expect(reply(encodeReply('get-event', 9, { ...event, index: 6 }))).toBe(true);
    expect(await second).toMatchObject({ value: { index: 6 } });
  });

  test('past its deadline nothing is sent; what waits is bounded; closing ends all', async () => {
    const { exchange, sent, timers } = open();
    await timers.pass(100);
    const options = { urgency: 'command', timeoutMs: 300, deadlineMonoMs: 99 } as const;
    expect(await exchange.request('open-door', { door: 1 }, options)).toMatchObject({
      fault: { code: 'expired' },
    });
    expect(sent).toEqual([]);
    const many = Array.from({ length: limits.requests + 2 }, (_, i) =>
      exchange.request('get-event', { index: i + 1 }, at),
    );
    expect(await many.at(-1)).toMatchObject({ fault: { code: 'full' } });
    exchange.close();
    expect(await many[0]).toMatchObject({ fault: { code: 'closed' } });
    expect(await many[5]).toMatchObject({ fault: { code: 'closed' } });
  });
});
