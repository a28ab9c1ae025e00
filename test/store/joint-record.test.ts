import { expect, test } from 'vitest';
import { jointRecordCrossing, jointRecordLane } from '../../src/main/engine/api/joint-record.ts';
import { queries } from '../../src/shared/contract/queries.ts';
import type { Authority } from '../../src/shared/domain/authority.ts';
import type { CrossingId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { cmaRegime } from '../unit/regime/given.ts';

const regimes = { at: () => cmaRegime() } as never;

/** As asked by somebody who acts for a side. */
function apiOf({ clock, reader: db, segments }: PeopleBench, side: Authority | null) {
  return { segments, regimes, clock, db, access: { authorityOf: () => side } };
}

function recordOf(zone: PeopleBench, side: Authority | null = null) {
  const lane = must(zone.all('crossing.asked')[0], 'a read').lane;
  const asked = { lane, limit: 9 };
  const told = value(jointRecordLane(apiOf(zone, side), asked, callerOf('supervisor')));
  return queries['joint-record.lane'].output.parse(told);
}

const rowsOf = (zone: PeopleBench) => recordOf(zone).rows;

function sidesOf(zone: PeopleBench, crossing: CrossingId, side: Authority | null = null) {
  const told = jointRecordCrossing(apiOf(zone, side), { crossing }, callerOf('supervisor'));
  return queries['joint-record.crossing'].output.parse(told);
}

/** P-1 is inside already and asks once more: a person has to decide. */
function referred(zone: PeopleBench) {
  zone.crosses(1);
  zone.badge(1);
  const { crossing, exception } = must(zone.all('crossing.referred')[0], 'a referral');
  const admit = (who: object) => zone.ask('exception.admit', { exception }, who);
  const give = (result: string, who: object) => zone.ask('joint.give', { crossing, result }, who);
  return { crossing, exception, admit, give };
}

const side = (of: string, user: string) => ({ side: of, user });

test('each side has its own result, with who gave it', () => {
  const zone = peopleBench();
  const { crossing, admit, give } = referred(zone);
  expect(admit(side('hong-kong', 'u-hk'))).toMatchObject({ ok: true });
  zone.goes();
  expect(rowsOf(zone)).toMatchObject([
    {
      ...{ crossing, exitFor: 'mainland', exitResult: 'not-given', exitBy: null },
      ...{ entryFor: 'hong-kong', entryResult: 'released-by-person', entryBy: 'u-hk' },
    },
    { exitResult: 'released', exitBy: null, entryResult: 'released', entryBy: null },
  ]);
  expect(give('released', side('mainland', 'u-m'))).toMatchObject({ ok: true });
  expect(give('released', side('mainland', 'u-m2'))).toMatchObject({
    fault: { code: 'no-change' },
  });
  expect(rowsOf(zone)[0]).toMatchObject({
    ...{ exitResult: 'released-by-person', exitBy: 'u-m', entryBy: 'u-hk' },
  });
  expect(zone.differences()).toEqual([]);
});

test('who acts for no side gives no result, and none is given of what was never inspected', () => {
  const zone = peopleBench();
  const { crossing } = referred(zone);
  const give = (of: string, who: object) =>
    zone.ask('joint.give', { crossing: of, result: 'held' }, who);
  expect(give(crossing, {})).toMatchObject({ fault: { code: 'second-side' } });
  expect(give(crossing, side('macao', 'u-3'))).toMatchObject({ fault: { code: 'second-side' } });
  expect(give('X1-1', side('mainland', 'u-m'))).toMatchObject({ fault: { code: 'not-found' } });
  expect(zone.all('joint.given')).toEqual([]);
});

test('whom the other side holds nobody lets through, until that side releases', () => {
  const zone = peopleBench();
  const { admit, give } = referred(zone);
  expect(give('held', side('mainland', 'u-m'))).toMatchObject({ ok: true });
  expect(admit(side('hong-kong', 'u-hk'))).toMatchObject({ fault: { code: 'other-side' } });
  expect(admit({})).toMatchObject({ fault: { code: 'other-side' } });
  expect(give('released', side('mainland', 'u-m'))).toMatchObject({ ok: true });
  expect(admit(side('hong-kong', 'u-hk'))).toMatchObject({ ok: true });
  zone.goes();
  expect(rowsOf(zone)[0]).toMatchObject({ exitBy: 'u-m', entryBy: 'u-hk' });
  expect(zone.differences()).toEqual([]);
});

test('whoever lets somebody through whom their own side held has released for it', () => {
  const zone = peopleBench();
  const { admit, give } = referred(zone);
  expect(give('held', side('mainland', 'u-m'))).toMatchObject({ ok: true });
  admit(side('mainland', 'u-m2'));
  zone.goes();
  const own = { exitResult: 'released-by-person', exitBy: 'u-m2' };
  expect(rowsOf(zone)[0]).toMatchObject({ ...own, entryResult: 'not-given' });
  expect(give('held', side('mainland', 'u-m'))).toMatchObject({ ok: true });
  expect(rowsOf(zone)[0]).toMatchObject({ exitResult: 'held', exitBy: 'u-m' });
  expect(zone.differences()).toEqual([]);
});

test('of a referred person it is told what each side has said, to whomever acts for which', () => {
  const zone = peopleBench();
  const { crossing, admit, give } = referred(zone);
  const nothing = { result: 'not-given', by: null };
  expect(sidesOf(zone, crossing)).toEqual({
    ownSide: null,
    sides: [
      { side: 'mainland', way: 'exit', ...nothing },
      { side: 'hong-kong', way: 'entry', ...nothing },
    ],
  });
  give('held', side('mainland', 'u-m'));
  expect(sidesOf(zone, crossing, 'hong-kong')).toMatchObject({
    ownSide: 'hong-kong',
    sides: [{ result: 'held', by: 'u-m' }, nothing],
  });
  give('released', side('mainland', 'u-m'));
  give('released', side('hong-kong', 'u-hk'));
  const released = [{ result: 'released-by-person', by: 'u-m' }, { by: 'u-hk' }];
  expect(sidesOf(zone, crossing).sides).toMatchObject(released);
  admit(side('hong-kong', 'u-hk'));
  zone.goes();
  expect(sidesOf(zone, crossing).sides).toMatchObject(released);
  expect(recordOf(zone, 'mainland')).toMatchObject({
    ownSide: 'mainland',
    rows: [{ crossing, takesResults: true }, {}],
  });
});

test('of a crossing without a joint inspection, or one that is over, nothing is told', () => {
  const zone = peopleBench([{ n: 1 }, { n: 2, class: 'hk-resident' }]);
  const { crossing, exception } = referred(zone);
  zone.badge(2);
  const ordinary = must(zone.all('crossing.referred').at(-1), 'ordinary clearance');
  expect(ordinary.crossing).not.toBe(crossing);
  expect(sidesOf(zone, ordinary.crossing).sides).toBeNull();
  expect(sidesOf(zone, 'X1-99999' as CrossingId).sides).toBeNull();
  zone.ask('exception.refuse', { exception });
  expect(sidesOf(zone, crossing).sides).toBeNull();
});

test('a release after more than 30 s warns, once a lane while that is open', () => {
  const zone = peopleBench();
  const slowly = (waitMs: number) => {
    zone.badge(1);
    const { exception } = must(zone.all('crossing.referred').at(-1), 'a referral');
    zone.clock.advance(waitMs);
    expect(zone.ask('exception.admit', { exception })).toMatchObject({ ok: true });
    zone.goes();
  };
  const slow = () => zone.all('incident.raised').filter(({ type }) => type === 'joint-slow');
  zone.crosses(1);
  // A second has passed since the read already.
  slowly(29_000);
  expect(slow()).toEqual([]);
  slowly(29_001);
  expect(slow()).toMatchObject([
    { priority: 4, timing: 'live', lane: 'f-in-1', params: { seconds: 30, most: 30 } },
  ]);
  expect(rowsOf(zone).map(({ isSlow }) => isSlow)).toEqual([true, false, false]);
  slowly(45_000);
  expect(slow()).toHaveLength(1);
  expect(zone.all('incident.repeated')).toMatchObject([{ incident: slow()[0]?.incident }]);
  expect(zone.differences()).toEqual([]);
});

test('what is heard late warns of nothing', () => {
  const zone = peopleBench();
  zone.badge(1);
  const { board, command } = must(zone.all('gate.requested')[0], 'a command');
  const report = { kind: 'command', board, command, stage: 'unknown' } as const;
  zone.run({ kind: 'board', report, receivedMono: zone.clock.monoMs() });
  const deviceAtMs = zone.clock.wallMs();
  zone.clock.advance(120_000);
  const where = { board, door: 1, index: 2, deviceAtMs, ageMs: 120_000 } as const;
  const late = { kind: 'door', state: 'opened', ...where, delivery: 'backlog' } as const;
  const heard = { ...late, inOrder: true } as never;
  zone.run({ kind: 'board', report: heard, receivedMono: zone.clock.monoMs() });
  expect(zone.all('crossing.passed')).toMatchObject([{ timing: 'late' }]);
  expect(zone.all('incident.raised').filter(({ type }) => type === 'joint-slow')).toEqual([]);
});
