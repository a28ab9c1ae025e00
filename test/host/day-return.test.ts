import { expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import { hkMidnight } from '../../src/shared/lib/hk-time.ts';
import { callerOf } from '../kit/caller.ts';
import { realClock } from '../kit/real-clock.ts';
import { type SmallZone, viewUntil } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';
import type { ZoneJournal } from '../kit/zone-journal.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A zone whose calendar can be set on, as the training clock does; it stands at noon. */
async function zoneAtNoon() {
  const real = realClock();
  const noonMs = hkMidnight(real.wallMs()) + DAY_MS / 2;
  let aheadMs = noonMs - real.wallMs();
  const clock = { ...real, wallMs: () => real.wallMs() + aheadMs, monoMs: () => real.monoMs() };
  const at = await startWatchedZone([{ n: 1 }, { n: 2 }, { n: 3 }], { clock });
  const cutOffMs = noonMs + DAY_MS / 2;
  return {
    ...at,
    cutOffMs,
    /** Moves the calendar on to so long before the cut-off; negative: after it. */
    setTo: (beforeMs: number) => {
      aheadMs = cutOffMs - beforeMs - real.wallMs();
    },
  };
}

async function goes(
  { zone, journal }: { zone: SmallZone; journal: ZoneJournal },
  door: number,
  n: number,
) {
  const board = must(zone.boards[0], 'board');
  const after = journal.head();
  await board.swipe(door, door % 2 === 1 ? 'in' : 'out', zone.badge(n));
  await board.personPasses(door, 5);
  const isOf = ({ person }: { person: string | null }) => person === `P-${n}`;
  return journal.first('crossing.passed', isOf, { after });
}

async function list({ engine }: SmallZone, state: string, more = {}) {
  const input = { state, limit: 10, ...more };
  const found = await engine.backend.query('day-return.list', input, callerOf('inspector'));
  if (!found.ok) throw new Error(JSON.stringify(found.fault));
  return found.value as {
    rows: { person: string; crossing: string; decided: unknown }[];
    more: boolean;
  };
}
const persons = ({ rows }: { rows: readonly { person: string }[] }) => rows.map((r) => r.person);

test('who is not back is warned of, listed at the cut-off, and unknown until decided', async () => {
  const at = await zoneAtNoon();
  const { zone, journal, cutOffMs, setTo } = at;
  const decide = (crossing: string, outcome: string) => {
    const input = { crossing, outcome, reason: 'seen on the camera' };
    return zone.engine.backend.command('day-return.decide', input, callerOf('supervisor'));
  };
  for (const n of [1, 2, 3]) await goes(at, 1, n);
  const due = await list(zone, 'due');
  expect(persons(due)).toEqual(['P-1', 'P-2', 'P-3']);
  expect(due.rows).toMatchObject([{ dueMs: cutOffMs, back: 'beyond-first' }, {}, {}]);
  const first = await list(zone, 'due', { limit: 2 });
  expect([persons(first), first.more]).toEqual([['P-1', 'P-2'], true]);
  const after = must(first.rows[1], 'row').crossing;
  expect(persons(await list(zone, 'due', { limit: 2, after }))).toEqual(['P-3']);
  await goes(at, 2, 3);
  expect(persons(await list(zone, 'due'))).toEqual(['P-1', 'P-2']);
  expect(await decide(must(due.rows[0], 'row').crossing, 'left')).toMatchObject({
    fault: { code: 'not-open' },
  });

  setTo(HOUR_MS - 1_000);
  const soon = await journal.first('day-return.soon');
  expect(soon.data).toEqual({ dueMs: cutOffMs, persons: 2 });
  setTo(-1_000);
  await journal.first('day-return.overdue', ({ person }) => person === 'P-2');
  await viewUntil(zone.engine, 'status', () => true);
  expect(journal.all('day-return.soon')).toHaveLength(1);
  expect(journal.all('day-return.overdue').map(({ data }) => data.person)).toEqual(['P-1', 'P-2']);
  const raised = journal
    .all('incident.raised')
    .filter(({ data }) => data.type === 'day-return-overdue');
  expect(raised.map(({ data }) => data.timing)).toEqual(['late', 'late']);
  const late = await list(zone, 'unknown');
  expect(persons(late)).toEqual(['P-1', 'P-2']);
  expect(late.rows.map(({ decided }) => decided)).toEqual([null, null]);

  const [one, two] = late.rows.map(({ crossing }) => crossing);
  expect(await decide(must(one, 'first'), 'left')).toMatchObject({ ok: true });
  expect(await decide(must(two, 'second'), 'stayed')).toMatchObject({ ok: true });
  expect(await decide(must(two, 'second'), 'stayed')).toMatchObject({
    fault: { code: 'no-change' },
  });
  expect(await decide('X1-999999', 'left')).toMatchObject({ fault: { code: 'not-found' } });
  expect((await list(zone, 'closed')).rows).toMatchObject([
    { person: 'P-1', decided: { outcome: 'left', by: 'test-supervisor' } },
  ]);
  expect((await list(zone, 'stayed')).rows).toMatchObject([{ person: 'P-2' }]);
  // Who was decided to have left is there in the ledger: the count of the area says so too.
  expect(journal.number("SELECT inside AS n FROM occupancy WHERE area = 'loop'")).toBe(1);
  // The boards begin anew with the calendar that was set on; what was decided stands.
  await zone.restart();
  expect(persons(await list(zone, 'stayed'))).toEqual(['P-2']);
  await goes(at, 2, 2);
  expect(persons(await list(zone, 'closed'))).toEqual(['P-2', 'P-1']);
});

test('who is late is told of once, also over a restart of the console', async () => {
  const at = await zoneAtNoon();
  await goes(at, 1, 1);
  at.setTo(-1_000);
  await at.journal.first('day-return.overdue');
  await at.zone.restart();
  await goes(at, 1, 2);
  expect(at.journal.all('day-return.overdue').map(({ data }) => data.person)).toEqual(['P-1']);
  expect(persons(await list(at.zone, 'unknown'))).toEqual(['P-1']);
});
