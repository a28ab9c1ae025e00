import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seedNumber } from '../../../src/training/chance.ts';
import { Badges } from '../../../src/training/people/badges.ts';
import { MiniConsole } from './mini-console.ts';
import { ZoneProcess } from './zone-process.ts';

const SLOW = { timeout: 60_000 };
const SEED = 'process-test';
const SMALL = ['--people', '200', '--lanes', '24', '--from', '2026-03-02', '--seed', SEED];
let data = '';
let zone: ZoneProcess | null = null;
let engine: MiniConsole | null = null;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'twoline-zone-'));
});

afterEach(async () => {
  engine?.stop();
  engine = null;
  zone?.child.kill('SIGKILL');
  await zone?.exited;
  zone = null;
  rmSync(data, { recursive: true });
});

async function start(args: readonly string[]): Promise<ZoneProcess> {
  zone = new ZoneProcess(data, args);
  expect(await zone.started()).toMatchObject({ t: 'ready', siteFile: join(data, 'site.json') });
  return zone;
}

async function startEngine(of: ZoneProcess): Promise<MiniConsole> {
  engine = new MiniConsole(of.site(), () => true);
  await engine.start();
  return engine;
}

const badge = new Badges(seedNumber(SEED)).badge(3);

test(
  '75 boards and 300 lanes stand, a badge opens a gate, and all of it ends in time',
  SLOW,
  async () => {
    const running = await start(['--people', '300', '--lanes', '300', '--seed', SEED]);
    const site = running.site();
    expect([site.boards.length, site.lanes.length]).toEqual([75, 300]);
    expect(existsSync(join(data, 'permits.csv'))).toBe(true);
    await startEngine(running);
    for (const lane of [site.lanes[0]!, site.lanes[299]!]) {
      const sent = await running.order({ do: 'swipe', lane: lane.id, credential: badge });
      expect(sent.end).toBe('passed');
      expect(sent.decisionMs).toBeGreaterThan(0);
    }
    const { file, count } = await running.order({ do: 'openings' });
    expect(count).toBeGreaterThanOrEqual(2);
    expect(
      readFileSync(file as string, 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(count as number);
    const live = readFileSync(join(data, 'openings.ndjson'), 'utf8').trim().split('\n');
    expect(JSON.parse(live[0]!)).toMatchObject({ serial: Number(site.boards[0]!.serial), door: 1 });
    expect(await running.stop()).toBeLessThan(1500);
    expect(await running.exited).toBe(0);
  },
);

test('the zone lives on without an engine and opens again for the next one', SLOW, async () => {
  const running = await start(SMALL);
  const lane = running.site().lanes[0]!.id;
  const first = await startEngine(running);
  expect((await running.order({ do: 'swipe', lane, credential: badge })).end).toBe('passed');
  first.stop();
  engine = null;
  const alone = await running.order({ do: 'swipe', lane, credential: badge, waitS: 0 });
  expect(alone).toEqual({ end: 'turned-away', decisionMs: null });
  await startEngine(running);
  expect((await running.order({ do: 'swipe', lane, credential: badge })).end).toBe('passed');
});

test('a pause stops people and calendar, and both go on after it', SLOW, async () => {
  const running = await start(SMALL);
  await startEngine(running);
  await running.order({ do: 'pause' });
  for (;;) {
    const { speed } = await running.order({ do: 'state' });
    if (speed === 0) break;
  }
  const at = await running.order({ do: 'state' });
  expect(await running.order({ do: 'state' })).toMatchObject({ wallMs: at.wallMs, paused: true });
  await running.order({ do: 'resume' });
  for (;;) {
    const { wallMs, paused } = await running.order({ do: 'state' });
    expect(paused).toBe(false);
    if ((wallMs as number) > (at.wallMs as number)) break;
  }
});

test('orders that cannot be carried out are named, and the next one is', SLOW, async () => {
  const running = await start(SMALL);
  const codes: (string | null)[] = [];
  for (const line of [
    'rubbish',
    '{}',
    '{"do":"dance"}',
    '{"do":"power-cut","board":"1","seconds":-1}',
    '{"do":"power-cut","board":"1","seconds":1}',
    '{"do":"force-door","lane":"nowhere"}',
    '{"do":"swipe","lane":"nowhere","credential":"raw/1"}',
    `{"do":"swipe","lane":"${running.site().lanes[0]!.id}","credential":"somebody"}`,
    '{"do":"start-centre"}',
    '{"do":"state"}',
  ]) {
    const answer = await running.say(line);
    codes.push(answer.ok ? null : answer.fault.code);
  }
  expect(codes).toEqual([
    ...['order', 'order', 'order', 'order', 'no-board', 'no-lane', 'no-lane', 'no-badge'],
    ...['no-centre', null],
  ]);
});

test(
  'a zone that starts again in its folder goes on where it was, and never earlier',
  SLOW,
  async () => {
    const first = await start(SMALL);
    await startEngine(first);
    await first.order({ do: 'swipe', lane: first.site().lanes[0]!.id, credential: badge });
    const before = await first.order({ do: 'state' });
    engine?.stop();
    engine = null;
    await first.stop();
    const second = await start(SMALL);
    const after = await second.order({ do: 'state' });
    expect(after.wallMs).toBeGreaterThanOrEqual(before.wallMs as number);
    expect((after.places as Record<string, number>).loop).toBeGreaterThanOrEqual(1);
    expect(second.told.map((one) => (one.t === 'progress' ? one.text : '')).join(' ')).toContain(
      'goes on at 2026-03-02',
    );
  },
);

test.each([
  [['--speed', 'fast'], '--speed'],
  [['--lanes', '301'], '--lanes'],
  [['--people', '0'], '--people'],
  [['--from', '2026-02-30'], '--from'],
  [['--demand', 'missing.csv'], 'missing.csv'],
  [['--dance'], '--dance'],
])('what cannot be started is refused with a reason: %j', SLOW, async (args, named) => {
  zone = new ZoneProcess(data, args);
  const word = await zone.started();
  expect(word.t).toBe('failed');
  if (word.t === 'failed') expect(word.fault.text).toContain(named);
  expect(await zone.exited).toBe(1);
});

test('it ends when the launcher is gone', SLOW, async () => {
  const running = await start(SMALL);
  running.child.disconnect();
  expect(await running.exited).toBe(0);
});
