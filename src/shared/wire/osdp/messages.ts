/**
 * Every OSDP command and reply that the console knows: its code and its fields in order, one row
 * each. Source: libosdp, include/osdp.h and src/osdp_cp.c; SIA OSDP 2.2.
 */
import { fail, ok, type Result } from '../../lib/result.ts';
import {
  always,
  bits,
  bytesOf,
  capabilities,
  counted,
  type Field,
  rest,
  u8,
  u16,
  u24,
  u32,
} from './fields.ts';

type Layout = Readonly<Record<string, Field<unknown>>>;
type FieldsOf<L> = { readonly [K in keyof L]: L[K] extends Field<infer T> ? T : never };

function row<C extends number, L extends Layout>(code: C, layout: L) {
  return { code, layout };
}

const none = {};

/** Times are in tenths of a second. Colours: 0 none, 1 red, 2 green, 3 amber, 4 blue … 7 white. */
export const commands = {
  poll: row(0x60, none),
  id: row(0x61, { kind: always(0) }),
  cap: row(0x62, { kind: always(0) }),
  lstat: row(0x64, none),
  istat: row(0x65, none),
  ostat: row(0x66, none),
  rstat: row(0x67, none),
  out: row(0x68, { output: u8, control: u8, tenths: u16 }),
  led: row(0x69, {
    reader: u8,
    led: u8,
    /** 0 leave as it is, 1 cancel, 2 set. */
    temporary: u8,
    onTenths: u8,
    offTenths: u8,
    onColour: u8,
    offColour: u8,
    tenths: u16,
    /** 0 leave as it is, 1 set. */
    permanent: u8,
    permanentOnTenths: u8,
    permanentOffTenths: u8,
    permanentOnColour: u8,
    permanentOffColour: u8,
  }),
  /** Tone: 0 none, 1 off, 2 the device's own. Count 0: for ever. */
  buz: row(0x6a, { reader: u8, tone: u8, onTenths: u8, offTenths: u8, count: u8 }),
  text: row(0x6b, { reader: u8, control: u8, seconds: u8, row: u8, column: u8, text: counted }),
  comset: row(0x6e, { address: u8, baudRate: u32 }),
  keyset: row(0x75, { kind: always(1), key: counted }),
  chlng: row(0x76, { random: bytesOf(8) }),
  scrypt: row(0x77, { cryptogram: bytesOf(16) }),
} as const;

export const replies = {
  ack: row(0x40, none),
  /** What else stands there explains some of the codes. */
  nak: row(0x41, { code: u8, more: rest }),
  pdid: row(0x45, {
    vendor: u24,
    model: u8,
    version: u8,
    serial: u32,
    /** Major, minor, build. */
    firmware: bytesOf(3),
  }),
  pdcap: row(0x46, { capabilities }),
  lstatr: row(0x48, { tamper: u8, power: u8 }),
  istatr: row(0x49, { levels: rest }),
  ostatr: row(0x4a, { levels: rest }),
  rstatr: row(0x4b, { states: rest }),
  /** Format: 0 not said, 1 Wiegand. */
  raw: row(0x50, { reader: u8, format: u8, bits }),
  keypad: row(0x53, { reader: u8, keys: counted }),
  ccrypt: row(0x76, { uid: bytesOf(8), random: bytesOf(8), cryptogram: bytesOf(16) }),
  rmacI: row(0x78, { mac: bytesOf(16) }),
  busy: row(0x79, none),
} as const;

type Rows = Readonly<Record<string, { readonly code: number; readonly layout: Layout }>>;
type MessageOf<R extends Rows> = {
  readonly [N in keyof R]: { readonly name: N } & FieldsOf<R[N]['layout']>;
}[keyof R];

export type Command = MessageOf<typeof commands>;
export type Reply = MessageOf<typeof replies>;
export type CommandName = Command['name'];
export type ReplyName = Reply['name'];

/** A message as a packet carries it. */
export interface Content {
  readonly code: number;
  readonly data: Uint8Array;
}

function encode(rows: Rows, message: { readonly name: string }): Content {
  const found = rows[message.name];
  if (found === undefined) throw new Error(`unknown message ${message.name}`);
  const fields = message as Readonly<Record<string, unknown>>;
  const parts = Object.entries(found.layout).map(([key, field]) => field.write(fields[key]));
  return { code: found.code, data: Uint8Array.from(parts.flatMap((part) => [...part])) };
}

function decode(rows: Rows, { code, data }: Content): Result<unknown> {
  const found = Object.entries(rows).find(([, one]) => one.code === code);
  if (found === undefined) return fail('unknown-code', `0x${code.toString(16)} is not known`);
  const [name, { layout }] = found;
  const cursor = { bytes: data, at: 0 };
  const message: Record<string, unknown> = { name };
  for (const [key, field] of Object.entries(layout)) {
    const value = field.read(cursor);
    if (value === null) {
      return fail('bad-field', `${key} cannot be read`, `${name}, byte ${cursor.at}`);
    }
    message[key] = value;
  }
  if (cursor.at === data.length) return ok(message);
  return fail('bad-length', `${data.length - cursor.at} bytes too many`, name);
}

/** Throws on a value out of range (a programmer's mistake), as `encodeReply` does. */
export function encodeCommand(command: Command): Content {
  return encode(commands, command);
}

export function encodeReply(reply: Reply): Content {
  return encode(replies, reply);
}

/** Never throws, as `decodeReply`. Faults: `unknown-code`, `bad-field`, `bad-length`. */
export function decodeCommand(content: Content): Result<Command> {
  return decode(commands, content) as Result<Command>;
}

export function decodeReply(content: Content): Result<Reply> {
  return decode(replies, content) as Result<Reply>;
}

/** What `out` is told to do. */
export const outputs = { off: 1, on: 2, onForAWhile: 5 } as const;

/** Why a device did not do what it was told (`nak`). */
export const nakCodes = {
  check: 1,
  length: 2,
  unknownCommand: 3,
  sequence: 4,
  noSecureChannel: 5,
  channelNeeded: 6,
  record: 9,
} as const;

/** Functions that a device may list among its capabilities. */
export const functions = { outputs: 2, leds: 4, audible: 5, text: 6, security: 9 } as const;
