import { expect, onTestFinished, test } from 'vitest';
import type { BoardHealth, TripFigures } from '../../src/main/engine/devices/ports.ts';
import { devicesView } from '../../src/main/engine/feed/views/devices.ts';
import { SiteIndex } from '../../src/main/engine/projections/gather/site-index.ts';
import { incidentId, type TextId } from '../../src/shared/domain/ids.ts';
import { kitJournal } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const AT = Date.parse('2026-03-20T12:00:00+08:00');

function zone() {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const site = kitSite();
  const board = site.boards[0]?.serial;
  if (board === undefined) throw new Error('the site has no board');
  let health: BoardHealth | null = null;
  const shows = (driftMs: number | null) => {
    const none = { version: null, lastIndex: 0, missing: 0, garbage: 0, strangers: 0 };
    health = { board, lastHeardMonoMs: 1, driftMs, storedCards: null, ...none };
  };
  let monoMs = 1;
  const clock = { wallMs: () => AT, monoMs: () => monoMs, speed: () => 1 } as never;
  const answers: { trips: TripFigures | null } = { trips: null };
  const pass = (ms: number) => {
    monoMs += ms;
  };
  const view = devicesView(kit.db, new SiteIndex(site), clock, {
    ...{ board: () => health, trips: () => answers.trips, unlisted: () => [] },
    attached: () => ({ readers: [], fault: null }),
  });
  return { kit, board, answers, pass, shows, row: () => view.row(board) };
}

test('the clock is shown as it is now; that it was set is another fact', () => {
  const { kit, board, shows, row } = zone();
  expect(row()).toMatchObject({ driftMs: null, corrected: null });
  shows(-40_120);
  expect(row()).toMatchObject({ driftMs: -40_000, corrected: null });
  const found = { board, driftMs: -40_120 };
  kit.add({ kind: 'board.clock', data: { ...found, corrected: false } }, AT);
  expect(row()?.corrected).toBeNull();
  kit.add({ kind: 'board.clock', data: { ...found, corrected: true } }, AT + 1_000);
  shows(-480);
  expect(row()).toMatchObject({ driftMs: 0, corrected: { atMs: AT + 1_000, byMs: 40_120 } });
  expect(Object.is(row()?.driftMs, 0)).toBe(true);
});

test('a loss stays in the count, and wants an eye until its incident is resolved', () => {
  const { kit, board, row } = zone();
  const incident = incidentId(1, 2);
  kit.add({ kind: 'board.lost', data: { board, from: 5, to: 7, text: 'x', cleared: false } }, AT);
  const at = { checkpoint: null, lane: null, board, crossing: null };
  const rest = { timing: 'live', note: null, params: { count: 3 } } as const;
  kit.add(
    {
      kind: 'incident.raised',
      data: { incident, type: 'events-lost', priority: 3, ...at, ...rest },
    },
    AT,
  );
  expect(row()).toMatchObject({ lost: 3, lostOpen: true });
  kit.add({ kind: 'incident.resolved', data: { incident, reason: 'T1-1' as TextId } }, AT);
  expect(row()).toMatchObject({ lost: 3, lostOpen: false });
});

test('how a board answers stands for ten seconds, so that a calm zone sends no patches', () => {
  const { answers, pass, row } = zone();
  const calm = { asked: 40, lost: 0, p50Ms: 1.5, p99Ms: 4 };
  answers.trips = calm;
  expect(row()?.trips).toEqual(calm);
  const worse = { asked: 41, lost: 1, p50Ms: 1.5, p99Ms: 30 };
  answers.trips = worse;
  pass(9_999);
  expect(row()?.trips).toEqual(calm);
  pass(1);
  expect(row()?.trips).toEqual(worse);
});
