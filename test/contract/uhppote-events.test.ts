/** Following a board's event log: forged, lost, repeated, missing, overwritten, cleared. */
import { afterEach, describe, expect, test } from 'vitest';
import type { BoardEvent } from '../../src/main/engine/devices/ports.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import type { PastEvent, TrainingBoard } from '../../src/training/boards/training-board.ts';
import { forgedPush, sendFrom } from '../kit/forger.ts';
import { type GateZone, type GateZoneOptions, onlineGateZone } from '../kit/gate-zone.ts';

let zone: GateZone | null = null;
async function online(options: GateZoneOptions = {}): Promise<GateZone> {
  zone = await onlineGateZone(options);
  return zone;
}
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

const events = new Set(['swipe', 'remote-open', 'door', 'button', 'alarm']);
function eventsOf(of: GateZone): BoardEvent[] {
  return of.sink.reports.filter((report): report is BoardEvent => events.has(report.kind));
}
function indexesOf(of: GateZone): number[] {
  return eventsOf(of).map((event) => event.index);
}
function upTo(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
/** Swipes that happened while nobody listened. */
function past(count: number, firstCard = 1): PastEvent[] {
  const at = Date.UTC(2026, 2, 2, 0, 30, 0);
  return upTo(0, count - 1).map((i) => ({
    type: 1,
    granted: false,
    door: 1,
    direction: 1,
    card: firstCard + i,
    at: at + i * 1000,
    reason: 5,
  }));
}
const swipe = (device: TrainingBoard, card: number) => device.swipe(1, 'in', card, 50);

describe('pushed events are hints', () => {
  test('from a stranger’s address they are counted and dropped', async () => {
    const { board, device, sink } = await online();
    const forged = forgedPush(device.serial, { index: 1, card: 12_304_567 });
    await sendFrom('127.0.0.2', device.listener(), [forged, forged]);
    await sink.until(() => board.health().strangers === 2, 'two strangers');
    await swipe(device, 1_001_188);
    expect(sink.all('swipe').map((event) => event.credential)).toEqual(['h10301/10/1188']);
  });

  test('of an event that the board does not have they admit nobody', async () => {
    const { board, device, sink } = await online({ timing: { statusEveryMs: 60_000 } });
    const forged = forgedPush(device.serial, { index: 1, card: 12_304_567 });
    const far = forgedPush(device.serial, { index: 4_000_000_000, card: 12_304_567 });
    await sendFrom('127.0.0.1', device.listener(), [forged, far]);
    await sink.until(() => board.health().garbage >= 1, 'the forgery to be counted');
    void swipe(device, 1_001_188);
    expect((await sink.first('swipe')).credential).toBe('h10301/10/1188');
    expect(device.received('get-event')).toBeLessThan(12);
    expect(sink.all('swipe')).toHaveLength(1);
    expect(sink.all('gap')).toEqual([]);
  });

  test('of an event that the board has, the board’s own record counts', async () => {
    const device = { version: '6.62' };
    const one = await online({ device, timing: { statusEveryMs: 60_000 } });
    one.device.setFaults({ outgoing: { drop: 1 } });
    void swipe(one.device, 1_001_188);
    one.device.setFaults({});
    const forged = forgedPush(one.device.serial, { index: 1, card: 12_304_567 });
    await sendFrom('127.0.0.1', one.device.listener(), [forged]);
    const reported = await one.sink.first('swipe');
    expect(reported.credential).toBe('h10301/10/1188');
  });

  test('firmware 6.62 pushes with its own first byte', async () => {
    const { device, sink } = await online({ device: { version: '6.62' } });
    void swipe(device, 1_001_188);
    expect((await sink.first('swipe')).delivery).toBe('pushed');
  });
});

describe('a bad network', () => {
  test('lost pushes are found by the next status, in order and still live', async () => {
    const { device, sink } = await online({ timing: { statusEveryMs: 150 } });
    device.setFaults({ outgoing: { drop: 1 } });
    for (const card of [101, 102, 103]) void swipe(device, card);
    device.setFaults({});
    await sink.until(() => sink.all('swipe').length === 3, 'three swipes');
    const found = sink.all('swipe');
    expect(found.map((event) => event.index)).toEqual([1, 2, 3]);
    expect(found.every((event) => event.inOrder && event.delivery === 'polled')).toBe(true);
  });

  test('lost, repeated, reordered, delayed: each event once, in rising order', async () => {
    const one = await online({ device: { rng: seededRng('bad network') } });
    const bad = { drop: 0.2, repeat: 0.3, reorder: 0.2, delay: 0.3, delayMs: 15 };
    one.device.setFaults({ incoming: bad, outgoing: bad });
    for (let card = 1; card <= 60; card += 1) await swipe(one.device, card);
    one.device.setFaults({});
    const last = one.device.lastIndex();
    const whole = (): boolean => new Set(indexesOf(one)).size === last;
    await one.sink.until(whole, `all ${last} events`);
    const sorted = indexesOf(one).sort((a, b) => a - b);
    expect(sorted).toEqual(upTo(1, last));
    const live = eventsOf(one).filter((event) => event.delivery !== 'backlog');
    const indexes = live.map((event) => event.index);
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
    expect(one.sink.all('lost')).toEqual([]);
    expect(live.length).toBeGreaterThan(0);
  });
});

describe('what was missed', () => {
  test('several gaps from before, and all since, are asked for until none is left', async () => {
    const gaps = [
      { from: 3, to: 5 },
      { from: 9, to: 9 },
      { from: 14, to: 20 },
    ];
    const one = await online({
      setUp: { lastIndex: 25, gaps },
      before: (device) => device.backfill(past(40)),
    });
    const want = [3, 4, 5, 9, ...upTo(14, 20), ...upTo(26, 40)];
    await one.sink.until(() => indexesOf(one).length >= want.length, 'the gaps');
    expect(indexesOf(one)).toEqual(want);
    expect(eventsOf(one).every((event) => event.delivery === 'backlog')).toBe(true);
    expect(one.sink.all('gap')).toMatchObject([{ from: 26, to: 40 }]);
    await one.sink.until(() => one.board.health().missing === 0, 'nothing missing');
    expect(one.board.health().lastIndex).toBe(40);
  });

  test('the list of missing events is durable before a later event is handed in', async () => {
    let gapDurable = false;
    let eventBefore = false;
    const one = await online({ before: (device) => device.backfill(past(5)) });
    await one.sink.until(() => indexesOf(one).length === 5, 'what it had at first');
    one.sink.durable = async (report) => {
      if (report.kind === 'gap') {
        await new Promise((resolve) => setTimeout(resolve, 100));
        gapDurable = true;
      } else if (events.has(report.kind) && !gapDurable) eventBefore = true;
    };
    one.device.unplug();
    await one.sink.first('board-state', (state) => !state.online);
    one.device.backfill(past(5, 100));
    one.device.plug();
    await one.sink.until(() => indexesOf(one).length === 10, 'all events');
    expect(gapDurable).toBe(true);
    expect(eventBefore).toBe(false);
  });

  test('overwritten events are recorded as lost, the rest is fetched', async () => {
    const one = await online({
      setUp: { lastIndex: 10, gaps: [{ from: 2, to: 4 }] },
      device: { eventMemory: 64 },
      before: (device) => device.backfill(past(150)),
    });
    const first = one.device.firstIndex();
    await one.sink.until(() => indexesOf(one).length === 150 - first + 1, 'what is kept');
    expect(indexesOf(one)).toEqual(upTo(first, 150));
    expect(one.sink.all('lost')).toMatchObject([
      { from: 2, to: 4 },
      { from: 11, to: first - 1 },
    ]);
    expect(one.board.health().missing).toBe(0);
  });

  test('events overwritten while the backlog drains are lost, and live ones go on', async () => {
    const one = await online({ device: { eventMemory: 200 } });
    one.device.unplug();
    await one.sink.first('board-state', (state) => !state.online);
    one.device.backfill(past(190));
    one.sink.durable = async (report) => {
      if (report.kind === 'swipe' && report.delivery === 'backlog') {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    one.device.plug();
    await one.sink.until(() => indexesOf(one).length > 10, 'the backlog to begin');
    for (let i = 0; i < 3; i += 1) void swipe(one.device, 7_000_000 + i);
    one.device.backfill(past(150, 5000));
    await one.sink.until(() => one.sink.all('lost').length > 0, 'the loss');
    await one.sink.until(() => one.board.health().missing === 0, 'nothing missing', 20_000);
    const lost = one.sink.all('lost').flatMap((range) => upTo(range.from, range.to));
    const all = [...new Set([...indexesOf(one), ...lost])].sort((a, b) => a - b);
    expect(all).toEqual(upTo(1, one.device.lastIndex()));
  });

  test('a cleared board counts from 1: the loss is recorded, its events are taken', async () => {
    const one = await online({
      setUp: { lastIndex: 500, gaps: [{ from: 400, to: 410 }] },
      before: (device) => device.backfill(past(3)),
    });
    await one.sink.until(() => indexesOf(one).length === 3, 'its events');
    expect(indexesOf(one)).toEqual([1, 2, 3]);
    expect(one.sink.all('lost')).toMatchObject([
      { from: 400, to: 410 },
      { from: 501, to: 501, cleared: true },
    ]);
    one.device.clearEvents();
    void swipe(one.device, 1_001_188);
    await one.sink.until(() => one.sink.all('lost').length === 3, 'the second loss');
    await one.sink.until(() => indexesOf(one).length === 4, 'its first event');
    expect(one.sink.all('lost').at(-1)).toMatchObject({ from: 4, cleared: true });
  });
});

test('a board returns with hundreds of events; badges and gates work at once', async () => {
  const one = await online({ device: { eventMemory: 2000 } });
  one.device.powerCut();
  await one.sink.first('board-state', (state) => !state.online);
  one.device.backfill(past(600));
  one.sink.durable = async (report) => {
    if (report.kind === 'swipe' && report.delivery === 'backlog') {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  one.device.powerOn();
  await one.sink.until(() => one.sink.all('board-state').at(-1)?.online === true, 'the return');
  expect(one.device.hostDecides()).toBe(true);
  const tookMs: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    const card = 7_000_000 + i;
    const swiped = one.device.swipe(1, 'in', card, 2000);
    const live = await one.sink.first('swipe', (event) => event.credential === `h10301/70/${i}`);
    expect(live).toMatchObject({ inOrder: true });
    expect(live.delivery).not.toBe('backlog');
    one.board.send(one.command('open'));
    const outcome = await swiped;
    expect(outcome.opened).toBe(true);
    tookMs.push((outcome.openedMonoMs ?? 0) - outcome.swipedMonoMs);
  }
  const left = one.board.health().missing;
  expect(left).toBeGreaterThan(0);
  const worst = Math.max(...tookMs).toFixed(1);
  console.log(`badge to open while ${left} events wait: ${worst} ms at worst of ${tookMs.length}`);
  await one.sink.until(() => one.board.health().missing === 0, 'the backlog', 30_000);
  const sorted = [...new Set(indexesOf(one))].sort((a, b) => a - b);
  expect(sorted).toEqual(upTo(1, one.device.lastIndex()));
  expect(indexesOf(one)).toHaveLength(sorted.length);
});
