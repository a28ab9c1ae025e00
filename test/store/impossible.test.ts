import { expect, test } from 'vitest';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { BoardId } from '../../src/shared/domain/ids.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { BOARD } from '../kit/step-bench.ts';

const WITHIN_MS = 1_000;
const placeOf = (zone: PeopleBench) => zone.rows('SELECT place FROM presence')[0]?.place;

/** Real ms from when the last input was heard to when an event of a kind stood in the journal. */
function tookMs(zone: PeopleBench, kind: string, heardMono: number): number {
  const found = zone.events().findLast((event) => event.kind === kind);
  return (found?.mono ?? Number.POSITIVE_INFINITY) - heardMono;
}

test('read inside who is inside: referred within a second, and nobody is in two places', () => {
  const zone = peopleBench();
  zone.crosses(1);
  zone.clock.advance(60_000);
  const heardMono = zone.clock.monoMs();
  zone.badge(1);
  expect(zone.all('crossing.referred')).toMatchObject([
    { person: 'P-1', reasons: [{ is: 'not-already-inside', detail: 'already-inside' }] },
  ]);
  expect(tookMs(zone, 'crossing.referred', heardMono)).toBeLessThanOrEqual(WITHIN_MS);
  expect(placeOf(zone)).toBe('loop');
});

test('let in by a board alone who is inside already: an incident within a second', () => {
  const zone = peopleBench();
  zone.crosses(1);
  zone.clock.advance(60_000);
  const heardMono = zone.clock.monoMs();
  const heard = { board: String(BOARD) as BoardId, door: 1, index: 3, ageMs: 0 } as const;
  const read = { deviceAtMs: zone.clock.wallMs(), delivery: 'pushed', inOrder: true } as const;
  const badge = { kind: 'swipe', granted: true, reason: 1, direction: 'in' } as const;
  const report = { ...heard, ...read, ...badge, credential: h10301(1, 1) };
  zone.run({ kind: 'board', report, receivedMono: heardMono });
  expect(zone.all('incident.raised')).toMatchObject([
    { type: 'impossible-order', priority: 2, timing: 'live', params: { place: 'loop' } },
  ]);
  expect(tookMs(zone, 'incident.raised', heardMono)).toBeLessThanOrEqual(WITHIN_MS);
  expect(zone.rows("SELECT inside FROM occupancy WHERE area = 'loop'")).toEqual([{ inside: 1 }]);
});

test('anti-passback is forgiven with a reason: an entry, and the next badge is admitted', () => {
  const zone = peopleBench();
  zone.crosses(1);
  zone.badge(1);
  expect(zone.all('crossing.admitted')).toHaveLength(1);
  const forgiven = zone.ask('presence.set', { person: 'P-1', place: 'beyond-first' });
  expect(forgiven).toMatchObject({ ok: true });
  const [set] = zone.all('presence.set');
  expect(set).toMatchObject({ person: 'P-1', place: 'beyond-first' });
  expect(zone.rows(`SELECT body FROM typed_text WHERE text = '${set?.reason}'`)).toEqual([
    { body: '測試' },
  ]);
  zone.clock.advance(60_000);
  zone.crosses(1);
  expect(zone.all('crossing.admitted')).toHaveLength(2);
  expect(placeOf(zone)).toBe('loop');
  expect(zone.all('crossing.passed')).toHaveLength(2);
});

const party = () =>
  peopleBench([
    { n: 1, class: 'official' },
    { n: 2, class: 'escorted-visitor' },
  ]);
const alone = (zone: PeopleBench) => {
  const due = zone.facts.due(zone.clock.monoMs(), zone.clock.wallMs());
  if ((due.alone ?? []).length > 0) zone.run({ kind: 'due' });
  return zone.all('visitor.alone').length;
};

test('a visitor whose escort leaves is told of a minute later, once, with an incident', () => {
  const zone = party();
  zone.crosses(1);
  zone.crosses(2);
  zone.clock.advance(3_600_000);
  expect(alone(zone)).toBe(0);
  zone.crosses(1, 2);
  expect(alone(zone)).toBe(0);
  const from = zone.facts.escort.fromMono();
  zone.clock.advance(60_000);
  expect(from).toBeLessThanOrEqual(zone.clock.monoMs());
  expect(alone(zone)).toBe(1);
  expect(zone.all('visitor.alone')).toEqual([{ person: 'P-2', area: 'loop', official: 'P-1' }]);
  expect(zone.all('incident.raised')).toMatchObject([{ type: 'visitor-alone', timing: 'live' }]);
  zone.clock.advance(600_000);
  expect(alone(zone)).toBe(1);
  expect(zone.facts.escort.fromMono()).toBeNull();
  expect(zone.differences()).toEqual([]);
});

test('a visitor who follows the escort out, or whose escort comes back, is not alone', () => {
  const zone = party();
  zone.crosses(1);
  zone.crosses(2);
  zone.crosses(1, 2);
  zone.crosses(2, 2);
  zone.clock.advance(600_000);
  expect(alone(zone)).toBe(0);
  zone.crosses(1);
  zone.crosses(2);
  zone.crosses(1, 2);
  zone.clock.advance(20_000);
  zone.crosses(1);
  zone.clock.advance(600_000);
  expect(alone(zone)).toBe(0);
  expect(zone.all('crossing.passed')).toHaveLength(8);
});

test('a visitor whom a person let in without an escort is alone from then on', () => {
  const zone = party();
  zone.badge(2);
  const [referred] = zone.all('crossing.referred');
  expect(referred?.reasons).toMatchObject([{ is: 'escorted', detail: 'no-escort' }]);
  zone.ask('exception.admit', { exception: referred?.exception });
  zone.goes();
  zone.clock.advance(61_000);
  expect(alone(zone)).toBe(1);
  expect(zone.all('visitor.alone')).toMatchObject([{ person: 'P-2', official: null }]);
});

/** The board tells of a passage a minute late, after all that it has told so far. */
function backlog(zone: PeopleBench, n: number, door: 1 | 2): void {
  const deviceAtMs = zone.clock.wallMs() - 60_000;
  const when = {
    index: 100,
    deviceAtMs,
    ageMs: 60_000,
    inOrder: true,
    delivery: 'backlog',
  } as const;
  const where = { board: String(BOARD) as BoardId, door } as const;
  const read = { kind: 'swipe', granted: true, reason: 1, credential: h10301(1, n) } as const;
  const report = { ...where, ...when, ...read, direction: door === 1 ? 'in' : 'out' } as const;
  zone.run({ kind: 'board', report, receivedMono: zone.clock.monoMs() });
}
const timings = (zone: PeopleBench) =>
  zone.all('incident.raised').flatMap(({ type, timing }) => {
    return type === 'visitor-alone' ? [timing] : [];
  });

test('a visitor of whom a board tells only afterwards is alone, late and silent', () => {
  const zone = party();
  backlog(zone, 2, 1);
  zone.clock.advance(61_000);
  expect(alone(zone)).toBe(1);
  expect(timings(zone)).toEqual(['late']);
  expect(zone.differences()).toEqual([]);
});

test('an escort of whom a board tells afterwards that they left makes a late incident', () => {
  const zone = party();
  zone.crosses(1);
  zone.crosses(2);
  zone.clock.advance(600_000);
  backlog(zone, 1, 2);
  zone.clock.advance(61_000);
  expect(alone(zone)).toBe(1);
  expect(timings(zone)).toEqual(['late']);
});
