import { expect, test } from 'vitest';
import type { DriverDeps } from '../../src/main/engine/devices/ports.ts';
import { PersonId } from '../../src/shared/domain/ids.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { type MixedDay, playMixedDay } from './mixed/mixed-day.ts';

/** Real seconds of the whole day. */
const SECONDS = Number(process.env.TWOLINE_MIXED_SECONDS ?? '0');
/**
 * It takes more than a minute, and few seeds have been seen on a busy machine: until then it is no
 * reason for another change not to go in.
 */
const ON_DEMAND = 'a day with troubles takes more than a minute: TWOLINE_MIXED_SECONDS=60 runs it';
const SEED = process.env.TWOLINE_MIXED_SEED ?? '1';

function told(day: MixedDay): string {
  const passed = day.attempts.filter(({ passed: is }) => is).length;
  const troubles = [...day.troubles].map(([name, count]) => `${count} × ${name}`).join(', ');
  const kinds = JSON.stringify(day.kinds);
  return `${day.attempts.length} badges, ${passed} passages: ${kinds}; ${troubles}`;
}

test('a day of every driver: whoever went through is accounted for exactly once', async ({
  skip,
}) => {
  if (SECONDS === 0) skip(ON_DEMAND);
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
}, 600_000);

const quiet = { seed: 'quiet', seconds: 15, troubles: false } as const;

test('a passage that is missing, written twice or nobody\u2019s is found', async () => {
  const { events, faults } = await playMixedDay(quiet);
  expect(faults()).toEqual([]);
  const at = events.findIndex(({ kind }) => kind === 'crossing.passed');
  const passed = must(events[at], 'a passage');
  const without = events.filter((event) => event !== passed);
  expect(faults(without)).toEqual([expect.stringMatching(/^lost: /)]);
  const twice = [...events, passed];
  expect(faults(twice)).toEqual([expect.stringMatching(/^doubled: /)]);
  const { data } = passed as Extract<JournalEvent, { kind: 'crossing.passed' }>;
  const strange = events.map((event) => {
    const isIt = event.kind === 'crossing.asked' && event.data.crossing === data.crossing;
    return isIt ? { ...event, data: { ...event.data, person: PersonId.parse('P-99') } } : event;
  });
  expect(faults(strange)).toEqual([
    expect.stringMatching(/^invented: /),
    expect.stringMatching(/^lost: /),
  ]);
}, 120_000);

test('a driver that takes every third leaf that opens for one that closes is found', async () => {
  let opened = 0;
  const between = (sink: DriverDeps['sink']): DriverDeps['sink'] => ({
    awaited: (change) => sink.awaited(change),
    report(report) {
      if (report.kind !== 'door' || report.state !== 'opened') return sink.report(report);
      opened += 1;
      return sink.report(opened % 3 === 0 ? { ...report, state: 'closed' } : report);
    },
  });
  const day = await playMixedDay({ ...quiet, between });
  // Where the next one came at once nobody can tell whose leaf it was, and both are unknown.
  expect(day.faults().filter((fault) => fault.startsWith('lost: ')).length).toBeGreaterThan(0);
}, 120_000);
