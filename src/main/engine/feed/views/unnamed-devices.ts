import type { DeviceNow } from '../../../../shared/contract/views.ts';
import type { AttachedReader, UnlistedBoard } from '../../devices/ports.ts';
import { type HealthSource, heardAgoMs } from '../health.ts';

/** What only a board of the site has. */
export const NO_BOARD = {
  ...{ driftMs: null, corrected: null, trips: null, storedCards: null, cardsMadeMs: null },
  ...{ cardsBehindMs: null, lanes: [], lastIndex: 0, attached: null },
  ...{ missing: 0, lost: 0, lostOpen: false, garbage: 0, strangers: 0 },
};

/** Devices that are there and that the site file does not name, for people to see. */
export function unnamedRows(
  health: Pick<HealthSource, 'unlisted' | 'attached'>,
  monoMs: number,
): readonly DeviceNow[] {
  const { readers, fault } = health.attached();
  return [
    ...health.unlisted().map((board) => boardRow(board, monoMs)),
    ...readers.map(attachedRow),
    ...(fault === null ? [] : [usbRow(fault)]),
  ];
}

function boardRow(found: UnlistedBoard, monoMs: number): DeviceNow {
  const { serial, address, heardMonoMs: lastHeardMonoMs, port, version } = found;
  return {
    ...NO_BOARD,
    device: serial,
    type: 'unlisted',
    online: true,
    heardAgoMs: heardAgoMs({ lastHeardMonoMs }, monoMs),
    version,
    lastReadMs: null,
    text: `${address}:${port}`,
  };
}

/** It is there as long as the system lists it; nobody speaks to it. */
function attachedRow({ driver, model, path, product, serial, text, vendor }: AttachedReader) {
  return {
    ...NO_BOARD,
    device: `${vendor}:${product} ${path.slice(path.lastIndexOf('/') + 1)}`,
    type: 'attached',
    online: true,
    heardAgoMs: 0,
    version: model === '' ? null : model,
    lastReadMs: null,
    attached: { driver, vendor, product, serial, path },
    text,
  } satisfies DeviceNow;
}

function usbRow(text: string): DeviceNow {
  const none = { online: false, heardAgoMs: null, version: null, lastReadMs: null };
  return { ...NO_BOARD, ...none, device: 'USB', type: 'usb', text };
}
