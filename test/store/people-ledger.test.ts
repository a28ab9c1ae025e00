import { expect, test } from 'vitest';
import { correctionList } from '../../src/main/engine/api/correction-list.ts';
import { dayReturnList } from '../../src/main/engine/api/day-return.ts';
import { jointRecordLane } from '../../src/main/engine/api/joint-record.ts';
import { personTimeline } from '../../src/main/engine/api/person-timeline.ts';
import { suspensionList } from '../../src/main/engine/api/suspension-list.ts';
import { CorrectionReads } from '../../src/main/engine/projections/gather/correction-reads.ts';
import { dayReturnReads } from '../../src/main/engine/projections/gather/day-return-reads.ts';
import { presenceLedger } from '../../src/main/engine/reading/presence-moves.ts';
import type { TimelineEntry } from '../../src/shared/contract/people-queries.ts';
import { queries } from '../../src/shared/contract/queries.ts';
import type { PersonId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { hkDay, hkMidnight } from '../../src/shared/lib/hk-time.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { cmaRegime } from '../unit/regime/given.ts';

const HOUR_MS = 3_600_000;
const ASKER = { user: 'u-2', role: 'operator' };

const regimes = { at: () => cmaRegime(), hashAt: () => null, prepare: () => undefined } as never;
const apiOf = (zone: PeopleBench) => {
  const { clock, reader: db, segments } = zone;
  const submit = async (input: never) => zone.run(input)[0] ?? null;
  return { db, segments, clock, regimes, submit } as never;
};
const movesOf = (zone: PeopleBench, person = 'P-1') => {
  const of = { person: person as PersonId, nowMs: zone.clock.wallMs(), permits: [] };
  return value(presenceLedger(zone.segments, of));
};
const insideOf = (zone: PeopleBench) => zone.rows('SELECT inside, anonymous FROM occupancy');
const placeOf = (zone: PeopleBench, person = 'P-1') =>
  zone.rows(`SELECT place FROM presence WHERE person = '${person}'`)[0]?.place;
const passedToday = (zone: PeopleBench) =>
  zone.rows('SELECT coalesce(sum(passed), 0) AS n FROM hour_flow')[0]?.n;
const crossingsOf = (zone: PeopleBench) =>
  zone.all('crossing.asked').map(({ crossing }) => crossing);

/** One person asks, a supervisor confirms. */
function correct(zone: PeopleBench, crossing: string, change: object) {
  const asked = zone.ask('correction.ask', { crossing, change }, ASKER);
  const { correction = '' } = zone.all('correction.asked').at(-1) ?? {};
  return { asked, correction, confirm: () => zone.ask('correction.confirm', { correction }) };
}

test('who did not go through after all is out of the area, its counts and the evidence', () => {
  const zone = peopleBench();
  zone.crosses(1);
  const [crossing = ''] = crossingsOf(zone);
  expect([insideOf(zone), placeOf(zone), passedToday(zone)]).toEqual([
    [{ inside: 1, anonymous: 0 }],
    'loop',
    1,
  ]);
  const { asked, correction, confirm } = correct(zone, crossing, {
    fact: 'passage',
    after: 'not-taken',
  });
  expect(asked).toMatchObject({ ok: true, value: { correction } });
  // Nothing has changed until somebody else agrees, and who asked cannot.
  expect([placeOf(zone), passedToday(zone)]).toEqual(['loop', 1]);
  expect(zone.ask('correction.confirm', { correction }, { user: 'u-2' })).toMatchObject({
    fault: { code: 'same-person' },
  });
  zone.clock.advance(HOUR_MS);
  expect(confirm()).toMatchObject({ ok: true });
  expect([insideOf(zone), placeOf(zone), passedToday(zone)]).toEqual([
    [{ inside: 0, anonymous: 0 }],
    'beyond-first',
    0,
  ]);
  const { corrections, moves } = movesOf(zone);
  expect(moves.filter(({ source }) => source === crossing)).toEqual([]);
  expect(corrections).toMatchObject([
    { before: 'passed', after: 'not-taken', askedBy: 'u-2', settled: { by: 'u-1' } },
  ]);
  // What was recorded stands as it was.
  expect(zone.all('crossing.passed')).toHaveLength(1);
  expect(zone.rows('SELECT state FROM crossing')).toEqual([{ state: 'passed' }]);
  expect(zone.rows('SELECT corrected, not_taken FROM day_count WHERE corrected > 0')).toEqual([
    { corrected: 1, not_taken: 1 },
  ]);
  expect(confirm()).toMatchObject({ fault: { code: 'not-open' } });

  // A correction that was wrong is corrected in its turn.
  const again = correct(zone, crossing, { fact: 'passage', after: 'passed' });
  expect(again.confirm()).toMatchObject({ ok: true });
  expect([placeOf(zone), passedToday(zone)]).toEqual(['beyond-first', 1]);
  expect(movesOf(zone).moves.map(({ source }) => source)).toContain(crossing);
  expect(zone.differences()).toEqual([]);
});

test('a time that was wrong is put right between the crossings around it, and counts move', () => {
  const zone = peopleBench();
  zone.crosses(1);
  zone.clock.advance(HOUR_MS);
  zone.crosses(1, 2);
  const [, out = ''] = crossingsOf(zone);
  const [inMs, outMs] = movesOf(zone).moves.map(({ atMs }) => atMs);
  const early = correct(zone, out, { fact: 'time', after: must(inMs, 'in') - 1 });
  expect(early.asked).toMatchObject({ fault: { code: 'out-of-order' } });
  const after = must(outMs, 'out') - HOUR_MS / 2;
  expect(correct(zone, out, { fact: 'time', after }).confirm()).toMatchObject({ ok: true });
  expect(movesOf(zone).moves.map(({ atMs }) => atMs)).toEqual([inMs, after]);
  expect(passedToday(zone)).toBe(2);
  expect(placeOf(zone)).toBe('beyond-first');
  expect(zone.differences()).toEqual([]);
});

test('a time put right into another day makes a new version of both days’ reports', () => {
  const zone = peopleBench();
  const midnightMs = hkMidnight(zone.clock.wallMs()) + 24 * HOUR_MS;
  zone.clock.advance(midnightMs + HOUR_MS / 2 - zone.clock.wallMs());
  zone.crosses(1);
  const [crossing = ''] = crossingsOf(zone);
  const change = { fact: 'time', after: midnightMs - HOUR_MS / 2 };
  expect(correct(zone, crossing, change).confirm()).toMatchObject({ ok: true });
  const days = [hkDay(midnightMs - 1), hkDay(midnightMs)];
  expect(zone.rows('SELECT day, corrected, not_taken FROM day_count ORDER BY day')).toEqual(
    days.map((day) => ({ day, corrected: 1, not_taken: 0 })),
  );
  expect(zone.differences()).toEqual([]);
});

test('who was wrongly decided to have left is inside again; the wrong word leaves no trace', () => {
  const zone = peopleBench();
  zone.crosses(1);
  const [crossing = ''] = crossingsOf(zone);
  const cutOffMs = hkMidnight(zone.clock.wallMs()) + 24 * HOUR_MS;
  zone.clock.advance(cutOffMs - zone.clock.wallMs() + 1_000);
  zone.run({ kind: 'due' });
  const list = (state: 'unknown' | 'stayed' | 'closed') =>
    value(dayReturnList(apiOf(zone), { state, limit: 9 })).rows;
  expect(list('unknown')).toMatchObject([{ person: 'P-1', decided: null, dueMs: cutOffMs }]);
  expect(zone.ask('day-return.decide', { crossing, outcome: 'left' })).toMatchObject({ ok: true });
  expect(list('closed')).toMatchObject([{ decided: { outcome: 'left', reason: '測試' } }]);
  expect(placeOf(zone)).toBe('beyond-first');
  const { confirm } = correct(zone, crossing, { fact: 'day-return', after: 'stayed' });
  expect(confirm()).toMatchObject({ ok: true });
  expect(list('closed')).toEqual([]);
  expect(list('stayed')).toMatchObject([{ person: 'P-1', decided: { outcome: 'stayed' } }]);
  expect([placeOf(zone), insideOf(zone)]).toEqual(['loop', [{ inside: 1, anonymous: 0 }]]);
  expect(movesOf(zone).moves.map(({ to }) => to)).toEqual(['loop', 'loop']);
  zone.crosses(1, 2);
  expect(list('closed')).toMatchObject([{ person: 'P-1', decided: { outcome: 'stayed' } }]);
  expect(zone.differences()).toEqual([]);
});

test('one person’s ledger, newest first and page by page, nothing twice or missing', async () => {
  const zone = peopleBench();
  for (const door of [1, 2, 1]) zone.crosses(1, door);
  zone.crosses(2);
  const [first = ''] = crossingsOf(zone);
  correct(zone, first, { fact: 'passage', after: 'not-taken' }).confirm();
  zone.ask('presence.set', { person: 'P-1', place: 'beyond-second' });
  const page = async (limit: number, after?: string) => {
    const input = { person: 'P-1' as PersonId, purpose: 'a test', limit, after };
    const found = value((await personTimeline(apiOf(zone), input, callerOf('inspector'))) as never);
    return queries['person.timeline'].output.parse(found);
  };
  const all = await page(50);
  const names = ({ id, what }: TimelineEntry) => `${what} ${id}`;
  const whats = all.entries.map(({ what }) => what);
  expect(whats.filter((what) => what === 'crossing')).toHaveLength(3);
  expect(whats.slice(0, 2)).toEqual(['presence', 'correction']);
  expect(whats).toContain('day-return');
  const walked: string[] = [];
  for (let after: string | undefined; ; ) {
    const { entries, more } = await page(2, after);
    walked.push(...entries.map(names));
    if (!more) break;
    after = entries.at(-1)?.id;
  }
  expect(walked).toEqual(all.entries.map(names));
  expect(zone.all('disclosure.made').length).toBeGreaterThan(3);
});

test('suspensions in force are listed with who and why, until they are lifted', () => {
  const zone = peopleBench();
  zone.ask('suspension.begin', { kind: 'person', id: 'P-1' });
  zone.clock.advance(1_000);
  zone.ask('suspension.begin', { kind: 'enterprise', id: 'E-1' });
  zone.ask('permit.suspend', { permit: 'SP-2' });
  const { cut, rows } = value(suspensionList(apiOf(zone)));
  const told = { by: 'u-1', reason: '測試' };
  expect(rows.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
    ...['enterprise E-1', 'permit SP-2', 'person P-1'],
  ]);
  expect([cut, rows[0]]).toMatchObject([false, told]);
  zone.ask('suspension.end', { kind: 'person', id: 'P-1' });
  zone.ask('suspension.end', { kind: 'enterprise', id: 'E-1' });
  zone.ask('permit.reinstate', { permit: 'SP-2' });
  expect(value(suspensionList(apiOf(zone))).rows).toEqual([]);
});

test('heads that were counted are an entry: named persons stay, the rest have no name', () => {
  const zone = peopleBench();
  zone.crosses(1);
  const count = (counted: number) => zone.ask('area.count', { area: 'loop', counted });
  expect(count(4)).toMatchObject({ ok: true });
  expect(insideOf(zone)).toEqual([{ inside: 1, anonymous: 3 }]);
  expect(count(0)).toMatchObject({ fault: { code: 'below-named' } });
  zone.crosses(1, 2);
  expect(count(0)).toMatchObject({ ok: true });
  expect(insideOf(zone)).toEqual([{ inside: 0, anonymous: 0 }]);
  expect(zone.all('area.counted')).toMatchObject([
    { counted: 4, named: 1, anonymous: 0 },
    { counted: 0, named: 0, anonymous: 3 },
  ]);
  const sums = 'SELECT sum(entries) AS i, sum(exits) AS o, sum(corrected) AS c FROM area_minute';
  expect(zone.rows(sums)).toEqual([{ i: 1, o: 1, c: 0 }]);
  expect(zone.differences()).toEqual([]);
});

test('a joint inspection has both sides on one row, and the day its median and p95', () => {
  const zone = peopleBench([1, 2, 3].map((n) => ({ n })));
  for (const [n, waitMs] of [
    [1, 5_000],
    [2, 8_000],
  ] as const) {
    zone.badge(n);
    zone.clock.advance(waitMs);
    zone.goes();
  }
  const [lane] = zone.all('crossing.asked').map((asked) => asked.lane);
  const asked = { lane: must(lane, 'lane'), limit: 5 };
  const told = () => value(jointRecordLane(apiOf(zone), asked, { session: null }));
  expect(queries['joint-record.lane'].output.parse(told())).toMatchObject({
    ...{ released: 2, medianMs: 6_000, p95Ms: 9_000, slow: 0 },
    rows: [
      { tookMs: 9_000, exitFor: 'mainland', entryFor: 'hong-kong', exitResult: 'released' },
      { tookMs: 6_000, entryResult: 'released', isSlow: false },
    ],
  });
  // Inside already: referred, and let through by a person half a minute later.
  zone.badge(1);
  const { exception } = must(zone.all('crossing.referred')[0], 'a referral');
  zone.clock.advance(40_000);
  expect(zone.ask('exception.admit', { exception })).toMatchObject({ ok: true });
  expect(told().rows[0]).toMatchObject({ exitResult: 'waiting', tookMs: null });
  zone.goes();
  expect(told()).toMatchObject({ released: 3, slow: 1 });
  expect(told().rows[0]).toMatchObject({ entryResult: 'released-by-person', isSlow: true });
  expect(zone.differences()).toEqual([]);
});

test('corrections of one crossing are listed by themselves, newest first', () => {
  const zone = peopleBench();
  zone.crosses(1);
  zone.crosses(2);
  const [one = '', two = ''] = crossingsOf(zone);
  correct(zone, one, { fact: 'passage', after: 'not-taken' }).confirm();
  correct(zone, two, { fact: 'passage', after: 'not-taken' });
  const list = (of: object) => value(correctionList(apiOf(zone), { limit: 5, ...of })).rows;
  expect(list({}).map(({ crossing, state }) => [crossing, state])).toEqual([
    [two, 'asked'],
    [one, 'confirmed'],
  ]);
  expect(list({ state: 'asked' })).toHaveLength(1);
  expect(list({ crossing: one })).toMatchObject([{ askedReason: '測試', person: 'P-1' }]);
  expect(value(correctionList(apiOf(zone), { limit: 1 }))).toMatchObject({ more: true });
});

test('a regime’s own figure says how long before the cut-off people are told of', () => {
  const zone = peopleBench();
  zone.crosses(1);
  const cutOffMs = hkMidnight(zone.clock.wallMs()) + 24 * HOUR_MS;
  const reads = (minutes: number) => dayReturnReads(zone.reader, () => minutes * 60_000);
  expect(reads(60).fromMs(0)).toBe(cutOffMs - HOUR_MS);
  expect(reads(15).fromMs(0)).toBe(cutOffMs - HOUR_MS / 4);
  expect(reads(15).due(cutOffMs - HOUR_MS).soon).toBeNull();
  expect(reads(90).due(cutOffMs - HOUR_MS).soon).toEqual({ dueMs: cutOffMs, persons: 1 });
});

test('what stands in an earlier file is found: crossings to correct, and who was late', () => {
  const zone = peopleBench();
  const lateAndBack = () => {
    zone.crosses(1);
    zone.clock.advance(hkMidnight(zone.clock.wallMs()) + 25 * HOUR_MS - zone.clock.wallMs());
    zone.run({ kind: 'due' });
    zone.crosses(1, 2);
  };
  lateAndBack();
  const [crossing = ''] = crossingsOf(zone);
  zone.roll();
  const { segments } = zone;
  const live = segments.live.db;
  const input = { crossing, change: { fact: 'passage', after: 'not-taken' } };
  const asked = { name: 'correction.ask', input } as Parameters<CorrectionReads['facts']>[0];
  expect(new CorrectionReads(live).facts(asked).crossing).toBeNull();
  expect(new CorrectionReads(live, segments).facts(asked).crossing).toMatchObject({
    ...{ crossing, passage: 'passed', to: 'loop', earlierMs: null },
    laterMs: expect.any(Number),
  });
  zone.crosses(2);
  zone.crosses(2, 2);
  lateAndBack();
  const list = (more = {}) => {
    const api = { clock: zone.clock, regimes, segments } as never;
    return value(dayReturnList(api, { state: 'closed', limit: 1, ...more }));
  };
  const [newest] = list().rows;
  expect(list().more).toBe(true);
  const rest = list({ after: newest?.crossing, limit: 5 });
  expect(rest).toMatchObject({ more: false, rows: [{ crossing, person: 'P-1' }] });
});

test('an entry that was taken after all has to be back, unless the person is by now', () => {
  const zone = peopleBench();
  const due = () => value(dayReturnList(apiOf(zone), { state: 'due', limit: 9 })).rows;
  zone.badge(1);
  const { board, command } = must(zone.all('gate.requested')[0], 'command');
  const report = { kind: 'command', board, command, stage: 'failed' } as const;
  zone.run({ kind: 'board', report, receivedMono: zone.clock.monoMs() });
  const { crossing } = must(zone.all('crossing.not-taken')[0], 'entry');
  expect([due(), zone.rows('SELECT key FROM day_return')]).toEqual([[], []]);
  const change = (after: string) => correct(zone, crossing, { fact: 'passage', after });
  const dueMs = hkMidnight(zone.clock.wallMs()) + 24 * HOUR_MS;
  expect(change('passed').confirm()).toMatchObject({ ok: true });
  expect(due()).toMatchObject([{ crossing, person: 'P-1', dueMs, back: 'beyond-first' }]);
  expect(zone.differences()).toEqual([]);
  // The ledger has them back where they came from: nothing is left to be back from.
  expect(change('not-taken').confirm()).toMatchObject({ ok: true });
  expect([due(), placeOf(zone)]).toEqual([[], 'beyond-first']);
  expect(change('passed').confirm()).toMatchObject({ ok: true });
  expect([due(), zone.rows('SELECT key FROM day_return')]).toEqual([[], []]);
  expect(zone.differences()).toEqual([]);
});
