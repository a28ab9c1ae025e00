import {
  type DoorMap,
  type Input,
  modbusMap,
  type Output,
  ownPassage,
} from '../../../shared/domain/modbus-modules.ts';
import type { Site, SiteLane } from '../../../shared/domain/site.ts';
import type { SiteModbusBoard } from '../../../shared/domain/site-board.ts';
import type { SiteFault } from './site-fault.ts';

/** What the map of each Modbus module cannot be, beside its lanes and beside itself. */
export function modbusFaults({ boards, lanes }: Site): SiteFault[] {
  return boards.flatMap((board, n) => {
    if (board.driver !== 'modbus') return [];
    const own = lanes.filter((lane) => lane.board === board.serial);
    return mapFaults(board, own).map((fault) => {
      return { ...fault, path: `boards[${n}] (${board.serial}).${fault.path}` };
    });
  });
}

function mapFaults(board: SiteModbusBoard, lanes: readonly SiteLane[]): SiteFault[] {
  const { map, faults } = modbusMap(board);
  const all: SiteFault[] = [...faults];
  // Where a channel has no address, what lies on it cannot be compared with anything.
  if (faults.length > 0) return all;
  const doors = new Set<number>();
  for (const [n, door] of map.doors.entries()) {
    const path = `doors[${n}]`;
    const lane = lanes.find((one) => one.door === door.door);
    if (doors.has(door.door)) {
      all.push({ path, text: `door ${door.door} is mapped twice: take one of them out` });
    }
    doors.add(door.door);
    if (lane === undefined) {
      const text = `no lane names door ${door.door}: add the lane or take the door out`;
      all.push({ path, text });
    } else all.push(...doorFaults(door, lane, path));
  }
  for (const lane of lanes) {
    if (doors.has(lane.door)) continue;
    const text = `lane ${lane.id} is door ${lane.door}, which is not mapped: add it`;
    all.push({ path: 'doors', text });
  }
  return [...all, ...sharedOutputs(map.doors), ...sharedInputs(map.doors, map.inputs)];
}

function doorFaults(door: DoorMap, lane: SiteLane, path: string): SiteFault[] {
  const faults: SiteFault[] = [];
  const { inputs, close, pulseMs } = door;
  const own = ownPassage(lane.direction);
  if (lane.passage === 'sensor' && inputs[own] === undefined && inputs.loopUnder === undefined) {
    const text = `lane ${lane.id} tells a passage by a sensor: give ${own} or loopUnder`;
    faults.push({ path: `${path}.inputs`, text });
  }
  const other = own === 'passageIn' ? 'passageOut' : 'passageIn';
  if (lane.reversible === true && lane.passage === 'sensor' && inputs[other] === undefined) {
    const text = `lane ${lane.id} can be turned: give ${other} too, for its other way`;
    faults.push({ path: `${path}.inputs`, text });
  }
  if (lane.passage === 'door' && inputs.contact === undefined) {
    const text = `lane ${lane.id} tells a passage by its door: give its contact`;
    faults.push({ path: `${path}.inputs`, text });
  }
  if (pulseMs !== null && pulseMs > lane.openS * 1000) {
    const text = `a pulse of ${pulseMs} ms is longer than openS of lane ${lane.id}: shorten it`;
    faults.push({ path: `${path}.opening`, text });
  }
  if (pulseMs !== null && close === null && inputs.loopUnder !== undefined) {
    const text =
      'a barrier opened by a pulse closes by itself, whatever stands on loopUnder: give a close ' +
      'output or hold it open "until-passage"';
    faults.push({ path: `${path}.opening`, text });
  }
  if (inputs.loopBefore !== undefined && inputs.loopUnder === undefined) {
    const text = 'loopBefore says who drives away again only beside loopUnder: give that too';
    faults.push({ path: `${path}.inputs`, text });
  }
  return faults;
}

function sharedOutputs(doors: readonly DoorMap[]): SiteFault[] {
  const uses = doors.flatMap((door, n) => {
    const outputs: [string, Output | null][] = [
      ['open', door.open],
      ['lock', door.lock],
      ['close', door.close],
    ];
    return outputs.flatMap(([name, output]) => {
      if (output === null) return [];
      return [{ path: `doors[${n}].${name}`, key: `${output.table} ${output.at}` }];
    });
  });
  return shared(uses, 'one output works one thing');
}

function sharedInputs(
  doors: readonly DoorMap[],
  own: Readonly<Partial<Record<string, Input>>>,
): SiteFault[] {
  const usesOf = (inputs: Readonly<Partial<Record<string, Input>>>, path: string) =>
    Object.entries(inputs).flatMap(([name, input]) => {
      if (input === undefined) return [];
      return [{ path: `${path}.${name}`, key: `${input.table} ${input.at} bit ${input.bit}` }];
    });
  const uses = [
    ...usesOf(own, 'inputs'),
    ...doors.flatMap((door, n) => usesOf(door.inputs, `doors[${n}].inputs`)),
  ];
  return shared(uses, 'one input says one thing');
}

function shared(uses: readonly { path: string; key: string }[], why: string): SiteFault[] {
  const first = new Map<string, string>();
  return uses.flatMap(({ path, key }) => {
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, path);
    if (earlier === undefined) return [];
    return [{ path, text: `it lies where ${earlier} lies already: ${why}` }];
  });
}
