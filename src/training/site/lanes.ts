import type { BoardId, CheckpointId, LaneId } from '../../shared/domain/ids.ts';
import type { Direction } from '../../shared/domain/line.ts';
import type { Place } from '../../shared/domain/place.ts';
import type { SiteLane } from '../../shared/domain/site.ts';
import type { Text3 } from '../../shared/domain/text.ts';
import { must } from '../../shared/lib/assert.ts';
import { CHECKPOINTS, type TrainingCheckpoint } from '../geography.ts';
import { LOOP, SAN_TIN } from '../zone.ts';

export const DOORS_PER_BOARD = 4;
export const MAX_LANES = 300;
/** How long a relay stays open for one crossing. */
const OPEN_S = 3;

/** Which checkpoints get pairs of lanes first: a small zone is whole before it is wide. */
const FIRST_PAIRS = [
  ...['loop-west-bridge', 'loop-south-gate', 'inner-passage', 'spur-line', 'san-tin-east'],
  ...['loop-east-bridge', 'lmc-road', 'huanggang', 'san-tin-exit'],
  ...['inner-passage', 'spur-line', 'loop-west-bridge', 'san-tin-freight'],
];
/** How the pairs beyond those are shared out, by how many people come through. */
const WEIGHTS: readonly { readonly id: string; readonly weight: number }[] = [
  { id: 'loop-west-bridge', weight: 6 },
  { id: 'spur-line', weight: 6 },
  { id: 'inner-passage', weight: 6 },
  { id: 'loop-east-bridge', weight: 4 },
  { id: 'huanggang', weight: 4 },
  { id: 'loop-south-gate', weight: 3 },
  { id: 'lmc-road', weight: 3 },
  { id: 'san-tin-east', weight: 3 },
  { id: 'san-tin-exit', weight: 2 },
  { id: 'san-tin-freight', weight: 1 },
];

/** One way through a checkpoint: its direction, the places it joins and its words. */
interface Way {
  readonly key: string;
  readonly direction: Direction;
  readonly from: Place;
  readonly to: Place;
  readonly word: Text3;
}

const WORDS = {
  in: { 'zh-HK': '入區', 'zh-CN': '入区', en: 'In' },
  out: { 'zh-HK': '出區', 'zh-CN': '出区', en: 'Out' },
  south: { 'zh-HK': '往新田', 'zh-CN': '往新田', en: 'To San Tin' },
  north: { 'zh-HK': '往河套', 'zh-CN': '往河套', en: 'To the Loop' },
} as const;

function waysOf({ line, area }: TrainingCheckpoint): readonly [Way, Way] {
  if (line === 'inner') {
    return [
      { key: 'south', direction: 'across', from: LOOP, to: SAN_TIN, word: WORDS.south },
      { key: 'north', direction: 'across', from: SAN_TIN, to: LOOP, word: WORDS.north },
    ];
  }
  const beyond: Place = line === 'first' ? 'beyond-first' : 'beyond-second';
  const inside = area === 'loop' ? LOOP : SAN_TIN;
  return [
    { key: 'in', direction: 'in', from: beyond, to: inside, word: WORDS.in },
    { key: 'out', direction: 'out', from: inside, to: beyond, word: WORDS.out },
  ];
}

/** The lane of a bridge that is turned for the evening's stream: it has a reader on both sides. */
const TIDAL = 'loop-west-bridge-in-2';

/** How many lanes each checkpoint gets: pairs first, the busiest first, one left over goes in. */
function lanesPerCheckpoint(count: number): Map<string, number> {
  const given = new Map<string, number>();
  const due = (one: { id: string; weight: number }) => one.weight / (given.get(one.id) ?? 0.1);
  for (let pair = 0; pair * 2 < count; pair += 1) {
    const busiest = WEIGHTS.reduce((best, one) => (due(one) > due(best) ? one : best));
    const id = FIRST_PAIRS[pair] ?? busiest.id;
    given.set(id, (given.get(id) ?? 0) + Math.min(2, count - pair * 2));
  }
  return given;
}

function laneName(checkpoint: Text3, way: Text3, number: number): Text3 {
  const of = (language: keyof Text3) => `${checkpoint[language]} ${way[language]} ${number}`;
  return { 'zh-HK': of('zh-HK'), 'zh-CN': of('zh-CN'), en: of('en') };
}

/**
 * The training zone's lanes, 1 to 300, in the order of their boards' doors (four to a board), so
 * that a checkpoint's lanes hang together. Below 26 lanes whole checkpoints are left out.
 */
export function trainingLanes(count: number, serials: readonly BoardId[]): SiteLane[] {
  const given = lanesPerCheckpoint(count);
  const lanes: SiteLane[] = [];
  for (const checkpoint of CHECKPOINTS) {
    const ways = waysOf(checkpoint);
    for (let i = 0; i < (given.get(checkpoint.id) ?? 0); i += 1) {
      const way = i % 2 === 0 ? ways[0] : ways[1];
      const number = Math.floor(i / 2) + 1;
      const board = serials[Math.floor(lanes.length / DOORS_PER_BOARD)];
      if (board === undefined) throw new Error(`${count} lanes need more than the boards given`);
      const id = `${checkpoint.id}-${way.key}-${number}`;
      lanes.push({
        id: id as LaneId,
        name: laneName(checkpoint.name, way.word, number),
        checkpoint: checkpoint.id as CheckpointId,
        direction: way.direction,
        from: way.from,
        to: way.to,
        takes: ['person'],
        board,
        door: (lanes.length % DOORS_PER_BOARD) + 1,
        passage: 'door',
        openS: OPEN_S,
        // Inside the zone a silent console must not cut the areas off from each other.
        offline: way.direction === 'across' ? 'roster' : 'deny',
        onFailure: way.direction === 'out' ? 'free' : 'shut',
        ...(id === TIDAL ? { reversible: true } : {}),
      });
    }
  }
  return lanes;
}

/** How many boards so many lanes need, and one more where there are trucks. */
export function boardsFor(lanes: number, trucks = 0): number {
  return Math.ceil(lanes / DOORS_PER_BOARD) + (trucks > 0 ? 1 : 0);
}

/** The first-line checkpoint that trucks drive through. */
const FREIGHT_CHECKPOINT = 'huanggang';
/** Real seconds within which tag and badge are one. */
const PAIR_WITHIN_S = 10;
/** A truck takes longer than a person. */
const TRUCK_OPEN_S = 6;
const FREIGHT_WORDS = {
  in: { 'zh-HK': '貨車入區', 'zh-CN': '货车入区', en: 'Freight in' },
  out: { 'zh-HK': '貨車出區', 'zh-CN': '货车出区', en: 'Freight out' },
} as const;

/** The two lanes for trucks, one each way, on a board of their own. */
export function freightLanes(board: BoardId): SiteLane[] {
  const checkpoint = must(
    CHECKPOINTS.find(({ id }) => id === FREIGHT_CHECKPOINT),
    FREIGHT_CHECKPOINT,
  );
  return waysOf(checkpoint).map((way, i) => ({
    id: `${checkpoint.id}-freight-${way.key}` as LaneId,
    name: laneName(checkpoint.name, FREIGHT_WORDS[i === 0 ? 'in' : 'out'], 1),
    checkpoint: checkpoint.id as CheckpointId,
    ...{ direction: way.direction, from: way.from, to: way.to },
    ...{ takes: ['vehicle'], pairWithinS: PAIR_WITHIN_S, board, door: i + 1, passage: 'door' },
    ...{ openS: TRUCK_OPEN_S, offline: 'deny', onFailure: way.key === 'out' ? 'free' : 'shut' },
  }));
}

/** The serial of the n-th training board; like a real four-door board's it begins with 4. */
export function trainingSerial(n: number): BoardId {
  return String(423_100_001 + n) as BoardId;
}
