/**
 * What a board's event record means. Records are told apart by their reason: the type byte differs
 * between firmwares (uhppote-simulator writes a granted swipe and a remote open both as type 2).
 */
import {
  type BadgeNumbers,
  credentialOfBoardNumber,
} from '../../../../shared/domain/credential.ts';
import type { BoardId } from '../../../../shared/domain/ids.ts';
import type { EventFields } from '../../../../shared/wire/uhppote/messages.ts';
import type { AlarmEvent, BoardEvent, Delivery, DoorEvent } from '../ports.ts';

export interface EventFrame {
  readonly board: BoardId;
  readonly badgeNumbers: BadgeNumbers;
  readonly delivery: Delivery;
  readonly inOrder: boolean;
  readonly ageMs: number;
  /** Used where the record carries no time. */
  readonly nowMs: number;
}

const doorStates = new Map<number, DoorEvent['state']>([
  [0x17, 'opened'],
  [0x18, 'closed'],
  [0x25, 'open-too-long'],
  [0x26, 'forced'],
]);

const alarms = new Map<number, AlarmEvent['alarm']>([
  [0x19, 'code'],
  [0x1c, 'power-on'],
  [0x1d, 'reset'],
  [0x22, 'threat'],
  [0x27, 'fire'],
  [0x29, 'tamper'],
]);

/** Reasons of a record that carries a person's card: granted, or denied for one cause or other. */
const swipeReasons = new Set([1, 5, 6, 7, 8, 9, 0x0a, 0x0b, 0x0c, 0x0d, 0x0f, 0x12]);
const BUTTON = 0x14;
const REMOTE_OPEN = 0x2c;
const REMOTE_OPEN_USB = 0x2d;

/** The report of one event record. Door 0 stands where the record names none. */
export function translate(event: EventFields, frame: EventFrame): BoardEvent {
  const base = {
    board: frame.board,
    index: event.index,
    door: event.door,
    deviceAtMs: event.at ?? frame.nowMs,
    ageMs: frame.ageMs,
    delivery: frame.delivery,
    inOrder: frame.inOrder,
  };
  const { reason, granted } = event;
  if (reason === REMOTE_OPEN) return { ...base, kind: 'remote-open', granted };
  if (reason === REMOTE_OPEN_USB)
    return { ...base, kind: 'remote-open', granted, by: 'usb-reader' };
  const state = doorStates.get(reason);
  if (state !== undefined) return { ...base, kind: 'door', state };
  if (reason === BUTTON) return { ...base, kind: 'button' };
  if (swipeReasons.has(reason) || (event.type === 1 && reason === 0)) {
    return {
      ...base,
      kind: 'swipe',
      credential: credentialOfBoardNumber(event.card, frame.badgeNumbers),
      direction: event.direction === 2 ? 'out' : 'in',
      granted,
      reason,
    };
  }
  return { ...base, kind: 'alarm', alarm: alarms.get(reason) ?? 'other', reason };
}
