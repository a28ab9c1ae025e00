import { expect, test } from 'vitest';
import type { DatasetName } from '../../src/shared/domain/permit.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import type { Holder, SmallZone } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';
import type { ZoneJournal } from '../kit/zone-journal.ts';

const holders = (of: string, count: number): Holder[] =>
  Array.from({ length: count }, (_, n) => ({ n, class: of }));

async function load(zone: SmallZone, dataset: DatasetName, rows: readonly string[]) {
  const text = rows.join('\n');
  const input = { dataset, format: 'csv', mode: 'full', text };
  const loaded = await zone.engine.backend.command(
    'dataset.load',
    input,
    callerOf('administrator'),
  );
  expect(loaded).toMatchObject({ ok: true, value: { refused: [] } });
}

/** What the console decided on a holder who came to a door: the verdict and its reasons. */
async function comes(at: { zone: SmallZone; journal: ZoneJournal }, n: number, door = 1) {
  const { zone, journal } = at;
  const after = journal.head();
  const way = door % 2 === 1 ? 'in' : 'out';
  const swipe = must(zone.boards[0], 'board').swipe(door, way, zone.badge(n), 300);
  const isOf = ({ person }: { person: string | null }) => person === `P-${n}`;
  const found = await Promise.race([
    journal.first('crossing.admitted', isOf, { after }),
    journal.first('crossing.referred', isOf, { after }),
    journal.first('crossing.refused', isOf, { after }),
  ]);
  await swipe;
  const reasons = found.data.reasons.map(({ is, detail }) => `${is}/${detail}`);
  return [found.kind.replace('crossing.', ''), ...reasons];
}

/** On the zone's calendar. */
const hoursAgo = ({ zone }: { zone: SmallZone }, hours: number) =>
  new Date(zone.clock.wallMs() - hours * 3_600_000).toISOString();

test('two parks: who is on a roster goes over the bridge, who is not is referred', async () => {
  const change = (site: object) => ({ ...site, regime: 'hetao-two-parks' }) as never;
  const at = await startWatchedZone(holders('roster-member', 4), { change });
  expect(await comes(at, 0)).toEqual(['referred', 'on-roster/no-roster']);
  await load(at.zone, 'rosters', [
    'roster,person,from,to',
    'park-tenants,P-0,2026-01-01T00:00+08:00,',
    `institute,P-1,2026-01-01T00:00+08:00,${hoursAgo(at, 1)}`,
    'institute,P-2,2099-01-01T00:00+08:00,',
  ]);
  expect(await comes(at, 1)).toEqual(['referred', 'on-roster/ended']);
  expect(await comes(at, 2)).toEqual(['referred', 'on-roster/not-yet']);
  expect(await comes(at, 3)).toEqual(['referred', 'on-roster/not-listed']);
  await load(at.zone, 'rosters', ['roster,person,from,to', 'labs,P-3,2026-01-01T00:00+08:00,']);
  expect(await comes(at, 3)).toEqual(['admitted']);
  // Who is struck off is not on the new list, though on the one before.
  expect(await comes(at, 0)).toEqual(['referred', 'on-roster/not-listed']);
});

test('special passage: to the station until a test is young enough and negative', async () => {
  const change = (site: object) => ({ ...site, regime: 'zhang-special-passage' }) as never;
  const at = await startWatchedZone(holders('innovator', 4), { change });
  const members = [0, 1, 2, 3].map((n) => `institute,P-${n},2026-01-01T00:00+08:00,`);
  await load(at.zone, 'rosters', ['roster,person,from,to', ...members]);
  await load(at.zone, 'health-tests', [
    'person,takenAt,result',
    `P-0,${hoursAgo(at, 73)},negative`,
    `P-1,${hoursAgo(at, 2)},positive`,
    `P-2,${hoursAgo(at, 73)},positive`,
    `P-2,${hoursAgo(at, 1)},negative`,
  ]);
  expect(await comes(at, 0)).toEqual(['referred', 'health-test-within/too-old']);
  expect(await comes(at, 1)).toEqual(['referred', 'health-test-within/positive']);
  expect(await comes(at, 2)).toEqual(['admitted']);
  expect(await comes(at, 3)).toEqual(['referred', 'health-test-within/none']);
});

test.each([
  ['person', 'P-1'],
  ['enterprise', 'E-1'],
])('a suspended %s is refused at the very next badge, until it is ended', async (kind, id) => {
  const at = await startWatchedZone(holders('special-pass', 2));
  const tell = (name: string, of = id) => {
    const input = { kind, id: of, reason: 'found to be somebody else' };
    return at.zone.engine.backend.command(name, input, callerOf('supervisor'));
  };
  expect(await tell('suspension.begin', 'X-9')).toMatchObject({ fault: { code: 'not-found' } });
  expect(await tell('suspension.end')).toMatchObject({ fault: { code: 'no-change' } });
  const askedMs = performance.now();
  expect(await tell('suspension.begin')).toMatchObject({ ok: true });
  expect(await comes(at, 1)).toEqual(['refused', `not-suspended/${kind}`]);
  expect(performance.now() - askedMs).toBeLessThan(15_000);
  expect(await tell('suspension.begin')).toMatchObject({ fault: { code: 'no-change' } });
  expect(await tell('suspension.end')).toMatchObject({ ok: true });
  expect(await comes(at, 1)).toEqual(['admitted']);
});
