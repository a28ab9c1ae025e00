import { z } from 'zod';
import { Timing } from '../domain/crossing.ts';
import { DoorMode, GateAction } from '../domain/gate.ts';
import { BoardId, CommandId, CrossingId, LaneId, ReaderId, TextId } from '../domain/ids.ts';

/** Intended: durable before anything leaves for the gate. */
const Requested = z.object({
  command: CommandId,
  lane: LaneId,
  board: BoardId,
  door: z.number().int(),
  action: GateAction,
  crossing: CrossingId.nullable(),
  reason: TextId.nullable(),
  deadlineMono: z.number().int(),
  openS: z.number().int(),
});
const progress = { command: CommandId, lane: LaneId, action: GateAction };
const Progress = z.object({ ...progress, text: z.string().max(300).nullable() });
const Confirmed = z.object({ ...progress, shownBy: z.enum(['relay', 'door', 'mode']) });

const heard = {
  board: BoardId,
  index: z.number().int(),
  door: z.number().int(),
  lane: LaneId.nullable(),
  timing: Timing,
};
const DoorHeard = z.object({
  ...heard,
  state: z.enum(['opened', 'closed', 'forced', 'open-too-long', 'followed']),
  crossing: CrossingId.nullable(),
  /** Those under way one of whom may have moved it, where nobody can tell who. At most eight. */
  between: z.array(CrossingId).max(8).optional(),
});
const RemoteOpen = z.object({
  ...heard,
  granted: z.boolean(),
  crossing: CrossingId.nullable(),
  /** Opened by a reader at the maker's own program, not by this console. */
  by: z.literal('usb-reader').optional(),
});
const Button = z.object(heard);
const Alarm = z.object({
  ...heard,
  alarm: z.enum(['fire', 'threat', 'tamper', 'code', 'power-on', 'reset', 'other']),
  reason: z.number().int(),
});

const State = z.object({
  board: BoardId,
  online: z.boolean(),
  version: z.string().max(40).nullable(),
  text: z.string().max(300).nullable(),
});
const Drift = z.object({ board: BoardId, driftMs: z.number().int(), corrected: z.boolean() });
const Range = z.object({ board: BoardId, from: z.number().int(), to: z.number().int() });
const Lost = z.object({
  board: BoardId,
  from: z.number().int(),
  to: z.number().int(),
  text: z.string().max(300),
  /** After this the board counts its events from 1 again. */
  cleared: z.boolean(),
  /** Where a person declared it: why. */
  reason: TextId.optional(),
});
const Mode = z.object({ board: BoardId, door: z.number().int(), lane: LaneId, mode: DoorMode });
const Inputs = z.object({ board: BoardId, fire: z.boolean(), forceLock: z.boolean() });
const ReaderState = z.object({
  reader: ReaderId,
  online: z.boolean(),
  model: z.string().max(80).nullable(),
  serial: z.string().max(80).nullable(),
  text: z.string().max(300).nullable(),
});

const ReaderUnread = z.object({ reader: ReaderId, why: z.enum(['no-permit']) });

/** The gate's board said that it can: from here on the lane leads the other way, or back again. */
const Turned = z.object({ lane: LaneId, reversed: z.boolean(), command: CommandId });

export const gateEvents = {
  'gate.requested': Requested,
  'gate.sent': Progress,
  'gate.accepted': Progress,
  'gate.confirmed': Confirmed,
  'gate.failed': Progress,
  'gate.expired': Progress,
  'gate.unknown': Progress,
  'lane.turned': Turned,
  'door.heard': DoorHeard,
  'gate.remote-opened': RemoteOpen,
  'gate.button-pressed': Button,
  'board.alarm': Alarm,
  'board.state': State,
  'board.clock': Drift,
  'board.gap': Range,
  'board.lost': Lost,
  'gate.mode': Mode,
  'board.inputs': Inputs,
  'reader.state': ReaderState,
  'reader.unread': ReaderUnread,
} as const;
