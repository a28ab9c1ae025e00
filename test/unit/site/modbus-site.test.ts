/** A site file that names Modbus modules: a clear fault for each thing that cannot be. */
import { expect, test } from 'vitest';
import { siteFaults } from '../../../src/main/engine/site/check-site.ts';
import { SiteShape } from '../../../src/shared/domain/site.ts';
import { kitSite } from '../../kit/kit-site.ts';

interface Door {
  door: number;
  open: Record<string, unknown>;
  close?: unknown;
  lock?: unknown;
  opening: unknown;
  inputs: { passageIn?: unknown; contact?: unknown; loopBefore?: unknown; loopUnder?: unknown };
}
type Lane = Record<'board' | 'door' | 'passage', unknown>;
type Board = Record<'serial' | 'module' | 'address' | 'unit' | 'doors', unknown>;
interface Draft {
  readonly board: Board;
  readonly doors: Door[];
  readonly lanes: Lane[];
  readonly boards: Board[];
}

/** The kit's site with lanes 1 and 2 at a module beside its UHPPOTE boards. */
function siteWith(change: (draft: Draft) => void = () => {}): unknown {
  const site = JSON.parse(JSON.stringify(kitSite())) as { lanes: Lane[]; boards: Board[] };
  const door = (n: number): Door => {
    const inputs = { contact: { channel: n } };
    return { door: n, open: { channel: n }, opening: 'until-passage', inputs };
  };
  const doors = [door(1), door(2)];
  const place = { serial: 'north-gate', driver: 'modbus', address: '127.0.0.1', port: 502 };
  const board = { ...place, unit: 1, module: 'icp-das-tm', doors };
  for (const [i, lane] of site.lanes.slice(0, 2).entries()) {
    Object.assign(lane, { board: 'north-gate', door: i + 1 });
  }
  site.boards.push(board);
  change({ board, doors, lanes: site.lanes, boards: site.boards });
  return site;
}

function faultsOf(change: (draft: Draft) => void): string {
  const parsed = SiteShape.safeParse(siteWith(change));
  if (!parsed.success) {
    return parsed.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
  }
  return siteFaults(parsed.data)
    .map(({ path, text }) => `${path}: ${text}`)
    .join('; ');
}

test('a sound module stands beside boards of another make', () => {
  expect(siteFaults(SiteShape.parse(siteWith()))).toEqual([]);
});

const MAPPED = 'boards[2] (north-gate).';
const cases: [string, (draft: Draft) => void, string][] = [
  [
    'two doors on one output',
    ({ doors }) => (doors[1]!.open = { coil: 1 }),
    `${MAPPED}doors[1].open: it lies where doors[0].open lies already`,
  ],
  [
    'open and lock on one output',
    ({ doors }) => (doors[0]!.lock = { channel: 1 }),
    `${MAPPED}doors[0].lock: it lies where doors[0].open lies already`,
  ],
  [
    'one input for two things',
    ({ doors }) => (doors[1]!.inputs = { contact: { coil: 33 } }),
    `${MAPPED}doors[1].inputs.contact: it lies where doors[0].inputs.contact lies already`,
  ],
  [
    'a passage by the door without its contact',
    ({ doors }) => (doors[0]!.inputs = {}),
    `${MAPPED}doors[0].inputs: lane lane-1 tells a passage by its door: give its contact`,
  ],
  [
    'a passage by a sensor without one',
    ({ lanes }) => (lanes[0]!.passage = 'sensor'),
    `${MAPPED}doors[0].inputs: lane lane-1 tells a passage by a sensor: give passageIn`,
  ],
  [
    'the sensor of the other way',
    ({ lanes, doors }) => {
      lanes[1]!.passage = 'sensor';
      doors[1]!.inputs.passageIn = { channel: 9 };
    },
    `${MAPPED}doors[1].inputs: lane lane-2 tells a passage by a sensor: give passageOut`,
  ],
  [
    'a door mapped twice',
    ({ doors }) =>
      doors.push({ ...doors[0]!, open: { channel: 5 }, inputs: { contact: { channel: 6 } } }),
    `${MAPPED}doors[2]: door 1 is mapped twice`,
  ],
  [
    'a door without a lane',
    ({ doors }) => doors.push({ ...doors[0]!, door: 3, open: { channel: 5 }, inputs: {} }),
    `${MAPPED}doors[2]: no lane names door 3`,
  ],
  [
    'a lane without a door',
    ({ doors }) => doors.pop(),
    `${MAPPED}doors: lane lane-2 is door 2, which is not mapped`,
  ],
  [
    'a channel of a module without inputs',
    ({ board }) => (board.module = 'adam-4056so'),
    `${MAPPED}doors[0].inputs.contact: the map of Advantech ADAM-4056SO names no inputs`,
  ],
  [
    'a register with one value',
    ({ doors }) => (doors[0]!.open = { register: 4, on: 1, off: 1 }),
    `${MAPPED}doors[0].open: "on" and "off" are the same value`,
  ],
  [
    'a pulse longer than the opening',
    ({ doors }) => (doors[0]!.opening = { pulseMs: 4000 }),
    `${MAPPED}doors[0].opening: a pulse of 4000 ms is longer than openS of lane lane-1`,
  ],
  [
    'a pulsed barrier that nobody closes, over a loop',
    ({ doors }) => {
      doors[0]!.opening = { pulseMs: 200 };
      doors[0]!.inputs.loopUnder = { channel: 9 };
    },
    `${MAPPED}doors[0].opening: a barrier opened by a pulse closes by itself`,
  ],
  [
    'a loop before without one under',
    ({ doors }) => (doors[0]!.inputs.loopBefore = { channel: 9 }),
    `${MAPPED}doors[0].inputs: loopBefore says who drives away again only beside loopUnder`,
  ],
  [
    'two modules of one unit number',
    ({ board, boards }) => boards.push({ ...board, serial: 'other' }),
    'boards[3]: unit 1 at 127.0.0.1:502 stands at boards[2] already',
  ],
  [
    'no output',
    ({ doors }) => (doors[0]!.open = { relay: 1 }),
    'boards.2.doors.0.open: an output: ',
  ],
  ['no module', ({ board }) => (board.module = 'other'), 'boards.2.module: a module: "icp-das-tm"'],
  ['nobody’s address', ({ board }) => (board.address = '0.0.0.0'), `${MAPPED}address`],
];

for (const [name, change, wanted] of cases) {
  test(`${name} is told by its place`, () => {
    expect(faultsOf(change)).toContain(wanted);
  });
}

test('modules behind one gateway are told apart by their unit numbers', () => {
  const told = faultsOf(({ board, boards, doors, lanes }) => {
    boards.push({ ...board, serial: 'south-gate', unit: 2, doors: [doors[0]] });
    Object.assign(lanes[2]!, { board: 'south-gate', door: 1 });
  });
  expect(told).toBe('');
});
