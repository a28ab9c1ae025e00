import { afterEach, expect, test } from 'vitest';
import { TrainingClock as Told } from '../../src/main/engine/devices/clock/training-clock.ts';
import type { StatusNow } from '../../src/shared/contract/views.ts';
import { type ClockServer, startClockServer } from '../../src/training/clock/clock-server.ts';
import { TrainingClock } from '../../src/training/clock/training-clock.ts';
import { value } from '../kit/journal-kit.ts';
import { realClock } from '../kit/real-clock.ts';
import { startSmallZone, viewUntil } from '../kit/small-zone.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

test('the speed asked for, achieved and from now on goes to the screens', async () => {
  const calendar = new TrainingClock(Date.UTC(2026, 2, 2), 40, () => performance.now());
  const server: ClockServer = await startClockServer(calendar, 90);
  endings.push(() => server.close());
  const clock = value(await Told.connect(server));
  endings.push(() => clock.stop());
  const zone = await startSmallZone([{ n: 1 }], { clock });
  endings.push(() => zone.close());
  const status = (fits: (row: StatusNow) => boolean) =>
    viewUntil<StatusNow>(zone.engine, 'status', (rows) => {
      const now = rows.get('now');
      return now !== undefined && fits(now);
    });
  const first = (await status(({ pace }) => pace !== null)).get('now');
  expect(first?.pace).toMatchObject({ now: 40, asked: 90 });
  expect(first?.pace?.achieved).toBeCloseTo(40, 0);
  // The zone cannot keep up: what was achieved follows within seconds.
  calendar.setSpeed(10);
  await status(({ pace }) => pace?.now === 10 && pace.asked === 90 && pace.achieved < 35);
  calendar.setSpeed(0);
  const paused = (await status(({ pace }) => pace?.now === 0)).get('now');
  expect(paused?.speed).toBe(1);
});

test('outside training there is no pace to show', async () => {
  const zone = await startSmallZone([{ n: 1 }], { clock: realClock() });
  endings.push(() => zone.close());
  const rows = await viewUntil<StatusNow>(zone.engine, 'status', (all) => all.has('now'));
  expect(rows.get('now')).toMatchObject({ speed: 1, pace: null });
});
