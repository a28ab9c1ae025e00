import type { Direction, Line } from '../../../shared/domain/line.ts';
import { BEYOND, isArea, type Place } from '../../../shared/domain/place.ts';
import { isForVehicles, type Site, type SiteLane } from '../../../shared/domain/site.ts';
import { networkPlaceOf, placeNameOf } from '../../../shared/domain/site-board.ts';
import { boardFaults } from './check-boards.ts';
import { modbusFaults } from './check-modbus.ts';
import { readerFaults } from './check-readers.ts';
import { repeated, type SiteFault } from './site-fault.ts';

/** What the parts of a site file must be to each other, beyond each one's own shape. */
export function siteFaults(site: Site): SiteFault[] {
  return [
    ...repeated('areas', site.areas, ({ id }) => id),
    ...repeated('checkpoints', site.checkpoints, ({ id }) => id),
    ...repeated('lanes', site.lanes, ({ id }) => id),
    ...repeated('boards', site.boards, ({ serial }) => `serial ${serial}`),
    ...repeated('readers', site.readers, ({ id }) => id),
    ...repeated('lanes', site.lanes, ({ board, door }) => `door ${door} of board ${board}`),
    ...areaFaults(site),
    ...site.lanes.flatMap((lane, n) => laneFaults(site, lane, `lanes[${n}] (${lane.id})`)),
    ...interlockFaults(site),
    ...boardFaults(site),
    ...modbusFaults(site),
    ...readerFaults(site),
    ...centreFaults(site),
    ...trainingFaults(site),
  ];
}

function areaFaults({ areas }: Site): SiteFault[] {
  return areas.flatMap((area, n) => {
    const path = `areas[${n}] (${area.id})`;
    const faults: SiteFault[] = [];
    const { soft, hard } = area.capacity;
    if (BEYOND.some((place) => place === area.id)) {
      faults.push({ path, text: 'this id means a place outside the zone: choose another' });
    }
    if (soft > hard) {
      const text = `the warning (${soft}) lies above the limit (${hard}): lower "soft"`;
      faults.push({ path: `${path}.capacity`, text });
    }
    return faults;
  });
}

/** An interlock that reaches over boards is ours alone: without us none of its gates may open. */
function interlockFaults({ interlocks = [], lanes }: Site): SiteFault[] {
  return interlocks.flatMap((group, n) => {
    const own = lanes.filter(({ id }) => group.includes(id));
    const boards = new Set(own.map(({ board }) => board));
    return group.flatMap((id, at): SiteFault[] => {
      const path = `interlocks[${n}][${at}]`;
      const lane = own.find((one) => one.id === id);
      if (lane === undefined) {
        return [{ path, text: `there is no lane ${id}: add it or correct the interlock` }];
      }
      if (boards.size === 1 || lane.offline === 'deny') return [];
      const text = `lane ${id} opens by its board alone, which knows no other: set "deny" there`;
      return [{ path, text }];
    });
  });
}

function laneFaults(site: Site, lane: SiteLane, path: string): SiteFault[] {
  const faults: SiteFault[] = [];
  const add = (at: string, text: string) => faults.push({ path: `${path}.${at}`, text });
  const checkpoint = site.checkpoints.find(({ id }) => id === lane.checkpoint);
  if (checkpoint === undefined) {
    add('checkpoint', `there is no checkpoint ${lane.checkpoint}: add it or correct the lane`);
  }
  if (!site.boards.some(({ serial }) => serial === lane.board)) {
    add('board', `there is no board ${lane.board}: add it or correct the lane`);
  }
  if (lane.reversible === true && lane.direction === 'across') {
    add('reversible', 'an inner passage has two lanes for its two ways: take it out');
  }
  if (lane.reversible === true && lane.offline === 'roster') {
    add('offline', 'a board alone cannot tell which way a lane leads: set "deny"');
  }
  if (isForVehicles(lane) && site.goods === undefined) {
    const says = 'a lane for vehicles needs "goods" with its auditSeed and auditWithinDays';
    faults.push({ path: 'goods', text: `${says}: see lane ${lane.id}` });
  }
  if (isForVehicles(lane) && lane.offline === 'roster') {
    add('offline', 'a board alone would open for the driver’s badge: set "deny"');
  }
  for (const end of ['from', 'to'] as const) {
    const place = lane[end];
    if (isArea(place) && !site.areas.some(({ id }) => id === place)) {
      add(end, `there is no area ${place}: add it or correct the lane`);
    }
  }
  if (new Set(lane.takes).size < lane.takes.length) add('takes', 'name each kind once');
  const wanted = checkpoint === undefined ? null : wayFault(checkpoint.line, lane);
  if (wanted !== null) add('direction', wanted);
  return faults;
}

const OUTSIDE = { first: 'beyond-first', second: 'beyond-second' } as const;

/** Whether a lane's ends fit its checkpoint's line and its direction; null when they do. */
function wayFault(line: Line, { direction, from, to }: SiteLane): string | null {
  if (line === 'inner') {
    const fits = direction === 'across' && isArea(from) && isArea(to) && from !== to;
    return fits ? null : 'an inner passage goes "across", from one area to another';
  }
  if (direction === 'across') return `"across" is for inner passages, this is the ${line} line`;
  const outside = OUTSIDE[line];
  const [beyond, inside]: [Place, Place] = direction === 'in' ? [from, to] : [to, from];
  if (beyond === outside && isArea(inside)) return null;
  return `over the ${line} line, "${direction}" goes ${wayWords(direction, outside)}`;
}

function wayWords(direction: Direction, outside: string): string {
  return direction === 'in' ? `from ${outside} to an area` : `from an area to ${outside}`;
}

function centreFaults({ centre, training }: Site): SiteFault[] {
  if (training !== false || centre === null) return [];
  const faults: SiteFault[] = [];
  if (centre.password !== undefined) {
    const text = 'a real centre knows this console by its certificate: take the password out';
    faults.push({ path: 'centre.password', text });
  }
  if (centre.certificates === undefined) {
    const text = 'a real centre is reached over TLS only: name the folder with ca, cert and key';
    faults.push({ path: 'centre.certificates', text });
  }
  return faults;
}

/** True for an address that never leaves this machine. */
const isLoopback = (address: string): boolean => address.startsWith('127.');

/** A training site has built-in users whose secrets are known: it may not move a real gate. */
function trainingFaults({ boards, discovery, training }: Site): SiteFault[] {
  if (training === false) return [];
  const why = 'a training site has built-in users and must stay on this machine';
  const own: [string, string | undefined][] = [
    ['training.clock.address', training.clock.address],
    ['discovery.address', discovery?.address],
  ];
  const ownFaults = own.flatMap(([path, address]) => {
    if (address === undefined || isLoopback(address)) return [];
    const text = `${address} is not this machine: ${why}: give a 127.x.x.x address`;
    return [{ path, text }];
  });
  const boardFaults = boards.flatMap((board, n) => {
    const place = networkPlaceOf(board);
    if (place !== null && isLoopback(place.address)) return [];
    const name = place?.address ?? placeNameOf(board);
    const away = `${name} may be a real board: ${why}: set "training" to false for real boards`;
    const at = board.driver === 'uhppote' ? 'address' : 'line';
    return [{ path: `boards[${n}] (${board.serial}).${at}`, text: away }];
  });
  return [...ownFaults, ...boardFaults];
}
