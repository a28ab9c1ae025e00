import { expect, test } from 'vitest';
import type { DriverDeps } from '../../src/main/engine/devices/ports.ts';
import { PersonId } from '../../src/shared/domain/ids.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { playMixedDay } from './mixed/mixed-day.ts';

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
