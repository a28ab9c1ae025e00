import { z } from 'zod';

/**
 * What hangs on which point of a Modbus I/O module, as a site file writes it. Addresses are those
 * on the wire, counted from 0 (a manual's 00017 is coil 16); a `channel` is a terminal of a module
 * whose map is known, also from 0.
 */
const Address = z.number().int().min(0).max(65_535);
const Channel = z.number().int().min(0).max(255);
const Word = z.number().int().min(0).max(65_535);
/** How a contact stands when nothing happens: a closed one shows 1 at rest. */
const normally = z.enum(['open', 'closed']).default('open');

export const OutputPoint = z.union(
  [
    z.strictObject({ channel: Channel }),
    z.strictObject({ coil: Address }),
    z.strictObject({ register: Address, on: Word, off: Word }),
  ],
  'an output: {"channel": N}, {"coil": N} or {"register": N, "on": VALUE, "off": VALUE}',
);
export type OutputPoint = z.infer<typeof OutputPoint>;

export const InputPoint = z.union(
  [
    z.strictObject({ channel: Channel, normally }),
    z.strictObject({ discrete: Address, normally }),
    z.strictObject({ coil: Address, normally }),
    z.strictObject({ inputRegister: Address, bit: z.number().int().min(0).max(15), normally }),
  ],
  'an input: {"channel": N}, {"discrete": N}, {"coil": N} or {"inputRegister": N, "bit": B}, and ' +
    '"normally": "open" or "closed"',
);
export type InputPoint = z.infer<typeof InputPoint>;

/** One value that the module is to hold, written where it differs and read back. */
export const Setting = z.union(
  [
    z.strictObject({ coil: Address, value: z.boolean() }),
    z.strictObject({ register: Address, value: Word }),
  ],
  'a setting: {"coil": N, "value": true or false} or {"register": N, "value": NUMBER}',
);
export type Setting = z.infer<typeof Setting>;

const Watchdog = z.strictObject({
  enable: Setting,
  /** How long the host may be silent, in the module's own units. */
  period: Setting.optional(),
  /** Not 0: it has tripped, and the outputs are at their safe values. */
  status: z
    .union([z.strictObject({ coil: Address }), z.strictObject({ register: Address })])
    .optional(),
  /** What is written to make it watch again once it has tripped. */
  clear: Setting.optional(),
});

/** A module's own map: where its channels begin, and what it can be told for our silence. */
export const ModuleMap = z.strictObject({
  name: z.string().min(1).max(40),
  outputs: z.strictObject({ coil: Address }).optional(),
  inputs: z
    .union([z.strictObject({ discrete: Address }), z.strictObject({ coil: Address })])
    .optional(),
  /** Coil of the first channel's value while the host is silent, and after power-on. */
  safeValues: Address.optional(),
  powerOnValues: Address.optional(),
  watchdog: Watchdog.optional(),
  settings: z.array(Setting).max(64).default([]),
});
export type ModuleMap = z.infer<typeof ModuleMap>;

const doorInputs = {
  passageIn: InputPoint.optional(),
  passageOut: InputPoint.optional(),
  contact: InputPoint.optional(),
  forced: InputPoint.optional(),
  tamper: InputPoint.optional(),
  /** The break-glass box at the door. */
  emergency: InputPoint.optional(),
  /** Vehicle loops before and under the barrier. */
  loopBefore: InputPoint.optional(),
  loopUnder: InputPoint.optional(),
};
const DoorInputs = z.strictObject(doorInputs);
export type DoorInputName = keyof typeof doorInputs;

const boardInputs = {
  fire: InputPoint.optional(),
  forceLock: InputPoint.optional(),
  tamper: InputPoint.optional(),
};
const BoardInputs = z.strictObject(boardInputs);
export type BoardInputName = keyof typeof boardInputs;

const ModbusDoor = z.strictObject({
  door: z.number().int().min(1).max(4),
  open: OutputPoint,
  /** On while the door is locked. */
  lock: OutputPoint.optional(),
  /** Pulsed to close a barrier. */
  close: OutputPoint.optional(),
  /** How `open` is worked: a pulse, or held until somebody went through, `openS` at most. */
  opening: z.union(
    [z.literal('until-passage'), z.strictObject({ pulseMs: z.number().int().min(50).max(10_000) })],
    'how the output is worked: "until-passage" or {"pulseMs": 50 to 10000}',
  ),
  inputs: DoorInputs.default({}),
  /** A contact open this long is reported. */
  openTooLongMs: z.number().int().min(100).max(600_000).default(30_000),
});
export type SiteModbusDoor = z.infer<typeof ModbusDoor>;

/** What a board on a Modbus module has beside its name and its place. */
export const modbusParts = {
  unit: z.number().int().min(0).max(255),
  module: z.union(
    [z.enum(['icp-das-tm', 'adam-4056so']), ModuleMap],
    'a module: "icp-das-tm", "adam-4056so" or a written map with a "name"',
  ),
  inputs: BoardInputs.default({}),
  doors: z.array(ModbusDoor).min(1).max(4),
};
