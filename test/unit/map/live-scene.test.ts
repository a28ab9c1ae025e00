import { describe, expect, test } from 'vitest';
import type { FeatureState } from '../../../src/renderer/map/engine/engine.ts';
import type { MapFeed, Patch, Patches } from '../../../src/renderer/map/live/feed.ts';
import { LiveScene } from '../../../src/renderer/map/live/live-scene.ts';
import { FLUSH_MS, URGENT_MS } from '../../../src/renderer/map/scene/coalescer.ts';
import type { MapSite } from '../../../src/renderer/map/scene/shapes.ts';
import type { AreaNow, LaneNow, QueueRow } from '../../../src/shared/contract/views.ts';
import { HandClock } from './hand-clock.ts';
import { laneRow, queueRow } from './rows.ts';

/** A view that a test patches by hand. */
class HandView<R> implements Patches<R> {
  readonly #clock: HandClock;
  readonly #at = new Map<string, number>();
  #listener: (patch: Patch<R>) => void = () => {};

  constructor(clock: HandClock) {
    this.#clock = clock;
  }

  patches(listener: (patch: Patch<R>) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }

  receivedMs(key: string): number | null {
    return this.#at.get(key) ?? null;
  }

  send(rows: Record<string, R>, snapshot = false, drop: string[] = []): void {
    for (const key of Object.keys(rows)) this.#at.set(key, this.#clock.monoMs());
    this.#listener({ snapshot, set: new Map(Object.entries(rows)), drop });
  }
}

const name = { 'zh-HK': '甲', 'zh-CN': '甲', en: 'A' };
const site = {
  name,
  areas: [{ id: 'A1', name, capacity: { soft: 9, hard: 10 }, outline: [], fictional: true }],
  checkpoints: [
    { id: 'C1', name, line: 'first', position: [0, 0] },
    { id: 'C2', name, line: 'second', position: [1, 1] },
  ],
  lanes: [
    { id: 'L1', name, checkpoint: 'C1', direction: 'in' },
    { id: 'L2', name, checkpoint: 'C1', direction: 'out' },
    { id: 'L3', name, checkpoint: 'C2', direction: 'in' },
  ],
  map: {},
} as unknown as MapSite;

function zone() {
  const clock = new HandClock();
  const lanes = new HandView<LaneNow>(clock);
  const areas = new HandView<AreaNow>(clock);
  const queue = new HandView<QueueRow>(clock);
  const heard: { fresh: boolean; engineMs: number | null } = { fresh: true, engineMs: null };
  const feed: MapFeed = {
    ...{ lanes, areas, queue },
    ...{ engineMs: () => heard.engineMs, fresh: () => heard.fresh },
  };
  const sent: { key: string; state: FeatureState; atMs: number }[] = [];
  const scene = new LiveScene(
    site,
    feed,
    (source, id, state) => sent.push({ key: `${source}/${id}`, state, atMs: clock.monoMs() }),
    clock,
  );
  scene.start();
  lanes.send(
    {
      L1: laneRow({ lane: 'L1' }),
      L2: laneRow({ lane: 'L2' }),
      L3: laneRow({ lane: 'L3', checkpoint: 'C2' }),
    },
    true,
  );
  clock.advance(FLUSH_MS);
  sent.length = 0;
  return { clock, lanes, areas, queue, heard, scene, sent };
}

describe('the live scene', () => {
  test('a silent board becomes uncertain, then stale, by the clock alone', () => {
    const { clock, scene } = zone();
    const bodies = [9, 1, 20, 60].map((seconds) => {
      clock.advance(seconds * 1_000);
      scene.tick();
      return scene.symbol('L1')?.body;
    });
    expect(bodies).toEqual(['shut', 'uncertain', 'stale', 'stale']);
  });

  test('a board that is heard again is well again', () => {
    const { clock, lanes, scene } = zone();
    clock.advance(40_000);
    scene.tick();
    lanes.send({ L1: laneRow({ lane: 'L1' }) });
    expect(scene.symbol('L1')?.body).toBe('shut');
    expect(scene.symbol('L2')?.body).toBe('stale');
  });

  test('a board that its driver cannot reach is doubted at once, and offline after 30 s', () => {
    const { clock, lanes, scene } = zone();
    lanes.send({ L1: laneRow({ lane: 'L1', online: false, heardAgoMs: 0 }) });
    expect(scene.symbol('L1')?.body).toBe('uncertain');
    expect(scene.symbol('L3')?.body).toBe('shut');
    clock.advance(31_000);
    scene.tick();
    expect(scene.symbol('L1')?.body).toBe('offline');
    lanes.send({ L1: laneRow({ lane: 'L1' }) });
    expect(scene.symbol('L1')?.body).toBe('shut');
  });

  test('a fresh lane stays fresh without news for as long as the engine is heard', () => {
    const { clock, heard, lanes, scene } = zone();
    lanes.send({ L1: laneRow({ lane: 'L1', heardAgoMs: 0 }) });
    clock.advance(60_000);
    heard.engineMs = clock.monoMs();
    scene.tick();
    expect(scene.symbol('L1')?.body).toBe('shut');
    clock.advance(11_000);
    scene.tick();
    expect(scene.symbol('L1')?.body).toBe('uncertain');
  });

  test('only what changed is sent, at ten batches a second', () => {
    const { clock, lanes, sent } = zone();
    for (let n = 0; n < 50; n += 1) {
      lanes.send({ L1: laneRow({ lane: 'L1', door: n % 2 === 0 ? 'open' : 'closed' }) });
      clock.advance(20);
    }
    expect(sent.every(({ key }) => key === 'lanes/0')).toBe(true);
    expect(sent.length).toBeLessThanOrEqual(1_000 / FLUSH_MS + 1);
    lanes.send({ L1: laneRow({ lane: 'L1', perMinute: 7 }) });
    sent.length = 0;
    clock.advance(1_000);
    expect(sent).toEqual([]);
  });

  test('an alarm reaches its lane and its checkpoint within a frame', () => {
    const { clock, queue, sent } = zone();
    clock.advance(1);
    queue.send({ I1: queueRow('I1', 1, 0, { lane: 'L2', checkpoint: 'C1' }) });
    clock.advance(URGENT_MS);
    expect(sent.map(({ key, state }) => [key, state.priority])).toEqual([
      ['lanes/1', 1],
      ['plates/0', 1],
      ['names/0', 1],
    ]);
  });

  test('the highest of many alarms is shown, and goes with the last of them', () => {
    const { queue, scene } = zone();
    const at = { lane: 'L2', checkpoint: 'C1' };
    queue.send({ I1: queueRow('I1', 3, 0, at), I2: queueRow('I2', 1, 0, at) });
    expect(scene.priority('C1')).toBe(1);
    queue.send({}, false, ['I2']);
    expect(scene.priority('C1')).toBe(3);
    queue.send({ I3: queueRow('I3', 2, 0, { checkpoint: 'C1' }) });
    expect(scene.priority('C1')).toBe(2);
    expect(scene.symbol('L1')?.priority).toBe(0);
    queue.send({}, true);
    expect(scene.priority('C1')).toBe(0);
    expect(scene.symbol('L2')?.priority).toBe(0);
  });

  test('a command shows its stages, then is history', () => {
    const { clock, lanes, scene } = zone();
    const marks = (['requested', 'accepted', 'confirmed'] as const).map((stage) => {
      lanes.send({ L1: laneRow({ lane: 'L1', stage }) });
      return scene.symbol('L1')?.command;
    });
    expect(marks).toEqual(['pending', 'pending', 'done']);
    clock.advance(7_000);
    scene.tick();
    expect(scene.symbol('L1')?.command).toBe('none');
  });

  test('a command confirmed before this screen looked is not announced', () => {
    const { lanes, scene } = zone();
    lanes.send({ L1: laneRow({ lane: 'L1', stage: 'confirmed' }) }, true);
    expect(scene.symbol('L1')?.command).toBe('none');
  });

  test('an area is near its limit, full, and in doubt when the engine is silent', () => {
    const { areas, heard, scene } = zone();
    const row = { area: 'A1', inside: 9, reserved: 0, unknown: 0, soft: 9, hard: 10 };
    areas.send({ A1: row as unknown as AreaNow });
    expect(scene.fill('A1')).toEqual({ level: 'near', ratio: 0.9 });
    heard.fresh = false;
    scene.tick();
    expect(scene.fill('A1')?.level).toBe('doubt');
  });

  test('a new engine is told everything once', () => {
    const { scene, sent } = zone();
    scene.resend();
    expect(sent.map(({ key }) => key).sort()).toEqual([
      'lanes/0',
      'lanes/1',
      'lanes/2',
      'names/0',
      'names/1',
      'plates/0',
      'plates/1',
    ]);
  });
});
