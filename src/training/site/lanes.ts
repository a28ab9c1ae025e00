import type { BoardId, CheckpointId, LaneId } from '../../shared/domain/ids.ts';
import type { Direction } from '../../shared/domain/line.ts';
import type { Place } from '../../shared/domain/place.ts';
import type { SiteLane } from '../../shared/domain/site.ts';
import type { Text3 } from '../../shared/domain/text.ts';
import { CHECKPOINTS, type TrainingCheckpoint } from '../geography.ts';
import { LOOP, SAN_TIN } from '../zone.ts';

export const DOORS_PER_BOARD = 4;
export const MAX_LANES = 300;
/** How long a relay stays open for one crossing. */
const OPEN_S = 3;

/** Which checkpoints get lanes first, and how many they get beside the others when there are many. */
const SHARES: readonly { readonly id: string; readonly weight: number }[] = [
  { id: 'loop-west-bridge', weight: 6 },
  { id: 'loop-south-gate', weight: 3 },
  { id: 'inner-passage', weight: 5 },
  { id: 'spur-line', weight: 6 },
  { id: 'san-tin-east', weight: 3 },
  { id: 'loop-east-bridge', weight: 4 },
  { id: 'lmc-road', weight: 3 },
  { id: 'huanggang', weight: 4 },
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

/** How many lanes each checkpoint gets: pairs first, the busiest first, one left over goes in. */
function lanesPerCheckpoint(count: number): Map<string, number> {
  const pairs = new Map<string, number>();
  const given = new Map<string, number>();
  for (let left = count; left > 0; left -= 2) {
    const next = SHARES.reduce((best, one) => {
      const have = pairs.get(one.id) ?? 0;
      const haveBest = pairs.get(best.id) ?? 0;
      if (have === 0 || haveBest === 0) return haveBest === 0 ? best : one;
      return one.weight / have > best.weight / haveBest ? one : best;
    });
    pairs.set(next.id, (pairs.get(next.id) ?? 0) + 1);
    given.set(next.id, (given.get(next.id) ?? 0) + Math.min(2, left));
  }
  return given;
}

function laneName(checkpoint: Text3, way: Text3, number: number): Text3 {
  const of = (language: keyof Text3) => `${checkpoint[language]} ${way[language]} ${number}`;
  return { 'zh-HK': of('zh-HK'), 'zh-CN': of('zh-CN'), en: of('en') };
}

/**
 * The training zone's lanes, 1 to 300, in the order of their boards' doors (four to a board), so
 * that a checkpoint's lanes hang together. Below 20 lanes whole checkpoints are left out.
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
      lanes.push({
        id: `${checkpoint.id}-${way.key}-${number}` as LaneId,
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
      });
    }
  }
  return lanes;
}

/** How many boards so many lanes need. */
export function boardsFor(lanes: number): number {
  return Math.ceil(lanes / DOORS_PER_BOARD);
}

/** The serial of the n-th training board; like a real four-door board's it begins with 4. */
export function trainingSerial(n: number): BoardId {
  return String(423_100_001 + n) as BoardId;
}
