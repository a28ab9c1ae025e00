/** Paper forms of people who were counted at a gate that stood open too, without a name. */
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Input } from '../../src/main/engine/core/input.ts';
import type { GateReport } from '../../src/shared/domain/device-report.ts';
import type { BoardId } from '../../src/shared/domain/ids.ts';
import { DAY_MS, MINUTE_MS } from '../../src/shared/lib/hk-time.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import { cargoBench } from '../kit/cargo-bench.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { value } from '../kit/journal-kit.ts';
import { BOARD } from '../kit/step-bench.ts';

const ACTOR = { type: 'person', user: 'u-7', role: 'supervisor', workstation: 'w-1' } as const;
const TEXT = { body: '控制台停電', saltHex: 'ab'.repeat(16), saltedHash: 'cd'.repeat(32) };
const SECOND = 1_000;
const board = String(BOARD) as BoardId;

type Way = 'in' | 'out';
/** The second line's lanes, which take people: in by door 3, out by door 4. */
const LANES = { in: { lane: 's-in-1', door: 3 }, out: { lane: 's-out-1', door: 4 } } as const;

interface Told {
  readonly crossing: string;
  readonly unnamed: string | null;
  readonly movesPresence: boolean;
}

/** A zone both of whose gates stand open, with forms that were handed out at its start. */
function start() {
  const zone = cargoBench({}, { drivers: 4 });
  onTestFinished(() => zone.close());
  const began = zone.clock.wallMs();
  let index = 100;
  let number = 0;
  const report = (told: object) =>
    zone.run({
      kind: 'board',
      report: { board, ...told } as GateReport,
      receivedMono: zone.clock.monoMs(),
    });
  const paper = (name: string, input: object) => {
    const asked = { kind: 'paper', name, input: { ...input, reason: TEXT.body } };
    return zone.run({ ...asked, actor: ACTOR, text: TEXT } as unknown as Input)[0];
  };
  const handed = { series: 'A', count: 20, checkpoint: null, holder: '4711' };
  value(paper('paper.hand-out', handed) as Result<unknown>);
  const at = (minute: number, s = 0) => began + minute * MINUTE_MS + s * SECOND;
  const of = (way: Way, atMs: number) => {
    index += 1;
    const late = { delivery: 'backlog', inOrder: false, ageMs: 60_000 } as const;
    return { ...late, index, door: LANES[way].door, deviceAtMs: atMs };
  };
  const shows = (mode: 'held' | 'controlled') => {
    for (const { door } of Object.values(LANES)) report({ kind: 'door-mode', door, mode });
  };
  shows('held');
  return {
    ...zone,
    shows,
    until: (minute: number) => zone.clock.advance(at(minute) - zone.clock.wallMs()),
    /** The board tells afterwards of somebody who went through. */
    leaf: (minute: number, s = 0, way: Way = 'in') =>
      void report({ ...of(way, at(minute, s)), kind: 'door', state: 'opened' }),
    /** As many at once. */
    leaves: (count: number, minute: number, s: number) => {
      const told = Array.from({ length: count }, () => {
        const door = { board, ...of('in', at(minute, s)), kind: 'door', state: 'opened' };
        const receivedMono = zone.clock.monoMs();
        return { kind: 'board', report: door as GateReport, receivedMono } as const;
      });
      zone.run(...told);
    },
    keyIn: (n: number, minute: number, way: Way = 'in') => {
      number += 1;
      const where = { series: 'A', number, lane: LANES[way].lane, direction: way };
      const what = { ...where, happenedMs: at(minute), permit: `SP-${n}`, writer: '5822' };
      return value(paper('paper.key-in', what) as Result<Told>);
    },
    heads: (counted: number) => {
      zone.clock.advance(SECOND);
      value(zone.ask('area.count', { area: 'loop', counted }) as Result<unknown>);
      zone.clock.advance(SECOND);
    },
    /** How many are inside, by name and without one, and what the minutes make of it. */
    inside() {
      const [row] = zone.rows('SELECT inside, anonymous FROM occupancy');
      const [sums] = zone.rows(
        `SELECT sum(entries) AS entries, sum(exits) AS exits, sum(corrected) AS corrected,
           max(peak) AS peak FROM area_minute`,
      );
      const figures = { inside: 0, anonymous: 0, entries: 0, exits: 0, corrected: 0, peak: 0 };
      return { ...figures, ...row, ...sums };
    },
    unnamed: () => zone.all('passage.unnamed'),
    forms: () => zone.all('crossing.recorded').map(({ paper: form }) => form),
    twice: () => zone.all('incident.raised').filter(({ type }) => type === 'counted-twice'),
  };
}
type Zone = ReturnType<typeof start>;

const BOTH_ORDERS: readonly [string, (zone: Zone) => void][] = [
  [
    'its board',
    (zone) => {
      zone.leaf(10, 20);
      expect(zone.keyIn(1, 10)).toMatchObject({ unnamed: 'taken', movesPresence: true });
      expect(zone.forms()).toMatchObject([{ takes: expect.stringMatching(/^U1-\d+$/) }]);
      expect(zone.unnamed()[0]).not.toHaveProperty('namedBy');
    },
  ],
  [
    'the form',
    (zone) => {
      const { crossing, unnamed } = zone.keyIn(1, 10);
      expect(unnamed).toBe('none');
      zone.leaf(10, 20);
      expect(zone.forms()[0]).not.toHaveProperty('takes');
      expect(zone.unnamed()).toMatchObject([{ namedBy: crossing, timing: 'late' }]);
    },
  ],
];

test.each(BOTH_ORDERS)('somebody at an open gate is one, where %s tells first', (_who, tell) => {
  const zone = start();
  zone.until(60);
  tell(zone);
  expect(zone.inside()).toEqual({
    ...{ inside: 1, anonymous: 0, entries: 1, exits: 0, corrected: 0, peak: 1 },
  });
  expect(zone.twice()).toEqual([]);
  // Nobody takes the same place again, and the next passage is somebody else's.
  expect(zone.keyIn(2, 10)).toMatchObject({ unnamed: 'none' });
  expect(zone.inside()).toMatchObject({ inside: 2, anonymous: 0 });
  zone.leaf(12, 0);
  expect(zone.inside()).toMatchObject({ inside: 2, anonymous: 1, entries: 3 });
  expectRebuilt(zone);
});

test('a form says the minute: one before or after it is the same passage, more is not', () => {
  const zone = start();
  zone.until(60);
  for (const [minute, s] of [
    [9, 0],
    [21, 59],
  ] as const)
    zone.leaf(minute, s);
  expect(zone.keyIn(1, 10).unnamed).toBe('taken');
  expect(zone.keyIn(2, 20).unnamed).toBe('taken');
  // Each form has its passage: another one of the same minute is somebody else's.
  zone.leaf(10, 30);
  expect(zone.unnamed().at(-1)).not.toHaveProperty('namedBy');
  zone.leaf(28, 59);
  zone.leaf(32, 0);
  expect(zone.keyIn(3, 30).unnamed).toBe('none');
  expect(zone.inside()).toMatchObject({ inside: 3, anonymous: 3 });
  const { crossing } = zone.keyIn(4, 40);
  for (const [minute, s] of [
    [38, 59],
    [42, 0],
    [41, 59],
  ] as const)
    zone.leaf(minute, s);
  expect(
    zone
      .unnamed()
      .map(({ namedBy }) => namedBy)
      .slice(-3),
  ).toEqual([...[undefined, undefined, crossing]]);
  expectRebuilt(zone);
});

test('of several passages none is guessed: all count, and a silent incident asks for heads', () => {
  const zone = start();
  zone.until(60);
  zone.leaf(10, 5);
  zone.leaf(10, 25);
  const { crossing, unnamed } = zone.keyIn(1, 10);
  expect(unnamed).toBe('several');
  expect(zone.forms()[0]).not.toHaveProperty('takes');
  expect(zone.twice()).toMatchObject([{ crossing, lane: 's-in-1', timing: 'late' }]);
  expect(zone.inside()).toMatchObject({ inside: 1, anonymous: 2, entries: 3 });
  // A person decides by counting heads.
  zone.heads(2);
  expect(zone.inside()).toMatchObject({ inside: 1, anonymous: 1 });
  expectRebuilt(zone);
});

test('a passage that may be of several forms stays unnamed, and is told', () => {
  const zone = start();
  zone.until(60);
  zone.keyIn(1, 10);
  zone.keyIn(2, 11);
  zone.leaf(10, 30);
  expect(zone.unnamed()[0]).not.toHaveProperty('namedBy');
  expect(zone.twice()).toMatchObject([{ crossing: null, lane: 's-in-1', timing: 'late' }]);
  expect(zone.inside()).toMatchObject({ inside: 2, anonymous: 1 });
  expectRebuilt(zone);
});

test('another lane, another time and a gate that was shut have nothing to do with it', () => {
  const zone = start();
  zone.until(30);
  zone.shows('controlled');
  zone.until(90);
  zone.leaf(10, 0, 'out');
  expect(zone.keyIn(1, 10).unnamed).toBe('none');
  expect(zone.keyIn(2, 40).unnamed).toBeNull();
  expect(zone.inside()).toMatchObject({ inside: 2, anonymous: -1 });
  expect(zone.twice()).toEqual([]);
});

test.each([true, false])(
  'whoever was never seen to come in leaves once; board first: %s',
  (first) => {
    const zone = start();
    zone.until(60);
    zone.leaf(5);
    if (first) zone.leaf(10, 0, 'out');
    zone.keyIn(1, 10, 'out');
    if (!first) zone.leaf(10, 0, 'out');
    expect(zone.inside()).toMatchObject({ inside: 0, anonymous: 0, entries: 1, exits: 1 });
    expectRebuilt(zone);
  },
);

test.each(['leaf, form', 'form, leaf'])('heads that were counted stay as counted: %s', (order) => {
  const steps = { leaf: (zone: Zone) => zone.leaf(10), form: (zone: Zone) => zone.keyIn(1, 10) };
  const [one, other] = order === 'leaf, form' ? [steps.leaf, steps.form] : [steps.form, steps.leaf];
  for (const counts of [0, 1, 2]) {
    const zone = start();
    zone.until(60);
    if (counts === 0) zone.heads(5);
    one(zone);
    if (counts === 1) zone.heads(5);
    other(zone);
    if (counts === 2) zone.heads(5);
    const { anonymous, inside } = zone.inside();
    expect([counts, inside, anonymous]).toEqual([counts, 1, 4]);
    expectRebuilt(zone);
  }
});

test('a form that only fills history takes its passage, and moves no count', () => {
  const zone = start();
  zone.until(60);
  zone.keyIn(1, 30, 'out');
  zone.leaf(10);
  expect(zone.keyIn(1, 10)).toMatchObject({ movesPresence: false, unnamed: 'taken' });
  zone.leaf(30, 0, 'out');
  expect(zone.inside()).toMatchObject({ inside: 0, anonymous: 0, entries: 1, exits: 1 });
  expectRebuilt(zone);
});

test('passages are kept as long as forms are keyed in, and so many of a lane', () => {
  const zone = start();
  zone.until(60);
  for (let n = 0; n < 3; n += 1) zone.leaf(20 + n);
  zone.keyIn(1, 10);
  zone.clock.advance(33 * DAY_MS);
  zone.shows('held');
  zone.leaf(33 * 24 * 60, 1);
  const kept = () =>
    zone.rows('SELECT count(*) AS n, min(happened_ms) AS first FROM unnamed_passage');
  const [{ first } = { first: 0 }] = kept();
  expect(kept()).toMatchObject([{ n: 1 }]);
  zone.leaves(1_002, 33 * 24 * 60, 2);
  expect(kept()).toEqual([{ n: 1_000, first: Number(first) + SECOND }]);
  expect(zone.unnamed()).toHaveLength(1_006);
  expectRebuilt(zone);
});

test('property: occupancy is the ledger, each is taken once, whatever the order', () => {
  const passage = fc.record({
    what: fc.constantFrom('leaf' as const, 'form' as const),
    n: fc.constantFrom(1, 2, 3, 4),
    way: fc.constantFrom<Way>('in', 'out'),
    minute: fc.integer({ min: 5, max: 25 }),
  });
  fc.assert(
    fc.property(fc.array(passage, { maxLength: 14 }), (steps) => {
      const zone = start();
      zone.until(60);
      for (const { minute, n, way, what } of steps) {
        if (what === 'leaf') zone.leaf(minute, 0, way);
        else zone.keyIn(n, minute, way);
      }
      const { anonymous, corrected, entries, exits, inside } = zone.inside();
      expect(inside + anonymous).toBe(entries - exits + corrected);
      expect(zone.rows("SELECT count(*) AS n FROM presence WHERE place = 'loop'")).toEqual([
        { n: inside },
      ]);
      const takes = zone.forms().flatMap((form) => form?.takes ?? []);
      const named = zone.unnamed().flatMap(({ namedBy }) => namedBy ?? []);
      expect(new Set(takes).size).toBe(takes.length);
      expect(new Set(named).size).toBe(named.length);
      const free = zone.unnamed().length - takes.length - named.length;
      expect(zone.rows('SELECT count(*) AS n FROM unnamed_passage')).toEqual([{ n: free }]);
      const waiting = zone.forms().length - takes.length - named.length;
      expect(zone.rows('SELECT count(*) AS n FROM paper_crossing WHERE taken = 0')).toEqual([
        { n: waiting },
      ]);
      expectRebuilt(zone);
    }),
    { numRuns: 15 },
  );
});
