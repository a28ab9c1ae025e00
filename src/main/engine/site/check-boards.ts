import type { Site, SiteLane } from '../../../shared/domain/site.ts';
import {
  networkPlaceOf,
  placeNameOf,
  type SiteBoard,
  type SiteOsdpBoard,
} from '../../../shared/domain/site-board.ts';
import { repeated, type SiteFault } from './site-fault.ts';

/** Addresses that no single board can have. */
const NO_HOST = new Set(['0.0.0.0', '255.255.255.255']);

/** What a site's boards must be to each other and to the lanes that lead through them. */
export function boardFaults({ boards, lanes }: Site): SiteFault[] {
  return [
    ...repeated('boards', boards, addressOf),
    ...boards.flatMap((board, n) => {
      const path = `boards[${n}] (${board.serial})`;
      const at = board.driver === 'osdp' ? 'line.address' : 'address';
      const isNobodys = NO_HOST.has(networkPlaceOf(board)?.address ?? '');
      const text = 'give the address of the board itself';
      const own = isNobodys ? [{ path: `${path}.${at}`, text }] : [];
      if (board.driver !== 'osdp') return own;
      const through = lanes.filter((lane) => lane.board === board.serial);
      return [...own, ...speedFaults(boards, board, path), ...osdpFaults(board, through, path)];
    }),
  ];
}

function addressOf(board: SiteBoard): string {
  return board.driver === 'uhppote' ? `address ${placeNameOf(board)}` : placeNameOf(board);
}

/** All devices on a line speak at one speed. */
function speedFaults(boards: readonly SiteBoard[], { line }: SiteOsdpBoard, path: string) {
  if (!('path' in line)) return [];
  const other = boards.find((one) => {
    if (one.driver !== 'osdp' || !('path' in one.line) || one.line.path !== line.path) return false;
    return one.line.baudRate < line.baudRate;
  });
  if (other === undefined) return [];
  const text = `board ${other.serial} on ${line.path} has another: a line has one speed`;
  return [{ path: `${path}.line.baudRate`, text }];
}

/** What one OSDP device's doors and inputs must be to each other and to its lanes. */
function osdpFaults(
  { doors, inputs }: SiteOsdpBoard,
  lanes: readonly SiteLane[],
  path: string,
): SiteFault[] {
  const faults = [
    ...repeated(`${path}.doors`, doors, ({ door }) => `door ${door}`),
    ...repeated(`${path}.doors`, doors, ({ output }) => `output ${output}`),
    ...repeated(
      `${path}.doors`,
      doors.flatMap(({ back, reader }) => (back === undefined ? [reader] : [reader, back])),
      (reader) => `reader ${reader}`,
    ),
    ...repeated(`${path}.inputs`, inputs, ({ input }) => `input ${input}`),
  ];
  const add = (at: string, text: string) => faults.push({ path: `${path}.${at}`, text });
  const has = (number: number) => doors.some(({ door }) => door === number);
  for (const [n, input] of inputs.entries()) {
    if ('door' in input && !has(input.door)) {
      add(`inputs[${n}].door`, `there is no door ${input.door}: add it or correct the input`);
    }
  }
  for (const { door, id, reversible } of lanes) {
    const back = doors.find((one) => one.door === door)?.back;
    if ((back !== undefined) === (reversible === true)) continue;
    const text = back === undefined ? 'name the reader on its other side' : 'say so at the lane';
    add('doors', `lane ${id} can be turned only with two readers: ${text}`);
  }
  for (const { door, id, passage } of lanes) {
    if (!has(door)) add('doors', `lane ${id} leads through door ${door}: add it`);
    const wanted = passage === 'sensor' ? 'passage' : 'contact';
    const isTold = inputs.some((one) => 'door' in one && one.door === door && one.tells === wanted);
    if (passage === 'relay' || isTold) continue;
    add('inputs', `lane ${id} is passed by its ${passage}: name the input that tells "${wanted}"`);
  }
  return faults;
}
