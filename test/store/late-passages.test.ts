/** Passages through gates that stood open, which their boards tell of afterwards. */
import { expect, onTestFinished, test } from 'vitest';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import type { GateReport } from '../../src/shared/domain/device-report.ts';
import type { DoorMode } from '../../src/shared/domain/gate.ts';
import type { AreaId, BoardId, CommandId, LaneId } from '../../src/shared/domain/ids.ts';
import type { EventData, NewEvent } from '../../src/shared/journal/events.ts';
import { BOARD, stepBench } from '../kit/step-bench.ts';

const SECOND = 1_000;
const board = String(BOARD) as BoardId;
/** Door 2 leads out of the area, over the first line. */
const OUT = { door: 2, lane: 'f-out-1' as LaneId };

/** What a board that decides alone leaves of a crossing. */
const alone = (index: number, person: string | null) =>
  ({
    ...{ crossing: `X1-${index}`, lane: OUT.lane, from: 'loop', to: 'beyond-first', line: 'first' },
    ...{ direction: 'out', checkpoint: 'first-1', class: 'special-pass', permit: null },
    ...{ credential: 'h10301/1/1', permitStatus: null, granted: true, boardReason: 1 },
    ...{ regimeVersion: 1, reasons: [], timing: 'late', entitled: true, movesPresence: false },
    ...{ board, index, person },
  }) as unknown as EventData<'crossing.recorded'>;

function start() {
  const bench = stepBench(1, (site) => ({
    ...site,
    lanes: site.lanes.map((lane) => (lane.id === OUT.lane ? { ...lane, reversible: true } : lane)),
  }));
  onTestFinished(() => bench.close());
  const began = bench.clock.wallMs();
  let index = 0;
  const report = (told: object) =>
    bench.run({
      kind: 'board',
      report: { board, ...told } as GateReport,
      receivedMono: bench.clock.monoMs(),
    });
  const late = { delivery: 'backlog', inOrder: false, ageMs: 60_000 } as const;
  const of = (atS: number) => {
    index += 1;
    return { ...late, index, door: OUT.door, deviceAtMs: began + atS * SECOND };
  };
  const note = (event: NewEvent) =>
    bench.run({ kind: 'noted', events: [event], actor: { type: 'console' } });
  return {
    bench,
    note,
    /** Lets the calendar go on to so many seconds after the start. */
    until: (atS: number) => bench.clock.advance(began + atS * SECOND - bench.clock.wallMs()),
    shows: (mode: DoorMode) => report({ kind: 'door-mode', door: OUT.door, mode }),
    online: (online: boolean) => report({ kind: 'board-state', online }),
    leaf: (atS: number) => report({ ...of(atS), kind: 'door', state: 'opened' }),
    /** The same event of the board once more. */
    again: (atS: number, at: number) =>
      report({ ...of(atS), index: at, kind: 'door', state: 'opened' }),
    /** The board let somebody out by itself, whose badge is known. */
    granted: (atS: number, person: string | null) =>
      note({
        kind: 'crossing.recorded',
        data: alone(of(atS).index, person),
        deviceAt: began + atS * SECOND,
      }),
    turns: (reversed: boolean) =>
      note({
        kind: 'lane.turned',
        data: { lane: OUT.lane, reversed, command: 'G1-1' as CommandId },
      }),
    counts: (counted: number) =>
      note({
        kind: 'area.counted',
        data: { area: 'loop' as AreaId, counted, named: 0, anonymous: 0, reason: 'T1-1' },
      } as unknown as NewEvent),
    /** Seconds after the start at which somebody went through, as far as they are late. */
    told: () =>
      bench.events().flatMap((event) => {
        if (event.kind !== 'passage.unnamed') return [];
        expect(event.data.timing).toBe('late');
        return [((event.deviceAt ?? 0) - began) / SECOND];
      }),
    unnamed: () =>
      bench.events().flatMap((event) => (event.kind === 'passage.unnamed' ? [event.data] : [])),
    inside: () =>
      bench.reader
        .query<[], { n: number }>(
          "SELECT inside + anonymous AS n FROM occupancy WHERE area = 'loop'",
        )
        .get()?.n ?? 0,
  };
}

/** What the projections hold is what the journal says. */
function expectRebuilt({ bench }: ReturnType<typeof start>): void {
  const scratch = openScratch(':memory:');
  rebuildProjections(bench.reader, scratch, bench.events().length);
  expect(compareProjections(bench.reader, scratch)).toEqual([]);
  scratch.close();
}

test('of an absence between two looks at an open gate every passage counts, once', () => {
  const zone = start();
  zone.until(10);
  zone.shows('held');
  zone.until(20);
  zone.online(false);
  zone.until(600);
  zone.online(true);
  zone.shows('held');
  // Before the gate was shown to stand open nobody knows that it did.
  for (const atS of [9, 10, 300, 599]) zone.leaf(atS);
  zone.again(300, 3);
  expect(zone.told()).toEqual([10, 300, 599]);
  expect(zone.inside()).toBe(-3);
  expectRebuilt(zone);
});

test('a gate that is found shut after an absence counts until it was last seen open', () => {
  const zone = start();
  zone.shows('held');
  zone.until(30);
  zone.shows('held');
  zone.until(40);
  zone.online(false);
  zone.until(600);
  // How it stands is not known yet: what comes this early counts no further either.
  zone.leaf(20);
  zone.leaf(50);
  zone.online(true);
  zone.shows('controlled');
  for (const atS of [30, 31, 300]) zone.leaf(atS);
  expect(zone.told()).toEqual([20, 30]);
  expectRebuilt(zone);
});

test('a gate shut by order while its board answered counts until then, however late', () => {
  const zone = start();
  zone.shows('held');
  zone.until(100);
  zone.shows('controlled');
  zone.until(3_600);
  for (const atS of [99, 100, 101]) zone.leaf(atS);
  zone.until(4_000);
  zone.shows('held');
  zone.until(4_100);
  for (const atS of [3_900, 4_050]) zone.leaf(atS);
  // A stamp of tomorrow says nothing of a gate that stands open today.
  zone.leaf(90_000);
  expect(zone.told()).toEqual([99, 100, 4_050]);
  expectRebuilt(zone);
});

test('whoever the board let in by a badge is counted by name, with the leaf behind it', () => {
  const zone = start();
  zone.shows('held');
  zone.until(600);
  zone.granted(100, 'P-1');
  zone.leaf(101);
  // A second one behind, without a badge; and long after, somebody else.
  zone.leaf(103);
  zone.leaf(200);
  // A badge that nobody knows names nobody.
  zone.granted(300, null);
  zone.leaf(301);
  expect(zone.told()).toEqual([103, 200, 301]);
  expectRebuilt(zone);
});

test('a lane that was turned while open counts each passage the way it led then', () => {
  const zone = start();
  zone.shows('held');
  zone.until(100);
  zone.turns(true);
  zone.until(300);
  zone.leaf(50);
  zone.leaf(150);
  const ways = zone.unnamed().map(({ direction, from, to }) => [direction, from, to]);
  expect(ways).toEqual([
    ['out', 'loop', 'beyond-first'],
    ['in', 'beyond-first', 'loop'],
  ]);
  expect(zone.inside()).toBe(0);
  expectRebuilt(zone);
});

test('who went before a head count is in it already', () => {
  const zone = start();
  zone.shows('held');
  zone.until(100);
  zone.counts(7);
  zone.until(200);
  zone.leaf(99);
  expect(zone.inside()).toBe(7);
  zone.leaf(101);
  expect(zone.inside()).toBe(6);
  expect(zone.told()).toEqual([99, 101]);
  expectRebuilt(zone);
});
