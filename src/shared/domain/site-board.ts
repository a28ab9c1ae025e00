import { z } from 'zod';
import { BadgeNumbers } from './credential.ts';
import { BoardId } from './ids.ts';
import { modbusParts } from './modbus-map.ts';
import { UhppoteSettings } from './site-board-settings.ts';

/** Where a gate controller listens on the network. */
const networkPlace = {
  address: z.ipv4(),
  port: z.number().int().min(1).max(65_535),
};

const UhppoteBoard = z.strictObject({
  /** The number on its label, which it also tells. */
  serial: BoardId.regex(/^\d{1,10}$/, 'a UHPPOTE serial number: digits'),
  driver: z.literal('uhppote'),
  ...networkPlace,
  badgeNumbers: BadgeNumbers,
  /** How many stored cards the board states it holds. */
  cardCapacity: z.number().int().min(0).max(1_000_000),
  settings: UhppoteSettings.optional(),
});

/** A wire that OSDP devices share: a serial port, or a converter to one on the network. */
const OsdpLine = z.union([
  z.strictObject({
    path: z.string().min(1).max(200),
    baudRate: z.literal([9600, 19_200, 38_400, 57_600, 115_200]),
  }),
  z.strictObject(networkPlace),
]);

const OsdpChannel = z.discriminatedUnion('key', [
  /** Said in the open: whoever reaches the wire can open the gate. */
  z.strictObject({ key: z.literal('none') }),
  z.strictObject({
    key: z.literal('file'),
    /** 32 hexadecimal digits, relative to the site file. */
    keyFile: z.string().min(1).max(1000),
    /** For the day it is put up: a device that has no key yet is given this one. */
    commissioning: z.boolean().optional(),
  }),
]);

const DoorNumber = z.number().int().min(1).max(4);
/** Outputs, inputs and readers of an OSDP device are counted from 0. */
const Part = z.number().int().min(0).max(63);

const OsdpInput = z.discriminatedUnion('tells', [
  z.strictObject({
    input: Part,
    /** Somebody went through; the leaf is open; the gate was forced. */
    tells: z.literal(['passage', 'contact', 'forced']),
    door: DoorNumber,
    /** True where the input is off while it tells that. */
    inverted: z.boolean().optional(),
  }),
  z.strictObject({
    input: Part,
    tells: z.literal(['tamper', 'emergency']),
    inverted: z.boolean().optional(),
  }),
]);

/** One OSDP device; several may hang on one line. */
const OsdpBoard = z.strictObject({
  /** The name that the site gives it. */
  serial: BoardId,
  driver: z.literal('osdp'),
  line: OsdpLine,
  /** Its address on the line. */
  pd: z.number().int().min(0).max(126),
  channel: OsdpChannel,
  doors: z
    .array(
      z.strictObject({
        ...{ door: DoorNumber, output: Part, reader: Part },
        /** At a lane that can be turned: the reader on its other side. */
        back: Part.optional(),
      }),
    )
    .min(1)
    .max(4),
  inputs: z.array(OsdpInput).max(64),
});

/** An I/O module that gates are wired to: it decides nothing, remembers nothing, reads no badge. */
const ModbusBoard = z.strictObject({
  /** The board's name; a module has no serial number that it tells. */
  serial: BoardId,
  driver: z.literal('modbus'),
  ...networkPlace,
  ...modbusParts,
});

/** A gate controller ("board"), one shape for each driver. */
export const SiteBoard = z.discriminatedUnion('driver', [UhppoteBoard, OsdpBoard, ModbusBoard]);
export type SiteBoard = z.infer<typeof SiteBoard>;

/** The site's boards that one driver drives. */
export function boardsOf<D extends SiteBoard['driver']>(
  { boards }: { readonly boards: readonly SiteBoard[] },
  driver: D,
): Extract<SiteBoard, { driver: D }>[] {
  return boards.filter((board): board is Extract<SiteBoard, { driver: D }> => {
    return board.driver === driver;
  });
}

/** Where a board is reached on the network; null where it hangs on this machine's serial port. */
export function networkPlaceOf(
  board: SiteBoard,
): { readonly address: string; readonly port: number } | null {
  if (board.driver !== 'osdp') return board;
  return 'path' in board.line ? null : board.line;
}

/** Where a board is reached, in a word: `10.0.0.9:60000`, or `device 5 on /dev/ttyUSB0`. */
export function placeNameOf(board: SiteBoard): string {
  if (board.driver === 'uhppote') return `${board.address}:${board.port}`;
  if (board.driver === 'modbus') return `unit ${board.unit} at ${board.address}:${board.port}`;
  const { line, pd } = board;
  return `device ${pd} on ${'path' in line ? line.path : `${line.address}:${line.port}`}`;
}

export type SiteUhppoteBoard = z.infer<typeof UhppoteBoard>;
export type SiteModbusBoard = z.infer<typeof ModbusBoard>;
export type SiteOsdpBoard = z.infer<typeof OsdpBoard>;
export type SiteOsdpLine = SiteOsdpBoard['line'];
export type SiteOsdpInput = SiteOsdpBoard['inputs'][number];
