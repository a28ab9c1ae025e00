/** Many boards on one socket: each has its share, all together keep to a limit, no gate waits. */
import { afterEach, expect, test } from 'vitest';
import { createUhppoteBoards } from '../../src/main/engine/devices/uhppote/boards.ts';
import { type UhppoteTiming, uhppoteTiming } from '../../src/main/engine/devices/uhppote/timing.ts';
import type { Credential } from '../../src/shared/domain/credential.ts';
import type { BoardId, CommandId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { type MessageName, messages } from '../../src/shared/wire/uhppote/messages.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { RecordingSink } from '../kit/gate-sink.ts';
import { quickTiming } from '../kit/gate-zone.ts';
import { realClock } from '../kit/real-clock.ts';

const FIRST = 510_000;
const NAMES = Object.keys(messages) as MessageName[];

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function manyOnline(
  count: number,
  options: {
    readonly timing: UhppoteTiming;
    readonly perSecond?: number;
    /** Called on each device before the driver starts. */
    readonly before?: (device: TrainingBoard) => void;
  },
) {
  const { timing, perSecond, before } = options;
  const clock = realClock();
  const sink = new RecordingSink();
  const devices = Array.from({ length: count }, (_, i) => {
    return new TrainingBoard({ serial: FIRST + i, wallMs: () => clock.wallMs() });
  });
  const places = await Promise.all(devices.map((device) => device.start()));
  for (const device of devices) before?.(device);
  const { boards } = createUhppoteBoards({
    setUps: places.map((place, i) => ({
      ...{ board: String(FIRST + i) as BoardId, ...place },
      ...{ badgeNumbers: 'raw', cardCapacity: 10_000, lastIndex: 0, gaps: [] },
      doors: [1, 2, 3, 4].map((door) => ({ door, openS: 1, passage: 'door' as const })),
    })),
    ...{ bindAddress: '127.0.0.1', bindPort: 0, deps: { clock, sink } },
    ...{ timing, requestsPerSecond: perSecond },
  });
  close = async () => {
    await Promise.all(boards.map((board) => board.stop()));
    await Promise.all(devices.map((device) => device.stop()));
  };
  await Promise.all(boards.map((board) => board.start()));
  const up = () => sink.all('board-state').filter(({ online }) => online).length;
  await sink.until(() => up() === count, 'every board', 30_000);
  const heard = () => devices.map((device) => total(NAMES.map((name) => device.received(name))));
  const statuses = () => devices.map((device) => device.received('get-status'));
  return { boards, clock, devices, heard, sink, statuses };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const total = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0);

/** What was added to each between two looks. */
function added(before: readonly number[], after: readonly number[]): number[] {
  return after.map((count, i) => count - (before[i] ?? 0));
}

test('75 boards with 300 doors: each is asked as often, some 90 requests a second', async () => {
  const { heard, statuses } = await manyOnline(75, { timing: uhppoteTiming });
  const [before, asked] = [heard(), statuses()];
  const beganMs = performance.now();
  await pause(6_000);
  const seconds = (performance.now() - beganMs) / 1000;
  const [each, polls] = [added(before, heard()), added(asked, statuses())];
  const rate = total(each) / seconds;
  const [least, most] = [Math.min(...polls), Math.max(...polls)];
  console.info(
    `${rate.toFixed(1)} requests/s over 75 boards; statuses of each: ${least} to ${most} in ` +
      `${seconds.toFixed(1)} s; all requests of each: ${Math.min(...each)} to ${Math.max(...each)}`,
  );
  expect(least).toBeGreaterThanOrEqual(5);
  expect(most - least).toBeLessThanOrEqual(1);
  expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(3);
  // A status a second each, and a door every five.
  expect(rate).toBeLessThan(75 * 1.2 * 1.15);
});

test('a flood keeps to the limit, in equal shares, and no gate waits for it', async () => {
  const perSecond = 400;
  const timing = { ...quickTiming, statusEveryMs: 1_000, statusTimeoutMs: 700 };
  const zone = await manyOnline(20, { timing, perSecond });
  const { boards, clock, devices, heard, sink } = zone;
  const cards = Array.from({ length: 2_000 }, (_, n) => ({
    ...{ credential: `raw/${n + 1}` as Credential, doors: [1] },
    ...{ fromDay: '2026-01-01', toDay: '2026-12-31' },
  }));
  for (const board of boards) board.storeCards(cards);
  await pause(500);
  const before = heard();
  const beganMs = performance.now();
  const tookMs: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const [board, device] = [must(boards[n], 'board'), must(devices[n], 'device')];
    const startMs = performance.now();
    const opened = device.swipe(1, 'in', 777, 2_000);
    await sink.first('swipe', (event) => event.board === board.board);
    const command = { id: `G1-${n}` as CommandId, door: 1, action: 'open', openS: 1 } as const;
    board.send({ ...command, deadlineMonoMs: clock.monoMs() + 3_000 });
    expect((await opened).opened).toBe(true);
    tookMs.push(performance.now() - startMs);
    await pause(200);
  }
  const seconds = (performance.now() - beganMs) / 1000;
  const each = added(before, heard());
  const [least, most] = [Math.min(...each), Math.max(...each)];
  const sorted = tookMs.sort((a, b) => a - b);
  const [median, worst] = [sorted[10] ?? 0, sorted.at(-1) ?? 0];
  console.info(
    `${(total(each) / seconds).toFixed(0)} requests/s of ${perSecond}; each board ${least} to ` +
      `${most}; badge to open meanwhile ${median.toFixed(1)} ms, ${worst.toFixed(1)} at worst`,
  );
  expect(total(each)).toBeLessThanOrEqual(perSecond * (seconds + 1.1));
  expect(total(each)).toBeGreaterThan(perSecond * seconds * 0.5);
  expect(most / least).toBeLessThan(1.5);
  expect(median).toBeLessThan(100);
});

test('backlog of boards that answer slowly: many of them hand over at once', async () => {
  const [count, each, answerMs] = [16, 90, 40];
  const before = (device: TrainingBoard) => {
    const past = { type: 1, granted: true, door: 1, direction: 1, reason: 1 };
    const at = Date.now() - 3_600_000;
    device.backfill(Array.from({ length: each }, (_, n) => ({ ...past, card: n + 1, at })));
    device.setFaults({ outgoing: { delay: 1, delayMs: answerMs } });
  };
  const { devices, sink } = await manyOnline(count, { timing: uhppoteTiming, before });
  const late = () => sink.all('swipe').filter(({ delivery }) => delivery === 'backlog').length;
  const asked = () => total(devices.map((device) => device.received('get-event')));
  await sink.until(() => late() > 0, 'the first of it');
  const [had, beganMs] = [asked(), performance.now()];
  await sink.until(() => late() === count * each, 'all of it', 30_000);
  const atOnce = ((asked() - had) * answerMs) / (performance.now() - beganMs);
  console.info(`${atOnce.toFixed(1)} boards of ${count} asked for their backlog at once`);
  expect(atOnce).toBeGreaterThan(6);
  expect(atOnce).toBeLessThan(count * 1.1);
});
