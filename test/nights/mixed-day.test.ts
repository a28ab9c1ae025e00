import { expect, test } from 'vitest';
import { type MixedDay, playMixedDay } from '../host/mixed/mixed-day.ts';

/**
 * Real seconds of the whole day, and its seed. It waits for real sockets and takes some 7 s of
 * processor, so that it stands beside what keeps one busy; longer days and other seeds on demand.
 */
const SECONDS = Number(process.env.TWOLINE_MIXED_SECONDS ?? '60');
const SEED = process.env.TWOLINE_MIXED_SEED ?? '1';

function told(day: MixedDay): string {
  const passed = day.attempts.filter(({ passed: is }) => is).length;
  const troubles = [...day.troubles].map(([name, count]) => `${count} × ${name}`).join(', ');
  const kinds = JSON.stringify(day.kinds);
  return `${day.attempts.length} badges, ${passed} passages: ${kinds}; ${troubles}`;
}

// As whatever else hangs on real sockets and real time: see vitest.config.ts.
const retry = process.env.CI ? 1 : 0;

test('a day of every driver: whoever went through is accounted for once', { retry }, async () => {
  const before = process.cpuUsage();
  const day = await playMixedDay({ seed: SEED, seconds: SECONDS });
  const { user, system } = process.cpuUsage(before);
  console.info(`${told(day)}; ${((user + system) / 1e6).toFixed(1)} s of CPU`);
  expect(day.faults()).toEqual([]);
  expect(day.damage).toEqual([]);
  const passed = (start: string) =>
    day.attempts.filter((one) => one.passed && one.lane.startsWith(start)).length;
  for (const lane of ['f-', 'o-', 'm-']) expect(passed(lane)).toBeGreaterThan(SECONDS / 12);
  expect(day.kinds.recorded).toBeGreaterThan(0);
});
